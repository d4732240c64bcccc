import { defineConfig } from '@playwright/test'

const isRoot = process.getuid?.() === 0

/** The editor in a real browser, on a page of its own. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  globalSetup: './support/build-harness.ts',
  workers: 1,
  timeout: 120_000,
  reporter: 'line',
  outputDir: '../../test-results/editor',
  use: {
    launchOptions: { executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: isRoot ? ['--no-sandbox'] : [] }
  }
})
