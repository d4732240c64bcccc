import type { Page } from '@playwright/test'
import { axeFindings } from './axe.ts'
import { withCalls } from './calls.ts'
import { expect, test, type Desk } from './desk.ts'
import { StoryPage } from './story-page.ts'

const OLD = 'https://example.org/old'

/** Opens a story whose paragraph has a link in its middle, and puts the caret into the link. */
async function open(
  desk: Desk,
  [before, linked, after]: readonly [string, string, string],
  at: number,
  onwards = 'ArrowRight'
): Promise<StoryPage> {
  const { page } = desk
  const { id } = await withCalls(desk.library, (call) =>
    call.stories.create({
      fields: { headline: 'Bridge' },
      body: {
        version: 1,
        blocks: [
          {
            id: 'a',
            type: 'paragraph',
            runs: [
              { text: before },
              { text: linked.slice(0, 3), marks: ['bold'], link: { href: OLD } },
              { text: linked.slice(3), link: { href: OLD } },
              { text: after }
            ]
          }
        ]
      }
    })
  )
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('option', { name: /Bridge/ }).click()
  const story = new StoryPage(page)
  await expect(story.body).toContainText(linked)
  await story.body.click()
  await page.keyboard.press('ControlOrMeta+Home')
  for (let n = 0; n < at; n++) await page.keyboard.press(onwards)
  expect(page.url()).toContain(id)
  return story
}

const bar = (page: Page) => page.getByRole('group', { name: 'Link', exact: true })
const links = (story: StoryPage) =>
  story.body.locator('a').evaluateAll((all) => all.map((link) => [link.textContent, link.getAttribute('href')]))

test('a link is changed where it stands by keys alone: the caret stays, and it is one undo', async ({ desk }, info) => {
  const { page } = desk
  const story = await open(desk, ['The ', 'bridge', ' closed.'], 6)
  await expect(bar(page)).toContainText(OLD)
  await page.screenshot({ path: info.outputPath('link.png') })
  await page.keyboard.press('ControlOrMeta+k')
  const address = bar(page).getByRole('textbox', { name: 'Address' })
  await expect(address).toBeFocused()
  await expect(address).toHaveValue(OLD)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.screenshot({ path: info.outputPath('edit.png') })
  expect(await axeFindings(page, { only: ['.link-popover'] })).toEqual([])
  await page.keyboard.type('no address')
  await page.keyboard.press('Enter')
  await expect(bar(page)).toContainText('That is not a web, mail or phone address.')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('example.org/new')
  await page.keyboard.press('Enter')
  await expect(bar(page)).toHaveCount(0)
  await expect(story.body).toBeFocused()
  expect(await links(story)).toEqual([['bridge', 'https://example.org/new']])
  await page.keyboard.type('X')
  await expect(story.body).toHaveText('The brXidge closed.')
  await page.keyboard.press('ControlOrMeta+z')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(story.body).toHaveText('The bridge closed.')
  expect(await links(story)).toEqual([['bridge', OLD]])
  await page.keyboard.press('ControlOrMeta+Shift+z')
  expect(await links(story)).toEqual([['bridge', 'https://example.org/new']])
})

