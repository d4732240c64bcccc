import { expect, test } from '@playwright/test'
import type { Block } from '../../src/shared/document/document.ts'
import { EditorPage } from './support/editor-page.ts'

let editor: EditorPage
test.beforeAll(async ({ browser }) => {
  editor = await EditorPage.open(browser)
})

const paragraph = (text = '', more: object = {}): Block => ({
  id: 'p',
  type: 'paragraph',
  runs: text === '' ? [] : [{ text }],
  ...more
})

async function open(block: Block = paragraph(), lang = 'en'): Promise<void> {
  await editor.page.evaluate((language) => (document.documentElement.lang = language), lang)
  await editor.load({ version: 1, blocks: [block] }, undefined)
  await editor.focus('end')
}

/** The blocks without their ids, after seeing that the patches say the same and nothing went wrong. */
async function blocks(): Promise<unknown[]> {
  const { body, patched, errors } = await editor.page.evaluate(() => ({
    body: window.harness.body(),
    patched: window.harness.patched(),
    errors: window.harness.errors()
  }))
  expect(errors).toEqual([])
  expect(patched).toEqual(body)
  return body.blocks.map(({ id: _id, ...block }) => block)
}

const text = async () => ((await blocks())[0] as { runs: { text: string }[] }).runs.map((run) => run.text).join('')
const undo = () => editor.press('Control+z')

test.describe('quotes and dashes', () => {
  test('are those of the language, and undo gives back each as it was typed', async () => {
    await open()
    await editor.type('He said "no" -- it\'s')
    expect(await text()).toBe('He said “no” – it’s')
    await undo()
    expect(await text()).toBe('He said “no” – it’')
    await undo()
    expect(await text()).toBe("He said “no” – it'")
    for (let n = 0; n < 2; n++) await undo()
    expect(await text()).toBe('He said “no” --')
    for (let n = 0; n < 2; n++) await undo()
    expect(await text()).toBe('He said “no"')
    // What was given back stays, and the caret is behind it.
    await editor.type(' so')
    expect(await text()).toBe('He said “no" so')
    await undo()
    for (let n = 0; n < 2; n++) await undo()
    expect(await text()).toBe('He said "')
  })

  test('follow the language of the block before that of the story', async () => {
    await open(paragraph('', { lang: 'fr' }))
    await editor.type('"Oui"!')
    expect(await text()).toBe('«\u202fOui\u202f»\u202f!')
  })

  test('are left alone in code and in what is pasted', async () => {
    await open({ id: 'p', type: 'paragraph', runs: [{ text: 'run', marks: ['code'] }] })
    await editor.press('ArrowLeft')
    await editor.type(' "x" --all')
    expect(await text()).toBe('ru "x" --alln')
    await open()
    await editor.paste({ 'text/plain': '"as it is" -- all' })
    expect(await text()).toBe('"as it is" -- all')
  })

  test('come into a field of plain text too, with its own undo', async () => {
    await editor.page.evaluate(() => {
      document.documentElement.lang = 'de'
      window.harness.openPlain('', false)
    })
    await editor.page.getByRole('textbox', { name: 'Headline' }).click()
    await editor.type('"Ja"')
    expect((await editor.page.evaluate(() => window.harness.plain())).line).toBe('„Ja“')
    await undo()
    expect((await editor.page.evaluate(() => window.harness.plain())).line).toBe('„Ja"')
  })

  test('in a cell are a step of the story’s undo', async () => {
    await open({
      id: 't',
      type: 'table',
      headerRow: false,
      headerColumn: false,
      rows: [{ cells: [{ runs: [] }] }]
    } as Block)
    await editor.page.getByRole('textbox', { name: 'Row 1, column 1' }).click()
    await editor.type('a "b')
    const cell = async () => JSON.stringify((await blocks())[0]).match(/"text":"((?:[^"\\]|\\.)*)"/)?.[1]
    expect(await cell()).toBe('a “b')
    await undo()
    expect(await cell()).toBe('a “')
    await undo()
    expect(await cell()).toBe('a \\"')
  })
})

