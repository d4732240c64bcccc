import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base, type Locator, type Page } from '@playwright/test'
import { out, requireNode } from '../../scripts/lib/places.mjs'
import { endProcess, startHostProcess } from '../support/host-process.ts'
import { axeFindings } from './axe.ts'

const MADE = 600

/** The library's pane, as somebody at the desk uses it. */
class Library {
  readonly page: Page
  readonly list: Locator
  readonly bar: Locator
  readonly exports: string

  constructor(page: Page, exports: string) {
    this.page = page
    this.exports = exports
    this.list = page.getByRole('listbox', { name: 'Stories' })
    this.bar = page.getByRole('toolbar', { name: 'Chosen stories' })
  }

  row(number: number): Locator {
    return this.list.locator(`[aria-posinset="${number}"]`)
  }

  async expectChosen(count: number): Promise<void> {
    if (count === 0) await expect(this.bar).toHaveCount(0)
    else await expect(this.page.getByText(`${count} ${count === 1 ? 'story' : 'stories'} chosen`)).toBeVisible()
  }

  async show(status: string): Promise<void> {
    await this.page.getByRole('button', { name: /Show$/ }).click()
    await this.page.getByRole('option', { name: new RegExp(`^${status}`) }).click()
  }

  async total(): Promise<number> {
    const text = await this.page.locator('.library-total').textContent()
    return Number(text?.replaceAll(/\D/g, ''))
  }

  async findings(): Promise<string[]> {
    return axeFindings(this.page)
  }
}

const test = base.extend<{ library: Library }, { sample: string }>({
  /** Made once; each test works on a copy. */
  sample: [
    // oxlint-disable-next-line no-empty-pattern -- the runner reads which fixtures are needed from the pattern
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'galley-several-'))
      const library = join(folder, 'Library')
      const made = spawnSync(
        requireNode(),
        [join(out, 'main/cli.js'), 'sample-library', '--stories', String(MADE), '--seed', '1', '--library', library],
        { stdio: ['ignore', 'ignore', 'inherit'] }
      )
      expect(made.status, 'exit code of sample-library').toBe(0)
      await use(library)
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    },
    { scope: 'worker' }
  ],
  library: async ({ page, sample }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'galley-several-'))
    const exports = join(folder, 'Exports')
    const library = join(folder, 'Library')
    cpSync(sample, library, { recursive: true })
    const host = await startHostProcess(library, exports)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(host.address)
    const desk = new Library(page, exports)
    await expect(desk.row(1)).toBeVisible()
    await use(desk)
    await endProcess(host.child, 'SIGTERM')
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
})

// Each of these is a walk with a look at every screen on it.
test.slow()

test('stories are chosen by mouse and keys, and left alone by Escape', async ({ library }) => {
  await library.row(1).click()
  await library.expectChosen(0)
  await library.row(3).click({ modifiers: ['ControlOrMeta'] })
  // The open story is the first of them.
  await library.expectChosen(2)
  await library.row(6).click({ modifiers: ['Shift'] })
  await library.expectChosen(4)
  await expect(library.row(5)).toHaveAttribute('aria-selected', 'true')
  await expect(library.row(1)).toHaveAttribute('aria-selected', 'false')
  await expect(library.row(1)).toHaveAttribute('aria-current', 'true')
  expect(await library.findings()).toEqual([])
  await library.list.press('Escape')
  await library.expectChosen(0)
  await library.list.press('Home')
  await library.list.press('Shift+ArrowDown')
  await library.list.press('Shift+ArrowDown')
  await library.expectChosen(3)
  await library.list.press('Shift+ArrowUp')
  await library.expectChosen(2)
  await library.list.press('Control+Space')
  await library.expectChosen(1)
  const total = await library.total()
  await library.list.press('ControlOrMeta+a')
  await library.expectChosen(total)
  await library.page.getByRole('button', { name: 'Clear the selection' }).click()
  await library.expectChosen(0)
})

