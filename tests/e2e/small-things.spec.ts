import { join } from 'node:path'
import { makeStory, withCalls } from './calls.ts'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

test('a picture that goes leaves its words and comes back by the key that undoes; copies and a proof are made from the menu', async ({
  desk
}) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'Bridge closes')
  await story.write(story.body, 'It was mended.')
  const picture = page.getByRole('button', { name: /Lead picture Drop/ })
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), picture.click()])
  await chooser.setFiles(join(import.meta.dirname, '../support/host-picture.png'))
  await story.write(story.caption, 'The bridge')
  await story.write(story.alt, 'A bridge at dusk')
  const image = page.locator('.lead img')
  await page.getByRole('button', { name: 'Remove the picture' }).click()
  await expect(image).toHaveCount(0)
  await expect(story.caption).toHaveText('The bridge')
  await expect(page.getByRole('button', { name: 'Choose a picture' })).toBeFocused()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(image).toBeVisible()
  await expect(story.alt).toHaveText('A bridge at dusk')

  // Loaded anew, the caret is where it was.
  await story.body.click()
  await page.keyboard.press('ControlOrMeta+End')
  for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowLeft')
  await story.onDisk()
  await page.reload()
  await expect(story.body).toBeFocused()
  await page.keyboard.type('X')
  await expect(story.body).toHaveText('It was menXded.')
  await page.keyboard.press('Backspace')

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const menu = page.getByRole('button', { name: 'Menu', exact: true })
  await menu.click()
  await page.getByRole('menuitem', { name: 'Copy the story as HTML' }).click()
  await expect(page.getByText('The story is on the clipboard.')).toBeVisible()
  // A notice that is closed by hand gives the focus back to where it was.
  await story.headline.click()
  await page.getByRole('region', { name: 'Notices' }).getByRole('button').last().click()
  await expect(story.headline).toBeFocused()
  // A correction begun is where the next words go; three spaces make no three more.
  await page.getByRole('tab', { name: 'Story', exact: true }).click()
  await page.getByRole('button', { name: 'Add a correction' }).click()
  await page.keyboard.type('   An earlier version was wrong.')
  const corrections = page.getByRole('textbox', { name: 'What was wrong, and what is right' })
  await expect(corrections).toHaveCount(1)
  await expect(corrections).toHaveValue(/An earlier version was wrong\.$/)
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('It was mended.</p>')

  // The dialog of the system is not the page's: what it would print is looked at when it is asked for.
  await page.evaluate(() => {
    window.print = () => {
      const numbers = [...document.querySelectorAll('.proof-number')].map(({ textContent }) => textContent)
      document.title = numbers.join(' ')
    }
  })
  await menu.click()
  await page.getByRole('menuitem', { name: 'Print a proof…' }).click()
  await expect(page).toHaveTitle('1 2 3')
})

test('a story that is pressed on in the list is opened, wherever the list puts it before the hand lets go', async ({
  desk
}) => {
  const { page } = desk
  const story = new StoryPage(page)
  await withCalls(desk.library, async (call) => {
    await makeStory(call, 'Bridge')
    await makeStory(call, 'Harbour')
  })
  const row = story.stories.filter({ hasText: 'Bridge' })
  await expect(row).toHaveAttribute('aria-posinset', '2')
  const element = await row.elementHandle()
  const box = await row.boundingBox()
  if (!box || !element) throw new Error('the row is not in the page')
  await page.mouse.move(box.x + 40, box.y + box.height / 2)
  await page.mouse.down()
  await withCalls(desk.library, (call) => makeStory(call, 'From the wire'))
  await expect(row).toHaveAttribute('aria-posinset', '3')
  await expect(story.stories).toHaveText([/^From the wire/, /^Harbour/, /^Bridge/])
  // The element is the story's still.
  expect(await element.textContent()).toContain('Bridge')
  await page.mouse.up()
  await expect(story.headline).toHaveText('Bridge')
})