test.describe('signs of Markdown', () => {
  for (const [signs, made] of [
    ['## ', { type: 'heading', level: 2, runs: [{ text: 'Go' }] }],
    ['### ', { type: 'heading', level: 3, runs: [{ text: 'Go' }] }],
    ['> ', { type: 'quote', runs: [{ text: 'Go' }] }],
    ['- ', { type: 'list', ordered: false, items: [{ runs: [{ text: 'Go' }], depth: 0 }] }],
    ['1. ', { type: 'list', ordered: true, items: [{ runs: [{ text: 'Go' }], depth: 0 }] }]
  ] as const)
    test(`“${signs}” makes the paragraph what it says, and undo gives it back`, async () => {
      await open()
      await editor.type(signs)
      await editor.type('Go')
      expect(await blocks()).toEqual([made])
      await undo()
      await undo()
      expect(await blocks()).toEqual([{ type: 'paragraph', runs: [{ text: signs }] }])
      await editor.type('on')
      expect(await text()).toBe(`${signs}on`)
    })

  test('in front of words that are there already', async () => {
    await open(paragraph('Words'))
    await editor.press('Home')
    await editor.type('## ')
    expect(await blocks()).toEqual([{ type: 'heading', level: 2, runs: [{ text: 'Words' }] }])
    await editor.type('My ')
    expect(await text()).toBe('My Words')
    // A heading is not made one again.
    await editor.press('Home')
    await editor.type('- ')
    expect(await text()).toBe('- My Words')
  })

  test('set the words between them, and not those behind', async () => {
    await open()
    await editor.type('A **bold** and *slanted* word, 2*3*4')
    expect(await blocks()).toEqual([
      {
        type: 'paragraph',
        runs: [
          { text: 'A ' },
          { text: 'bold', marks: ['bold'] },
          { text: ' and ' },
          { text: 'slanted', marks: ['italic'] },
          { text: ' word, 2*3*4' }
        ]
      }
    ])
    await undo()
    await undo()
    expect(await text()).toBe('A bold and *slanted*')
  })
})

test.describe('a slash', () => {
  const list = () => editor.page.getByRole('listbox', { name: 'Insert' })
  const options = () => list().getByRole('option').allTextContents()
  const active = () =>
    editor.root.evaluate(
      (root) => document.getElementById(root.getAttribute('aria-activedescendant') ?? '')?.textContent ?? null
    )

  test('in an empty line offers blocks; what is chosen takes its place, and undo gives back what was typed', async () => {
    await open()
    await editor.type('/')
    await expect(list()).toBeVisible()
    expect(await active()).toBe('Paragraph')
    await editor.type('hea')
    await expect.poll(options).toEqual(['Heading', 'Subheading', 'Small heading'])
    await editor.press('ArrowDown')
    await expect.poll(active).toBe('Subheading')
    await editor.press('ArrowUp')
    await editor.press('Enter')
    await expect(list()).toBeHidden()
    await editor.type('News')
    expect(await blocks()).toEqual([{ type: 'heading', level: 2, runs: [{ text: 'News' }] }])
    await undo()
    await undo()
    expect(await blocks()).toEqual([{ type: 'paragraph', runs: [{ text: '/hea' }] }])
    await expect(list()).toBeHidden()
    expect(await active()).toBeNull()
  })

  test('left by Escape, or going on as text, is text', async () => {
    await open()
    await editor.type('/quo')
    await expect(list()).toBeVisible()
    await editor.press('Escape')
    await expect(list()).toBeHidden()
    await editor.type('te and/or /nothing /x')
    await expect(list()).toBeHidden()
    await editor.press('Enter')
    expect(await blocks()).toEqual([
      { type: 'paragraph', runs: [{ text: '/quote and/or /nothing /x' }] },
      { type: 'paragraph', runs: [] }
    ])
  })

  test('behind a space puts a block in below, by the mouse too', async () => {
    await open(paragraph('Words'))
    await editor.press('End')
    await editor.type(' /')
    await list().getByRole('option', { name: 'Divider' }).click()
    await editor.type('On')
    expect(await blocks()).toEqual([
      { type: 'paragraph', runs: [{ text: 'Words ' }] },
      { type: 'divider' },
      { type: 'paragraph', runs: [{ text: 'On' }] }
    ])
    await undo()
    await undo()
    expect(await blocks()).toEqual([{ type: 'paragraph', runs: [{ text: 'Words /' }] }])
  })

  test('offers a list that is made of the line', async () => {
    await open()
    await editor.type('/bul')
    await editor.press('Tab')
    await editor.type('One')
    expect(await blocks()).toEqual([{ type: 'list', ordered: false, items: [{ runs: [{ text: 'One' }], depth: 0 }] }])
  })
})
