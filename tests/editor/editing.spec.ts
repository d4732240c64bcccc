import { expect, test } from '@playwright/test'
import type { Block, StoredBody } from '../../src/shared/document/document.ts'
import { EditorPage, withoutIds } from './support/editor-page.ts'

let editor: EditorPage
test.beforeAll(async ({ browser }) => {
  editor = await EditorPage.open(browser)
})

const paragraph = (id: string, text: string): Block => ({ id, type: 'paragraph', runs: text === '' ? [] : [{ text }] })
const body = (...blocks: Block[]): StoredBody => ({ version: 1, blocks })
const image = (id: string): Block => ({
  id,
  type: 'image',
  image: { mediaId: null, caption: 'The bridge', credit: 'AFP', alt: '', focalPoint: null }
})
const many = (count: number): StoredBody =>
  body(...Array.from({ length: count }, (_, n) => paragraph(`b${n}`, `Paragraph ${n}`)))
const texts = (blocks: readonly object[]) =>
  blocks.map((block) =>
    'runs' in block && Array.isArray(block.runs)
      ? block.runs.map((run: { text: string }) => run.text).join('')
      : `<${'type' in block ? String(block.type) : ''}>`
  )

for (const chunkSize of [3, null]) {
  test.describe(chunkSize === null ? 'without chunks' : 'in chunks', () => {
    test('typing sends the block typed in and no other', async () => {
      await editor.load(many(8), chunkSize)
      await editor.focus('start')
      await editor.type('Now: ')
      for (const patch of await editor.patches())
        expect(patch.map((operation) => [operation.op, 'block' in operation ? operation.block.id : ''])).toEqual([
          ['replace', 'b0']
        ])
      expect(texts((await editor.check()).blocks)[0]).toBe('Now: Paragraph 0')
    })

    test('Enter, Backspace and Delete across every edge', async () => {
      await editor.load(many(8), chunkSize)
      await editor.focus('start')
      for (let n = 0; n < 7; n += 1) {
        await editor.press('End')
        await editor.press('Delete')
      }
      expect(texts((await editor.check()).blocks)).toEqual([
        Array.from({ length: 8 }, (_, n) => `Paragraph ${n}`).join('')
      ])
      for (let n = 0; n < 7; n += 1) await editor.press('Control+z')
      expect((await editor.check()).blocks).toEqual(many(8).blocks)
      await editor.press('Control+End')
      for (let n = 7; n > 0; n -= 1) {
        await editor.press('Home')
        await editor.press('Backspace')
      }
      expect(texts((await editor.check()).blocks)).toHaveLength(1)
    })

    test('arrow keys walk through every block both ways', async () => {
      await editor.load(many(9), chunkSize)
      await editor.focus('start')
      for (let n = 1; n < 9; n += 1) {
        await editor.press('ArrowDown')
        expect((await editor.caret())?.anchor.leaf).toBe(n)
      }
      for (let n = 7; n >= 0; n -= 1) {
        await editor.press('ArrowUp')
        expect((await editor.caret())?.anchor.leaf).toBe(n)
      }
      await editor.press('End')
      await editor.press('ArrowRight')
      expect(await editor.caret()).toEqual({ anchor: { leaf: 1, offset: 0 }, focus: { leaf: 1, offset: 0 } })
    })

    test('select all and Delete, or a letter, leaves one block to write in; undo brings all back with their ids', async () => {
      const start = body(
        paragraph('a', 'one'),
        image('i'),
        { id: 'l', type: 'list', ordered: true, items: [{ runs: [{ text: 'x' }], depth: 0 }] },
        paragraph('z', 'end')
      )
      for (const key of ['Delete', 'Backspace', 'q']) {
        await editor.load(start, chunkSize)
        await editor.focus('start')
        await editor.press('Control+a')
        await editor.press(key)
        const left = await editor.check()
        expect(texts(left.blocks)).toEqual([key === 'q' ? 'q' : ''])
        await editor.page.keyboard.insertText('on')
        expect(texts((await editor.check()).blocks)).toEqual([key === 'q' ? 'qon' : 'on'])
        await editor.press('Control+z')
        await editor.press('Control+z')
        expect(await editor.check()).toEqual(start)
      }
    })

    test('an empty story: what is typed first is its first block', async () => {
      await editor.load(body(), chunkSize)
      expect(await editor.check()).toEqual(body())
      await editor.focus('start')
      expect(await editor.patches()).toEqual([])
      await editor.type('First words')
      expect(texts((await editor.check()).blocks)).toEqual(['First words'])
      expect((await editor.patches())[0]?.[0]?.op).toBe('insert')
    })

    test('a split keeps the id with the first half, at the start with the text', async () => {
      await editor.load(body(paragraph('a', 'onetwo')), chunkSize)
      await editor.focus('start')
      await editor.press('Enter')
      expect((await editor.check()).blocks.map((block) => block.id === 'a')).toEqual([false, true])
      await editor.press('ArrowRight')
      await editor.press('ArrowRight')
      await editor.press('ArrowRight')
      await editor.press('Enter')
      const { blocks } = await editor.check()
      expect(texts(blocks)).toEqual(['', 'one', 'two'])
      expect(blocks[1]?.id).toBe('a')
    })

    test('block types keep the id and toggle', async () => {
      await editor.load(body(paragraph('a', 'Words')), chunkSize)
      await editor.focus('start')
      const type = async (key: string) => {
        await editor.press(key)
        const block = (await editor.check()).blocks[0]
        expect(block?.id).toBe('a')
        return block && 'level' in block
          ? `${block.type}${String(block['level'])}`
          : block && 'ordered' in block
            ? `${block.type}${String(block['ordered'])}`
            : block?.type
      }
      expect(await type('Control+Alt+Digit1')).toBe('heading2')
      expect(await type('Control+Alt+Digit3')).toBe('heading4')
      expect(await type('Control+Shift+Digit9')).toBe('quote')
      expect(await type('Control+Shift+Digit7')).toBe('listtrue')
      expect(await type('Control+Shift+Digit8')).toBe('listfalse')
      expect(await type('Control+Shift+Digit8')).toBe('paragraph')
      expect(await type('Control+Alt+Digit0')).toBe('paragraph')
    })

    test('lists: Enter, Tab, Shift+Tab, and out at the end', async () => {
      await editor.load(body(paragraph('a', '')), chunkSize)
      await editor.focus('start')
      await editor.press('Control+Shift+Digit8')
      await editor.type('one')
      await editor.press('Enter')
      await editor.press('Tab')
      await editor.press('Tab')
      await editor.type('deeper')
      await editor.press('Enter')
      await editor.press('Shift+Tab')
      await editor.type('two')
      await editor.press('Enter')
      await editor.press('Enter')
      await editor.type('after')
      expect(withoutIds(await editor.check())).toEqual([
        {
          type: 'list',
          ordered: false,
          items: [
            { runs: [{ text: 'one' }], depth: 0 },
            { runs: [{ text: 'deeper' }], depth: 1 },
            { runs: [{ text: 'two' }], depth: 0 }
          ]
        },
        { type: 'paragraph', runs: [{ text: 'after' }] }
      ])
    })

    test('marks and links', async () => {
      await editor.load(body(paragraph('a', 'one two')), chunkSize)
      await editor.focus('start')
      await editor.press('Control+Shift+ArrowRight')
      await editor.press('Control+b')
      await editor.press('Control+i')
      expect(await editor.page.evaluate(() => window.harness.handle.insertLink('javascript:alert(1)'))).toBe(false)
      expect(await editor.page.evaluate(() => window.harness.handle.insertLink('https://example.org/'))).toBe(true)
      expect((await editor.check()).blocks[0]).toMatchObject({
        runs: [{ marks: ['bold', 'italic'], link: { href: 'https://example.org/' } }, { text: ' two' }]
      })
      expect(await editor.page.evaluate(() => window.harness.handle.selection.getSnapshot())).toMatchObject({
        blockType: 'paragraph',
        blockId: 'a',
        marks: ['bold', 'italic'],
        link: { href: 'https://example.org/' }
      })
      await editor.page.evaluate(() => {
        window.harness.handle.removeLink()
      })
      await editor.press('Control+b')
      await editor.press('Control+i')
      expect((await editor.check()).blocks).toEqual([paragraph('a', 'one two')])
      await editor.press('Control+Shift+KeyK')
      expect(await editor.page.evaluate(() => window.harness.linkRequests())).toBeGreaterThan(0)
    })

    test('a picture is selected before it is deleted, and Enter writes below it', async () => {
      await editor.load(body(paragraph('a', 'one'), image('i'), paragraph('z', 'end')), chunkSize)
      await editor.focus('end')
      await editor.press('Home')
      await editor.press('Backspace')
      expect(await editor.page.evaluate(() => window.harness.handle.selection.getSnapshot())).toMatchObject({
        blockType: 'image',
        blockId: 'i'
      })
      expect(texts((await editor.check()).blocks)).toEqual(['one', '<image>', 'end'])
      await editor.press('Enter')
      await editor.type('below')
      expect(texts((await editor.check()).blocks)).toEqual(['one', '<image>', 'below', 'end'])
      await editor.press('Home')
      await editor.press('Backspace')
      await editor.press('Delete')
      expect(texts((await editor.check()).blocks)).toEqual(['one', 'below', 'end'])
      await editor.press('Control+z')
      expect(texts((await editor.check()).blocks)).toEqual(['one', '<image>', 'below', 'end'])
    })

    test('what is written on a selected picture stands below it, and a quick click beside it is a caret', async () => {
      await editor.load(body(paragraph('a', 'one'), image('i'), paragraph('z', 'end')), chunkSize)
      const picture = editor.page.locator('.body-figure-picture')
      await picture.click()
      await editor.type('below')
      expect(texts((await editor.check()).blocks)).toEqual(['one', '<image>', 'below', 'end'])
      await picture.click()
      await editor.page.getByText('end', { exact: true }).click({ position: { x: 1, y: 5 } })
      await editor.type('the ')
      expect(texts((await editor.check()).blocks)).toEqual(['one', '<image>', 'below', 'the end'])
    })

    test('a picture neither splits nor replaces the line it is put at', async () => {
      await editor.load(body(paragraph('a', 'one two'), paragraph('z', 'end')), chunkSize)
      const put = () =>
        editor.page.evaluate(() =>
          window.harness.handle.insertImage({ mediaId: null, caption: '', credit: '', alt: '', focalPoint: null })
        )
      const start = async () => {
        await editor.page.getByText('one two').click()
        await editor.press('Home')
      }
      await start()
      await editor.press('ArrowRight')
      await put()
      expect(texts((await editor.check()).blocks)).toEqual(['one two', '<image>', 'end'])
      await start()
      await editor.press('Shift+End')
      await put()
      expect(texts((await editor.check()).blocks)).toEqual(['one two', '<image>', '<image>', 'end'])
      await start()
      await put()
      expect(texts((await editor.check()).blocks)).toEqual(['<image>', 'one two', '<image>', '<image>', 'end'])
    })

    test('the focus given back by a dialog finds the caret where it was', async () => {
      await editor.load(many(2), chunkSize)
      await editor.focus('end')
      await editor.page.evaluate(async () => {
        const story = document.activeElement as HTMLElement
        const field = document.body.appendChild(document.createElement('input'))
        field.focus()
        await new Promise((done) => {
          setTimeout(done, 50)
        })
        field.remove()
        story.focus()
      })
      await editor.type('!')
      expect(texts((await editor.check()).blocks)).toEqual(['Paragraph 0', 'Paragraph 1!'])
    })

    test('what the browser finds far below, where nothing is laid out yet, is written over', async () => {
      await editor.load(many(60), chunkSize)
      await editor.focus('start')
      // Not every browser's typings know it.
      expect(
        await editor.page.evaluate(() => (window as unknown as { find(text: string): boolean }).find('Paragraph 47'))
      ).toBe(true)
      await editor.type('Found')
      expect(texts((await editor.check()).blocks)).toEqual(
        texts(many(60).blocks).map((text) => (text === 'Paragraph 47' ? 'Found' : text))
      )
    })

    test('the keys that publish change nothing in the text', async () => {
      await editor.load(many(2), chunkSize)
      await editor.focus('start')
      await editor.press('Control+Shift+Enter')
      expect((await editor.check()).blocks).toEqual(many(2).blocks)
    })

    test('a caption is edited in place and sends its picture only', async () => {
      await editor.load(body(paragraph('a', 'one'), image('i')), chunkSize)
      await editor.page.getByRole('textbox', { name: 'Caption' }).click()
      await editor.press('End')
      await editor.type(' at dawn')
      await editor.page.getByRole('textbox', { name: 'Credit' }).click()
      await editor.press('Control+a')
      await editor.type('Reuters')
      const patches = await editor.patches()
      expect(
        patches.every((patch) => patch.length === 1 && patch[0]?.op === 'replace' && patch[0].block.id === 'i')
      ).toBe(true)
      expect((await editor.check()).blocks[1]).toMatchObject({
        image: { caption: 'The bridge at dawn', credit: 'Reuters' }
      })
      await editor.press('Control+z')
      await editor.page.getByRole('button', { name: 'Add alt text' }).click()
      expect(await editor.page.evaluate(() => window.harness.altRequests())).toContain('i')
      await editor.check()
    })

    test('composition of a word, as input methods write it', async () => {
      await editor.load(many(4), chunkSize)
      await editor.focus('start')
      await editor.press('ArrowDown')
      await editor.press('End')
      await editor.compose(['に', 'にほ', 'にほん'], '日本')
      await editor.type('!')
      expect(texts((await editor.check()).blocks)[1]).toBe('Paragraph 1日本!')
    })

    test('a composed word is one step of undo, and of redo, however long it took', async () => {
      await editor.load(body(paragraph('a', ''), image('i')), chunkSize)
      await editor.focus('start')
      await editor.compose(['に', 'にほ', 'にほん'], '日本')
      await editor.compose(['ご'], '語', () => editor.pause())
      const line = async () => texts((await editor.check()).blocks)[0]
      expect(await line()).toBe('日本語')
      await editor.press('Control+z')
      expect(await line()).toBe('日本')
      await editor.press('Control+z')
      expect(await line()).toBe('')
      await editor.press('Control+Shift+z')
      expect(await line()).toBe('日本')
      await editor.press('Control+Shift+z')
      expect(await line()).toBe('日本語')
      await editor.press('Control+z')
      // What was called off is no step.
      await editor.compose(['ご'], '')
      expect(await line()).toBe('日本')
      await editor.page.getByRole('textbox', { name: 'Caption' }).click()
      await editor.press('End')
      await editor.compose(['は', 'はし'], '橋です', () => editor.pause())
      expect((await editor.check()).blocks[1]).toMatchObject({ image: { caption: 'The bridge橋です' } })
      await editor.press('Control+z')
      expect((await editor.check()).blocks[1]).toMatchObject({ image: { caption: 'The bridge' } })
      await editor.press('Control+z')
      expect(await line()).toBe('')
    })

    test('all that an input method tries belongs to the step of its word', async () => {
      await editor.load(body(paragraph('a', ''), image('i')), chunkSize)
      await editor.focus('start')
      const steps = () => editor.page.evaluate(() => window.harness.steps())
      await editor.type('A')
      await editor.pause()
      const typed = (await steps()).length
      await editor.compose(['に', 'にほ', 'にほん'], '日本')
      const first = (await steps()).slice(typed)
      expect(new Set(first)).toEqual(new Set([1]))
      await editor.compose(['ご'], '語')
      const second = (await steps()).slice(typed + first.length)
      expect(new Set(second)).toEqual(new Set([2]))
      await editor.page.getByRole('textbox', { name: 'Caption' }).click()
      await editor.press('End')
      // As long as somebody may look for the right word.
      await editor.compose(['は', 'はし'], '橋です', () => editor.page.waitForTimeout(1100))
      expect(new Set((await steps()).slice(typed + first.length + second.length))).toEqual(new Set([3]))
      await editor.check()
    })

    test('a dead key is typed like any other key', async () => {
      await editor.load(body(paragraph('a', '')), chunkSize)
      await editor.focus('start')
      await editor.type('tambi')
      await editor.compose(['´'], 'é')
      await editor.type('n')
      const line = async () => texts((await editor.check()).blocks)[0]
      expect(await line()).toBe('también')
      await editor.press('Control+z')
      expect(await line()).toBe('')
      await editor.press('Control+Shift+z')
      expect(await line()).toBe('también')
      await editor.pause()
      await editor.compose(['´'], 'é')
      await editor.press('Control+z')
      expect(await line()).toBe('también')
    })

    test('copy and paste inside loses nothing and makes new ids', async () => {
      const start = body(
        { id: 'h', type: 'heading', level: 3, runs: [{ text: 'Head', marks: ['sparkle'] }] },
        image('i'),
        { id: 'v', type: 'x-video', url: 'u' },
        { id: 'l', type: 'list', ordered: true, items: [{ runs: [{ text: 'x' }], depth: 2 }] },
        paragraph('z', '')
      )
      await editor.load(start, chunkSize)
      await editor.focus('start')
      await editor.press('Control+a')
      const forms = await editor.copy('copy')
      expect(forms['text/plain']).toContain('Head')
      expect(forms['text/html']).toContain('<h3><span data-galley-mark="sparkle">Head</span></h3>')
      await editor.press('Control+End')
      await editor.paste()
      const pasted = await editor.check()
      expect(withoutIds(pasted).slice(4, 8)).toEqual(withoutIds(start).slice(0, 4))
    })

    test('plain text comes in as paragraphs, in the middle of a line too', async () => {
      await editor.load(body(paragraph('a', 'startend')), chunkSize)
      await editor.focus('start')
      for (let n = 0; n < 5; n += 1) await editor.press('ArrowRight')
      await editor.paste({ 'text/plain': 'one\r\ntwo\r\n\r\nthree\u0000' })
      await editor.type('|')
      expect(texts((await editor.check()).blocks)).toEqual(['startone\ntwo', 'three|end'])
    })

    test('a list pasted into a list is more items', async () => {
      await editor.load(
        body({
          id: 'l',
          type: 'list',
          ordered: false,
          items: [
            { runs: [{ text: 'a' }], depth: 0 },
            { runs: [{ text: 'b' }], depth: 0 }
          ]
        }),
        chunkSize
      )
      await editor.focus('start')
      await editor.press('End')
      await editor.paste({ 'text/html': '<ul><li>x</li><li>y</li></ul>' })
      expect(withoutIds(await editor.check())).toEqual([
        { type: 'list', ordered: false, items: ['a', 'x', 'y', 'b'].map((text) => ({ runs: [{ text }], depth: 0 })) }
      ])
    })

    test('what is dragged moves, once', async () => {
      await editor.load(
        body(paragraph('a', 'alpha beta'), paragraph('b', 'gamma'), paragraph('c', ''), paragraph('d', 'delta')),
        chunkSize
      )
      await editor.focus('start')
      await editor.press('Control+Shift+ArrowRight')
      const from = await editor.page.locator('p', { hasText: 'alpha' }).boundingBox()
      const to = await editor.page.locator('p', { hasText: 'delta' }).boundingBox()
      if (!from || !to) throw new Error('the paragraphs are not on the screen')
      await editor.page.mouse.move(from.x + 12, from.y + from.height / 2)
      await editor.page.mouse.down()
      await editor.page.mouse.move(from.x + 60, from.y + 60, { steps: 4 })
      await editor.page.mouse.move(to.x + 1, to.y + to.height / 2, { steps: 4 })
      await editor.page.mouse.up()
      await editor.settle()
      expect(texts((await editor.check()).blocks)).toEqual([' beta', 'gamma', '', 'alphadelta'])
      await editor.press('Control+z')
      expect(texts((await editor.check()).blocks)).toEqual(['alpha beta', 'gamma', '', 'delta'])
    })
  })
}

