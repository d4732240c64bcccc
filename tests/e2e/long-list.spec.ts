import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base, type Page } from '@playwright/test'
import { out, requireNode } from '../../scripts/lib/places.mjs'
import { endProcess, startHostProcess } from '../support/host-process.ts'

const MADE = 600
/** The others are in the trash. */
const LISTED = 592

interface Row {
  readonly number: number
  readonly of: number
  readonly top: number
  readonly text: string
}

/** A list long enough that most of it is never in the page. */
class LongList {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /**
   * The rows around those in sight in the order of the page, which is the order they are read aloud in. Far from them
   * there is only the one the keyboard is on.
   */
  async rows(): Promise<Row[]> {
    const rows = await this.#page.getByRole('listbox', { name: 'Stories' }).evaluate((list) =>
      [...list.querySelectorAll<HTMLElement>('[role="option"]')].map((option) => ({
        number: Number(option.getAttribute('aria-posinset')),
        of: Number(option.getAttribute('aria-setsize')),
        top: option.offsetTop,
        text: option.textContent
      }))
    )
    const numbers = new Set(rows.map(({ number }) => number))
    return rows.filter(({ number }) => numbers.has(number - 1) || numbers.has(number + 1))
  }

  async wheel(pixels: number): Promise<void> {
    await this.#page.getByRole('listbox', { name: 'Stories' }).hover()
    await this.#page.mouse.wheel(0, pixels)
  }

  /**
   * Moves the list by so many pixels in each of a row of frames. Answers, of every frame that followed close on
   * another, how many rows came to have words.
   */
  fly(pixels: number, frames: number): Promise<number[]> {
    return this.#page.getByRole('listbox', { name: 'Stories' }).evaluate(
      async (list, { pixels, frames }) => {
        const words = (): Set<string> =>
          new Set(
            [...list.querySelectorAll('[role="option"]')]
              .map((option) => option.textContent)
              .filter((text) => text !== '')
          )
        const counts: number[] = []
        let last = -Infinity
        let before = words()
        for (let frame = 0; frame < frames; frame++) {
          list.scrollTop += pixels
          const now = await new Promise<number>((resolve) => {
            requestAnimationFrame(resolve)
          })
          await new Promise((resolve) => {
            setTimeout(resolve)
          })
          const after = words()
          if (now - last < 40) counts.push([...after].filter((text) => !before.has(text)).length)
          last = now
          before = after
        }
        return counts
      },
      { pixels, frames }
    )
  }

  async press(key: string): Promise<void> {
    await this.#page.getByRole('listbox', { name: 'Stories' }).press(key)
  }

  /** The row the keyboard is on, as a screen reader is told. */
  active(): Promise<number> {
    return this.#page
      .getByRole('listbox', { name: 'Stories' })
      .evaluate((list) =>
        Number(document.getElementById(list.getAttribute('aria-activedescendant') ?? '')?.getAttribute('aria-posinset'))
      )
  }

  /**
   * Waits until row `number` is among the rows, every one of them has its words, and they are read aloud in order; all
   * of them are then in their places.
   */
  async settledAt(number: number): Promise<Row[]> {
    await expect
      .poll(async () => {
        const rows = await this.rows()
        return (
          rows.some((row) => row.number === number) &&
          rows.every((row, at) => row.text !== '' && row.number === (rows[0]?.number ?? 0) + at)
        )
      })
      .toBe(true)
    const rows = await this.rows()
    expect(rows.map(({ top }) => top)).toEqual(rows.map((row) => (row.number - 1) * 76))
    expect(new Set(rows.map((row) => row.of))).toEqual(new Set([LISTED]))
    return rows
  }

  /** Waits until the list is at rest, which draws the rows around those in sight, and holds these and no others. */
  async restsAs(rows: readonly Row[]): Promise<void> {
    await expect.poll(() => this.rows()).toEqual(rows)
  }
}

const test = base.extend<{ list: LongList }>({
  list: async ({ page }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'galley-list-'))
    const library = join(folder, 'Library')
    const { status } = spawnSync(
      requireNode(),
      [join(out, 'main/cli.js'), 'sample-library', '--stories', String(MADE), '--seed', '1', '--library', library],
      { stdio: ['ignore', 'ignore', 'inherit'] }
    )
    expect(status, 'exit code of sample-library').toBe(0)
    const host = await startHostProcess(library, join(folder, 'Exports'))
    await page.goto(host.address)
    await use(new LongList(page))
    await endProcess(host.child, 'SIGTERM')
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
})

