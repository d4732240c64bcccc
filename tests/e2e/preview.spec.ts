import sharp from 'sharp'
import { axeFindings } from './axe.ts'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

test('a story is shown as readers will see it, on a phone and on a desk, and nothing of it runs or leads away', async ({
  desk
}) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'Ferry makes room')
  await story.write(story.body, 'The early boat takes forty more, the board said. ')
  const png = await sharp({ create: { width: 64, height: 40, channels: 3, background: '#205080' } })
    .png()
    .toBuffer()
  await page.evaluate(
    (bytes) => {
      const clipboardData = new DataTransfer()
      clipboardData.items.add(new File([new Uint8Array(bytes)], 'boat.png', { type: 'image/png' }))
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
      )
    },
    [...png]
  )
  await expect(page.locator('.body-figure img')).toBeVisible()
  await page.keyboard.type('Last words')
  await page.keyboard.press('ControlOrMeta+Alt+r')
  const dialog = page.getByRole('dialog', { name: 'As readers will see it' })
  const readers = dialog.frameLocator('iframe')
  await expect(readers.getByRole('heading', { level: 1 })).toHaveText('Ferry makes room')
  await expect(readers.getByText('Last words')).toBeVisible()
  const picture = readers.locator('figure img')
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
  const width = () => readers.locator('html').evaluate((element) => element.ownerDocument.defaultView?.innerWidth)
  expect(await width()).toBe(390)
  await dialog.getByRole('radio', { name: 'Desktop' }).click()
  await expect.poll(width).toBe(1280)
  const frame = await dialog.locator('iframe').boundingBox()
  const space = await dialog.locator('.preview-space').boundingBox()
  expect(frame && space && frame.x + frame.width <= space.x + space.width + 1).toBe(true)
  expect(await axeFindings(page, { without: ['iframe'] })).toEqual([])
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)

  const address = new URL(page.url())
  const headers = await page.evaluate(
    async (path) => {
      const reply = await fetch(path)
      return { status: reply.status, policy: reply.headers.get('content-security-policy') }
    },
    `/preview/${address.pathname.split('/').at(-1)}`
  )
  expect(headers.status).toBe(200)
  // It leaves for no tab of its own, where it would be saved and printed without a word of an embargo.
  const tab = await page.context().newPage()
  expect((await tab.goto(new URL(`/preview/${address.pathname.split('/').at(-1)}`, address).href))?.status()).toBe(403)
  await tab.close()
  expect(headers.policy).toMatch(/sandbox allow-same-origin$/)
  expect(headers.policy).not.toContain('script-src')
  for (const path of ['/preview/00000000-0000-4000-8000-000000000000'])
    expect(await page.evaluate(async (asked) => (await fetch(asked)).status, path)).toBe(404)
  desk.problems.splice(0)
})

test('the preview is opened from the publish sheet, and gives way to it again', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'Ferry makes room')
  await story.write(story.body, 'The early boat takes forty more, the board said.')
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  const sheet = page.getByRole('dialog', { name: 'Publish' })
  await sheet.getByRole('button', { name: 'Start the practice CMS' }).click()
  const door = sheet.getByRole('button', { name: 'Preview as readers will see it' })
  await door.click()
  const dialog = page.getByRole('dialog', { name: 'As readers will see it' })
  await expect(dialog.frameLocator('iframe').getByText('takes forty more')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(sheet).toBeVisible()
  await expect(door).toBeFocused()
})

test('Escape closes the preview after a press into the page of it, which keeps what was selected there', async ({
  desk
}) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'Ferry makes room')
  await story.write(story.body, 'The early boat takes forty more, the board said.')
  await page.keyboard.press('ControlOrMeta+Alt+r')
  const dialog = page.getByRole('dialog', { name: 'As readers will see it' })
  const words = dialog.frameLocator('iframe').getByText('takes forty more')
  await expect(words).toBeVisible()
  // Whoever has come into it by Tab has it by the keys, and leaves it as everything else.
  await dialog.getByRole('radio', { name: 'Phone' }).focus()
  await page.keyboard.press('Tab')
  await expect(dialog.locator('iframe')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await page.keyboard.press('ControlOrMeta+Alt+r')
  await words.dblclick()
  expect(await words.evaluate(() => getSelection()?.toString().trim())).not.toBe('')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(story.body).toBeFocused()
})