test('a fault while drawing loses neither a word nor a patch', async () => {
  for (const gesture of [() => editor.press('Enter'), () => editor.press('Control+z')]) {
    await editor.load(many(8), 3)
    await editor.focus('start')
    await editor.press('End')
    await editor.type(' and more')
    await editor.pause()
    await editor.press('Control+Alt+Digit1')
    await editor.pause()
    await editor.page.evaluate(() => {
      const { lexical } = window.harness.handle as unknown as {
        lexical: { _nodes: Map<string, { klass: { prototype: { createDOM: (...given: unknown[]) => unknown } } }> }
      }
      const node = lexical._nodes.get('paragraph')?.klass.prototype
      if (!node) throw new Error('there are no paragraphs')
      const draw = node.createDOM
      node.createDOM = () => {
        node.createDOM = draw
        throw new Error('a fault while drawing')
      }
    })
    await gesture()
    await editor.type('!')
    const { body, patched, errors } = await editor.page.evaluate(() => ({
      body: window.harness.body(),
      patched: window.harness.patched(),
      errors: window.harness.errors()
    }))
    expect(errors).toHaveLength(1)
    expect(patched).toEqual(body)
    expect(texts(body.blocks).join('')).toContain('and more')
    expect(texts(body.blocks).join('')).toContain('!')
  }
})

