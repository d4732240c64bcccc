import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Block } from '../../src/shared/document/document.ts'
import { axeFindings } from './axe.ts'
import { makeStory, withCalls } from './calls.ts'
import { expect, test, type Desk } from './desk.ts'
import { drop } from './drop.ts'
import { StoryPage } from './story-page.ts'

// One shift at the desk: a story from the wire, one in Arabic, a long live page, and what is done to several of them at
// its end.

/** By its keys and buttons. Returns the HTML files that were written, in the order of their names. */
async function exported(desk: Desk, open: () => Promise<void>): Promise<string[]> {
  await open()
  const dialog = desk.page.getByRole('dialog', { name: /Export/ })
  await dialog.getByRole('button', { name: 'Write files' }).press('Enter')
  await dialog.getByRole('button', { name: 'Done' }).press('Enter')
  await expect(dialog).toHaveCount(0)
  return readdirSync(desk.exports)
    .filter((name) => name.endsWith('.html'))
    .toSorted()
    .map((name) => readFileSync(join(desk.exports, name), 'utf8'))
}

/** An item as a wire's own page shows it; invented. */
const wire = `Harbour town votes to keep its ferry

By Ida Brandt

Published: Tue 12 May 2026, 4:48 PM

LINDHOLM, May 12 (Coastal Wire) - The coucil of Lindholm voted on Tuesday to keep the ferry that has crossed its harbour since 1911.

"Nobody here wants a bridge," said Ole Winther, who has steered the boat for twenty years.

The board had asked for the service to end in June, when the new road opens.

Related stories`

test.describe('with spelling', () => {
  test.use({ spelling: true })

  test('a wire story is reviewed, worked on by keys and put right, and is there after a restart', async ({
    desk
  }, info) => {
    test.slow()
    let { page } = desk
    let story = new StoryPage(page)

    await test.step('its review is gone through by keys', async () => {
      await drop(page, 'wire.txt', 'text/plain', wire)
      const sheet = page.getByRole('dialog', { name: /Review: wire\.txt/ })
      const make = sheet.getByRole('button', { name: 'Make the story' })
      await expect(make).toBeEnabled()
      await page.screenshot({ path: info.outputPath('review.png') })
      expect(await axeFindings(page)).toEqual([])
      await make.press('Enter')
      await expect(sheet).toBeHidden()
      await expect(story.headline).toHaveText('Harbour town votes to keep its ferry')
      await expect(story.body).toContainText('voted on Tuesday to keep the ferry')
      await expect(story.body).not.toContainText('Related stories')
    })

    await test.step('headline and standfirst are written', async () => {
      await story.headline.click()
      await page.keyboard.press('ControlOrMeta+End')
      await page.keyboard.type(' after all')
      await story.write(story.standfirst, 'The boat has crossed the harbour since 1911.')
      await story.onDisk()
    })

    await test.step('a misspelt word is found by key and put right', async () => {
      await story.body.click()
      await page.keyboard.press('ControlOrMeta+Home')
      await page.keyboard.press('F7')
      const menu = page.getByRole('menu', { name: 'Spelling of “coucil”' })
      await expect(menu).toBeVisible({ timeout: 60_000 })
      // Nothing says any more that it is being waited for.
      await expect(page.getByText('Reading the story…')).toHaveCount(0)
      await page.screenshot({ path: info.outputPath('spelling.png') })
      await menu.getByRole('menuitem', { name: 'council', exact: true }).press('Enter')
      await expect(story.body).toContainText('The council of Lindholm voted')
      await page.keyboard.press('Escape')
      await story.onDisk()
    })

    const address = new URL(page.url()).pathname
    page = await desk.restart(address)
    story = new StoryPage(page)
    await expect(story.headline).toHaveText('Harbour town votes to keep its ferry after all')
    await expect(story.standfirst).toHaveText('The boat has crossed the harbour since 1911.')
    await expect(story.body).toContainText('The council of Lindholm voted')
    await page.keyboard.press('ControlOrMeta+z')
    await expect(story.body).toContainText('The coucil of Lindholm voted')
    await page.screenshot({ path: info.outputPath('restarted.png') })
  })
})

