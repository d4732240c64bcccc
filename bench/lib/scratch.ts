import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { CACHE } from './paths.ts'

export interface Scratch {
  readonly folder: string
  remove(): void
}

/** A folder beside the libraries, so on the same disk as they (the system's temporary folder may be memory). */
export function makeScratch(name: string): Scratch {
  mkdirSync(CACHE, { recursive: true })
  const folder = mkdtempSync(join(CACHE, `${name}-`))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) }
}
