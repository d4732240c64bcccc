import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../lib/paths.ts'
import type { Measurement } from '../lib/results.ts'
import { HEADLINE } from './first-story.ts'

/** A packed program to start instead, its fuse for the inspector on: `npm run package -- --dir --inspectable`. */
const program = process.env['GALLEY_TEST_PROGRAM']

/** The same start in Electron, where its binary is; a note where it is not. */
export async function startElectron(library: string, size: number, rep: number): Promise<Measurement[]> {
  if (!program && !hasElectron())
    return rep === 0 && size === 0
      ? [
          {
            bench: 'start',
            task: 'Electron',
            subject: 'galley',
            rep,
            values: {},
            note: 'not measured: Electron’s binary is not on this machine'
          }
        ]
      : []
  const { _electron } = await import('@playwright/test')
  const began = performance.now()
  const asRoot = process.getuid?.() === 0
  const app = await _electron.launch({
    ...(program && { executablePath: program }),
    args: [...(program ? [] : [ROOT]), '--library', library, ...(asRoot ? ['--no-sandbox'] : [])]
  })
  try {
    const window = await app.firstWindow()
    const first = performance.now() - began
    await window.getByText(HEADLINE).first().waitFor()
    return [
      {
        bench: 'start',
        task: program ? 'Electron, packed' : 'Electron',
        subject: 'galley',
        size,
        rep,
        values: { window: first, list: performance.now() - began }
      }
    ]
  } finally {
    await app.close()
  }
}

function hasElectron(): boolean {
  const folder = join(ROOT, 'node_modules', 'electron')
  const path = join(folder, 'path.txt')
  return existsSync(path) && existsSync(join(folder, 'dist', readFileSync(path, 'utf8').trim()))
}