test('an Arabic story is one from its letters to its export', async ({ desk }, info) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'عبارة الصباح تتسع لأربعين راكبا')
  await story.write(story.body, 'قالت البلدية إن العبارة تتسع لأربعين راكبا آخرين اعتبارا من السبت.')
  await page.keyboard.press('Enter')
  await page.keyboard.type('وأضافت البلدية أن الرحلة الأولى تبدأ عند الساعة السادسة صباحا.')
  await page
    .getByRole('group', { name: 'Another language' })
    .getByRole('button', { name: 'Make the story Arabic' })
    .press('Enter')
  const sheet = page.locator('article.page')
  await expect(sheet).toHaveAttribute('lang', 'ar')
  await expect(sheet).toHaveAttribute('dir', 'rtl')
  await expect(page.getByRole('combobox', { name: 'Language' })).toHaveValue(/Arabic/)
  // Its quotation marks are its language's.
  await expect(story.body).toBeFocused()
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type(' "نعم"')
  await expect(story.body.getByRole('paragraph').last()).toHaveText(/«نعم»$/)
  await story.onDisk()
  await page.screenshot({ path: info.outputPath('arabic.png') })
  expect(await axeFindings(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot({ path: info.outputPath('arabic-dark.png') })
  expect(await axeFindings(page)).toEqual([])

  const [html, ...others] = await exported(desk, () => page.keyboard.press('ControlOrMeta+Shift+e'))
  expect(others).toEqual([])
  expect(html).toMatch(/<html[^>]* lang="ar"[^>]* dir="rtl"/)
  expect(html).toContain('«نعم»')
})

/** Paragraphs of the live page; every fortieth has the name that is spelt wrong. */
const ENTRIES = 600

