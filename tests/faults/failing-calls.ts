import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Count } from './count.ts'
import { numbers, Subject } from './library.ts'

const CALLS = ['fsync', 'pwrite', 'rename', 'open'] as const
/** From the end of the fault to the last word on disk, in ms. */
const WITHIN = 5000
/** Processes at once: they mostly wait. */
const AT_ONCE = 4

/**
 * Calls that sync, write, rename or open fail with EIO or ENOSPC, the nth once or five times in a row, or all of them for up to four seconds, in a process
 * that types through the window's own autosave. Everything typed is on disk within five seconds of the fault's end, with nobody doing anything, and is
 * there when the library is opened again. Null where there is no compiler to build the shim with.
 */
export async function failingCalls(limit: number, seed: number): Promise<Count | null> {
  const folder = mkdtempSync(join(tmpdir(), 'galley-shim-'))
  const shim = join(folder, 'shim.so')
  const built =
    process.platform === 'linux' &&
    spawnSync('gcc', ['-shared', '-fPIC', '-O1', '-o', shim, join(import.meta.dirname, 'shim.c'), '-ldl']).status === 0
  if (!built) {
    rmSync(folder, { recursive: true, force: true })
    return null
  }
  const count = new Count('failing system calls')
  const pick = numbers(seed)
  let round = 0
  let slowest = 0
  const work = async (): Promise<void> => {
    while (round < limit) {
      const mine = round++
      const call = CALLS[mine % CALLS.length] ?? 'fsync'
      const lasts = mine % 3 === 0 ? 200 + pick(4000) : null
      const errno = String(pick(2) === 0 ? 5 : 28)
      const at = String(1 + pick(call === 'rename' ? 4 : 60))
      const times = String(pick(2) === 0 ? 1 : 5)
      const subject = new Subject()
      const said = await type(subject.folder, lasts, {
        LD_PRELOAD: shim,
        FAULT_UNDER: subject.folder,
        FAULT_CALL: call,
        FAULT_ERRNO: errno,
        ...(lasts === null ? { FAULT_AT: at, FAULT_TIMES: times } : { FAULT_WHILE: join(folder, `while-${mine}`) })
      })
      const notices = await subject.open()
      const held = said.id === '' ? null : subject.held(said.id)
      if (notices.length > 0) count.note('false alarms')
      if (said.failed > 0) count.note('saves refused')
      if (said.id === '') {
        // It did not open: nothing was typed, and the person was told.
        count.note(said.reads ? 'opened for reading' : 'refused to open')
        count.say(true, '')
      } else if ((held?.revision ?? 0) < said.revision) count.say(false, 'acknowledged lost')
      else if (said.all === null || said.all > WITHIN) count.say(false, `not saved in time (${call}, ${errno})`)
      else count.say(lines(held?.text ?? '') === said.typed, 'typed lost')
      if (said.failed > 0 && said.all !== null) slowest = Math.max(slowest, said.all)
      subject.remove()
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  count.note('slowest ms until all was saved', slowest)
  rmSync(folder, { recursive: true, force: true })
  return count
}

function lines(text: string): number {
  return new Set(text.match(/Line \d+\./g)).size
}

interface Said {
  id: string
  /** It opened for reading alone. */
  reads: boolean
  /** The last one that was acknowledged. */
  revision: number
  failed: number
  typed: number
  /** ms from the end of the fault, or of the typing, until all was saved; null when it never was. */
  all: number | null
}

function type(folder: string, lasts: number | null, env: Readonly<Record<string, string>>): Promise<Said> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'saving-process.ts'), folder, ...(lasts === null ? [] : [String(lasts)])],
    { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, ...env } }
  )
  const said: Said = { id: '', reads: false, revision: 0, failed: 0, typed: 0, all: null }
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [what, value = ''] = line.split(' ')
    if (what === 'story') said.id = value
    if (what === 'reads') said.reads = true
    if (what === 'saved') said.revision = Number(value)
    if (what === 'refused') said.failed += 1
    if (what === 'typed') said.typed = Number(value)
    if (what === 'all') said.all = Number(value)
  })
  return new Promise((resolve) => {
    child.on('close', () => resolve(said))
  })
}
