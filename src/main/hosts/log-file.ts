import { appendFileSync, renameSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** The log's file name in the library's folder. */
export const LOG_NAME = 'galley.log'
/** Bytes per file; with the two older ones the log never takes more than about three times that. */
const LARGEST = 1_000_000
const OLDER = 2
/** Characters per line: enough for a stack, too few for a story. */
const LONGEST = 4000

/**
 * The log of a library: `galley.log` in its folder, readable only by the owner, and the older `galley.log.1` and `.2`.
 * Every line starts with its time in UTC. Paths of the person's home and of the library are shortened. Never throws: a
 * log that cannot be written (a full disk, a read-only folder) must not stop what it reports.
 */
export function logFile(library: string, now: () => number = Date.now): (line: string) => void {
  const file = join(library, LOG_NAME)
  return (line) => {
    try {
      if (sizeOf(file) >= LARGEST) rotate(file)
      appendFileSync(file, `${new Date(now()).toISOString()} ${tidy(line, library)}\n`, { mode: 0o600 })
    } catch {
      // The line is also on standard error.
    }
  }
}

/** Writes each line to standard error and to the library's log; a host provides this to the core. */
export function logTo(library: string): (line: string) => void {
  const write = logFile(library)
  return (line) => {
    process.stderr.write(`${line}\n`)
    write(line)
  }
}

function rotate(file: string): void {
  for (let number = OLDER; number > 1; number -= 1)
    attempt(() => renameSync(`${file}.${number - 1}`, `${file}.${number}`))
  renameSync(file, `${file}.1`)
}

function tidy(line: string, library: string): string {
  return line
    .replaceAll(library, '<library>')
    .replaceAll(homedir(), '~')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
    .replaceAll('\n', '\n  ')
    .slice(0, LONGEST)
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

function attempt(step: () => void): void {
  try {
    step()
  } catch {
    // There is none yet.
  }
}
