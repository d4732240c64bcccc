// Takes the screenshots of docs/guide.md from the built product, by doing what the guide describes.
// Run with `npm run guide` after a change that can be seen; the pictures are committed.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from '@playwright/test'
import sharp from 'sharp'
import { findBrowser, quietSwitches } from './lib/browsers.mjs'
import { out, requireNode, root } from './lib/places.mjs'

const pictures = join(root, 'docs/images')
mkdirSync(pictures, { recursive: true })
const folder = mkdtempSync(join(tmpdir(), 'galley-guide-'))
const host = spawn(
  requireNode(),
  [join(out, 'main/headless.js'), '--library', join(folder, 'Library'), '--exports', join(folder, 'Exports')],
  { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, TZ: 'Asia/Dubai' } }
)
const address = await new Promise((resolve) => {
  createInterface(host.stdout).on('line', (line) => {
    const found = /^Galley is at (\S+)$/.exec(line)?.[1]
    if (found) resolve(found)
  })
})
const browser = await chromium.launch({ executablePath: findBrowser(), args: [...quietSwitches] })
const context = await browser.newContext({
  viewport: { width: 1440, height: 900 },
  timezoneId: 'Asia/Dubai',
  locale: 'en-GB',
  colorScheme: 'light',
  reducedMotion: 'reduce'
})
const page = await context.newPage()

async function shoot(name) {
  await page.mouse.move(1, 899)
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(500)
  // Few colours are enough for a desk, and the pictures are in everybody's clone.
  await sharp(await page.screenshot())
    .png({ palette: true, quality: 90, effort: 8 })
    .toFile(join(pictures, `${name}.png`))
  console.log(`docs/images/${name}.png`)
}

async function drop(name, type) {
  const text = readFileSync(join(root, 'resources/samples/pages', name), 'utf8')
  const data = await page.evaluateHandle(
    ([file, kind, content]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content], file, { type: kind }))
      return transfer
    },
    [name, type, text]
  )
  for (const event of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('body', event, { dataTransfer: data })
  await page.getByRole('button', { name: 'Make the story' }).waitFor()
}

try {
  await page.goto(address)
  await page.getByRole('button', { name: /sample story/i }).waitFor()
  await shoot('welcome')

  await drop('harbour-fares.txt', 'text/plain')
  await shoot('review')
  await page.getByRole('button', { name: 'Make the story' }).click()
  await page.getByRole('textbox', { name: 'Headline', exact: true }).waitFor()
  await shoot('story-from-page')

  await drop('arabic-port.txt', 'text/plain')
  await page.getByRole('button', { name: 'Make the story' }).click()
  await page.waitForTimeout(1200)
  await shoot('right-to-left')

  await page.keyboard.press('ControlOrMeta+k')
  await page.getByPlaceholder('Do anything, or find a story').waitFor()
  await page.keyboard.type('sample')
  await page.getByRole('option', { name: /sample story/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('Council votes 7–2').first().waitFor()
  await page.waitForTimeout(1000)
  await shoot('desk')

  await page.emulateMedia({ colorScheme: 'dark' })
  await shoot('desk-dark')
  await page.emulateMedia({ colorScheme: 'light' })

  await page.getByRole('tab', { name: 'Times' }).click()
  await shoot('times')
  await page.getByRole('tab', { name: 'Story', exact: true }).click()

  await page.keyboard.press('ControlOrMeta+Shift+E')
  await page.getByRole('button', { name: 'Write files' }).click()
  await page.getByRole('button', { name: 'Done' }).waitFor()
  await shoot('export')
  await page.getByRole('button', { name: 'Done' }).click()

  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByRole('button', { name: 'Start the practice CMS' }).last().click()
  await page
    .getByRole('button', { name: /^Publish to/ })
    .last()
    .click()
  // Where the checks advise something, the desk asks.
  const asked = page.getByRole('button', { name: 'Publish anyway' })
  await asked
    .or(page.getByText(/exactly what was approved/))
    .first()
    .waitFor()
  if (await asked.isVisible()) await asked.click()
  await page
    .getByText(/exactly what was approved/)
    .last()
    .waitFor()
  await shoot('published')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByPlaceholder('Do anything, or find a story').waitFor()
  await shoot('palette')
} finally {
  await browser.close()
  host.kill('SIGTERM')
  await new Promise((resolve) => {
    host.once('exit', resolve)
  })
  rmSync(folder, { recursive: true, force: true })
}
