import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { root } from '../../scripts/lib/places.mjs'
import { axeFindings } from './axe.ts'

for (const name of ['every-block', 'arabic', 'quotes-and-tables', 'empty'])
  test(`the exported page ${name} is open to everybody, light and dark, wide and narrow`, async ({ page }) => {
    await page.setContent(readFileSync(join(root, 'tests/golden', `${name}.html`), 'utf8'))
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [1440, 360]) {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width, height: 800 })
        expect(await axeFindings(page)).toEqual([])
        // Nothing is cut off at the side.
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      }
  })
