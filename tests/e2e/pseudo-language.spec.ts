import type { Page } from '@playwright/test'
import { languageOf } from '../../src/shared/words/languages.ts'
import { expect, test } from './desk.ts'

const words = languageOf('en-XA').window

/**
 * What a person reads on the page that was not taken from the words: the words of the pseudo language have no plain
 * Latin letter. What was written by people and what is data (a story's own text, addresses, names of keys, zones and
 * file formats) is left out.
 */
async function leftBehind(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const data =
      '[dir="auto"], [dir="ltr"], [contenteditable], kbd, code, pre, time, input, textarea, option, script, style, dd'
    const found = new Set<string>()
    const look = (text: string | null, where: string): void => {
      // Dates are written by the locale, which is English here.
      const dates = /\d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d(:\d\d)? (UTC|GMT[+\d:-]*)/g
      const plain = (text ?? '').replace(dates, ' ').replace(/\[[^\]]*\]/g, ' ')
      // The component library has the first two in its own languages; the last is the name of a target, which is data.
      if (/^(Dismiss|Show suggestions|Practice CMS)$/.test(plain.trim())) return
      if (/[A-Za-z]{2,}/.test(plain)) found.add(`${where}: ${(text ?? '').trim().slice(0, 80)}`)
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      if (!element || element.closest(data) || element.getClientRects().length === 0) continue
      look(node.textContent, element.className.toString() || element.tagName)
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
      // What is named after people, keywords and headlines.
      if (element.closest('[role="row"], .g-tag, [dir="auto"]') || element.getClientRects().length === 0) continue
      for (const name of ['aria-label', 'placeholder', 'title']) look(element.getAttribute(name), name)
    }
    return [...found]
  })
}

test('in the pseudo language no screen keeps a sentence of its own', async ({ desk }) => {
  const { page } = desk
  await page.evaluate(() => localStorage.setItem('galley.language', 'en-XA'))
  await page.reload()
  const sample = page.getByRole('button', { name: words.welcome.sample, exact: true }).first()
  await expect(sample).toBeVisible()
  const left: Record<string, string[]> = { welcome: await leftBehind(page) }
  await sample.click()
  await expect(page.getByRole('tab', { name: words.inspector.times, exact: true })).toBeVisible()
  left['story'] = await leftBehind(page)
  await page.getByRole('tab', { name: words.inspector.times, exact: true }).click()
  left['times'] = await leftBehind(page)
  await page.getByRole('tab', { name: words.checks.tab, exact: true }).click()
  left['checks'] = await leftBehind(page)
  await page.getByRole('tab', { name: words.history.tab, exact: true }).click()
  await page.locator('[contenteditable="true"]').last().click()
  await page.keyboard.type('Something else. ')
  await page
    .locator('.history-do')
    .filter({ has: page.locator('button:nth-of-type(2)') })
    .getByRole('button')
    .last()
    .click()
  await expect(page.getByRole('dialog')).toBeVisible()
  left['compare'] = await leftBehind(page)
  await page.keyboard.press('Escape')
  left['history'] = await leftBehind(page)
  await page.getByRole('tab', { name: words.inspector.publish, exact: true }).click()
  await page.getByRole('button', { name: words.publishing.startPractice, exact: true }).click()
  await expect(page.getByRole('button', { name: words.publishing.button, exact: true }).first()).toBeVisible()
  left['publish'] = await leftBehind(page)
  await page.keyboard.press('Control+k')
  await expect(page.getByPlaceholder(words.palette.placeholder)).toBeVisible()
  left['palette'] = await leftBehind(page)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('heading', { name: words.settings.title, exact: true })).toBeVisible()
  await page.getByRole('button', { name: words.settings.health, exact: true }).click()
  await expect(page.locator('.health li').first()).toBeVisible()
  left['settings'] = await leftBehind(page)
  await page.goto(new URL('/outbox', page.url()).href)
  await expect(page.getByRole('heading', { name: words.outbox.title, exact: true })).toBeVisible()
  await page.getByRole('button', { name: words.outbox.pauseAll, exact: true }).click()
  await expect(page.getByText(words.outbox.pausedNotice)).toBeVisible()
  left['outbox'] = await leftBehind(page)
  await page.goto(new URL('/recovery', page.url()).href)
  await expect(page.getByRole('heading', { name: words.recovery.title, exact: true })).toBeVisible()
  left['recovery'] = await leftBehind(page)
  expect(left).toEqual(Object.fromEntries(Object.keys(left).map((screen) => [screen, []])))
})

test('nor does a dialog: exporting, the shortcuts, the review of a page with its reasons and warnings', async ({
  desk
}) => {
  const { page } = desk
  await page.evaluate(() => localStorage.setItem('galley.language', 'en-XA'))
  await page.reload()
  await page.getByRole('button', { name: words.welcome.sample, exact: true }).first().click()
  const left: Record<string, string[]> = {}
  await page.getByRole('button', { name: words.exporting.button, exact: true }).first().click()
  await expect(page.getByRole('dialog')).toBeVisible()
  left['export'] = await leftBehind(page)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder(words.palette.placeholder).fill(words.palette.shortcuts)
  await page.keyboard.press('Enter')
  await expect(page.locator('.shortcuts')).toBeVisible()
  left['shortcuts'] = await leftBehind(page)
  await page.keyboard.press('Escape')
  await page.evaluate(() => {
    const transfer = new DataTransfer()
    const text =
      'Ferry fares frozen\n\nBy Ana Holt\n03/04/2024\n\nThe council froze fares on Wednesday.\n\nFollow us on\n'
    transfer.items.add(new File([text], 'page.txt', { type: 'text/plain' }))
    for (const type of ['dragenter', 'dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }))
  })
  await expect(page.locator('.intake-reason').first()).toBeVisible()
  left['intake'] = await leftBehind(page)
  expect(left).toEqual({ export: [], shortcuts: [], intake: [] })
})
