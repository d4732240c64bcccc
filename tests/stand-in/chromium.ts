import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { findBrowser, howToInstall, quietSwitches } from '../../scripts/lib/browsers.mjs'

/** What the DevTools protocol carries; its shape is Chromium's, named where it is used. */
export type Json = Record<string, any>

/** One DevTools connection for all windows; each window's events come under its session id. */
export class DevTools extends EventEmitter {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, { resolve(result: Json): void; reject(error: Error): void }>()
  #next = 1

  constructor(socket: WebSocket) {
    super()
    this.setMaxListeners(0)
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => this.#receive(JSON.parse(String(data)) as Json))
  }

  send(method: string, params: Json = {}, sessionId?: string): Promise<Json> {
    const id = this.#next++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#socket.send(JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) }))
    })
  }

  #receive(message: Json): void {
    if (message['id'] === undefined) {
      this.emit(message['sessionId'] ?? 'browser', message['method'], message['params'])
      return
    }
    const asked = this.#waiting.get(message['id'])
    this.#waiting.delete(message['id'])
    if (message['error']) asked?.reject(new Error(message['error'].message))
    else asked?.resolve(message['result'])
  }
}

/**
 * Starts Chromium without a window, with the app's own switches, and connects to it. It ends with this process, and its
 * profile with it.
 */
export async function startChromium(switches: readonly string[]): Promise<DevTools> {
  const program = findBrowser()
  if (!program) throw new Error(`The Electron stand-in needs a Chromium. ${howToInstall()}`)
  const profile = mkdtempSync(join(tmpdir(), 'galley-stand-in-'))
  const child = spawn(
    program,
    [
      ...(process.env['STAND_IN_HEADED'] ? [] : ['--headless']),
      ...quietSwitches,
      ...switches,
      '--disable-gpu',
      '--disable-extensions',
      '--no-startup-window',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] }
  )
  process.once('exit', () => {
    child.kill('SIGKILL')
    try {
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    } catch {
      // A dying Chromium may still write; the system's temporary folder is swept by others.
    }
  })
  const address = await new Promise<string>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`Chromium ended with ${code}`)))
    createInterface(child.stderr).on('line', (line) => {
      const found = /^DevTools listening on (ws:\S+)/.exec(line)?.[1]
      if (!found) return
      // Playwright waits for this line to connect to the windows.
      process.stderr.write(`${line}\n`)
      resolve(found)
    })
  })
  const socket = new WebSocket(address)
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', () => reject(new Error('Chromium does not answer')))
  })
  return new DevTools(socket)
}
