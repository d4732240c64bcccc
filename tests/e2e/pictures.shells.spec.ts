import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { root } from '../../scripts/lib/places.mjs'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

const heic = readFileSync(join(root, 'tests/support/pictures/two-halves.heic'))

/** Pastes files as a person does who copied them in the file manager. */
async function paste(page: Page, files: readonly { name: string; type: string; bytes: Uint8Array }[]): Promise<void> {
  await page.evaluate(
    (given) => {
      const clipboardData = new DataTransfer()
      for (const { name, type, bytes } of given)
        clipboardData.items.add(new File([new Uint8Array(bytes)], name, { type }))
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
      )
    },
    files.map((file) => ({ ...file, bytes: [...file.bytes] }))
  )
}

const slots = (page: Page) => page.locator('.body-figure')
const shown = (page: Page) =>
  page
    .locator('.body-figure img')
    .evaluateAll((images) =>
      (images as HTMLImageElement[]).map(({ complete, naturalWidth }) => complete && naturalWidth > 0)
    )

test('pictures are pasted and shown, a HEIC named .jpg among them', async ({ desk }) => {
  const story = new StoryPage(desk.page)
  await story.newStory()
  await story.write(story.body, 'Before.')
  const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#205080' } })
    .png()
    .toBuffer()
  await paste(desk.page, [
    { name: 'harbour.png', type: 'image/png', bytes: png },
    { name: 'IMG_0001.jpg', type: 'image/jpeg', bytes: heic }
  ])
  await expect.poll(() => shown(desk.page)).toEqual([true, true])
  await story.onDisk()
})

test('a picture that is refused leaves no slot behind, and undo knows nothing of it', async ({ desk }) => {
  const story = new StoryPage(desk.page)
  await story.newStory()
  await story.body.click()
  // Each in one piece: on a slow machine keys may come so far apart that undo takes them for two steps.
  await desk.page.keyboard.insertText('Before.')
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
  const whole = await sharp({ create: { width: 200, height: 150, channels: 3, background: '#888', noise } })
    .jpeg()
    .toBuffer()
  await paste(desk.page, [{ name: 'half.jpg', type: 'image/jpeg', bytes: whole.subarray(0, whole.length / 2) }])
  await expect(desk.page.getByText('“half.jpg” is cut off: a part of the picture is missing.')).toBeVisible()
  await expect(slots(desk.page)).toHaveCount(0)
  await expect(story.body).toContainText('Before.')
  await story.body.click()
  await desk.page.keyboard.press('Control+End')
  await desk.page.keyboard.insertText(' After.')
  await desk.page.keyboard.press('ControlOrMeta+z')
  await expect(story.body).toHaveText('Before.')
  await expect(slots(desk.page)).toHaveCount(0)
  await desk.page.keyboard.press('ControlOrMeta+z')
  await expect(slots(desk.page)).toHaveCount(0)
  await expect(story.body).toHaveText('')
  await story.onDisk()
})
