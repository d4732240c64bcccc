import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

test('what the checks find is listed as it is written, leads to its spot, and holds publishing up', async ({
  desk
}) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'Bridge closes')
  await story.write(story.body, 'It cost TK pounds to mend.')
  await story.onDisk()
  await page.getByRole('tab', { name: 'Checks' }).click()
  const panel = page.getByRole('tabpanel', { name: 'Checks' })
  await panel.getByRole('button', { name: /“TK” is still in the copy/ }).click()
  await expect(story.body).toBeFocused()

  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  const sheet = page.getByRole('dialog', { name: 'Publish' })
  await sheet.getByRole('button', { name: 'Start the practice CMS' }).click()
  const line = sheet.getByRole('button', { name: /“TK” is still in the copy/ })
  // What the sheet learns of the CMS that has just started moves the button: a press begun before that is none.
  await expect(async () => {
    await sheet.getByRole('button', { name: 'Publish to Practice CMS' }).click()
    await expect(line).toBeFocused({ timeout: 2000 })
  }).toPass()
  await expect(sheet.getByRole('article')).toHaveCount(0)
  await line.press('Enter')
  await expect(sheet).toBeHidden()
  await expect(story.body).toBeFocused()
  // Its words are selected: what is typed takes their place.
  await page.keyboard.type('forty')
  await expect(story.body).toHaveText('It cost forty pounds to mend.')
  await expect(panel.getByRole('heading', { name: 'Stops publishing' })).toBeHidden()
  await panel.getByRole('button', { name: /Standfirst: not there yet/ }).click()
  await expect(story.standfirst).toBeFocused()
})
