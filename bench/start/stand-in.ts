import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { requireNode } from '../../scripts/lib/places.mjs'
import { CACHE, OUT, ROOT } from '../lib/paths.ts'
import type { Measurement } from '../lib/results.ts'
import { HEADLINE } from './first-story.ts'

/** What starts: the bundles as they are built, or what the package's archive holds. */
export type App = 'as built' | 'packed'

/** The archive that is measured, unpacked where nothing of the checkout is above it: Node alone reads no archive. */
let packed: string | null = null

/** Packs the product around an empty Electron and unpacks the archive. Needs no Electron; Linux alone. */
export async function packApp(): Promise<void> {
  const output = join(CACHE, 'packed')
  execFileSync(requireNode(), [join(ROOT, 'scripts/package.mjs'), '--hollow', '--output', output], { stdio: 'ignore' })
  const { extractAll } = await import('@electron/asar')
  packed = mkdtempSync(join(tmpdir(), 'galley-bench-packed-'))
  extractAll(join(output, 'linux-unpacked/resources/app.asar'), join(packed, 'resources/app'))
}

export function dropPacked(): void {
  if (packed) rmSync(packed, { recursive: true, force: true })
  packed = null
}

/**
 * From starting the stand-in for Electron (Node for the main process, a Chromium of its own for the window) to the
 * first window and to the list in it. What it adds to each start is the same for both; only their ratio means anything.
 */
export async function startStandIn(app: App, library: string, size: number, rep: number): Promise<Measurement> {
  const { _electron } = await import('@playwright/test')
  const profile = mkdtempSync(join(tmpdir(), 'galley-bench-profile-'))
  const given = app === 'packed' ? join(packed ?? '', 'resources/app') : join(OUT, 'main/index.js')
  const environment = Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined)
  const began = performance.now()
  const running = await _electron.launch({
    executablePath: join(ROOT, 'tests/stand-in/electron'),
    args: [given, `--user-data-dir=${profile}`, `--library=${library}`],
    env: {
      ...Object.fromEntries(environment),
      HOME: profile,
      GALLEY_NODE: requireNode(),
      ...(app === 'packed' && { STAND_IN_PACKAGED: '1' })
    }
  })
  try {
    const window = await running.firstWindow()
    const first = performance.now() - began
    await window.getByText(HEADLINE).first().waitFor()
    return {
      bench: 'start',
      task: 'stand-in for Electron',
      subject: app,
      size,
      rep,
      values: { window: first, list: performance.now() - began }
    }
  } finally {
    await running.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}
