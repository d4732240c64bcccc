import { expect, test } from '@playwright/test'
import type { Block, StoredBody } from '../../src/shared/document/document.ts'
import { EditorPage } from './support/editor-page.ts'

let editor: EditorPage
test.beforeAll(async ({ browser }) => {
  editor = await EditorPage.open(browser)
})

const paragraph = (id: string, text: string): Block => ({ id, type: 'paragraph', runs: [{ text }] })
const body = (...blocks: Block[]): StoredBody => ({ version: 1, blocks })
const many = (count: number): StoredBody =>
  body(...Array.from({ length: count }, (_, n) => paragraph(`b${n}`, `Paragraph ${n}`)))
const texts = (blocks: readonly object[]) =>
  blocks.map((block) =>
    'runs' in block && Array.isArray(block.runs)
      ? block.runs.map((run: { text: string }) => run.text).join('')
      : '<no text>'
  )

const COUNT = 2500
const line = (n: number) => `Pasted ${n} ${'words and more words of it '.repeat(7)}bold`
const html = Array.from({ length: COUNT }, (_, n) => `<p>${line(n).replace(/bold$/, '<b>bold</b>')}</p>`).join('\n')
const lines = Array.from({ length: COUNT }, (_, n) => line(n))
/** After a paste at the end of three paragraphs. */
const behindThree = ['Paragraph 0', 'Paragraph 1', `Paragraph 2${lines[0]}`, ...lines.slice(1)]

const three = body(paragraph('a', 'first'), paragraph('b', 'one two'), paragraph('c', 'last'))
/** After a paste in the middle of the second of `three`, and something typed behind it. */
const inThree = (typed: string): string[] => [
  'first',
  `one ${lines[0]}`,
  ...lines.slice(1, -1),
  `${lines.at(-1)}${typed}two`,
  'last'
]

test('500 kB of HTML come in as one undo step', async () => {
  expect(html.length).toBeGreaterThan(500_000)
  await editor.load(many(3), undefined)
  await editor.focus('end')
  await editor.paste({ 'text/html': html })
  expect(texts((await editor.check()).blocks)).toEqual(behindThree)
  await expect(editor.page.locator('.body-paragraph').last()).toBeInViewport()
  await editor.type(' and on')
  expect(texts((await editor.check()).blocks).at(-1)).toBe(`${lines.at(-1)} and on`)
  await editor.press('Control+z')
  await editor.press('Control+z')
  expect((await editor.check()).blocks).toEqual(many(3).blocks)
  await editor.press('Control+y')
  expect(texts((await editor.check()).blocks)).toEqual(behindThree)
})

test('the caret is in view behind many short lines too', async () => {
  await editor.load(body(paragraph('a', 'x')), undefined)
  await editor.focus('end')
  await editor.paste({ 'text/html': html.replace(/words and more words of it /g, '') })
  await expect(editor.page.locator('.body-paragraph').last()).toBeInViewport()
})

test('comes in whole where neither its beginning nor its end can be read', async () => {
  const unreadable = '<img src="data:image/png;base64,*">'.repeat(25)
  await editor.load(many(3), undefined)
  await editor.focus('end')
  await editor.paste({ 'text/html': unreadable + html + unreadable })
  expect(texts((await editor.check()).blocks)).toEqual(behindThree)
  expect(Math.max(...(await editor.chunks()))).toBeLessThanOrEqual(80)
  await editor.press('Control+z')
  expect((await editor.check()).blocks).toEqual(many(3).blocks)
})

for (const [where, leaf, offset] of [
  ['before the first word', 0, 0],
  ['in the middle of a line', 50, 9],
  ['behind the last word', 99, 12]
] as const) {
  test(`a long paste ${where} keeps what is around it, in chunks of a fitting size`, async () => {
    await editor.load(many(100), undefined)
    await editor.focus('start')
    await editor.setCaret({ anchor: { leaf, offset }, focus: { leaf, offset } })
    await editor.paste({ 'text/html': html })
    const whole = texts((await editor.check()).blocks).join('')
    const before = texts(many(100).blocks).join('')
    const at = texts(many(leaf).blocks).join('').length + offset
    expect(whole).toBe(before.slice(0, at) + lines.join('') + before.slice(at))
    const sizes = await editor.chunks()
    expect(Math.max(...sizes)).toBeLessThanOrEqual(80)
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(10)
    await editor.press('Control+z')
    expect((await editor.check()).blocks).toEqual(many(100).blocks)
  })
}

