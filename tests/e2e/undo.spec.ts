import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { makeStory, withCalls } from './calls.ts'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

// Undo and redo are in the toolbar itself.
test.use({ viewport: { width: 1800, height: 900 } })

const undo = (page: Page) => page.keyboard.press('ControlOrMeta+z')
const redo = (page: Page) => page.keyboard.press('ControlOrMeta+Shift+z')

test('undo goes over the whole page in one line, and outlives another story and a restart', async ({ desk }) => {
  let { page } = desk
  let story = new StoryPage(page)
  const address = await story.newStory()
  await story.write(story.headline, 'Bridge closes')
  await story.write(story.body, 'The bridge closed.')
  await story.onDisk()
  await story.write(story.kicker, 'City')
  await story.onDisk()
  await story.body.click()
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Nobody was hurt.')
  await story.onDisk()

  await story.newStory()
  await expect(story.headline).toHaveText('')
  await story.stories.filter({ hasText: 'Bridge closes' }).click()
  await expect(story.body.getByRole('paragraph')).toHaveCount(2)
  await undoAll(story)
  await expect(story.headline).toHaveText('')
  await expect(story.body).toHaveText('')
  await redoAll(story)
  await asWritten(story)

  await story.onDisk()
  page = await desk.restart(address)
  story = new StoryPage(page)
  await asWritten(story)
  await story.headline.click()
  // The last thing done, wherever the caret is.
  await undo(page)
  await expect(story.body).not.toHaveText(/hurt\.$/)
  await expect(story.body).toBeFocused()
  await undoAll(story)
  await expect(story.headline).toHaveText('')
  await redoAll(story)
  await asWritten(story)
  await story.onDisk()
})

test('a word that is composed is undone as a whole, in a field and in the body, also after a restart', async ({
  desk
}) => {
  let { page } = desk
  let story = new StoryPage(page)
  const address = await story.newStory()
  await story.headline.click()
  await compose(page, ['に', 'にほ', 'にほん'], '日本')
  await story.body.click()
  await compose(page, ['に', 'にほ', 'にほん'], '日本')
  await compose(page, ['は', 'はし'], '橋です')
  const steps: [string, string][] = [
    ['日本', '日本橋です'],
    ['日本', '日本'],
    ['日本', ''],
    ['', '']
  ]
  const there = async (way: (page: Page) => Promise<void>, all: [string, string][]) => {
    for (const [at, [headline, body]] of all.entries()) {
      if (at > 0) await way(page)
      await expect(story.headline).toHaveText(headline)
      await expect(story.body).toHaveText(body)
    }
  }
  await there(undo, steps)
  await there(redo, steps.toReversed())
  // It was called off: there is nothing to undo of it.
  await compose(page, ['ご'], '')
  await story.onDisk()
  page = await desk.restart(address)
  story = new StoryPage(page)
  await story.headline.click()
  await there(undo, steps)
  await story.onDisk()
  page = await desk.restart(address)
  story = new StoryPage(page)
  await story.headline.click()
  await there(redo, steps.toReversed())
})

/** Writes as an input method does: what is tried first, and then the word; an empty one calls it off. */
async function compose(page: Page, tries: readonly string[], word: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  for (const text of [...tries, ...(word === '' ? [''] : [])])
    await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  if (word !== '') await session.send('Input.insertText', { text: word })
  await session.detach()
}

async function asWritten(story: StoryPage): Promise<void> {
  await expect(story.headline).toHaveText('Bridge closes')
  await expect(story.kicker).toHaveText('City')
  await expect(story.body.getByRole('paragraph')).toHaveText(['The bridge closed.', 'Nobody was hurt.'])
}

const undoAll = (story: StoryPage) => pressWhileEnabled(story.page.getByRole('button', { name: 'Undo', exact: true }))
const redoAll = (story: StoryPage) => pressWhileEnabled(story.page.getByRole('button', { name: 'Redo', exact: true }))

async function pressWhileEnabled(button: Locator): Promise<void> {
  await expect(button).toBeEnabled()
  await expect(async () => {
    if (await button.isEnabled()) await button.click({ timeout: 2000 })
    await expect(button).toBeDisabled({ timeout: 1 })
  }).toPass({ intervals: [0] })
}

test('a story that comes back shows what was in sight, and goes on where the caret was', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'Long story')
  await story.body.click()
  await page.evaluate(() =>
    navigator.clipboard.writeText(Array.from({ length: 120 }, (_, n) => `Line ${n}.`).join('\n\n'))
  )
  await page.keyboard.press('ControlOrMeta+v')
  await expect(story.body.getByRole('paragraph')).toHaveCount(120)
  await story.body.getByText('Line 80.').click()
  await page.keyboard.press('End')
  const top = () => story.body.getByText('Line 80.').evaluate((line) => Math.round(line.getBoundingClientRect().top))
  const before = await top()
  await story.onDisk()
  await story.newStory()
  await expect(story.headline).toBeFocused()
  await story.stories.filter({ hasText: 'Long story' }).click()
  await expect(story.body.getByText('Line 80.')).toBeInViewport()
  await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThan(30)
  await page.keyboard.press('ControlOrMeta+Alt+b')
  await page.keyboard.type(' Here.')
  await expect(story.body.getByText('Line 80. Here.')).toBeVisible()
})

test('a story that was left and taken up again before the other was there is undone by its keys', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await withCalls(desk.library, async (call) => {
    await makeStory(call, 'Bridge')
    await makeStory(call, 'Harbour')
  })
  await story.stories.filter({ hasText: 'Bridge' }).click()
  await expect(story.headline).toHaveText('Bridge')
  await story.stories.first().evaluate(async (harbour) => {
    const bridge = harbour.nextElementSibling as HTMLElement
    ;(harbour as HTMLElement).click()
    // React has drawn, and the story is not there yet.
    for (let n = 0; n < 5; n++) await Promise.resolve()
    bridge.click()
  })
  await story.onDisk()
  await story.headline.click()
  await page.keyboard.press('End')
  await page.keyboard.type(' closes')
  await expect(story.headline).toHaveText('Bridge closes')
  await undo(page)
  await expect(story.headline).toHaveText('Bridge')
  await story.write(story.body, 'Now. ')
  await expect(story.body).toContainText('Now.')
  await undo(page)
  await expect(story.body).not.toContainText('Now.')
})

test('a lead picture that was taken away comes back by the key, wherever the focus is then', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'With picture')
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.locator('.lead-add').click()])
  await chooser.setFiles(join(import.meta.dirname, '../support/host-picture.png'))
  await expect(page.locator('.lead-image')).toHaveCount(1)
  await page.getByRole('button', { name: 'Remove the picture' }).click()
  await expect(page.locator('.lead-image')).toHaveCount(0)
  await undo(page)
  await expect(page.locator('.lead-image')).toHaveCount(1)
  await redo(page)
  await expect(page.locator('.lead-image')).toHaveCount(0)
})