test('a long list shows the same rows in the same order, however one comes to them', async ({ list, page }) => {
  const seen = new Map<number, string>()
  const asBefore = (rows: readonly Row[]): void => {
    for (const { number, text } of rows) {
      expect(text, `row ${number}`).toBe(seen.get(number) ?? text)
      seen.set(number, text)
    }
  }

  await test.step('row by row', async () => {
    asBefore(await list.settledAt(1))
    for (let row = 1; row <= 40; row += 4) {
      asBefore(await list.settledAt(row))
      await list.wheel(4 * 76)
    }
  })

  await test.step('whole screens at a time, and back', async () => {
    for (const to of [140, 300, 460]) {
      await list.wheel(160 * 76)
      asBefore(await list.settledAt(to + 60))
    }
    await list.wheel(-440 * 76)
    asBefore(await list.settledAt(82))
  })

  await test.step('by the keyboard', async () => {
    await list.press('End')
    asBefore(await list.settledAt(LISTED))
    expect(await list.active()).toBe(LISTED)
    await list.press('PageUp')
    asBefore(await list.settledAt(LISTED - 1))
    await list.press('Home')
    asBefore(await list.settledAt(1))
    expect(await list.active()).toBe(1)
    await list.press('ArrowDown')
    expect(await list.active()).toBe(2)
  })

  await test.step('at rest the rows around those in sight are there', async () => {
    await list.wheel(300 * 76)
    await expect
      .poll(async () => {
        const rows = await list.rows()
        return rows.filter(({ number }) => number < 301).length >= 8 && rows.length > 20
      })
      .toBe(true)
    asBefore(await list.settledAt(301))
  })

  await test.step('put away and brought back it is where it was', async () => {
    for (let press = 0; press < 2; press++) await page.keyboard.press('Control+\\')
    asBefore(await list.settledAt(301))
  })

  await test.step('the row the keyboard is on is there wherever one looks, and comes into sight before anything is done to it', async () => {
    expect(await list.active()).toBe(2)
    await list.press('Delete')
    const second = (await list.settledAt(2)).find(({ number }) => number === 2)
    await list.press('Shift+F10')
    await expect(page.getByRole('menu', { name: 'Story actions' })).toBeVisible()
    await page.keyboard.press('Escape')
    await list.press('Enter')
    await expect(page.locator('.page-headline')).toContainText(second?.text.slice(0, 10) ?? 'a second row')
  })
})

test('in a list that flies past a few rows have words in each frame, and all have them at rest', async ({ list }) => {
  // Never moved, it is at rest from the start.
  const first = await list.settledAt(1)
  // Every row is fetched before.
  for (const row of [101, 201, 301, 401, 501]) {
    await list.wheel(100 * 76)
    await list.settledAt(row)
  }
  await list.press('Home')
  await list.restsAs(first)
  const counts = await list.fly(30 * 76, 15)
  expect(counts.length).toBeGreaterThan(0)
  expect(Math.max(...counts)).toBeGreaterThan(0)
  expect(Math.max(...counts)).toBeLessThanOrEqual(4)
  await list.settledAt(15 * 30 + 1)
  await list.press('Home')
  await list.restsAs(first)
})

test('of many stories the ones meant are found, and thrown away once', async ({ list, page }) => {
  const box = page.getByRole('listbox', { name: 'Stories' })
  const notices = page.getByRole('region', { name: 'Notices' })
  const search = page.getByRole('searchbox', { name: 'Search stories' })
  const total = page.locator('.library-total')
  const orders: string[] = []
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const order = /"library\.search".*"order":"(\w+)"/.exec(String(payload))?.[1]
      if (order) orders.push(order)
    })
  )
  await page.reload()
  await list.settledAt(1)

  await test.step('what is live cannot be thrown away, and that is said', async () => {
    await expect(box.getByRole('option').first().getByRole('img', { name: 'Published' })).toBeVisible()
    await list.press('Shift+F10')
    await expect(page.getByRole('menuitem', { name: 'Move to trash' })).toBeDisabled()
    await page.keyboard.press('Escape')
    await list.press('Delete')
    await expect(notices).toContainText('A story that is live or scheduled cannot go into the trash.')
    await expect(notices.getByRole('alert')).toHaveCount(0)
  })

  await test.step('a search keeps its place while the library is put away, and one for other words starts at the top', async () => {
    await search.fill('the')
    await expect(total).toHaveText('First 100 stories')
    await list.press('End')
    expect(await list.active()).toBe(100)
    const place = (): Promise<number> => box.evaluate((element) => element.scrollTop)
    const before = await place()
    await page.keyboard.press('Control+\\')
    await expect(box).toBeHidden()
    await page.keyboard.press('Control+\\')
    await expect(search).toHaveValue('the')
    await expect(box.locator('[data-active]')).toBeInViewport()
    expect(await place()).toBe(before)
    await search.fill('city')
    await expect.poll(place).toBe(0)
    expect(await list.active()).toBe(1)
  })

  await page.getByRole('button', { name: 'All stories Show' }).click()
  await page.getByRole('option', { name: /^Draft/ }).click()

  await test.step('in hits the next hit is opened, and they stay in their order', async () => {
    await search.fill('school budget')
    await expect(total).toHaveText('5 stories')
    await expect.poll(() => orders.at(-1)).toBe('best')
    const asked = orders.length
    await box.getByRole('option').first().click()
    await list.press('Delete')
    await expect(notices).toContainText('is in the trash')
    await expect(box.getByRole('option', { selected: true })).toHaveCount(1)
    await expect(total).toHaveText('4 stories')
    expect(orders.slice(asked)).not.toContain('newest')
    await search.fill('')
  })

  await test.step('spaces are part of what is typed to find a headline', async () => {
    await expect(total).toHaveText('24')
    const address = page.url()
    await box.focus()
    await list.press('Home')
    await page.keyboard.type('central bank l')
    await expect(box.locator('[data-active]')).toContainText('Central bank launched')
    expect(page.url()).toBe(address)
  })

  await test.step('pressed twice at once, one story goes', async () => {
    await box.evaluate((element) => {
      for (let press = 0; press < 2; press++)
        element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete', bubbles: true, cancelable: true }))
    })
    await expect(total).toHaveText('23')
    await expect(notices.getByText(/“Central bank launched.*is in the trash/)).toHaveCount(1)
  })
})
