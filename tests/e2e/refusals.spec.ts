import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

test('what is refused is said in the dialog or panel it was asked for in, and goes with the next try', async ({
  desk
}, info) => {
  const { page } = desk
  await page.keyboard.press('ControlOrMeta+,')
  await page.getByRole('button', { name: 'Add a CMS…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a CMS' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('The site')
  await dialog.getByRole('textbox', { name: /^Address/ }).fill('https://example.org')
  await dialog.getByRole('textbox', { name: /^User/ }).fill('desk')
  const { back } = await desk.losingHost()
  await dialog.getByRole('button', { name: 'Save' }).click()
  const refusal = dialog.getByRole('alert')
  await expect(refusal).toBeVisible()
  // Once: not behind the dialog as well.
  await expect(page.getByRole('region', { name: 'Notices' }).getByRole('alert')).toHaveCount(0)
  await page.screenshot({ path: info.outputPath('dialog.png') })
  const { violations } = await new AxeBuilder({ page }).exclude('[data-live-announcer]').analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await back()
  await expect(page.getByText('Online').or(page.getByText('Offline'))).toBeVisible({ timeout: 20_000 })
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('outside of dialogs a refusal is said at the foot of the desk', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'Ferry')
  await story.onDisk()
  const { back } = await desk.losingHost()
  await page.getByRole('button', { name: 'Menu', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Copy the story as HTML' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await back()
})