test('in a long live page a name is mended everywhere, a wording brought back, and what the checks find put right', async ({
  desk
}, info) => {
  test.slow()
  const { page } = desk
  const story = new StoryPage(page)
  const paragraph = (id: string, text: string): Block => ({ id, type: 'paragraph', runs: [{ text }] })
  const row = (...texts: string[]) => ({ cells: texts.map((text) => ({ runs: [{ text }] })) })
  const entries = Array.from({ length: ENTRIES }, (_, n) =>
    paragraph(
      `e${n}`,
      n === ENTRIES - 5
        ? 'The pumps cost TK pounds.'
        : `Entry ${n}. ${n % 40 === 0 ? 'Mayor Hadad' : 'The mayor'} said the river had risen again during the night, and that ${'the pumps were running, the road was closed and the school was open, '.repeat(2)}as on the day before.`
    )
  )
  const levels: Block = {
    id: 'levels',
    type: 'table',
    headerRow: true,
    headerColumn: false,
    rows: [row('Bridge', 'Read by'), row('North', 'Hadad'), row('South', 'Hadad and Brown')]
  }
  const id = await withCalls(desk.library, async (call) => {
    const fields = { headline: 'Flood: as it happens', standfirst: 'The river is still rising.', section: 'City' }
    const body = { version: 1 as const, blocks: [...entries.slice(0, 2), levels, ...entries.slice(2)] }
    return (await call.stories.create({ fields, body })).id
  })
  const stored = (): Promise<string> =>
    withCalls(desk.library, async (call) => JSON.stringify((await call.stories.get({ id })).body))
  const spelt = async (name: string): Promise<number> => (await stored()).split(new RegExp(`\\b${name}\\b`)).length - 1
  const wrong = ENTRIES / 40 + 2
  await page.goto(new URL(`/story/${id}`, page.url()).href)
  await expect(story.headline).toHaveText('Flood: as it happens')

  await test.step('a cell of the table is written in', async () => {
    await page.getByRole('textbox', { name: 'Row 2, column 1' }).click()
    await page.keyboard.press('End')
    await page.keyboard.type(' pier')
    await page.keyboard.press('Tab')
    await expect(page.getByRole('textbox', { name: 'Row 2, column 2' })).toBeFocused()
    await page.screenshot({ path: info.outputPath('table.png') })
  })

  await test.step('the name is mended in text and table, and all of it taken back at once', async () => {
    await page.keyboard.press('ControlOrMeta+h')
    const bar = page.getByRole('search', { name: 'Find in the story' })
    await expect(bar.getByRole('textbox', { name: 'Find' })).toBeFocused()
    await page.keyboard.type('Hadad')
    await expect(bar.getByRole('status')).toHaveText(new RegExp(` of ${wrong}$`))
    await bar.getByRole('textbox', { name: 'Replace with' }).fill('Haddad')
    await bar.getByRole('button', { name: 'Replace all' }).press('Enter')
    await expect(bar.getByRole('status')).toHaveText(`${wrong} replaced`)
    await page.screenshot({ path: info.outputPath('replaced.png') })
    await expect.poll(() => spelt('Haddad')).toBe(wrong)
    expect(await spelt('Hadad')).toBe(0)
    await page.keyboard.press('ControlOrMeta+z')
    await expect.poll(() => spelt('Hadad')).toBe(wrong)
    expect(await stored()).toContain('North pier')
    await page.keyboard.press('ControlOrMeta+Shift+z')
    await expect.poll(() => spelt('Haddad')).toBe(wrong)
    await bar.getByRole('textbox', { name: 'Find' }).press('Escape')
    await expect(bar).toBeHidden()
  })

  await test.step('a paragraph has its earlier wording again', async () => {
    const entry = story.body.getByText(/^Entry 1\./)
    const before = (await entry.textContent()) ?? ''
    await entry.click()
    await page.keyboard.press('End')
    await page.keyboard.type(' nobody knows why,')
    await expect(entry).toContainText('nobody knows why')
    await story.onDisk()
    await page.keyboard.press('ControlOrMeta+Alt+p')
    const earlier = page.getByRole('dialog', { name: 'Earlier versions of this paragraph' })
    await earlier
      .getByRole('button', { name: /^Bring back/ })
      .first()
      .press('Enter')
    await expect(entry).toHaveText(before)
    await expect(story.body).toBeFocused()
  })

  await test.step('a line of the checks leads to its spot, far below, and is gone once that is mended', async () => {
    await page.getByRole('tab', { name: 'Checks' }).click()
    const line = page
      .getByRole('tabpanel', { name: 'Checks' })
      .getByRole('button', { name: /“TK” is still in the copy/ })
    await line.press('Enter')
    await expect(story.body).toBeFocused()
    await page.keyboard.type('forty')
    await expect(story.body.getByText('The pumps cost forty pounds.')).toBeInViewport()
    await expect(line).toHaveCount(0)
    await story.onDisk()
    await page.screenshot({ path: info.outputPath('mended.png') })
  })
  expect(await stored()).toContain('The pumps cost forty pounds.')
  expect(await spelt('Haddad')).toBe(wrong)
})

test('at the end of the shift three stories are chosen by keys, made ready and exported', async ({ desk }, info) => {
  const { page } = desk
  await withCalls(desk.library, async (call) => {
    for (const headline of ['Old bridge closed', 'Early boat fuller', 'River still rising', 'Left for tomorrow'])
      await makeStory(call, headline)
  })
  const story = new StoryPage(page)
  await expect(story.stories).toHaveCount(4)
  const list = page.getByRole('listbox', { name: 'Stories' })
  // The newest stands first.
  await list.press('Home')
  await list.press('ArrowDown')
  await list.press('Shift+ArrowDown')
  await list.press('Shift+ArrowDown')
  const bar = page.getByRole('toolbar', { name: 'Chosen stories' })
  await expect(page.getByText('3 stories chosen')).toBeVisible()
  await bar.getByRole('button', { name: 'Change the status' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Ready' }).press('Enter')
  await expect(page.getByText('3 stories have a new status.')).toBeVisible()
  await expect(list.getByRole('img', { name: 'Ready' })).toHaveCount(3)
  await page.screenshot({ path: info.outputPath('chosen.png') })
  expect(await axeFindings(page)).toEqual([])

  const written = await exported(desk, () => bar.getByRole('button', { name: 'Export…' }).press('Enter'))
  expect(written).toHaveLength(3)
  for (const headline of ['Old bridge closed', 'Early boat fuller', 'River still rising'])
    expect(written.filter((html) => html.includes(`The council spoke of ${headline}.`))).toHaveLength(1)
})