test('Escape closes it and gives the focus back; outside of a link the key is the desk’s', async ({ desk }) => {
  const { page } = desk
  const story = await open(desk, ['The ', 'bridge', ' closed.'], 6)
  await expect(bar(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(bar(page)).toHaveCount(0)
  await expect(story.body).toBeFocused()
  // It comes again with its key, and from a button of it the way back is the same.
  await page.keyboard.press('ControlOrMeta+k')
  await expect(bar(page).getByRole('textbox', { name: 'Address' })).toBeFocused()
  await bar(page).getByRole('button', { name: 'Remove link' }).focus()
  await page.keyboard.press('Escape')
  await expect(bar(page)).toHaveCount(0)
  await expect(story.body).toBeFocused()
  await page.keyboard.type('X')
  await expect(story.body).toHaveText('The brXidge closed.')
  expect(await links(story)).toEqual([['brXidge', OLD]])
  await page.keyboard.press('ControlOrMeta+End')
  await expect(bar(page)).toHaveCount(0)
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('dialog')).toBeVisible()
})

test('the address is copied, opened beside, and taken away, by mouse', async ({ desk }) => {
  const { page } = desk
  const story = await open(desk, ['The ', 'bridge', ' closed.'], 0)
  await expect(bar(page)).toHaveCount(0)
  await story.body.locator('a').click()
  await bar(page).getByRole('button', { name: 'Copy the address' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(OLD)
  await expect(story.body).toBeFocused()
  const beside = bar(page).getByRole('link', { name: 'Open the link' })
  await expect(beside).toHaveAttribute('href', OLD)
  await expect(beside).toHaveAttribute('target', '_blank')
  await bar(page).getByRole('button', { name: 'Edit the link' }).click()
  await expect(bar(page).getByRole('textbox', { name: 'Address' })).toBeFocused()
  await page.keyboard.press('Escape')
  await story.body.locator('a').click()
  await bar(page).getByRole('button', { name: 'Remove link' }).click()
  await expect(bar(page)).toHaveCount(0)
  expect(await links(story)).toEqual([])
  await expect(story.body).toBeFocused()
  await expect(story.body).toHaveText('The bridge closed.')
  await page.keyboard.press('ControlOrMeta+z')
  expect(await links(story)).toEqual([['bridge', OLD]])
})

test('in Arabic it begins where the link begins, at its right', async ({ desk }, info) => {
  const { page } = desk
  const story = await open(desk, ['أغلق ', 'الجسر', ' أمس.'], 7, 'ArrowLeft')
  await expect(bar(page)).toContainText(OLD)
  const box = await bar(page).boundingBox()
  const link = await story.body.locator('a').boundingBox()
  expect(Math.abs((box?.x ?? 0) + (box?.width ?? 0) - ((link?.x ?? 0) + (link?.width ?? 0)))).toBeLessThan(3)
  expect(box?.y ?? 0).toBeGreaterThan((link?.y ?? 0) + (link?.height ?? 0) - 1)
  await page.screenshot({ path: info.outputPath('arabic.png') })
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('desk@example.org')
  await page.keyboard.press('Enter')
  expect(await links(story)).toEqual([['الجسر', 'mailto:desk@example.org']])
  await expect(story.body).toBeFocused()
})

test('what is typed at the end of a link stands behind it, and over words of a link in it', async ({ desk }) => {
  const { page } = desk
  const story = await open(desk, ['The ', 'old bridge', ' closed.'], 14)
  await page.keyboard.type('s')
  await expect(story.body).toHaveText('The old bridges closed.')
  expect(await links(story)).toEqual([['old bridge', OLD]])
  await page.keyboard.press('Backspace')
  // Over its last word: every key of the new one, a slip mended on the way.
  for (let n = 0; n < 'bridge'.length; n++) await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.type('tunel')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('nel way')
  await expect(story.body).toHaveText('The old tunnel way closed.')
  expect(await links(story)).toEqual([['old tunnel way', OLD]])
  // Once the caret has moved it is a place like any other.
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.type('s')
  expect(await links(story)).toEqual([['old tunnel way', OLD]])
  await expect(story.body).toHaveText('The old tunnel ways closed.')
  await page.keyboard.press('Backspace')
  // Over all of it, selected from without.
  await page.keyboard.press('Home')
  for (let n = 0; n < 'The '.length; n++) await page.keyboard.press('ArrowRight')
  for (let n = 0; n < 'old tunnel way'.length; n++) await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.type('new ferry')
  await expect(story.body).toHaveText('The new ferry closed.')
  expect(await links(story)).toEqual([['new ferry', OLD]])
  // What goes beyond the link is no matter of the link's.
  await page.keyboard.press('ArrowRight')
  for (let n = 0; n < ' ferry '.length; n++) await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.type('x')
  await expect(story.body).toHaveText('The newxclosed.')
  for (let n = 0; n < 60; n++) {
    await page.keyboard.press('ControlOrMeta+z')
    if ((await story.body.textContent()) === 'The old bridge closed.') break
  }
  expect(await links(story)).toEqual([['old bridge', OLD]])
})

test('a link in a cell and in the words of a quotation is changed where it stands, and is one undo', async ({
  desk
}, info) => {
  const { page } = desk
  const linked = { text: 'bridge', link: { href: OLD } }
  await withCalls(desk.library, (call) =>
    call.stories.create({
      fields: { headline: 'Bridge' },
      body: {
        version: 1,
        blocks: [
          { id: 'p', type: 'paragraph', runs: [{ text: 'Before.' }] },
          {
            id: 't',
            type: 'table',
            headerRow: false,
            headerColumn: false,
            rows: [{ cells: [{ runs: [{ text: 'The ' }, linked] }, { runs: [{ text: 'Open' }] }] }]
          },
          {
            id: 'q',
            type: 'attributed-quote',
            speaker: 'Amal Haddad',
            runs: [{ text: 'Our ' }, linked, { text: ' shut.' }]
          }
        ]
      } as never
    })
  )
  await page.getByRole('option', { name: /Bridge/ }).click()
  const story = new StoryPage(page)
  await expect(story.body).toContainText('Our bridge shut.')
  const address = bar(page).getByRole('textbox', { name: 'Address' })

  const cell = page.getByRole('textbox', { name: 'Row 1, column 1' })
  await cell.getByText('bridge').click()
  await expect(bar(page)).toContainText(OLD)
  await page.screenshot({ path: info.outputPath('cell.png') })
  await page.keyboard.press('ControlOrMeta+k')
  await expect(address).toBeFocused()
  await page.keyboard.type('example.org/cell')
  await page.keyboard.press('Enter')
  await expect(cell).toBeFocused()
  expect(await links(story)).toEqual([
    ['bridge', 'https://example.org/cell'],
    ['bridge', OLD]
  ])
  await page.keyboard.press('ControlOrMeta+z')
  await expect(cell.locator('a')).toHaveAttribute('href', OLD)

  const words = page.getByRole('textbox', { name: 'What was said' })
  await words.getByText('bridge').click()
  await expect(bar(page)).toContainText(OLD)
  await page.keyboard.press('Escape')
  await expect(bar(page)).toHaveCount(0)
  await words.getByText('bridge').click()
  await bar(page).getByRole('button', { name: 'Remove link' }).click()
  await expect(words).toBeFocused()
  await expect(words).toHaveText('Our bridge shut.')
  await expect(words.locator('a')).toHaveCount(0)
  // Who said it is plain text: there is no link there to speak of.
  await cell.getByText('bridge').click()
  await expect(bar(page)).toBeVisible()
  await page.getByRole('textbox', { name: 'Who said it' }).click()
  await expect(bar(page)).toHaveCount(0)
  // A new one, over words of a cell.
  await page.getByRole('textbox', { name: 'Row 1, column 2' }).click()
  await page.keyboard.press('End')
  await page.keyboard.press('Shift+Home')
  await page.keyboard.press('ControlOrMeta+Shift+k')
  await page.getByRole('dialog').getByRole('textbox', { name: 'Address' }).fill('example.org/open')
  await page.keyboard.press('Enter')
  expect(await links(story)).toEqual([
    ['bridge', OLD],
    ['Open', 'https://example.org/open']
  ])
  await story.onDisk()
  await page.reload()
  await expect(story.body).toContainText('Our bridge shut.')
  expect(await links(story)).toHaveLength(2)
})
