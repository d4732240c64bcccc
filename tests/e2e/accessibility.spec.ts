import { axeFindings } from './axe.ts'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

// Many screens one behind the other, each gone through element by element.
test.describe.configure({ timeout: 180_000 })

for (const scheme of ['light', 'dark'] as const) {
  test(`no accessibility findings on the welcome page, a story, its tabs and the publish sheet, in ${scheme}`, async ({
    desk
  }) => {
    const page = desk.page
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    // Loaded in its scheme, so that nothing is looked at while its colours change.
    await page.reload()
    await expect(page.getByRole('button', { name: /sample story/i }).first()).toBeVisible()
    expect(await axeFindings(page)).toEqual([])
    await page
      .getByRole('button', { name: /sample story/i })
      .first()
      .click()
    await expect(new StoryPage(page).headline).toBeVisible()
    await expect(page.getByRole('tab', { name: 'Times' })).toBeVisible()
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('ControlOrMeta+h')
    await expect(page.getByRole('search', { name: 'Find in the story' }).getByLabel('Replace with')).toBeVisible()
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await new StoryPage(page).body.press('ControlOrMeta+End')
    await page.keyboard.press('Enter')
    await page.keyboard.type('/')
    await expect(page.getByRole('listbox', { name: 'Insert' })).toBeVisible()
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('tab', { name: 'Times' }).click()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('tab', { name: 'Checks' }).click()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('option').first().click({ button: 'right' })
    await expect(page.getByRole('menu', { name: 'Story actions' })).toBeVisible()
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('tab', { name: 'Publish' }).click()
    await expect(page.getByRole('button', { name: 'Start the practice CMS' })).toBeVisible()
    expect(await axeFindings(page)).toEqual([])
  })
}
