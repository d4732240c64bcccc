import { expect, test } from '@playwright/test'
import type { Block, StoredBody } from '../../src/shared/document/document.ts'
import { EditorPage, withoutIds } from './support/editor-page.ts'

let editor: EditorPage
test.beforeAll(async ({ browser }) => {
  editor = await EditorPage.open(browser)
})

const text = (words: string) => [{ text: words }]
const BODY: StoredBody = {
  version: 1,
  blocks: [
    { id: 'one', type: 'paragraph', runs: text('One here.') },
    { id: 'head', type: 'heading', level: 2, runs: text('Heading stays') },
    {
      id: 'list',
      type: 'list',
      ordered: false,
      items: [
        { runs: text('first'), depth: 0 },
        { runs: text('second'), depth: 0 }
      ]
    },
    { id: 'end', type: 'quote', runs: text('Said.') }
  ]
}
const [one, ...below] = BODY.blocks

/** Selects the first paragraph in each of the ways that end at the start of the next block. */
const WAYS: Readonly<Record<string, () => Promise<void>>> = {
  'three clicks': () => editor.page.getByText('One here.').click({ clickCount: 3 }),
  'four clicks': () => editor.page.getByText('One here.').click({ clickCount: 4 }),
  'Home and Shift+Down': async () => {
    await editor.setCaret({ anchor: { leaf: 0, offset: 4 }, focus: { leaf: 0, offset: 4 } })
    await editor.press('Home')
    await editor.press('Shift+ArrowDown')
  },
  'Shift+Up from below': async () => {
    await editor.page.getByText('Heading stays').click()
    await editor.press('Home')
    await editor.press('Shift+ArrowUp')
  }
}

for (const [way, select] of Object.entries(WAYS)) {
  test.describe(`what ${way} select`, () => {
    test.beforeEach(async () => {
      await editor.load(BODY, undefined)
      await editor.focus()
      await select()
      await editor.settle()
    })

    test('is what typing replaces', async () => {
      await editor.type('New')
      expect((await editor.check()).blocks).toEqual([{ ...one, runs: text('New') }, ...below])
    })

    test('is what is deleted', async () => {
      await editor.press('Backspace')
      expect((await editor.check()).blocks).toEqual([{ ...one, runs: [] }, ...below])
      await editor.page.evaluate(() => window.harness.handle.undo())
      expect((await editor.check()).blocks).toEqual(BODY.blocks)
    })

    test('is what is cut, and what is pasted over it replaces it', async () => {
      const clip = await editor.copy('cut')
      expect(clip['text/plain']).toBe('One here.')
      expect((await editor.check()).blocks).toEqual([{ ...one, runs: [] }, ...below])
      await editor.paste({ 'text/plain': 'Other' })
      expect((await editor.check()).blocks).toEqual([{ ...one, runs: text('Other') }, ...below])
    })

    test('is what becomes a heading, a list, or bold', async () => {
      await editor.setBlockType('heading3')
      expect(withoutIds(await editor.check())).toEqual([
        { type: 'heading', level: 3, runs: text('One here.') },
        ...bare(below)
      ])
      await editor.setBlockType('numbered')
      expect(withoutIds(await editor.check())[1]).toEqual(bare(below)[0])
      await editor.page.evaluate(() => window.harness.handle.toggleMark('bold'))
      expect((await editor.check()).blocks.slice(1)).toEqual(below)
    })

    test('is what an address pasted over it links', async () => {
      await editor.paste({ 'text/plain': 'https://example.org/story' })
      expect((await editor.check()).blocks).toEqual([
        { ...one, runs: [{ text: 'One here.', link: { href: 'https://example.org/story' } }] },
        ...below
      ])
    })
  })
}

test('an empty line selected with its break is removed, and the heading below stays one', async () => {
  await editor.load({ version: 1, blocks: [{ id: 'blank', type: 'paragraph', runs: [] }, ...below] }, undefined)
  await editor.focus('start')
  await editor.setCaret({ anchor: { leaf: 0, offset: 0 }, focus: { leaf: 0, offset: 0 } })
  await editor.press('Shift+ArrowRight')
  await editor.press('Delete')
  expect((await editor.check()).blocks).toEqual(below)
})

test('a break selected alone is removed as ever', async () => {
  await editor.load(
    {
      version: 1,
      blocks: [
        { id: 'a', type: 'paragraph', runs: text('a') },
        { id: 'b', type: 'paragraph', runs: text('b') }
      ]
    },
    undefined
  )
  await editor.focus('start')
  await editor.press('End')
  await editor.press('Shift+ArrowRight')
  await editor.press('Delete')
  expect(withoutIds(await editor.check())).toEqual([{ type: 'paragraph', runs: text('ab') }])
})

