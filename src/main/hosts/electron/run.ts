import { resolve } from 'node:path'
import { app, ipcMain, shell } from 'electron'
import { createCore } from '../../core/create-core.ts'
import { Receiver } from '../../practice-cms/receiver.ts'
import { defaultLibrary } from '../folders.ts'
import { showRunning } from '../local/client.ts'
import { logTo } from '../log-file.ts'
import { tryLocalServer } from '../local/server.ts'
import { Sessions } from '../sessions.ts'
import { productVersion } from '../version.ts'
import { sayWhyNot } from './dialogs.ts'
import { serveIpc } from './ipc.ts'
import { setMenu } from './menu.ts'
import { deskAddress, isOurs, linkAmong } from './page-address.ts'
import { electronPlatform } from './platform.ts'
import { registerScheme, serveScheme } from './protocol.ts'
import { lockPages, refusePermissions } from './security.ts'
import { Windows } from './windows.ts'

/** Runs Galley in Electron. `builtMain` is the folder this bundle lies in. */
export function run(builtMain: string): void {
  // Only a checkout may load its pages from a development server.
  const devServer = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
  registerScheme()
  lockPages(devServer)
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  const links = new Links()
  app.on('open-url', (event, link) => {
    event.preventDefault()
    links.ask(deskAddress(link))
  })
  app.on('second-instance', (_event, args) => links.ask(linkAmong(args), true))
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app
    .whenReady()
    .then(() => begin(builtMain, devServer, links))
    .catch((error: unknown) => {
      sayWhyNot(error)
      app.exit(1)
    })
}

async function begin(builtMain: string, devServer: string | undefined, links: Links): Promise<void> {
  refusePermissions(devServer)
  if (app.isPackaged) app.setAsDefaultProtocolClient('galley')
  const library = resolve(argument('library') ?? defaultLibrary())
  const elsewhere = await showRunning(library, linkAmong(process.argv))
  if (elsewhere !== null) {
    // Another Galley has this library: it has shown itself, or it is a loopback host that lends an address.
    if (typeof elsewhere === 'string') await shell.openExternal(elsewhere)
    app.exit(0)
    return
  }
  const log = logTo(library)
  const core = await createCore({
    library,
    platform: await electronPlatform(library),
    startPractice: Receiver.start,
    version: productVersion(builtMain),
    log
  })
  const sessions = new Sessions(core)
  const windows = new Windows({ sessions, preload: resolve(builtMain, '../preload/index.cjs'), devServer })
  serveScheme(core, resolve(builtMain, '../renderer'))
  serveIpc({ ipcMain, sessions, isOurs: (address) => isOurs(address, devServer) })
  const onSecondStart = (address: string | null): null => {
    void windows.show(address)
    return null
  }
  const local = await tryLocalServer({ library, sessions, onSecondStart }, core, log)
  setMenu(windows)
  app.on('activate', () => void windows.show(null))
  const end = async (): Promise<void> => {
    await sessions.lastWords()
    await local?.close()
    sessions.close()
    await core.close()
  }
  endWell(end, windows, log)
  links.serve((address, comeForward) => {
    if (address || comeForward) void windows.show(address)
  })
  await windows.open(links.first() ?? linkAmong(process.argv) ?? '/')
}

/** The last words are on disk and the library is closed before anything of the app goes. */
function endWell(end: () => Promise<void>, windows: Windows, log: (line: string) => void): void {
  let ended = false
  let ending: Promise<void> | null = null
  app.on('before-quit', (event) => {
    if (ended) return
    event.preventDefault()
    ending ??= end()
      .catch((error: unknown) =>
        log(`ending failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      )
      .then(() => {
        ended = true
        windows.letGo = true
        app.quit()
      })
  })
}

/** Links may come before there is a window to show them in. */
class Links {
  #waiting: string | null = null
  #show: ((address: string | null, comeForward: boolean) => void) | null = null

  ask(address: string | null, comeForward = false): void {
    if (this.#show) this.#show(address, comeForward)
    else if (address) this.#waiting = address
  }

  first(): string | null {
    return this.#waiting
  }

  serve(show: (address: string | null, comeForward: boolean) => void): void {
    this.#show = show
  }
}

/**
 * The value of `--name value` or `--name=value`; Chromium's own switches share the command line, so it is read
 * leniently.
 */
function argument(name: string): string | undefined {
  const at = process.argv.findIndex((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`))
  const found = process.argv[at]
  if (found === undefined) return undefined
  return found.includes('=') ? found.slice(found.indexOf('=') + 1) : process.argv[at + 1]
}
