import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { emptyImageUse } from '../../src/shared/document/image-use.ts'
import { newId } from '../../src/shared/lib/id.ts'
import { FakeWordpress } from '../peers/fake-wordpress.ts'
import { addWordpress, approve, arrived, makeStory, withCalls } from './calls.ts'
import { drop } from './drop.ts'
import { expect, test, type Desk } from './desk.ts'
import { expectReach } from './reach.ts'
import { StoryPage } from './story-page.ts'

// A window of 1440×900 at 200 %.
test.use({ viewport: { width: 720, height: 450 } })
test.describe.configure({ timeout: 120_000 })

async function run(page: Page, command: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k')
  const palette = page.getByRole('dialog')
  await expect(palette.getByRole('combobox')).toBeFocused()
  await page.keyboard.type(command)
  await expect(palette.getByRole('option').first()).toContainText(command)
  await page.keyboard.press('Enter')
}

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog').or(page.getByRole('alertdialog'))).toHaveCount(0)
}

async function writtenStory(desk: Desk): Promise<StoryPage> {
  const { page } = desk
  const id = await withCalls(desk.library, async (call) => {
    const image = { ...emptyImageUse(), caption: 'The boat at noon' }
    const made = await call.stories.create({
      fields: { headline: 'Ferry makes room for forty more', section: 'City', byline: 'By Amal Haddad' },
      body: {
        version: 1,
        blocks: [
          {
            id: 'a',
            type: 'paragraph',
            runs: [
              { text: 'The early boat takes ' },
              { text: 'forty more', link: { href: 'https://example.org/forty' } },
              { text: ', the board said. TK' }
            ]
          },
          { id: 'b', type: 'image', image },
          { id: 'c', type: 'paragraph', runs: [{ text: 'It leaves at noon.' }] }
        ]
      }
    })
    return made.id
  })
  await page.goto(new URL(`/story/${id}`, page.url()).href)
  const story = new StoryPage(page)
  await expect(story.body).toContainText('It leaves at noon.')
  return story
}

test('every button of the desk’s screens is reached in a small window', async ({ desk }) => {
  const { page } = desk
  await expectReach(page, 'welcome')
  await page.keyboard.press('ControlOrMeta+,')
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
  await expectReach(page, 'settings')
  for (const [button, title] of [
    ['Add a CMS…', 'Add a CMS'],
    ['Licences and notices', 'Licences and notices']
  ] as const) {
    await page.getByRole('button', { name: button }).click()
    const dialog = page.getByRole('dialog', { name: title })
    await expect(dialog).toBeVisible()
    if (button === 'Licences and notices') await expect(dialog.getByRole('listitem').first()).toBeVisible()
    await expectReach(page, title)
    await closeDialog(page)
  }
  await run(page, 'Recovery')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expectReach(page, 'recovery')
  await run(page, 'Outbox')
  await expect(page.getByRole('region', { name: 'Outbox' })).toBeVisible()
  await expectReach(page, 'outbox')
  await writtenStory(desk)
  await expectReach(page, 'story')
  const details = page.getByRole('complementary', { name: 'Story details' })
  if (!(await details.isVisible())) await page.keyboard.press('ControlOrMeta+Alt+i')
  for (const tab of ['Story', 'Times', 'Checks', 'History', 'Publish']) {
    await page.getByRole('tab', { name: tab, exact: true }).click()
    await expect(page.getByRole('tabpanel', { name: tab })).toBeVisible()
    await expectReach(page, `details ${tab}`)
    if (tab === 'History') {
      await page.getByRole('button', { name: 'Keep this version' }).click()
      await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Name' })).toBeVisible()
      await expectReach(page, 'name a version')
      await page.keyboard.type('As sent to the lawyer')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await withCalls(desk.library, async (call) => {
        const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
        const { revision } = await call.stories.get({ id })
        const fields = { headline: 'Ferry makes room for fifty more' }
        await call.stories.patchFields({ id, baseRevision: revision, changeId: newId(), fields })
      })
      await page
        .getByRole('list', { name: 'History' })
        .getByRole('listitem')
        .getByRole('button', { name: /^Compare/ })
        .first()
        .click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectReach(page, 'compare')
      await closeDialog(page)
    }
  }
  await page.keyboard.press('ControlOrMeta+Alt+i')
  await new StoryPage(page).body.click()
  await page.keyboard.press('ControlOrMeta+h')
  await expect(page.getByRole('search', { name: 'Find in the story' }).getByLabel('Replace with')).toBeVisible()
  await expectReach(page, 'find and replace')
})

