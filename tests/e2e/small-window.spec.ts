import type { Page } from '@playwright/test'
import { emptyImageUse } from '../../src/shared/document/image-use.ts'
import { withCalls } from './calls.ts'
import { drop } from './drop.ts'
import { expect, test, type Desk } from './desk.ts'
import { StoryPage } from './story-page.ts'

// A window of 1440×900 at 200 %.
test.use({ viewport: { width: 720, height: 450 } })
test.describe.configure({ timeout: 120_000 })

/**
 * What of a dialog, or of the desk where none is open, cannot be scrolled into sight and pressed, and what is wider than
 * its place.
 */
function outOfReach(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const CONTROLS =
      'button, a[href], input, select, textarea, [role=tab], [role=option], [role=menuitem], [role=textbox]'
    const dialogs = document.querySelectorAll('[role=dialog], [role=alertdialog], [role=menu], [role=listbox].g-menu')
    const scope = [...dialogs].at(-1) ?? document.body
    const wrong: string[] = []
    const named = (element: Element): string =>
      `${element.tagName.toLowerCase()}.${element.className} “${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? ''}”`
    const isShown = (element: Element): boolean =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      !element.closest('[inert], [aria-hidden=true], .g-toasts')
    for (const control of scope.querySelectorAll(CONTROLS)) {
      if (!isShown(control)) continue
      // What is pressed of a hidden box is its label.
      const box = control.getBoundingClientRect()
      const pressed = box.width < 4 || box.height < 4 ? control.closest('label') : control
      if (!pressed) continue
      pressed.scrollIntoView({ block: 'center', inline: 'nearest' })
      const { left, right, top, bottom } = pressed.getBoundingClientRect()
      if (left < -1 || right > innerWidth + 1) wrong.push(`beside the window: ${named(pressed)}`)
      const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2
      const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2
      const hit = document.elementFromPoint(x, y)
      // A pane that lies over the page is put away by its own button.
      const pane = hit?.closest('.library, .inspector')
      if (pane && !pane.contains(pressed)) continue
      if (!hit || !(pressed.contains(hit) || hit.contains(pressed)))
        wrong.push(`under ${hit ? named(hit) : 'nothing'}: ${named(pressed)}`)
    }
    for (const element of [document.documentElement, scope, ...scope.querySelectorAll('*')]) {
      const { overflowX } = getComputedStyle(element)
      const scrolls = element === document.documentElement || overflowX === 'auto' || overflowX === 'scroll'
      // A table is moved within its paragraph.
      if (
        scrolls &&
        isShown(element) &&
        element.scrollWidth > element.clientWidth + 1 &&
        !element.querySelector('table')
      )
        wrong.push(`wider than its place: ${named(element)} ${element.scrollWidth} > ${element.clientWidth}`)
    }
    return wrong
  })
}

async function expectReach(page: Page, what: string): Promise<void> {
  // Whatever slides in has come to rest.
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))))
  await page.screenshot({ path: test.info().outputPath(`${what.replaceAll(/\W+/g, '-')}.png`) })
  expect(await outOfReach(page), what).toEqual([])
}

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
  await drop(
    page,
    'bridge.txt',
    'text/plain',
    'A bridge closes\n\nBy Amal Haddad\n\nThe harbour bridge closed, officials said.'
  )
  await expect(page.getByRole('dialog', { name: /Review/ })).toBeVisible()
  await expectReach(page, 'review')
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
