import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  _electron,
  test as base,
  expect,
  type Browser,
  type BrowserContext,
  type ElectronApplication,
  type Page
} from '@playwright/test'
import { out, requireNode, root } from '../../scripts/lib/places.mjs'
import { packedApp } from '../support/packed-app.ts'
import { endProcess, freePort, startHostProcess } from '../support/host-process.ts'
import { withCalls } from './calls.ts'

/** `packed`: the stand-in again, on what a package holds instead of what the build leaves. */
export type Shell = 'browser' | 'electron' | 'stand-in' | 'packed'

/** A running Galley on a library of its own, and its window. */
export interface Desk {
  /** The window; another one after `restart` and `kill9`. */
  readonly page: Page
  readonly shell: Shell
  readonly library: string
  /** Where exports go. */
  readonly exports: string
  /** The app, in Electron's shells. */
  readonly app: ElectronApplication | null
  /** Ends Galley as a person does and opens it again. */
  restart(address?: string): Promise<Page>
  /** Ends host and window as a power cut does, and opens Galley again. */
  kill9(address?: string): Promise<Page>
  /** Errors the page has reported; any left at the end fail the test. One that provokes some takes them out. */
  readonly problems: string[]
  /** One more window on the same library. */
  another(address?: string): Promise<Page>
  /**
   * Ends the host alone, at once; a window that is open stays. Browser shell only. `back` starts it again on the same
   * port.
   */
  losingHost(): Promise<{ back(): Promise<void> }>
}

/** One life of the app, from start to end. */
interface Run {
  readonly page: Page
  readonly app: ElectronApplication | null
  another(address: string): Promise<Page>
  end(): Promise<void>
  kill(): Promise<void>
  losingHost(): Promise<{ back(): Promise<void> }>
}

export const test = base.extend<{ shell: Shell; spelling: boolean; desk: Desk }>({
  shell: ['browser', { option: true }],
  // An engine of grammar keeps a processor busy for seconds in each new window; what is not about spelling does without.
  spelling: [false, { option: true }],
  desk: async ({ shell, spelling, browser, contextOptions, viewport, locale, timezoneId, colorScheme }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'galley-desk-'))
    const library = join(folder, 'Library')
    const exports = join(folder, 'Exports')
    const problems: string[] = []
    const context = {
      ...contextOptions,
      viewport,
      ...(locale && { locale }),
      ...(timezoneId && { timezoneId }),
      ...(colorScheme && { colorScheme })
    }
    const begin = (address: string): Promise<Run> =>
      shell === 'browser'
        ? beginInBrowser(browser, context, library, exports, address, problems)
        : beginInElectron(shell, folder, library, address, problems)
    let run = await begin('/')
    if (!spelling) await withCalls(library, (call) => call.settings.set({ spelling }))
    await use({
      get page() {
        return run.page
      },
      get app() {
        return run.app
      },
      shell,
      library,
      exports,
      problems,
      async restart(address = '/') {
        await run.end()
        run = await begin(address)
        return run.page
      },
      async kill9(address = '/') {
        await run.kill()
        run = await begin(address)
        return run.page
      },
      another: (address = '/') => run.another(address),
      losingHost: () => run.losingHost()
    })
    await run.end()
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    expect(problems, 'errors in the page').toEqual([])
  }
})

export { expect } from '@playwright/test'

/**
 * Bugs in the page and anything its security policy had to stop fail the test they come up in. Text
 * made into code or markup inside a `try` says nothing on the console, so the page is asked to tell of it.
 */
async function listen(page: Page, problems: string[]): Promise<Page> {
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective, sourceFile, sample }) => {
      if (/^(?:eval|trusted-types)/.test(blockedURI))
        console.error(`Content Security Policy: ${effectiveDirective} in ${sourceFile}: ${sample}`)
    })
  })
  page.on('pageerror', (error) => problems.push(error.stack ?? error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Minified React error|Warning:/.test(message.text()))
      problems.push(message.text())
  })
  return page
}

/** Waits until the window shows the desk. */
async function isUp(page: Page): Promise<Page> {
  await page.getByRole('contentinfo', { name: 'Status' }).waitFor({ timeout: 20_000 })
  return page
}

async function beginInBrowser(
  browser: Browser,
  options: object,
  library: string,
  exports: string,
  address: string,
  problems: string[]
): Promise<Run> {
  const port = await freePort()
  let host = await startHostProcess(library, exports, { port })
  const contexts: BrowserContext[] = []
  // The first address lets the first context in; every further window is a tab of it.
  // The window is the person's own: it may use the clipboard, which a browser without windows has to be told.
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'], ...options })
  contexts.push(context)
  const page = await listen(await context.newPage(), problems)
  await page.goto(host.address)
  if (address !== '/') await page.goto(new URL(address, host.address).href)
  await isUp(page)
  return {
    page,
    app: null,
    async another(at) {
      const more = await listen(await context.newPage(), problems)
      await more.goto(new URL(at, host.address).href)
      return isUp(more)
    },
    async end() {
      expect(await endProcess(host.child, 'SIGTERM'), 'exit code of the host').toBe(0)
      await context.close()
    },
    async kill() {
      await endProcess(host.child, 'SIGKILL')
      await context.close()
    },
    async losingHost() {
      await endProcess(host.child, 'SIGKILL')
      return {
        back: async () => {
          host = await startHostProcess(library, exports, { port })
        }
      }
    }
  }
}

async function beginInElectron(
  shell: Shell,
  folder: string,
  library: string,
  address: string,
  problems: string[]
): Promise<Run> {
  const link = /^\/story\/.+/.test(address) ? [`galley:/${address}`] : []
  // A packaged program brings the app; Electron and what stands for it are given one.
  const program = process.env['GALLEY_TEST_PROGRAM']
  const given = shell === 'packed' ? packedApp : join(out, 'main/index.js')
  const bundle = shell === 'electron' && program ? [] : [given]
  const app = await _electron.launch({
    ...(shell !== 'electron' && { executablePath: join(root, 'tests/stand-in/electron') }),
    ...(shell === 'electron' && program && { executablePath: program }),
    args: [...bundle, `--user-data-dir=${join(folder, 'profile')}`, `--library=${library}`, ...link],
    env: {
      ...definedEnv(),
      HOME: folder,
      GALLEY_NODE: requireNode(),
      ...(shell === 'packed' && { STAND_IN_PACKAGED: '1' })
    }
  })
  const page = await isUp(await listen(await app.firstWindow(), problems))
  return {
    page,
    app,
    async another(at) {
      const [more] = await Promise.all([
        app.waitForEvent('window'),
        app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('new-window')?.click())
      ])
      await isUp(await listen(more, problems))
      if (at !== '/') await more.goto(new URL(at, more.url()).href)
      return isUp(more)
    },
    end: () => app.close(),
    async kill() {
      const child = app.process()
      const ended = new Promise<void>((resolve) => {
        child.once('exit', () => resolve())
      })
      // The whole group: the windows die with the app.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      await ended
    },
    async losingHost() {
      throw new Error('In Electron a window does not outlive its host')
    }
  }
}

/** This process's environment, to be handed on. */
export function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined)
  )
}
