import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { engineSwitches } from '../../scripts/lib/browsers.mjs'
import { Cdp } from './cdp.ts'
import { Page } from './page.ts'

export const VIEWPORT = { width: 1440, height: 900 }

/** A browser of its own, with a profile of its own that is thrown away. */
export class Chromium {
  readonly #process: ChildProcess
  readonly #profile: string
  readonly cdp: Cdp

  private constructor(process: ChildProcess, profile: string, cdp: Cdp) {
    this.#process = process
    this.#profile = profile
    this.cdp = cdp
  }

  static async launch(): Promise<Chromium> {
    const profile = mkdtempSync(join(tmpdir(), 'galley-bench-'))
    const asRoot = process.getuid?.() === 0
    const child = spawn(
      findChromium(),
      [
        '--headless=new',
        '--remote-debugging-pipe',
        `--user-data-dir=${profile}`,
        `--window-size=${VIEWPORT.width},${VIEWPORT.height}`,
        '--no-first-run',
        '--no-default-browser-check',
        '--disable-extensions',
        '--disable-component-update',
        '--disable-sync',
        '--disable-default-apps',
        '--disable-background-networking',
        '--disable-background-timer-throttling',
        '--disable-renderer-backgrounding',
        '--disable-backgrounding-occluded-windows',
        '--mute-audio',
        ...engineSwitches,
        ...(asRoot ? ['--no-sandbox'] : []),
        'about:blank'
      ],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] }
    )
    const cdp = new Cdp(child.stdio[3] as Writable, child.stdio[4] as Readable)
    child.on('exit', () => cdp.end())
    child.on('error', () => cdp.end())
    return new Chromium(child, profile, cdp)
  }

  get alive(): boolean {
    return this.cdp.alive && this.#process.exitCode === null
  }

  async version(): Promise<string> {
    return String((await this.cdp.send('Browser.getVersion'))['product'])
  }

  /** Cookies and storage of its own; a page opened in it is in no other's renderer process. */
  async newContext(): Promise<string> {
    return String((await this.cdp.send('Target.createBrowserContext', { disposeOnDetach: true }))['browserContextId'])
  }

  async closeContext(browserContextId: string): Promise<void> {
    await this.cdp.send('Target.disposeBrowserContext', { browserContextId }).catch(() => {})
  }

  async newPage(browserContextId: string): Promise<Page> {
    const { targetId } = await this.cdp.send('Target.createTarget', {
      url: 'about:blank',
      browserContextId,
      newWindow: true,
      ...VIEWPORT
    })
    const { sessionId } = await this.cdp.send('Target.attachToTarget', { targetId, flatten: true })
    return Page.attach(this.cdp, String(targetId), String(sessionId))
  }

  async close(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const gone = once(this.#process, 'exit')
      this.cdp.send('Browser.close').catch(() => {})
      const timer = setTimeout(() => this.#process.kill('SIGKILL'), 5000)
      await gone
      clearTimeout(timer)
    }
    this.cdp.end()
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

/** `CHROMIUM` names one; else the first of the usual names on the path. */
function findChromium(): string {
  if (process.env['CHROMIUM']) return process.env['CHROMIUM']
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge']
  for (const name of names) {
    for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
      const file = join(folder, name)
      try {
        accessSync(file, constants.X_OK)
        return file
      } catch {
        /* not there: look on */
      }
    }
  }
  throw new Error('No Chromium was found. Install one, or name it: CHROMIUM=/path/to/chromium npm run bench')
}
