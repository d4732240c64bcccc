import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

test('a story that is left in the midst of a long paste has all of it', async ({ desk }) => {
  const story = new StoryPage(desk.page)
  await story.newStory()
  await story.write(story.headline, 'Minutes of the council')
  await story.body.click()
  await desk.page.evaluate(() => {
    const clipboardData = new DataTransfer()
    clipboardData.setData(
      'text/html',
      Array.from({ length: 15_000 }, (_, n) => `<p>Motion ${n} was carried without a single vote against it</p>`).join(
        ''
      )
    )
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    )
  })
  await expect(desk.page.getByRole('progressbar', { name: 'Pasting…' })).toBeVisible()
  await desk.page.getByRole('button', { name: 'New story', exact: true }).click()
  await expect(story.headline).toBeEmpty({ timeout: 30_000 })
  // The row says so when all of it is stored, and stays in its place from then on.
  const row = story.stories.filter({ hasText: 'Minutes of the council' })
  await expect(row).toContainText('150,000 words', { timeout: 30_000 })
  await row.click()
  await expect(story.headline).toHaveText('Minutes of the council')
  await expect(desk.page.getByRole('contentinfo')).toContainText('150,000 words', { timeout: 30_000 })
})

test('a paste that takes long says how far it is, and can be stopped', async ({ desk }) => {
  const story = new StoryPage(desk.page)
  await story.newStory()
  await story.write(story.body, 'Before.')
  await desk.page.evaluate(() => {
    const clipboardData = new DataTransfer()
    clipboardData.setData(
      'text/html',
      `<p>${'The water came in the night, and the pumps ran until morning. '.repeat(2)}</p>`.repeat(40_000)
    )
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    )
  })
  const progress = desk.page.getByRole('progressbar', { name: 'Pasting…' })
  await expect(progress).toBeVisible()
  await expect(progress).toHaveAttribute('aria-valuenow', /[1-9]/)
  await desk.page.locator('.pasting').getByRole('button', { name: 'Cancel' }).click()
  await expect(progress).toBeHidden()
  await expect(story.body).toHaveText('Before.')
  await expect(story.body).toBeFocused()
  await desk.page.keyboard.type(' And after.')
  await expect(story.body).toHaveText('Before. And after.')
  await story.onDisk()
})

test('an article pasted into a field of one line is on the disk all the same, and so is what is typed after it', async ({
  desk
}) => {
  const story = new StoryPage(desk.page)
  const address = await story.newStory()
  // About 8,000 words.
  const article = 'The council met again and nobody left. '.repeat(1200).trim()
  const social = desk.page.getByRole('textbox', { name: 'Social headline' })
  for (const field of [story.headline, story.kicker, story.standfirst, story.byline, social]) {
    await field.click()
    await desk.page.keyboard.insertText(article)
    await story.onDisk()
  }
  await story.write(story.body, 'And then it rained.')
  await story.onDisk()
  await desk.restart(address)
  const again = new StoryPage(desk.page)
  await expect(again.body).toHaveText('And then it rained.')
  for (const field of [again.headline, again.kicker, again.standfirst, again.byline])
    await expect(field).toHaveText(article)
  // Nothing of it is beside the point: the checks say what is wrong.
  await desk.page.getByRole('tab', { name: 'Checks' }).click()
  await expect(
    desk.page
      .getByRole('tabpanel', { name: 'Checks' })
      .getByText(/Too long by/)
      .first()
  ).toBeVisible()
})

test('what does not fit into a field in one paste is said, not dropped', async ({ desk }) => {
  const story = new StoryPage(desk.page)
  await story.newStory()
  await story.headline.click()
  await story.headline.evaluate((field) => {
    const data = new DataTransfer()
    data.setData('text/plain', 'tide '.repeat(25_000))
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  await expect(desk.page.getByText('Its last 25,000 characters were left out')).toBeVisible()
})
