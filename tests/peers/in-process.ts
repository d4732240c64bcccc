import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Work } from './work.ts'

export type Kill = 'none' | 'before' | 'after'

/** The work in a process of its own, killed around a request; `request` is counted from 1. True: it was killed. */
export async function inProcess(
  work: Work,
  kill: { readonly request: number; readonly when: Kill } | null
): Promise<boolean> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./working-process.ts', import.meta.url))], {
    env: { ...process.env, WORK: JSON.stringify(work), KILL: JSON.stringify(kill) },
    stdio: ['ignore', 'ignore', 'inherit']
  })
  const ended = await new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ?? code)))
  if (ended !== 'SIGKILL' && ended !== 0) throw new Error(`A desk ended with ${String(ended)}`)
  return ended === 'SIGKILL'
}
