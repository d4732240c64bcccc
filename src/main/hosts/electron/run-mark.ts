import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Creates a file that exists for as long as the app runs. If it is there at the start, the last run did not end
 * properly. Returns a function that deletes it.
 */
export function markRun(folder: string): (() => void) & { readonly diedBefore: boolean } {
  const file = join(folder, 'running')
  const diedBefore = existsSync(file)
  attempt(() => writeFileSync(file, String(process.pid), { mode: 0o600 }))
  return Object.assign(() => attempt(() => rmSync(file, { force: true })), { diedBefore })
}

function attempt(step: () => void): void {
  try {
    step()
  } catch {
    // Without a mark, the next start simply learns nothing from it.
  }
}
