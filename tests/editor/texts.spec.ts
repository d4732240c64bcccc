import { expect, test } from '@playwright/test'
import type { Block } from '../../src/shared/document/document.ts'
import type { Run } from '../../src/shared/document/runs.ts'
import { EditorPage } from './support/editor-page.ts'

let editor: EditorPage
test.beforeAll(async ({ browser }) => {
  editor = await EditorPage.open(browser)
})

const runs: Run[] = [
  { text: 'One ' },
  { text: 'two', marks: ['bold'] },
  { text: '\nthree', marks: ['bold'] },
  { text: '', footnote: 1 },
  { text: ' four', link: { href: 'https://example.org/' } },
  { text: '\n\nfive' }
]
const text = runs.map((run) => run.text).join('')

const blocks: Block[] = [
  { id: 'p', type: 'paragraph', runs },
  {
    id: 'l',
    type: 'list',
    ordered: false,
    items: [
      { runs: [{ text: 'first' }], depth: 0 },
      { runs, depth: 1 }
    ]
  },
  {
    id: 't',
    type: 'table',
    headerRow: true,
    headerColumn: false,
    rows: [{ cells: [{ runs: [{ text: 'head' }] }] }, { cells: [{ runs: [] }, { runs: [{ text: 'cell text' }] }] }]
  },
  { id: 'q', type: 'attributed-quote', runs: [{ text: 'what was said' }], speaker: 'Amal Haddad' },
  {
    id: 'i',
    type: 'image',
    image: { mediaId: null, caption: 'A caption', credit: 'A credit', alt: 'hidden', focalPoint: null }
  }
]

test('any characters of any text can be selected, and are those', async () => {
  await editor.load({ version: 1, blocks }, undefined)
  const selected = (id: string, part: string, start: number, end: number) =>
    editor.page.evaluate(
      ([id, part, start, end]) => {
        window.harness.handle.selectText(id, part, start, end)
        return getSelection()?.toString()
      },
      [id, part, start, end] as const
    )
  for (const [id, part] of [
    ['p', ''],
    ['l', '1']
  ] as const)
    for (let start = 0; start < text.length; start += 1)
      for (const end of [start + 1, Math.min(text.length, start + 6), text.length])
        expect([id, start, end, await selected(id, part, start, end)]).toEqual([id, start, end, text.slice(start, end)])
  expect(await selected('l', '0', 1, 4)).toBe('irs')
  expect(await selected('t', '1.1', 5, 9)).toBe('text')
  expect(await selected('t', '0.0', 0, 4)).toBe('head')
  expect(await selected('q', 'words', 5, 8)).toBe('was')
  expect(await selected('q', 'speaker', 5, 11)).toBe('Haddad')
  expect(await selected('i', 'caption', 2, 9)).toBe('caption')
  expect(await selected('i', 'credit', 0, 1)).toBe('A')
  // One that is shown nowhere: its block as a whole.
  await selected('i', 'alt', 0, 3)
  await expect(editor.page.locator('[data-selected]')).toHaveCount(1)
  // What is typed goes where the selection was, and into the body.
  for (const [part, start, end, word, becomes] of [
    ['1.1', 0, 4, 'new', 'new text'],
    ['1.1', 1, 3, 'o', 'no text'],
    ['0.0', 2, 3, 'Y', 'heYd']
  ] as const) {
    await selected('t', part, start, end)
    await editor.settle()
    await editor.type(word)
    expect(JSON.stringify((await editor.page.evaluate(() => window.harness.body())).blocks[2])).toContain(becomes)
  }
  await selected('i', 'caption', 2, 9)
  await editor.settle()
  await editor.type('picture')
  expect(JSON.stringify((await editor.page.evaluate(() => window.harness.body())).blocks[4])).toContain('A picture')
})

test('the blocks between two heights are those that are drawn there, in a long story too', async () => {
  const many = Array.from({ length: 500 }, (_, n) => ({
    id: `b${n}`,
    type: 'paragraph' as const,
    runs: [{ text: `Paragraph ${n} of a long story.` }]
  }))
  await editor.load({ version: 1, blocks: many }, undefined)
  const between = () =>
    editor.page.evaluate(() => {
      const all = window.harness.handle.blocksBetween(0, innerHeight)
      return all.every((id) => {
        const box = window.harness.handle.textElement(id, '')?.getBoundingClientRect()
        return box !== undefined && box.bottom >= 0 && box.top <= innerHeight
      })
        ? all
        : ['one that is not there']
    })
  // The test before may have left the page further down.
  await editor.page.evaluate(() => scrollTo(0, 0))
  await expect.poll(async () => (await between())[0]).toBe('b0')
  expect((await between()).length).toBeLessThan(60)
  await editor.page.evaluate(() => window.harness.handle.textElement('b400', '')?.scrollIntoView({ block: 'center' }))
  await expect.poll(between).toContain('b400')
  expect((await between()).length).toBeLessThan(60)
  expect(await between()).not.toContain('b0')
})

test('blocks put in the place of others are one step of undo, and leave the caret in the text', async () => {
  await editor.load({ version: 1, blocks }, 2)
  await editor.page.evaluate(() => window.harness.handle.selectText('p', '', 2, 2))
  await editor.type('X')
  await editor.pause()
  const before = await editor.page.evaluate(() => window.harness.body())
  await editor.page.evaluate(
    (all) => {
      window.harness.handle.replaceBlocks(all)
    },
    [
      { id: 'p', type: 'paragraph', runs: [{ text: 'Other words' }] },
      { id: 'q', type: 'attributed-quote', runs: [{ text: 'said' }], speaker: 'Nobody' }
    ] satisfies Block[]
  )
  const changed = await editor.page.evaluate(() => window.harness.body())
  expect(changed.blocks.map(({ id }) => id)).toEqual(before.blocks.map(({ id }) => id))
  expect(changed.blocks[0]).toMatchObject({ runs: [{ text: 'Other words' }] })
  expect(changed.blocks[3]).toMatchObject({ speaker: 'Nobody' })
  await editor.type('Y')
  expect((await editor.page.evaluate(() => window.harness.body())).blocks[0]).toMatchObject({
    runs: [{ text: 'YOther words' }]
  })
  await editor.press('Control+z')
  await editor.press('Control+z')
  expect(await editor.page.evaluate(() => window.harness.body())).toEqual(before)
  expect(await editor.page.evaluate(() => window.harness.patched())).toEqual(before)
  expect(await editor.page.evaluate(() => window.harness.errors())).toEqual([])
})