test('markup too deep for any parser is taken as text', async () => {
  await editor.load(body(paragraph('a', '')), undefined)
  await editor.focus('start')
  await editor.paste({ 'text/html': `${'<div>'.repeat(200_000)}deep words${'</div>'.repeat(200_000)}` })
  expect(texts((await editor.check()).blocks)).toEqual(['deep words'])
})

test('direction and language of a block, its own or its first letter’s', async () => {
  await editor.load(
    body(
      { ...paragraph('a', 'مرحبا بالعالم') },
      { ...paragraph('b', 'Latin in a right-to-left block'), dir: 'rtl', lang: 'ar' },
      paragraph('c', 'Latin'),
      paragraph('d', '2024')
    ),
    undefined
  )
  const drawn = await editor.page.evaluate(() =>
    [...document.querySelectorAll('.body-paragraph')].map((p) => [
      p.getAttribute('dir'),
      p.getAttribute('lang'),
      getComputedStyle(p).direction
    ])
  )
  expect(drawn).toEqual([
    ['rtl', null, 'rtl'],
    ['rtl', 'ar', 'rtl'],
    ['ltr', null, 'ltr'],
    [null, null, 'ltr']
  ])
  await editor.page.locator('.body-paragraph').nth(1).click()
  await editor.press('End')
  await editor.press('Enter')
  await editor.type('x')
  expect((await editor.check()).blocks[2]).toMatchObject({ dir: 'rtl', lang: 'ar', runs: [{ text: 'x' }] })
})

