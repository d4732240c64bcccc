import { defineConfig } from '@playwright/test'
import { electronBinary, hasDisplay } from './scripts/lib/places.mjs'
import { findBrowser, findHeadlessShell, quietSwitches } from './scripts/lib/browsers.mjs'
import type { Shell } from './tests/e2e/desk.ts'

const executablePath = process.env['GALLEY_TEST_CHROMIUM'] ?? findHeadlessShell() ?? findBrowser()
const launchOptions = { ...(executablePath && { executablePath }), args: [...quietSwitches] }

/**
 * One suite, every shell: the loopback host with a browser, the built Electron bundles in the stand-in, and Electron
 * itself where its binary is. `*.shells.spec.ts` run in all of them, `*.stand-in.spec.ts` in the stand-in alone, the
 * rest in the browser.
 */
export default defineConfig<{ shell: Shell }>({
  testDir: 'tests/e2e',
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // A test that fails only once is named as flaky in the report; one crowded moment of the machine stops no landing.
  retries: process.env['CI'] ? 1 : 0,
  forbidOnly: Boolean(process.env['CI']),
  reporter: process.env['CI'] ? 'line' : 'list',
  outputDir: 'test-results/e2e',
  use: {
    launchOptions,
    locale: 'en-GB',
    timezoneId: 'Asia/Beirut',
    viewport: { width: 1360, height: 860 },
    trace: 'off',
    screenshot: 'only-on-failure'
  },
  projects: [
    { name: 'browser', testIgnore: ['**/*.stand-in.spec.ts', '**/packed.spec.ts'], use: { shell: 'browser' } },
    { name: 'stand-in', testMatch: ['**/*.shells.spec.ts', '**/*.stand-in.spec.ts'], use: { shell: 'stand-in' } },
    // A package is made for the system it is made on, and a hollow one on Linux alone.
    ...(process.platform === 'linux'
      ? [
          { name: 'packed-app', testDir: 'tests/support', testMatch: 'packed-app.setup.ts' },
          {
            name: 'packed',
            dependencies: ['packed-app'],
            testMatch: '**/packed.spec.ts',
            use: { shell: 'packed' as const }
          }
        ]
      : []),
    ...((electronBinary() || process.env['GALLEY_TEST_PROGRAM']) && hasDisplay()
      ? [{ name: 'electron', testMatch: '**/*.shells.spec.ts', use: { shell: 'electron' as const } }]
      : []),
    { name: 'editor-page', testDir: 'tests/support', testMatch: 'editor-page.setup.ts' },
    {
      name: 'editor',
      dependencies: ['editor-page'],
      testDir: 'tests/editor',
      testMatch: '**/*.spec.ts',
      timeout: 120_000,
      use: { shell: 'browser' }
    }
  ]
})
