import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { out, requireNode, root } from '../../scripts/lib/places.mjs'

const compiled = join(root, 'node_modules/.cache/compiled')

export interface HostProcess {
  readonly child: ChildProcess
  /** Lets one window in. */
  readonly address: string
}

/** Starts the built loopback host as `npm start` does. */
export async function startHostProcess(
  library: string,
  exports: string,
  { port = 0, key = 'e2e' }: { port?: number; key?: string } = {}
): Promise<HostProcess> {
  const child = spawn(
    requireNode(),
    [
      '--enable-source-maps',
      join(out, 'main/headless.js'),
      '--library',
      library,
      '--exports',
      exports,
      '--port',
      String(port)
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      // Compiled once, and not for each test.
      env: { ...process.env, NODE_COMPILE_CACHE: compiled, GALLEY_WINDOW_KEY: key }
    }
  )
  const address = await new Promise<string>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The host ended with ${code} before it said its address`)))
    createInterface(child.stdout).on('line', (line) => {
      const found = /^Galley is at (\S+)$/.exec(line)?.[1]
      if (found) resolve(found)
    })
  })
  return { child, address }
}

/** Sends a signal and waits for the end. */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code))
  })
  child.kill(signal)
  return ended
}

/** A port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
