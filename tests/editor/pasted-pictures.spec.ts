import { expect, test } from '@playwright/test'
import type { ImageUse } from '../../src/shared/document/image-use.ts'
import { EditorPage, withoutIds } from './support/editor-page.ts'

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const JPEG = '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBD'

let editor: EditorPage
test.beforeAll(async ({ browser }) => {
  editor = await EditorPage.open(browser)
})
test.beforeEach(async () => {
  await editor.load({ version: 1, blocks: [{ id: 'a', type: 'paragraph', runs: [] }] }, undefined)
  await editor.focus()
})

const pictures = () => editor.page.evaluate(() => window.harness.pictures())
const slots = async () =>
  (await editor.check()).blocks.flatMap((block) =>
    'image' in block ? [{ id: block.id, image: block.image as ImageUse }] : []
  )

/** A paste with files beside it, as "Copy image" makes it. */
async function pasteFile(content: Readonly<Record<string, string>>, base64 = PIXEL): Promise<void> {
  await editor.page.evaluate(
    ([content, base64]) => {
      const data = new DataTransfer()
      for (const [type, text] of Object.entries(content)) data.setData(type, text)
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      data.items.add(new File([bytes], 'image.png', { type: 'image/png' }))
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
      )
    },
    [content, base64] as const
  )
}

for (const count of [1, 119, 120, 121, 400]) {
  test(`pictures inside a paste of ${count} paragraphs keep their bytes`, async () => {
    const paragraphs = Array.from({ length: count }, (_, n) => `<p>Paragraph ${n}</p>`)
    paragraphs.splice(Math.floor(count / 2), 0, `<img alt="One" src="data:image/png;base64,${PIXEL}">`)
    paragraphs.push(`<p><img src="data:image/jpeg;base64,${JPEG}"></p>`)
    await editor.paste({ 'text/html': paragraphs.join(''), 'text/plain': 'Paragraphs' })
    const came = await pictures()
    expect(came.map(({ type, bytes }) => [type, bytes])).toEqual([
      ['image/png', PIXEL],
      ['image/jpeg', JPEG]
    ])
    expect((await slots()).map(({ id, image }) => [id, image.alt])).toEqual([
      [came[0]?.id, 'One'],
      [came[1]?.id, '']
    ])
    expect((await editor.check()).blocks.filter(({ type }) => type === 'paragraph')).toHaveLength(count)
  })
}

for (const [browser, content] of Object.entries({
  'with nothing else': {
    'text/html': '<meta charset="utf-8"><img src="https://e.org/pic.jpg" alt="A man at a desk"/>'
  },
  'with its address as text': {
    'text/html': '<img src="https://e.org/pic.jpg">',
    'text/plain': 'https://e.org/pic.jpg'
  },
  'with its alt text as text': {
    'text/html': '<img src="https://e.org/pic.jpg" alt="A desk">',
    'text/plain': 'A desk'
  },
  'within a link': { 'text/html': '<a href="https://e.org/"><img src="https://e.org/pic.jpg" alt="A desk"></a>' },
  'without HTML': {}
})) {
  test(`“Copy image” pastes the picture: ${browser}`, async () => {
    await pasteFile(content)
    expect((await pictures()).map(({ bytes }) => bytes)).toEqual([PIXEL])
    const [slot, ...others] = await slots()
    expect(others).toEqual([])
    expect(slot?.image).not.toHaveProperty('address')
    expect(JSON.stringify(await editor.body())).not.toContain('e.org')
  })
}

test('over selected words, too, the picture comes and not a link to it', async () => {
  await editor.type('words')
  await editor.press('Control+a')
  await pasteFile({ 'text/html': '<img src="https://e.org/pic.jpg">', 'text/plain': 'https://e.org/pic.jpg' })
  expect(await pictures()).toHaveLength(1)
  expect(JSON.stringify(await editor.body())).not.toContain('e.org')
})

test('copy with words is taken for its words, whatever file is beside it', async () => {
  await pasteFile({ 'text/html': '<table><tr><td>2024</td><td>5m</td></tr></table>', 'text/plain': '2024\t5m' })
  expect(await pictures()).toEqual([])
  expect(JSON.stringify(await editor.body())).toContain('5m')
})

test('a picture without bytes is a slot with its address, controls are no copy, and nothing is fetched', async () => {
  const asked: string[] = []
  editor.page.on('request', (request) => asked.push(request.url()))
  await editor.paste({
    'text/html':
      '<p>Text <img src="cid:logo@mail" alt="Logo, description generated"></p><button>Share</button><p>after</p><textarea>draft</textarea><select><option>one</option></select><img src="https://e.org/p.jpg" alt="Bridge"><img src="file:///C:/Users/me/p.png">',
    'text/plain': 'Text after'
  })
  expect(withoutIds(await editor.check())).toMatchObject([
    { type: 'paragraph', runs: [{ text: 'Text' }] },
    { type: 'image', image: { mediaId: null, address: 'cid:logo@mail' } },
    { type: 'paragraph', runs: [{ text: 'after' }] },
    { type: 'image', image: { mediaId: null, address: 'https://e.org/p.jpg', alt: 'Bridge' } },
    { type: 'image', image: { mediaId: null } }
  ])
  const text = JSON.stringify(await editor.body())
  for (const word of ['Share', 'draft', 'one', 'C:/Users']) expect(text).not.toContain(word)
  expect(asked).toEqual([])
  const id = (await slots())[1]?.id ?? ''
  await editor.page.evaluate((id) => window.harness.handle.updateImage(id, { mediaId: 'a'.repeat(64) }), id)
  expect((await slots())[1]?.image).toMatchObject({ mediaId: 'a'.repeat(64), alt: 'Bridge' })
  expect((await slots())[1]?.image).not.toHaveProperty('address')
})
