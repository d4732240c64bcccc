import AxeBuilder from '@axe-core/playwright'
import { newId } from '../../src/shared/lib/id.ts'
import { makeStory, withCalls } from './calls.ts'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

test('what is refused is said in the dialog it was asked for in, and goes with the next try', async ({
  desk
}, info) => {
  const { page } = desk
  const notices = page.getByRole('region', { name: 'Notices' })
  const id = await withCalls(desk.library, (call) => makeStory(call, 'Ferry fares'))
  await page.goto(new URL(`/story/${id}`, page.url()).href)
  const sheet = page.getByRole('dialog', { name: 'Publish' })
  await expect(new StoryPage(page).headline).toBeVisible()
  await page
    .getByRole('button', { name: /^Publish$/ })
    .first()
    .click()

  await test.step('in a dialog, which the sheet of a story leads to where there is no CMS yet', async () => {
    await sheet.getByRole('button', { name: 'Add a CMS…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add a CMS' })
    const name = dialog.getByRole('textbox', { name: 'Name', exact: true })
    await name.fill('The site '.repeat(100))
    await dialog.getByRole('textbox', { name: 'Address of the endpoint' }).fill('https://example.org')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByRole('alert')).toBeVisible()
    // Once: not behind the dialog as well.
    await expect(notices.getByRole('alert')).toHaveCount(0)
    await page.screenshot({ path: info.outputPath('dialog.png') })
    const { violations } = await new AxeBuilder({ page }).exclude('[data-live-announcer]').analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
    // It goes as soon as the cause is mended; a button pressed meanwhile stays under the press.
    await name.fill('The site')
    await expect(dialog.getByRole('alert')).toHaveCount(0)
    await name.fill('The site '.repeat(100))
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByRole('alert')).toBeVisible()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog).toHaveCount(0)
    await expect(page.getByRole('alert')).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Add a CMS…' })).toBeFocused()
  })

  await test.step('and is not said again where somebody goes from there', async () => {
    await page.getByRole('button', { name: 'Add a CMS…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add a CMS' })
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('The site '.repeat(100))
    await dialog.getByRole('textbox', { name: 'Address of the endpoint' }).fill('https://example.org')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByRole('alert')).toBeVisible()
    await page.mouse.click(4, 4)
    await expect(dialog).toHaveCount(0)
    // What is handed on comes with the next turn, and is drawn with the next frame.
    await page.evaluate(() => new Promise((passed) => setTimeout(() => requestAnimationFrame(passed))))
    await expect(page.getByRole('alert')).toHaveCount(0)
  })

  await test.step('and the sheet, which was gone from, does not come back over a story', async () => {
    await page.goBack()
    await expect(new StoryPage(page).headline).toHaveText('Ferry fares')
    await expect(sheet).toHaveCount(0)
  })
})

test('that the clipboard takes nothing is said in the dialog that offers a copy, not behind it', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'Ferry')
  await story.onDisk()
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  const dialog = page.getByRole('alertdialog')
  await withCalls(desk.library, async (call) => {
    // Both change the headline before either knows of the other: which is first is the machine's to say.
    await expect(async () => {
      const { revision } = await call.stories.get({ id })
      await page.keyboard.type('s')
      const fields = { headline: 'Boat' }
      await call.stories.patchFields({ id, baseRevision: revision, changeId: newId(), fields })
      await expect(dialog).toBeVisible({ timeout: 2_000 })
    }).toPass()
  })
  // As where a policy of the house keeps pages from the clipboard.
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))
  })
  await dialog.getByRole('button', { name: /^Copy/ }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Notices' }).getByRole('alert')).toHaveCount(0)
})