test('status, tags and trash are changed for several at once and undone, and what cannot be says why', async ({
  library
}) => {
  const { page } = library
  const { bar } = library
  const all = await library.total()
  await library.show('Draft')
  const drafts = await library.total()
  expect(drafts).toBeLessThan(all)
  await library.list.press('ControlOrMeta+a')
  await library.expectChosen(drafts)
  await bar.getByRole('button', { name: 'Change the status' }).click()
  await page.getByRole('menuitem', { name: 'Ready' }).click()
  await expect(page.getByText(`${drafts} stories have a new status.`)).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText(`${drafts} stories are as they were before.`)).toBeVisible()
  await expect.poll(() => library.total()).toBe(drafts)

  await library.list.press('Home')
  await library.list.press('Shift+ArrowDown')
  await bar.getByRole('button', { name: 'Add or remove tags…' }).click()
  expect(await library.findings()).toEqual([])
  await expect(page.getByLabel('Add', { exact: true })).toBeFocused()
  await page.keyboard.type('Quokkamarsh')
  await page.getByRole('button', { name: 'Change tags' }).click()
  await expect(page.getByText('The tags of 2 stories changed.')).toBeVisible()
  await library.show('All stories')
  await page.getByRole('searchbox', { name: 'Search stories' }).fill('quokkamarsh')
  await expect(page.getByText('2 stories', { exact: true })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search stories' }).fill('')

  await expect(library.row(1)).toBeVisible()
  await library.list.press('ControlOrMeta+a')
  await library.expectChosen(all)
  await bar.getByRole('button', { name: 'Move to trash' }).click()
  await expect(page.getByText(/stories were left as they are:/)).toBeVisible()
  await expect(page.locator('.library-held li').first()).toContainText('cannot go into the trash')
  const left = await library.total()
  expect(left).toBeLessThan(all)
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect.poll(() => library.total()).toBe(all)
  await library.show('Published')
  await library.row(1).click()
  await library.row(2).click({ modifiers: ['ControlOrMeta'] })
  await bar.getByRole('button', { name: 'Move to trash' }).click()
  await expect(page.locator('.library-held')).toBeVisible()
  expect(await library.findings()).toEqual([])
})

test('all are chosen and thrown away by two keys at once, whatever stretch was chosen before', async ({ library }) => {
  const { page } = library
  await library.show('Draft')
  const drafts = await library.total()
  await library.list.press('Home')
  await library.list.press('Shift+ArrowDown')
  await library.list.press('Shift+ArrowDown')
  await library.expectChosen(3)
  await page.evaluate(() => {
    const list = document.querySelector('.story-list')
    for (const init of [{ key: 'a', ctrlKey: true }, { key: 'Delete' }])
      list?.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }))
  })
  await expect(page.getByText(`${drafts} stories are in the trash.`)).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => library.total()).toBe(drafts)
})

test('emptying the trash is stopped by hand, and what is gone by then is said', async ({ library }) => {
  // Hundreds of stories are copied and thrown away first, which takes a slow disk its time.
  test.slow()
  const { page, bar } = library
  const all = await library.total()
  await library.list.press('ControlOrMeta+a')
  await library.expectChosen(all)
  await bar.getByRole('button', { name: 'Duplicate' }).click()
  await expect(page.getByText(`${all} copies were made.`)).toBeVisible({ timeout: 60_000 })
  await library.expectChosen(all)
  await bar.getByRole('button', { name: 'Move to trash' }).click()
  await expect(page.getByText(`${all} stories are in the trash.`)).toBeVisible({ timeout: 60_000 })
  await library.show('Trash')
  await expect.poll(() => library.total()).toBeGreaterThanOrEqual(all)
  const inTrash = await library.total()
  await page.getByRole('button', { name: 'Empty the trash…' }).click()
  const empty = page.getByRole('alertdialog', { name: 'Empty the trash?' })
  await empty.getByRole('radio', { name: /Everything/ }).click()
  // As soon as some are gone, when a library of this size has many more to go.
  await empty.evaluate((dialog) => {
    const observer = new MutationObserver(() => {
      const bar = dialog.querySelector('[role="progressbar"]')
      if (!(Number(bar?.getAttribute('aria-valuenow')) > 0)) return
      observer.disconnect()
      const stop = [...dialog.querySelectorAll('button')].find(({ textContent }) => textContent === 'Stop')
      stop?.click()
    })
    observer.observe(dialog, { childList: true, subtree: true, attributes: true, characterData: true })
  })
  await empty.getByRole('button', { name: 'Delete for good' }).click()
  await expect(page.getByText(/(story was|stories were) deleted for good\./)).toBeVisible({ timeout: 60_000 })
  await expect(empty.getByRole('button', { name: 'Cancel' })).toBeVisible()
  await expect.poll(() => library.total()).toBeLessThan(inTrash)
  expect(await library.total()).toBeGreaterThan(0)
})

