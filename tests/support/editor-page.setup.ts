import { test as setup } from '@playwright/test'
import buildHarness from '../editor/support/build-harness.ts'

/** The editor's own page is built once, before its tests, and only when they are run. */
setup('the editor’s page is built', async () => {
  setup.setTimeout(120_000)
  await buildHarness()
})
