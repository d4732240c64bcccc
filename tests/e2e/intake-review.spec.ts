import { drop } from './drop.ts'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

const text = [
  'Menu of the harbour',
  'Council votes to close harbour bridge for a year',
  'By Amal Haddad',
  'The council voted seven to two on Tuesday to close the harbour bridge, officials said.',
  'Traffic is led over the northern dam until the cable anchors are replaced, officials said.',
  'Shops on the quay fear for their trade, their association said in a letter on Tuesday.',
  'The letter asks for a ferry, which the council had refused three times before, officials said.'
].join('\n\n')

test('several lines of a page are chosen and changed at once, with mouse and keys, and back', async ({ desk }) => {
  const { page } = desk
  await drop(page, 'bridge.txt', 'text/plain', text)
  const sheet = page.getByRole('dialog', { name: /Review: bridge\.txt/ })
  const line = (n: number) => sheet.getByRole('checkbox', { name: `Line ${n}`, exact: true })
  const story = sheet.getByRole('region', { name: 'The story it makes' })
  await line(9).click()
  await line(13).click({ modifiers: ['Shift'] })
  await expect(sheet.getByRole('toolbar', { name: '3 lines chosen' })).toBeVisible()
  await sheet.getByRole('button', { name: 'Leave out', exact: true }).click()
  await expect(story).not.toContainText('northern dam')
  await expect(story).not.toContainText('asks for a ferry')
  await expect(story).toContainText('voted seven to two')
  await sheet.getByRole('button', { name: 'Undo' }).click()
  await expect(story).toContainText('asks for a ferry')

  await line(7).focus()
  await page.keyboard.press('Space')
  await sheet.getByRole('button', { name: 'Leave out all below' }).click()
  await expect(story).toContainText('voted seven to two')
  await expect(story).not.toContainText('northern dam')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(story).toContainText('northern dam')

  await line(3).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await expect(sheet.getByRole('toolbar', { name: '7 lines chosen' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(sheet).toBeVisible()
  await line(3).click()
  await sheet.getByRole('button', { name: 'Leave out all above' }).click()
  await expect(story).not.toContainText('Menu of the harbour')
  await line(3).click()
  await sheet.getByRole('button', { name: 'Make them' }).click()
  await page.getByRole('option', { name: 'Headline' }).click()
  await expect(sheet.getByRole('heading', { name: 'Council votes to close harbour bridge for a year' })).toBeVisible()
  await expect(sheet.getByRole('status').last()).toContainText('none lost')
})

test('a page that is on the desk already says so, and a newer one is taken into its story', async ({ desk }) => {
  const { page } = desk
  const words =
    'The council voted seven to two on Tuesday to close the harbour bridge, after engineers found cracks in its anchors.'
  const html = (modified: string, more: string): string =>
    `<html><head><link rel="canonical" href="https://post.example/bridge"><meta property="article:modified_time" content="${modified}"></head>
<body><article><h1>Council votes to close harbour bridge</h1><p>By Amal Haddad</p><p>${words}</p><p>Later. ${words}${more}</p></article></body></html>`
  await drop(page, 'bridge.html', 'text/html', html('2026-11-20T10:00:00Z', ''))
  const sheet = page.getByRole('dialog', { name: /Review: bridge\.html/ })
  await sheet.getByRole('button', { name: 'Make the story' }).click()
  await expect(sheet).toBeHidden()
  const story = new StoryPage(page)
  await story.write(story.kicker, 'City')
  await story.onDisk()

  await drop(page, 'bridge.html', 'text/html', html('2026-11-20T10:00:00Z', ''))
  await expect(sheet).toContainText('This is already on the desk: “Council votes to close harbour bridge”')
  await sheet.getByRole('button', { name: 'Cancel' }).click()

  await drop(page, 'bridge.html', 'text/html', html('2026-11-20T12:00:00Z', ' A ferry runs.'))
  await expect(sheet).toContainText('This is a newer version of “Council votes to close harbour bridge”')
  await sheet.getByRole('button', { name: 'Bring that story up to this' }).click()
  await expect(sheet).toBeHidden()
  await expect(story.body).toContainText('A ferry runs.')
  await expect(story.kicker).toHaveText('City')
  await expect(story.stories).toHaveCount(1)
})
