import { randomUUID } from 'node:crypto'
import { extname, resolve } from 'node:path'

/** What Galley opens when a person opens a file with it: its own stories, and the pages and texts intake can read. */
const ENDINGS = new Set(['.json', '.html', '.htm', '.txt', '.md', '.xhtml'])
/** How many files may wait for their window; a person opens a handful at a time. */
const MOST = 100

/** The paths of files to open among the arguments of a start; switches and anything else are ignored. */
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
 * Files the system passes to Galley. A window is given a ticket and never a path; the core returns the file's content
 * for it, once.
 */
export class OpenedFiles {
  readonly #paths = new Map<string, string>()

  /** The desk's address for taking the file in. */
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
