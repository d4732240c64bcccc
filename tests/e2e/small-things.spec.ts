import { join } from 'node:path'
import type { FileChooser } from '@playwright/test'
import { makeStory, withCalls } from './calls.ts'
import { expect, test } from './desk.ts'
import { drop } from './drop.ts'
import { StoryPage } from './story-page.ts'

const pictureFile = join(import.meta.dirname, '../support/host-picture.png')

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
  await chooser.setFiles(pictureFile)
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

test('a language is chosen by its name or its code, and what only looks like one is not taken', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  const language = page.getByRole('combobox', { name: 'Language' })
  const article = page.locator('article.page')
  const type = async (words: string, leave: string): Promise<void> => {
    await language.fill(words)
    await language.press(leave)
  }
  await type('arab', 'Enter')
  await expect(article).toHaveAttribute('lang', 'ar')
  await expect(article).toHaveAttribute('dir', 'rtl')
  await expect(language).toHaveValue('Arabic')
  await type('german', 'Tab')
  await expect(article).toHaveAttribute('lang', 'de')
  await type('jap', 'Tab')
  await expect(article).toHaveAttribute('lang', 'ja')
  await type('nds', 'Enter')
  await expect(article).toHaveAttribute('lang', 'nds')
  await type('martian', 'Tab')
  await expect(language).toHaveValue('nds')
  await expect(article).toHaveAttribute('lang', 'nds')
})

test('a picture that is to come is chosen where it stands, in the text as above it, and its caption is next', async ({
  desk
}) => {
  const { page } = desk
  const story = new StoryPage(page)
  await drop(
    page,
    'ferry.html',
    'text/html',
    `<article><h1>Ferry fares rise</h1>
<figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry on Monday.</figcaption></figure>
<p>The harbour board said on Monday that it would raise the fares on its three lines by a third.</p>
<p>Traders on the east bank said on Monday that they had not been asked about it by anybody.</p>
<figure><img src="b.jpg"><figcaption>Commuters on the quay.</figcaption></figure>
<p>The board meets again on Thursday, and will hear the traders then, its chair told the press.</p></article>`
  )
  const sheet = page.getByRole('dialog', { name: /Review: ferry/ })
  await expect(sheet.getByRole('figure').filter({ hasText: 'Commuters on the quay.' })).toBeVisible()
  await sheet.getByRole('button', { name: 'Make the story' }).click()
  await expect(story.headline).toBeFocused()
  // Asked for beforehand: a key is faster than the browser is told that somebody waits for its chooser.
  const choosers: FileChooser[] = []
  page.on('filechooser', (chooser) => choosers.push(chooser))
  for (const [words, field] of [
    ['The ferry on Monday.', story.caption],
    ['Commuters on the quay.', story.body.getByRole('textbox', { name: 'Caption' })]
  ] as const) {
    const figure = page.getByRole('figure').filter({ hasText: words })
    const choose = figure.getByRole('button', { name: 'Choose a picture' })
    await choose.focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => choosers.length).toBe(1)
    await choosers.pop()?.setFiles(pictureFile)
    await expect(figure.locator('img')).toBeVisible()
    await expect(choose).toBeHidden()
    await expect(field).toBeFocused()
    await expect(field).toHaveText(words)
  }
  await page.keyboard.press('ControlOrMeta+z')
  await expect(story.body.getByRole('button', { name: 'Choose a picture' })).toBeVisible()
  // Wherever the caret is in the text, the keys of a button among it are the button's.
  const paragraphs = await story.body.getByRole('paragraph').filter({ hasText: '.' }).count()
  await story.body.getByRole('paragraph').filter({ hasText: 'harbour board' }).click()
  for (const key of ['Enter', 'Space']) {
    await story.body.getByRole('button', { name: 'Add alt text' }).focus()
    await page.keyboard.press(key)
    await page.getByRole('dialog', { name: 'Alt text' }).getByRole('button', { name: 'Done' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await expect(story.body.getByRole('paragraph').filter({ hasText: '.' })).toHaveCount(paragraphs)
})
