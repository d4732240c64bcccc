import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { digestUri } from '../../src/shared/formats/ninjs.ts'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

const picture = (colour: string): Promise<Buffer> =>
  sharp({ create: { width: 640, height: 400, channels: 3, background: colour } })
    .jpeg()
    .toBuffer()

/** A story file that names its picture by its bytes. */
const item = (bytes: Uint8Array): string =>
  JSON.stringify({
    uri: 'urn:uuid:6f0c7a51-8a64-4b52-9c8e-3f3b1c7f0a11',
    type: 'text',
    headlines: [{ role: 'main', value: 'Ferry makes room' }],
    bodies: [
      { role: 'main', contentType: 'text/html', value: '<p>The early boat takes forty more, the board said.</p>' }
    ],
    associations: [
      {
        name: 'lead',
        rel: 'lead',
        type: 'picture',
        uri: digestUri(createHash('sha256').update(bytes).digest('hex')),
        descriptions: [{ role: 'caption', value: 'The early boat.' }]
      }
    ]
  })

test('a story file that is dropped with its picture has it, and another picture goes where pictures go', async ({
  desk
}) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  const [own, other] = await Promise.all([picture('#205080'), picture('#802050')])
  await page.evaluate(
    ({ json, files }) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([json], 'ferry.ninjs.json', { type: 'application/json' }))
      for (const [name, bytes] of files)
        transfer.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/jpeg' }))
      for (const type of ['dragenter', 'dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }))
    },
    {
      json: item(own),
      files: [
        ['own.jpg', [...own]],
        ['other.jpg', [...other]]
      ] as [string, number[]][]
    }
  )
  await expect(story.headline).toHaveText('Ferry makes room')
  const lead = page.locator('img.lead-image')
  await expect(lead).toHaveAttribute('src', new RegExp(createHash('sha256').update(own).digest('hex')))
  expect(await lead.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(640)
  // The story that was open has the other.
  await page.getByRole('option', { name: /Untitled/ }).click()
  await expect(lead).toHaveAttribute('src', new RegExp(createHash('sha256').update(other).digest('hex')))
})

test('pictures that are dropped with a page stay out of the story that is open, and the notice says so', async ({
  desk
}) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'Another story')
  await page.evaluate(
    (bytes) => {
      const transfer = new DataTransfer()
      const html = '<article><h1>Ferry fares rise</h1><p>The board said so on Monday.</p></article>'
      transfer.items.add(new File([html], 'ferry.html', { type: 'text/html' }))
      transfer.items.add(new File([new Uint8Array(bytes)], 'ferry.jpg', { type: 'image/jpeg' }))
      for (const type of ['dragenter', 'dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }))
    },
    [...(await picture('#205080'))]
  )
  const sheet = page.getByRole('dialog', { name: /Review: ferry/ })
  await sheet.getByRole('button', { name: 'Make the story' }).click()
  await expect(story.headline).toHaveText('Ferry fares rise')
  await expect(page.getByText('The picture beside the page was not added.')).toBeVisible()
  await page.getByRole('option', { name: /Another story/ }).click()
  await expect(story.headline).toHaveText('Another story')
  await expect(page.locator('.lead img')).toHaveCount(0)
})

test('a folder with a story file and its pictures is taken in as one', async ({ desk }) => {
  const { page } = desk
  const folder = mkdtempSync(join(tmpdir(), 'galley-export-'))
  try {
    const own = await picture('#208050')
    mkdirSync(join(folder, 'export', 'media'), { recursive: true })
    writeFileSync(join(folder, 'export', 'ferry.ninjs.json'), item(own))
    writeFileSync(join(folder, 'export', 'media', 'a.jpg'), own)
    writeFileSync(join(folder, 'export', '.DS_Store'), 'x')
    const browser = await page.context().newCDPSession(page)
    const data = { items: [], files: [join(folder, 'export')], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await browser.send('Input.dispatchDragEvent', { type, x: 500, y: 400, data })
    await expect(page.locator('img.lead-image')).toHaveAttribute(
      'src',
      new RegExp(createHash('sha256').update(own).digest('hex'))
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
