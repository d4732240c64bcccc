import type { Page } from '@playwright/test'
import { axeFindings } from './axe.ts'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

const ARABIC = 'قالت البلدية إن العبارة تتسع لأربعين راكبا آخرين اعتبارا من السبت.'
const ENGLISH = 'The board said that the early boat has room for forty more from Saturday on.'

const offer = (page: Page) => page.getByRole('group', { name: 'Another language' })

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((words) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', words)
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    )
  }, text)
}

test('Arabic in an English story is noticed, and the story made Arabic when asked, as one undo', async ({
  desk
}, info) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'عبارة الصباح تتسع لأربعين راكبا')
  await story.body.click()
  await paste(page, `${ARABIC}\n\n${ARABIC}`)
  await expect(offer(page)).toContainText('This text looks Arabic.')
  // Nothing has been decided: each paragraph reads as its letters do, and the story is what it was.
  await expect(story.body.locator('p').first()).toHaveAttribute('dir', 'rtl')
  await expect(page.locator('article.page')).toHaveAttribute('lang', 'en')
  await page.screenshot({ path: info.outputPath('offer.png') })
  expect(await axeFindings(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 720, height: 450 })
  await page.screenshot({ path: info.outputPath('offer-small-dark.png') })
  await page.setViewportSize({ width: 1360, height: 860 })
  await offer(page).getByRole('button', { name: 'Make the story Arabic' }).click()
  await expect(offer(page)).toHaveCount(0)
  await expect(page.locator('article.page')).toHaveAttribute('lang', 'ar')
  await expect(page.locator('article.page')).toHaveAttribute('dir', 'rtl')
  await expect(story.body).toBeFocused()
  await page.screenshot({ path: info.outputPath('arabic.png') })
  await page.keyboard.press('ControlOrMeta+z')
  await expect(page.locator('article.page')).toHaveAttribute('lang', 'en')
  // Asked once.
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type(` ${ARABIC}`)
  await story.onDisk()
  await expect(offer(page)).toHaveCount(0)
})

test('a paragraph in another language is marked as such by itself, with its quotation marks, as one undo', async ({
  desk
}) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.body.click()
  await paste(page, `${ENGLISH}\n\n${ENGLISH}\n\n${ENGLISH}`)
  await page.keyboard.press('Enter')
  await page.keyboard.type(ARABIC)
  await expect(offer(page)).toContainText('A paragraph looks Arabic.')
  await offer(page).getByRole('button', { name: 'Mark as Arabic' }).press('Enter')
  const last = story.body.locator('p').last()
  await expect(last).toHaveAttribute('lang', 'ar')
  await expect(story.body).toBeFocused()
  await page.keyboard.type(' "نعم"')
  await expect(last).toHaveText(`${ARABIC} «نعم»`)
  await expect(page.locator('article.page')).toHaveAttribute('lang', 'en')
  for (let n = 0; n < 12; n++) {
    await page.keyboard.press('ControlOrMeta+z')
    if ((await last.getAttribute('lang')) === null) break
  }
  await expect(last).not.toHaveAttribute('lang')
  await expect(last).toHaveText(ARABIC)
})
