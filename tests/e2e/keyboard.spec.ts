import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

test('Escape closes what is open, whatever was shown before', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'Keys')
  // A tooltip takes Escape for as long as it is there, and no longer.
  await page.getByRole('button', { name: 'Bold' }).hover()
  await expect(page.getByRole('tooltip')).toBeVisible()
  await story.headline.hover()
  await expect(page.getByRole('tooltip')).toBeHidden()
  for (const [button, title] of [
    ['Publish', 'Publish'],
    ['Export', 'Export']
  ] as const) {
    await page.getByRole('button', { name: button, exact: true }).click()
    const dialog = page.getByRole('dialog', { name: title })
    await expect(dialog).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  }
})

test('Escape with nothing to close leaves the caret where it is', async ({ desk }) => {
  const story = new StoryPage(desk.page)
  await story.newStory()
  await story.write(story.body, 'Still ')
  await desk.page.keyboard.press('Escape')
  await desk.page.keyboard.type('here')
  await expect(story.body).toHaveText('Still here')
})

test('select all takes the whole of a text, and never the desk', async ({ desk }) => {
  const story = new StoryPage(desk.page)
  await story.newStory()
  await story.write(story.body, 'All of this')
  const selected = (): Promise<string> => desk.page.evaluate(() => getSelection()?.toString() ?? '')
  await desk.page.keyboard.press('ControlOrMeta+a')
  expect(await selected()).toBe('All of this')
  await desk.page.getByRole('button', { name: 'Export', exact: true }).focus()
  await desk.page.keyboard.press('ControlOrMeta+a')
  expect(await selected()).not.toContain('Draft')
})