for (const chunkSize of [undefined, null]) {
  test(`called off, the line it parted is whole again, ${chunkSize === null ? 'without chunks' : 'in chunks'}`, async () => {
    await editor.load(three, chunkSize)
    await editor.focus('start')
    await editor.setCaret({ anchor: { leaf: 1, offset: 4 }, focus: { leaf: 1, offset: 4 } })
    // No line behind it joins a heading.
    await editor.pasteHalf({ 'text/html': `${html}<h2>The end</h2>` })
    await editor.type('typed ')
    await editor.press('Escape')
    await editor.goOn()
    expect((await editor.check()).blocks).toEqual([
      paragraph('a', 'first'),
      paragraph('b', 'one typed two'),
      paragraph('c', 'last')
    ])
    await editor.type('on ')
    expect(texts((await editor.check()).blocks)).toEqual(['first', 'one typed on two', 'last'])
  })

  test.describe(chunkSize === null ? 'without chunks' : 'in chunks', () => {
    test.beforeEach(async () => {
      await editor.load(three, chunkSize)
      await editor.focus('start')
      await editor.setCaret({ anchor: { leaf: 1, offset: 4 }, focus: { leaf: 1, offset: 4 } })
      await editor.pasteHalf({ 'text/html': html })
    })

    test('what is typed while it comes in stands behind it', async () => {
      await editor.type('typed ')
      await editor.goOn()
      expect(texts((await editor.check()).blocks)).toEqual(inThree('typed '))
      await editor.type('on ')
      expect(texts((await editor.check()).blocks).at(-2)).toBe(`${lines.at(-1)}typed on two`)
    })

    test('what is typed while it comes in is undone with it, and never a part of it', async () => {
      await editor.type('typed ')
      await editor.goOn()
      const whole = (await editor.check()).blocks
      await editor.press('Control+z')
      expect((await editor.check()).blocks).toEqual(three.blocks)
      await editor.press('Control+y')
      expect((await editor.check()).blocks).toEqual(whole)
    })

    test('another paste lets it come in whole before, and each is undone by itself', async () => {
      await editor.paste({ 'text/html': '<p>Second, first line</p><p>Second, last line</p>' })
      const both = [
        'first',
        `one ${lines[0]}`,
        ...lines.slice(1, -1),
        `${lines.at(-1)}Second, first line`,
        'Second, last linetwo',
        'last'
      ]
      expect(texts((await editor.check()).blocks)).toEqual(both)
      await editor.goOn()
      expect(texts((await editor.check()).blocks)).toEqual(both)
      await editor.press('Control+z')
      expect(texts((await editor.check()).blocks)).toEqual(inThree(''))
      await editor.press('Control+z')
      expect((await editor.check()).blocks).toEqual(three.blocks)
    })

    test('called for, the rest is there at once', async () => {
      await editor.page.evaluate(() => {
        window.harness.handle.finishPaste()
      })
      expect(texts((await editor.check()).blocks)).toEqual(inThree(''))
      await editor.goOn()
      expect(texts((await editor.check()).blocks)).toEqual(inThree(''))
      await editor.press('Control+z')
      expect((await editor.check()).blocks).toEqual(three.blocks)
    })

    test('called off, all of it goes', async () => {
      await editor.press('Escape')
      await editor.goOn()
      expect((await editor.check()).blocks).toEqual(three.blocks)
      await editor.type('typed ')
      expect(texts((await editor.check()).blocks)).toEqual(['first', 'one typed two', 'last'])
    })

    test('called off, what was typed meanwhile stays, and the caret behind it', async () => {
      await editor.type('typed ')
      await editor.press('Escape')
      await editor.goOn()
      expect((await editor.check()).blocks).toEqual([
        paragraph('a', 'first'),
        paragraph('b', 'one typed two'),
        paragraph('c', 'last')
      ])
      await editor.type('on ')
      expect(texts((await editor.check()).blocks)).toEqual(['first', 'one typed on two', 'last'])
    })

    test('called off, a pasted line that was written in stays', async () => {
      await editor.setCaret({ anchor: { leaf: 30, offset: 0 }, focus: { leaf: 30, offset: 0 } })
      await editor.type('Mine: ')
      await editor.press('Escape')
      await editor.goOn()
      expect(texts((await editor.check()).blocks)).toEqual(['first', 'one two', `Mine: ${lines[29]}`, 'last'])
    })

    test('undone before it is all in, the rest does not come', async () => {
      await editor.press('Control+z')
      await editor.goOn()
      expect((await editor.check()).blocks).toEqual(three.blocks)
    })

    test('a body from elsewhere that takes its place stays as it came', async () => {
      await editor.page.evaluate((body) => {
        window.harness.handle.applyRemote(body)
      }, many(5))
      await editor.goOn()
      expect(await editor.body()).toEqual(many(5))
    })

    test('goes on where it was when the blocks around it become others', async () => {
      await editor.press('Control+a')
      await editor.setBlockType('quote')
      await editor.goOn()
      expect(texts((await editor.check()).blocks)).toEqual(inThree(''))
    })
  })
}
