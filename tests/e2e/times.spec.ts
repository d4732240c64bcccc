import type { Locator, Page } from '@playwright/test'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

/** Types a date as day, month and year, or a time, into the segments of a field. */
async function type(field: Locator, digits: string): Promise<void> {
  await field.getByRole('spinbutton').first().click()
  await field.page().keyboard.type(digits)
}

async function writtenStory(page: Page): Promise<StoryPage> {
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'Harbour bridge closes')
  await story.write(story.body, 'The council voted seven to two.')
  await story.onDisk()
  return story
}

test('an hour that the clocks show twice or skip is asked about and said', async ({ desk }) => {
  await writtenStory(desk.page)
  await desk.page.getByRole('tab', { name: 'Times' }).click()
  const embargo = desk.page.getByRole('region', { name: 'Embargo' })
  await embargo.getByRole('radio', { name: 'Embargoed' }).click({ force: true })
  const [date, time] = [embargo.getByRole('group', { name: 'Date' }), embargo.getByRole('group', { name: 'Time' })]
  const zone = embargo.getByRole('combobox', { name: 'Time zone' })
  await zone.fill('London')
  await desk.page.getByRole('option', { name: /^London/ }).click()
  await type(date.first(), '31102027')
  await type(time, '0130')
  await expect(embargo).toContainText('show that time twice')
  await embargo.getByRole('button', { name: '31 Oct 2027, 01:30 GMT', exact: true }).click()
  await expect(embargo).toContainText('31 Oct 2027, 01:30 UTC')
  const page = await desk.restart(new URL(desk.page.url()).pathname)
  await page.getByRole('tab', { name: 'Times' }).click()
  const again = page.getByRole('region', { name: 'Embargo' })
  await expect(again).toContainText('31 Oct 2027, 01:30 UTC')
  await expect(again.getByRole('button', { name: 'Use the first' })).toBeVisible()
  await type(again.getByRole('group', { name: 'Date' }).first(), '28032027')
  await type(again.getByRole('group', { name: 'Time' }), '0130')
  await expect(again).toContainText('The clocks there skip 01:30 that day. 28 Mar 2027, 02:30 GMT+1 was taken.')
})

test('a release that has passed is asked about, and an edit after scheduling is said wherever the story is', async ({
  desk
}) => {
  const { page } = desk
  const story = await writtenStory(page)
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  const sheet = page.getByRole('dialog', { name: 'Publish' })
  await sheet.getByRole('button', { name: 'Start the practice CMS' }).click()
  await sheet.getByRole('radio', { name: 'At an hour' }).click({ force: true })
  const date = sheet.getByRole('group', { name: 'Date' }).first()
  await type(date, '01012020')
  const publish = sheet.getByRole('button', { name: 'Publish to Practice CMS' })
  await publish.click()
  await page.getByRole('button', { name: 'Publish anyway' }).click()
  const asked = page.getByRole('alertdialog', { name: 'That hour has passed' })
  await expect(asked).toContainText('1 Jan 2020')
  await asked.getByRole('button', { name: 'Cancel' }).click()
  await expect(sheet.getByRole('article')).toHaveCount(0)

  await type(date, '01012090')
  await sheet.getByRole('button', { name: /^Schedule for 1 Jan 2090/ }).click()
  const card = sheet.getByRole('article', { name: 'Practice CMS: Scheduled' })
  await expect(card).toContainText(/Planned for 1 Jan 2090, \d\d:00 (UTC|GMT)/)
  await page.keyboard.press('Escape')
  await expect(story.stories.first()).not.toContainText('Older')
  await story.write(story.standfirst, 'Engineers found cracks.')
  await story.onDisk()
  await expect(story.stories.first()).toContainText('Older version scheduled')
  await page.getByRole('tab', { name: 'Times' }).click()
  const times = page.getByRole('tabpanel', { name: 'Times' })
  await expect(times).toContainText('It is older than the one on the desk now.')
  await times.getByRole('button', { name: 'What differs' }).click()
  const compare = page.getByRole('dialog', { name: 'What was approved, and what is on the desk' })
  await expect(compare.locator('ins', { hasText: 'Engineers found cracks.' })).toBeVisible()
  await compare.getByRole('button', { name: 'Close' }).last().click()
  await times.getByRole('button', { name: 'Keep it' }).click()
  await expect(story.stories.first()).not.toContainText('Older')

  await story.write(story.kicker, 'City')
  await story.onDisk()
  await expect(story.stories.first()).toContainText('Older')
  await times.getByRole('button', { name: 'Replace it' }).click()
  await expect(story.stories.first()).not.toContainText('Older')
  await expect(times).toContainText('Planned for 1 Jan 2090')
})