test('the list is narrowed by section, author, language and day, with counts, and what is on can be taken away', async ({
  library
}) => {
  const { page } = library
  const all = await library.total()
  await page.getByRole('button', { name: 'Filters' }).click()
  const filters = page.getByRole('dialog', { name: 'Filters' })
  await filters.getByRole('button', { name: /Section/ }).click()
  const option = page.locator('.g-list [role="option"]').nth(1)
  const name = (await option.locator('.g-item-words').textContent()) ?? ''
  const count = Number((await option.locator('.g-item-trailing').textContent())?.replaceAll(/\D/g, ''))
  await option.click()
  await expect.poll(() => library.total()).toBe(count)
  expect(count).toBeLessThan(all)
  await filters.getByRole('combobox', { name: 'Author' }).click()
  const author = page.locator('.g-list [role="option"]').nth(1)
  await expect(author).toBeVisible()
  const byAuthor = Number((await author.locator('.g-item-trailing').textContent())?.replaceAll(/\D/g, ''))
  await author.click()
  await expect.poll(() => library.total()).toBe(byAuthor)
  expect(await library.findings()).toEqual([])
  await page.keyboard.press('Escape')
  await expect(filters).toBeHidden()
  await page.getByRole('button', { name: `Remove the filter: ${name}` }).click()
  await expect.poll(() => library.total()).toBeGreaterThanOrEqual(byAuthor)
  await page.getByRole('button', { name: 'Filters: 1 filter is on' }).click()
  await filters.getByRole('button', { name: /Made/ }).click()
  await page.getByRole('option', { name: /Today/ }).click()
  await expect(page.getByText('No story fits the filters.')).toBeVisible()
  await filters.getByRole('button', { name: 'Remove all filters' }).click()
  await expect.poll(() => library.total()).toBe(all)
})

test('the trash is emptied by hand, after a plain question', async ({ library }) => {
  const { page } = library
  await library.show('Trash')
  const inTrash = await library.total()
  await expect(page.getByText('Nothing in the trash is deleted automatically.')).toBeVisible()
  await library.row(1).click()
  await library.row(2).click({ modifiers: ['ControlOrMeta'] })
  await library.list.press('Delete')
  const question = page.getByRole('alertdialog', { name: 'Delete 2 stories for good?' })
  await expect(question).toContainText('Earlier backups still have their words')
  expect(await library.findings()).toEqual([])
  await question.getByRole('button', { name: 'Delete for good' }).click()
  await expect(page.getByText('2 stories were deleted for good.')).toBeVisible()
  await expect.poll(() => library.total()).toBe(inTrash - 2)
  await page.getByRole('button', { name: 'Empty the trash…' }).click()
  const empty = page.getByRole('alertdialog', { name: 'Empty the trash?' })
  expect(await library.findings()).toEqual([])
  await empty.getByRole('radio', { name: `Everything (${inTrash - 2})` }).click()
  await empty.getByRole('button', { name: 'Delete for good' }).click()
  await expect(empty).toBeHidden()
  await expect.poll(() => library.total()).toBe(0)
})

test('a story is opened by what it is called', async ({ library }) => {
  const { page } = library
  const second = (await library.row(2).locator('.story-row-headline').textContent()) ?? ''
  await page.keyboard.press('ControlOrMeta+p')
  const dialog = page.getByRole('dialog', { name: 'Open a story' })
  await expect(dialog.getByRole('option').nth(1)).toContainText(second)
  expect(await library.findings()).toEqual([])
  await page.keyboard.type(second)
  await expect(dialog.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Headline', exact: true })).toHaveText(second)
  // The keyboard goes on in the story, and what is typed by mistake does not.
  await expect(page.locator('article.page')).toBeFocused()
  await page.keyboard.press('Space')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('textbox', { name: 'Kicker', exact: true })).toBeFocused()
  await expect(page.getByRole('textbox', { name: 'Headline', exact: true })).toHaveText(second)
})

test('Enter that comes before the answer waits for the story that is meant', async ({ library }) => {
  const { page } = library
  const third = (await library.row(3).locator('.story-row-headline').textContent()) ?? ''
  await page.keyboard.press('ControlOrMeta+p')
  await expect(page.getByRole('dialog', { name: 'Open a story' }).getByRole('option').nth(2)).toContainText(third)
  // Both in one task: no answer can come between them.
  await page.evaluate((text) => {
    const field = document.activeElement as HTMLInputElement
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text)
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }, third)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Headline', exact: true })).toHaveText(third)
})

test('several are exported into one folder, and published through the same look as one', async ({ library }) => {
  const { page, bar } = library
  await library.show('Draft')
  await library.row(1).click()
  await library.row(3).click({ modifiers: ['Shift'] })
  await bar.getByRole('button', { name: 'Export…' }).click()
  const dialog = page.getByRole('dialog', { name: /Export/ })
  await dialog.getByRole('button', { name: 'Write files' }).click()
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeVisible()
  expect(readdirSync(library.exports).filter((name) => name.endsWith('.html'))).toHaveLength(3)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await bar.getByRole('button', { name: 'Publish…' }).click()
  const sheet = page.getByRole('dialog', { name: 'Publish 3 stories' })
  await expect(sheet).toContainText('There is no CMS to publish to yet')
  expect(await library.findings()).toEqual([])
})