test('a story that cannot be edited takes no keys and no paste', async () => {
  await editor.load(many(3), undefined, false)
  await editor.page.locator('.body-paragraph').first().click()
  await editor.type('x')
  await editor.paste({ 'text/plain': 'y' })
  expect(await editor.check()).toEqual(many(3))
})

test('a body from elsewhere replaces the document without a patch', async () => {
  await editor.load(many(3), undefined)
  await editor.focus('end')
  await editor.type('!')
  const told = (await editor.patches()).length
  await editor.page.evaluate((body) => {
    window.harness.handle.applyRemote(body)
  }, many(5))
  expect(await editor.body()).toEqual(many(5))
  expect(await editor.patches()).toHaveLength(told)
  expect(await editor.page.evaluate(() => window.harness.handle.undoState.getSnapshot())).toEqual({
    canUndo: false,
    canRedo: false
  })
})

test('words, outline and pictures follow what is written', async () => {
  await editor.load(
    body(paragraph('a', 'two words'), { id: 'h', type: 'heading', level: 2, runs: [{ text: 'Head' }] }, image('i')),
    undefined
  )
  const stats = () => editor.page.evaluate(() => window.harness.handle.stats.getSnapshot())
  expect(await stats()).toMatchObject({
    words: 6,
    blocks: 3,
    outline: [{ id: 'h', level: 2, text: 'Head' }],
    images: [{ id: 'i' }]
  })
  await editor.focus('start')
  await editor.type('Now three ')
  await expect.poll(async () => (await stats()).words).toBe(8)
  await editor.press('Control+Alt+Digit2')
  await expect
    .poll(async () => (await stats()).outline.map((entry) => [entry.level, entry.text]))
    .toEqual([
      [3, 'Now three two words'],
      [2, 'Head']
    ])
})
