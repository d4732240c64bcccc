import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../scripts/lib/places.mjs'
import { axeFindings } from './axe.ts'
import { drop } from './drop.ts'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

const text = [
  'Council votes to close harbour bridge for a year',
  'By Amal Haddad',
  'The council voted seven to two on Tuesday to close the harbour bridge, officials said.',
  'From our friends at Coast Weekly',
  'Traffic is led over the northern dam until the cable anchors are replaced, officials said.'
].join('\n\n')

test('the desk’s own rule for a line of a page is written, tried, used, and taken back', async ({ desk }) => {
  const { page } = desk
  await page.keyboard.press('ControlOrMeta+,')
  const group = page.getByRole('region', { name: 'Incoming pages' })
  const line = group.getByRole('textbox', { name: 'A line that reads' })
  await line.fill('*')
  await group.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(group.getByText('Not added: it needs at least one word, or it would catch every line.')).toBeVisible()
  await line.fill('From our friends at *')
  await group.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(line).toBeFocused()
  const rule = group.getByRole('listitem').filter({ hasText: 'From our friends at *' })
  await expect(rule).toContainText('Page furniture')
  expect(await axeFindings(page)).toEqual([])

  await drop(page, 'bridge.txt', 'text/plain', text)
  const sheet = page.getByRole('dialog', { name: /Review: bridge\.txt/ })
  await expect(sheet.getByRole('region', { name: 'The story it makes' })).toContainText('northern dam')
  await expect(sheet.getByRole('region', { name: 'The story it makes' })).not.toContainText('Coast Weekly')
  await page.keyboard.press('Escape')

  await rule.getByRole('button', { name: /Remove the rule/ }).click()
  await expect(rule).toHaveCount(0)
  await line.fill('Sign up to *')
  await group.getByRole('button', { name: 'Add', exact: true }).click()
  const other = group.getByRole('listitem').filter({ hasText: 'Sign up to *' })
  await expect(other).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rule).toBeVisible()
  await expect(other).toBeVisible()
})

test('the page a story was made from is shown as it came, and not for one that was typed', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await expect(page.getByRole('textbox', { name: 'Usage terms' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Show the page' })).toHaveCount(0)

  const html = `<html lang="ar"><head><meta charset="utf-8"></head><body><article><h1>إغلاق الجسر</h1><p>${'قال المسؤولون إن الجسر أغلق. '.repeat(8)}</p></article><script>document.title = 'run'</script></body></html>`
  await drop(page, 'الجسر.html', 'text/html', html)
  const sheet = page.getByRole('dialog', { name: /Review/ })
  await sheet.getByRole('button', { name: 'Make the story' }).click()
  await expect(story.headline).toHaveText('إغلاق الجسر')
  await page.getByRole('button', { name: 'Show the page' }).click()
  const dialog = page.getByRole('dialog', { name: 'The page as it arrived' })
  await expect(dialog.getByRole('textbox', { name: 'The page as it arrived' })).toHaveValue(html)
  expect(await axeFindings(page)).toEqual([])
  const saved = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save a copy' }).click()
  expect(readFileSync(await (await saved).path(), 'utf8')).toBe(html)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Show the page' })).toBeFocused()

  await page.getByRole('tab', { name: 'Times' }).click()
  await page.getByRole('region', { name: 'Embargo' }).getByRole('radio', { name: 'Embargoed' }).click()
  await page.getByRole('tab', { name: 'Story', exact: true }).click()
  await page.getByRole('button', { name: 'Show the page' }).click()
  await dialog.getByRole('button', { name: 'Save a copy' }).click()
  const asked = page.getByRole('dialog', { name: 'Under embargo' })
  await asked.getByLabel('Why does it leave?').fill('For the translator')
  const leaves = page.waitForEvent('download')
  await asked.getByRole('button', { name: 'Export' }).click()
  expect(readFileSync(await (await leaves).path(), 'utf8')).toBe(html)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('tab', { name: 'Times' }).click()
  await expect(page.getByRole('region', { name: 'Embargo' })).toContainText('For the translator')
})

test('Media Topics are chosen by name or by code, and a story keeps them', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  const topics = page.getByRole('combobox', { name: 'Media Topics' })
  await topics.fill('spo')
  await page.getByRole('option', { name: 'sport' }).click()
  const chosen = page.getByRole('listitem').filter({ hasText: 'sport' })
  await expect(chosen).toBeVisible()
  await expect(topics).toBeFocused()
  await expect(topics).toHaveValue('')
  await topics.fill('20000065 civil unrest')
  await topics.press('Enter')
  await expect(page.getByRole('listitem').filter({ hasText: 'civil unrest' })).toBeVisible()
  await topics.fill('football')
  await topics.press('Enter')
  await expect(page.getByText(/Choose a topic from the list/)).toBeVisible()
  await story.onDisk()
  await page.reload()
  await expect(page.getByRole('listitem').filter({ hasText: 'civil unrest' })).toBeVisible()
  await chosen.getByRole('button', { name: 'Remove: sport' }).click()
  await expect(chosen).toHaveCount(0)
  // The next topic came up under the mouse, and says what its button does.
  await page.mouse.move(0, 0)
  await expect(page.getByRole('tooltip')).toHaveCount(0)
  expect(await axeFindings(page)).toEqual([])
})

test('whose a picture is stands under it, as its own record says', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  const heic = readFileSync(join(root, 'tests/support/pictures/two-halves.heic'))
  await story.body.click()
  await page.evaluate(
    (bytes) => {
      const clipboardData = new DataTransfer()
      clipboardData.items.add(new File([new Uint8Array(bytes)], 'IMG_0001.heic', { type: 'image/heic' }))
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
      )
    },
    [...heic]
  )
  const picture = page.locator('.body-figure img')
  await expect(picture).toBeVisible()
  // What is below it moves until it is drawn.
  await picture.evaluate((image: HTMLImageElement) => image.decode())
  await story.onDisk()
  await page.getByRole('button', { name: 'Add alt text' }).click()
  await expect(page.getByText('Copyright from EXIF')).toBeVisible()
  await expect(page.getByText('Galley test picture')).toBeVisible()
})