test('an address pasted with nothing selected is text, and over another address takes its place', async () => {
  await editor.load(
    { version: 1, blocks: [{ id: 'a', type: 'paragraph', runs: text('https://old.example/') }] },
    undefined
  )
  await editor.focus('end')
  await editor.press('Shift+Home')
  await editor.paste({ 'text/plain': 'https://new.example/' })
  await editor.paste({ 'text/plain': 'https://new.example/' })
  expect(withoutIds(await editor.check())).toEqual([
    { type: 'paragraph', runs: text('https://new.example/https://new.example/') }
  ])
})

test('what is typed right behind a click is written where the click was', async () => {
  const paragraphs: Block[] = ['First line.', 'Second line.', 'Third line.'].map((words, index) => ({
    id: `p${index}`,
    type: 'paragraph',
    runs: text(words)
  }))
  await editor.load({ version: 1, blocks: paragraphs }, undefined)
  await editor.focus('start')
  await editor.settle()
  // The browser has moved the caret and not yet told of it, as between a click and the first key of a text expander.
  await editor.page.evaluate(async () => {
    const last = [...document.querySelectorAll('.body-paragraph')].at(-1)
    const words = document.createTreeWalker(last ?? document, NodeFilter.SHOW_TEXT).nextNode()
    last?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
    getSelection()?.collapse(words, 5)
    for (const letter of 'xyz') {
      document.execCommand('insertText', false, letter)
      await Promise.resolve()
    }
  })
  await editor.settle()
  expect(withoutIds(await editor.check()).map((block) => 'runs' in block && block['runs'])).toEqual([
    text('First line.'),
    text('Second line.'),
    text('Thirdxyz line.')
  ])
})

test('a text expander that begins with the click, on a page that is busy, writes where the click was', async () => {
  const lines = Array.from({ length: 8 }, (_, index) => `Line number ${index} of the story.`)
  const session = await editor.page.context().newCDPSession(editor.page)
  for (const [index, line] of lines.entries()) {
    const blocks: Block[] = lines.map((words, at) => ({ id: `p${at}`, type: 'paragraph', runs: text(words) }))
    await editor.load({ version: 1, blocks }, undefined)
    await editor.focus('start')
    await editor.settle()
    const box = await editor.page.locator('.body-paragraph').nth(index).boundingBox()
    if (!box) throw new Error(`“${line}” is not on the screen`)
    const at = { x: box.x + 60, y: box.y + box.height / 2, button: 'left', clickCount: 1 } as const
    // What comes while the page is busy is all there when it is not any more: no frame, and no task, in between.
    const busy = editor.page.evaluate(() => {
      for (const end = performance.now() + 300; performance.now() < end;);
    })
    const sent = [
      session.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at }),
      session.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at }),
      session.send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'Enter', windowsVirtualKeyCode: 13, text: '\r' }),
      ...[...'xyz'].map((key) => session.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text: key }))
    ]
    await Promise.all([busy, ...sent])
    await editor.settle()
    const read = withoutIds(await editor.check()).map((block) => ('runs' in block ? JSON.stringify(block['runs']) : ''))
    expect(read.findIndex((runs) => runs.includes('xyz'))).toBe(index + 1)
    expect(read).toHaveLength(lines.length + 1)
  }
})

function bare(blocks: readonly Block[]): Omit<Block, 'id'>[] {
  return blocks.map(({ id: _id, ...block }) => block)
}

for (const move of ['a key that moves the caret', 'a click, and a key that moves the caret from there'])
  test(`a line broken right behind ${move} is broken where the caret is`, async () => {
    const paragraphs: Block[] = ['First line.', 'Second line.', 'Third line.'].map((words, index) => ({
      id: `p${index}`,
      type: 'paragraph',
      runs: text(words)
    }))
    await editor.load({ version: 1, blocks: paragraphs }, undefined)
    await editor.focus('start')
    await editor.settle()
    // The browser has moved the caret and not yet told of it.
    await editor.page.evaluate(async (isClicked) => {
      const [, second, last] = document.querySelectorAll('.body-paragraph')
      const words = (of: Element | undefined) =>
        document.createTreeWalker(of ?? document, NodeFilter.SHOW_TEXT).nextNode()
      if (isClicked) {
        second?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
        getSelection()?.collapse(words(second), 3)
      }
      const target = document.querySelector('.body-paragraph')
      target?.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', ctrlKey: true, bubbles: true }))
      getSelection()?.collapse(words(last), 5)
      // A line is broken where the editor has the caret, not where the browser has it.
      const enter = { key: 'Enter', keyCode: 13, bubbles: true, cancelable: true }
      target?.dispatchEvent(new KeyboardEvent('keydown', enter))
      await Promise.resolve()
    }, move.startsWith('a click'))
    await editor.settle()
    expect(withoutIds(await editor.check()).map((block) => 'runs' in block && block['runs'])).toEqual([
      text('First line.'),
      text('Second line.'),
      text('Third'),
      text(' line.')
    ])
  })
