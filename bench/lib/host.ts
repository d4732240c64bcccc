import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { OUT, ROOT } from './paths.ts'

export interface Host {
  readonly origin: string
  /** Opens a session, once. */
  readonly enter: string
  /** ms from starting the process to the line that says where it is. */
  readonly readyAfter: number
  /** Bytes of memory the process holds now; NaN where the system does not tell. */
  memory(): number
  close(): Promise<void>
}

/** Starts the built product's loopback host on a library. Throws when it ends or says nothing for 60 s. */
export async function startHost(library: string, out = OUT): Promise<Host> {
  const entry = join(out, 'main', 'headless.js')
  if (!existsSync(entry)) throw new Error('the product is not built: out/main/headless.js is missing')
  const began = performance.now()
  const child = spawn(process.execPath, [entry, '--library', library], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production' }
  })
  const gone = once(child, 'exit')
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000)
  })
  const { promise: address, resolve, reject } = Promise.withResolvers<string>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    const url = /https?:\/\/\S+\/enter\?\S+/.exec(line)?.[0]
    if (url) resolve(url)
  })
  gone.then(([code]) =>
    reject(new Error(`the host ended with ${String(code)}: ${said.trim().split('\n').slice(-3).join(' | ')}`))
  )
  const timer = setTimeout(() => reject(new Error(`the host did not say where it is in 60 s: ${said.trim()}`)), 60_000)
  try {
    const enter = await address
    return {
      origin: new URL(enter).origin,
      enter,
      readyAfter: performance.now() - began,
      memory: () => residentBytes(child.pid),
      async close() {
        child.kill('SIGTERM')
        const kill = setTimeout(() => child.kill('SIGKILL'), 15_000)
        await gone
        clearTimeout(kill)
      }
    }
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  } finally {
    clearTimeout(timer)
  }
}

function residentBytes(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid ?? 0}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1024
  } catch {
    return Number.NaN
  }
}