test('every button of the dialogs over a story is reached in a small window', async ({ desk }) => {
  const { page } = desk
  const story = await writtenStory(desk)
  for (const [keys, title] of [
    ['ControlOrMeta+/', 'Keyboard shortcuts'],
    ['ControlOrMeta+p', 'Open a story'],
    ['ControlOrMeta+Shift+e', 'Export'],
    ['ControlOrMeta+Alt+r', 'As readers will see it'],
    ['ControlOrMeta+Shift+Enter', 'Publish'],
    ['ControlOrMeta+Shift+k', 'Link']
  ] as const) {
    await story.body.click()
    await page.keyboard.press(keys)
    await expect(page.getByRole('dialog')).toBeVisible()
    await expectReach(page, title)
    await closeDialog(page)
  }
  await page.getByRole('button', { name: 'Menu', exact: true }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await expectReach(page, 'menu')
  await page.keyboard.press('Escape')
  const bytes = await sharp({ create: { width: 640, height: 400, channels: 3, background: '#205080' } })
    .png()
    .toBuffer()
  await story.body.click()
  await page.evaluate(
    (png) => {
      const clipboardData = new DataTransfer()
      clipboardData.items.add(new File([new Uint8Array(png)], 'boat.png', { type: 'image/png' }))
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
      )
    },
    [...bytes]
  )
  const pasted = story.body.getByRole('figure').filter({ has: page.locator('img') })
  await pasted.getByRole('button', { name: 'Add alt text' }).click()
  await expect(page.getByRole('dialog', { name: 'Alt text' }).locator('img')).toBeVisible()
  await expectReach(page, 'picture')
  await closeDialog(page)
  await drop(
    page,
    'bridge.txt',
    'text/plain',
    'A bridge closes\n\nBy Amal Haddad\n\nThe harbour bridge closed, officials said.'
  )
  await expect(page.getByRole('dialog', { name: /Review/ })).toBeVisible()
  await expectReach(page, 'review')
  await page.getByRole('button', { name: 'Make the story' }).click()
  await expect(story.headline).toHaveText('A bridge closes')
  const details = page.getByRole('complementary', { name: 'Story details' })
  if (!(await details.isVisible())) await page.keyboard.press('ControlOrMeta+Alt+i')
  await page.getByRole('tab', { name: 'Story', exact: true }).click()
  await page.getByRole('button', { name: 'Show the page' }).click()
  await expect(page.getByRole('dialog', { name: 'The page as it arrived' })).toBeVisible()
  await expectReach(page, 'the page as it came')
  await closeDialog(page)
})

test('every button of the library with several chosen is reached in a small window', async ({ desk }) => {
  const { page } = desk
  await withCalls(desk.library, async (call) => {
    for (const headline of ['Ferry', 'Bridge', 'Tunnel'])
      await call.stories.create({ fields: { headline }, body: { version: 1, blocks: [] } })
  })
  const list = page.getByRole('listbox', { name: 'Stories' })
  if (!(await list.isVisible())) await page.keyboard.press('ControlOrMeta+\\')
  await list
    .getByRole('option')
    .first()
    .click({ modifiers: ['ControlOrMeta'] })
  await list
    .getByRole('option')
    .nth(1)
    .click({ modifiers: ['ControlOrMeta'] })
  const bar = page.getByRole('toolbar', { name: 'Chosen stories' })
  await expect(bar).toBeVisible()
  await expectReach(page, 'several chosen')
  await bar.getByRole('button', { name: 'Add or remove tags…' }).click()
  const tags = page.getByRole('dialog', { name: 'Tags of the chosen stories' })
  await expectReach(page, 'tags')
  // Pressed with nothing to do it says so, and stays.
  await tags.getByRole('button', { name: 'Change tags' }).click()
  await expect(tags.getByText('Nothing to change yet')).toBeVisible()
  await expectReach(page, 'tags refused')
  await tags.getByRole('textbox', { name: 'Add' }).fill('harbour')
  await tags.getByRole('button', { name: 'Change tags' }).click()
  await expect(page.getByText('The tags of 2 stories changed.')).toBeVisible()
  await bar.getByRole('button', { name: 'Export…' }).click()
  await expectReach(page, 'export several')
  await closeDialog(page)
  await bar.getByRole('button', { name: 'Move to trash' }).click()
  await page.getByRole('button', { name: /Show$/ }).click()
  await page.getByRole('option', { name: /^Trash/ }).click()
  await page.getByRole('button', { name: 'Empty the trash…' }).click()
  await expectReach(page, 'empty the trash')
})

test('every button of the dialog of two windows is reached in a small window', async ({ desk }) => {
  const { page } = desk
  const story = await writtenStory(desk)
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  const dialog = page.getByRole('alertdialog')
  await story.headline.click()
  await withCalls(desk.library, async (call) => {
    // Both change the headline before either knows of the other: which is first is the machine's to say.
    await expect(async () => {
      const { revision } = await call.stories.get({ id })
      await page.keyboard.type('s')
      const fields = { headline: `Ferry makes room for fifty, ${'says the board of the line, '.repeat(9)}from May` }
      await call.stories.patchFields({ id, baseRevision: revision, changeId: newId(), fields })
      await expect(dialog).toBeVisible({ timeout: 2_000 })
    }).toPass()
  })
  await expectReach(page, 'changed in two windows')
})

test('a long status leaves room for the tools', async ({ desk }, info) => {
  const { page } = desk
  const [one, other] = [new FakeWordpress(() => Date.now()), new FakeWordpress(() => Date.now())]
  await Promise.all([one.start(), other.start()])
  try {
    const id = await withCalls(desk.library, async (call) => {
      const story = await makeStory(call, 'Ferry fares')
      const sites = [await addWordpress(call, one), await addWordpress(call, other)]
      for (const { id: site } of sites) await arrived(call, await approve(call, story, site))
      const targetIds = sites.slice(1).map((site) => site.id)
      await call.publishing.withdraw({ storyId: story, targetIds, reason: 'Double', changeId: newId() })
      return story
    })
    await page.goto(new URL(`/story/${id}`, page.url()).href)
    await expect(page.getByRole('button', { name: /Published · Withdrawn from a site/ })).toBeVisible()
    for (const width of [720, 800, 1024]) {
      await page.setViewportSize({ width, height: 600 })
      await expectReach(page, `the story in ${width} pixels`)
      const cut = await page
        .getByRole('toolbar', { name: 'Text formatting' })
        .evaluate((bar) => bar.scrollWidth - bar.clientWidth)
      expect(cut).toBeLessThanOrEqual(0)
      await page.screenshot({ path: info.outputPath(`status-${width}.png`) })
    }
  } finally {
    await Promise.all([one.stop(), other.stop()])
  }
})
