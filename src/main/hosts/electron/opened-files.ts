import { randomUUID } from 'node:crypto'
import { extname, resolve } from 'node:path'

/** What Galley opens when a person opens a file with it: its own stories, and the pages and texts that intake reads. */
const ENDINGS = new Set(['.json', '.html', '.htm', '.txt', '.md', '.xhtml'])
/** Files that wait for their window; a person opens a handful at a time. */
const MOST = 100

/** Paths of the files to be opened, among the arguments of a start; switches and everything else are none. */
export function filesAmong(args: readonly string[], folder: string): string[] {
  return args
    .slice(1)
    .filter((arg) => !arg.startsWith('-') && !/^[a-z]+:\/\//i.test(arg) && isOpenable(arg))
    .map((arg) => resolve(folder, arg))
}

export function isOpenable(path: string): boolean {
  return ENDINGS.has(extname(path).toLowerCase())
}

/**
 * Files the system hands to Galley. A window is told a ticket and never a path; the core gives out what is in the file
 * for it, once.
 */
export class OpenedFiles {
  readonly #paths = new Map<string, string>()

  /** The desk's address that takes the file in. */
  addressOf(path: string): string {
    const ticket = randomUUID()
    this.#paths.set(ticket, path)
    for (const oldest of this.#paths.keys()) {
      if (this.#paths.size <= MOST) break
      this.#paths.delete(oldest)
    }
    return `/open/${ticket}`
  }

  take(ticket: string): string | null {
    const path = this.#paths.get(ticket) ?? null
    this.#paths.delete(ticket)
    return path
  }
}
