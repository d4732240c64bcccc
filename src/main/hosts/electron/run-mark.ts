import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A file that is there for as long as the app runs. One that is there at the start was left by a run that did not end
 * well. Returns what takes it away.
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
    // A mark that cannot be kept says nothing at the next start.
  }
}
