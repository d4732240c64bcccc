import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

test('an older version is named, compared, and a paragraph of it brought back, and that is undone', async ({
  desk
}, info) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'Ferry sails again')
  await story.write(story.body, 'The ferry left at noon.')
  await story.onDisk()
  await page.getByRole('tab', { name: 'History' }).click()
  const versions = page.getByRole('list', { name: 'History' }).getByRole('listitem')
  await expect(versions.first()).toContainText('Story begun')
  await page.getByRole('button', { name: 'Keep this version' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('As sent to the lawyer')
  await page.keyboard.press('Enter')
  const named = versions.filter({ hasText: 'As sent to the lawyer' })
  await expect(named).toContainText('5 words')

  await story.body.click()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('Nothing sailed at all.')
  await story.onDisk()
  await named.getByRole('button', { name: /^Compare/ }).click()
  const compared = page.getByRole('dialog')
  await expect(compared.locator('del').filter({ hasText: 'ferry' }).first()).toBeVisible()
  await page.screenshot({ path: info.outputPath('compare.png') })
  await compared
    .getByRole('checkbox', { name: /^Bring this part back/ })
    .last()
    .press('Space')
  await compared.getByRole('button', { name: 'Bring back 1 chosen part' }).click()
  await expect(story.body).toHaveText('The ferry left at noon.')
  await page.screenshot({ path: info.outputPath('history.png') })
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).click()
  await expect(story.body).toHaveText('Nothing sailed at all.')
})

test('an earlier wording of a paragraph is found from the paragraph, brought back, and that is one undo', async ({
  desk
}, info) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.body, 'The ferry left at noon.')
  await story.onDisk()
  await page.getByRole('tab', { name: 'History' }).click()
  await page.getByRole('button', { name: 'Keep this version' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Noon')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await story.body.click()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('Nothing sailed.')
  await story.onDisk()
  await page.getByRole('button', { name: 'Earlier versions of this paragraph' }).click()
  const dialog = page.getByRole('dialog', { name: 'Earlier versions of this paragraph' })
  await expect(dialog.getByRole('listitem')).toContainText(['Noon'])
  await page.screenshot({ path: info.outputPath('paragraph.png') })
  await dialog.getByRole('button', { name: /^Bring back/ }).click()
  await expect(story.body).toHaveText('The ferry left at noon.')
  await expect(story.body).toBeFocused()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(story.body).toHaveText('Nothing sailed.')
  // By its key, from where the caret is.
  await page.keyboard.press('ControlOrMeta+Alt+p')
  await expect(dialog.getByRole('listitem')).toContainText(['Noon'])
  await expect(dialog).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(story.body).toBeFocused()
  await story.headline.click()
  await page.keyboard.press('ControlOrMeta+Alt+p')
  await expect(page.getByText('Put the caret into a paragraph first.')).toBeVisible()
  await expect(dialog).toHaveCount(0)
})
