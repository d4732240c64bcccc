import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

test('what is typed is set as the language asks, until that is switched off', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  const address = await story.newStory()
  await story.write(story.headline, `"It's on" -- now`)
  await expect(story.headline).toHaveText('“It’s on” – now')
  await story.write(story.body, '## A heading')
  await expect(story.body.getByRole('heading', { name: 'A heading' })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.type('/')
  await expect(page.getByRole('listbox', { name: 'Insert' })).toBeVisible()
  await page.keyboard.type('pul')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Pulled')
  await expect(story.body.locator('.body-pull-quote')).toHaveText('Pulled')
  await story.onDisk()
  await page.keyboard.press('ControlOrMeta+,')
  for (const name of ['Quotes and dashes of the language', 'Formatting as you type'])
    await page.getByRole('radiogroup', { name }).getByRole('radio', { name: 'Off' }).click()
  await page.goBack()
  await expect(page).toHaveURL(new RegExp(`${address}$`))
  await story.write(story.standfirst, `"It's off"`)
  await expect(story.standfirst).toHaveText(`"It's off"`)
})
