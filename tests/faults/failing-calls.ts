import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Count } from './count.ts'
import { numbers, Subject } from './library.ts'

/**
 * The nth call that syncs, writes or renames fails with EIO or ENOSPC, once or five times in a row, in a process that saves without end. It says what it
 * has acknowledged; the library is opened afterwards without the fault and must hold it. Null where there is no compiler to build the shim with.
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
  for (let round = 0; round < limit; round++) {
    const subject = new Subject()
    const call = ['fsync', 'pwrite', 'rename'][round % 3] ?? 'fsync'
    const acknowledged = await run(subject.folder, {
      LD_PRELOAD: shim,
      FAULT_UNDER: subject.folder,
      FAULT_CALL: call,
      FAULT_AT: String(1 + pick(call === 'rename' ? 4 : 60)),
      FAULT_ERRNO: String(pick(2) === 0 ? 5 : 28),
      FAULT_TIMES: String(pick(2) === 0 ? 1 : 5)
    })
    const notices = await subject.open()
    const held = acknowledged.id === '' ? null : subject.held(acknowledged.id)
    count.say(acknowledged.id === '' || (held?.revision ?? 0) >= acknowledged.revision, 'acknowledged lost')
    if (notices.length > 0) count.note('false alarms')
    if (acknowledged.failed > 0) count.note('saves refused')
    if (acknowledged.after > 0) count.note('went on')
    subject.remove()
  }
  rmSync(folder, { recursive: true, force: true })
  return count
}

interface Said {
  readonly id: string
  readonly revision: number
  readonly failed: number
  /** Saves acknowledged after one was refused, without a restart. */
  readonly after: number
}

function run(folder: string, env: Readonly<Record<string, string>>): Promise<Said> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'saving-process.ts'), folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...env }
  })
  let said: Said = { id: '', revision: 0, failed: 0, after: 0 }
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [what, value = ''] = line.split(' ')
    if (what === 'story') said = { ...said, id: value }
    if (what === 'saved') said = { ...said, revision: Number(value), after: said.failed > 0 ? said.after + 1 : 0 }
    if (what === 'refused') said = { ...said, failed: said.failed + 1 }
  })
  return new Promise((resolve) => {
    child.on('close', () => resolve(said))
  })
}
