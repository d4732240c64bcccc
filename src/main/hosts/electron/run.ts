import { resolve } from 'node:path'
import { app, ipcMain, Notification, powerMonitor, shell } from 'electron'
import type { Core } from '../../core/core.ts'
import { createCore } from '../../core/create-core.ts'
import { Receiver } from '../../practice-cms/receiver.ts'
import { language } from '../language.ts'
import { showRunning } from '../local/client.ts'
import { logTo } from '../log-file.ts'
import { tryLocalServer } from '../local/server.ts'
import { Sessions } from '../sessions.ts'
import { productVersion } from '../version.ts'
import { offerContextMenu } from './context-menu.ts'
import { sayWhyNot } from './dialogs.ts'
import { serveIpc } from './ipc.ts'
import { setMenu } from './menu.ts'
import { filesAmong, isOpenable, OpenedFiles } from './opened-files.ts'
import { deskAddress, isOurs, linkAmong } from './page-address.ts'
import { moveIn, placesOf } from './places.ts'
import { electronPlatform } from './platform.ts'
import { Quitting } from './quitting.ts'
import { registerScheme, serveScheme } from './protocol.ts'
import { lockPages, refusePermissions } from './security.ts'
import { markRun } from './run-mark.ts'
import { tellScheduled } from './scheduled-notices.ts'
import { followTheme } from './theme.ts'
import { Windows } from './windows.ts'

/** Runs Galley in Electron. `builtMain` is the folder of this bundle. */
export function run(builtMain: string): void {
  // Only a checkout may load its pages from a development server.
  const devServer = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
  const places = placesOf({
    library: argument('library'),
    profile: argument('user-data-dir'),
    checkout: devServer === undefined ? null : app.getAppPath()
  })
  moveIn(app, places)
  registerScheme()
  lockPages(devServer)
  // For the reason given in scripts/lib/browsers.mjs.
  app.commandLine.appendSwitch('js-flags', '--liftoff-only')
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  const opened = new OpenedFiles()
  const asks = new Asks()
  app.on('open-url', (event, link) => {
    event.preventDefault()
    asks.ask(deskAddress(link))
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    asks.ask(isOpenable(path) ? opened.addressOf(path) : null, true)
  })
  app.on('second-instance', (_event, args, folder) => {
    asks.ask(null, true)
    for (const address of askedFor(args, folder, opened)) asks.ask(address)
  })
  // Until the library is open, closing the last window quits the app; after that, `Quitting` is asked.
  const ending: { quitting: Quitting | null } = { quitting: null }
  app.on('window-all-closed', () => {
    if (ending.quitting?.staysWithoutWindow) ending.quitting.windowsAreGone()
    else if (process.platform !== 'darwin') app.quit()
  })
  app
    .whenReady()
    .then(() => begin({ builtMain, devServer, library: places.library, opened, asks, ending }))
    .catch((error: unknown) => {
      sayWhyNot(error)
      app.exit(1)
    })
}

interface Beginning {
  readonly builtMain: string
  readonly devServer: string | undefined
  readonly library: string
  readonly opened: OpenedFiles
  readonly asks: Asks
  readonly ending: { quitting: Quitting | null }
}

async function begin({ builtMain, devServer, library, opened, asks, ending }: Beginning): Promise<void> {
  refusePermissions(devServer)
  // Windows uses this name to attribute notifications and the taskbar button; the installer sets the same one.
  if (process.platform === 'win32') app.setAppUserModelId('galley.newsroom.desk')
  if (app.isPackaged) app.setAsDefaultProtocolClient('galley')
  const elsewhere = await showRunning(library, linkAmong(process.argv))
  if (elsewhere !== null) {
    // Another Galley has this library open: it has come forward, or it is a loopback host that returned an address.
    if (typeof elsewhere === 'string') await shell.openExternal(elsewhere)
    app.exit(0)
    return
  }
  const log = logTo(library)
  logFaults(log)
  const version = productVersion(builtMain)
  const core = await createCore({
    library,
    platform: await electronPlatform(library, opened),
    startPractice: Receiver.start,
    version,
    log
  })
  const sessions = new Sessions(core)
  const windows = new Windows({
    sessions,
    preload: resolve(builtMain, '../preload/index.cjs'),
    devServer,
    background: await followTheme(core),
    log,
    onOpen: (window) => offerContextMenu(window, core, { log, ask: (address) => void windows.show(address) })
  })
  serveScheme(core, resolve(builtMain, '../renderer'))
  serveIpc({
    ipcMain,
    sessions,
    isOurs: (address) => isOurs(address, devServer),
    onListening: ({ id }) => windows.listening(id)
  })
  const onSecondStart = (address: string | null): null => {
    void windows.show(address)
    return null
  }
  const local = await tryLocalServer({ library, sessions, onSecondStart }, core, log)
  const endMenu = setMenu({ core, windows, library, version })
  const endNotices = await tellScheduled(core, language.menu.scheduled, ({ title, body, address }) => {
    const notice = new Notification({ title, body, silent: true })
    notice.on('click', () => void windows.show(address))
    notice.show()
  })
  const markEnd = markRun(app.getPath('userData'))
  const end = async (): Promise<void> => {
    await sessions.lastWords()
    endMenu()
    endNotices()
    await local?.close()
    sessions.close()
    await core.close()
    markEnd()
  }
  const quitting = new Quitting({ core, language, log })
  ending.quitting = quitting
  app.on('browser-window-created', () => quitting.comeBack())
  endWell(end, { windows, quitting, log })
  flushForTheSystem(core, quitting)
  const early = asks.serve((address, comeForward) => {
    if (address || comeForward) void windows.show(address)
  })
  const [first = '/', ...more] = [...early, ...askedFor(process.argv, process.cwd(), opened)]
  await windows.open(first, [...more, ...(markEnd.diedBefore ? ['/say/crashed'] : [])])
  // macOS also fires this at the very first start, before there is a window.
  app.on('activate', () => void windows.show(null))
}

/** Logs what goes wrong outside any call: what it is and where, but never its message, which may contain copy. */
function logFaults(log: (line: string) => void): void {
  process.on('uncaughtExceptionMonitor', ({ name, stack = '' }) => {
    const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
    log([`bug outside any call: ${name}`, ...frames].join('\n'))
  })
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') log(`a process of Electron’s was lost: ${type} ${reason} ${exitCode}`)
  })
}

/** What a start is asked to show: a link to a story, or files to take in; empty if neither. */
function askedFor(args: readonly string[], folder: string, opened: OpenedFiles): string[] {
  const link = linkAmong(args)
  return link === null ? filesAmong(args, folder).map((file) => opened.addressOf(file)) : [link]
}

/** Saves the last words before the machine sleeps or the person is logged out. */
function flushForTheSystem(core: Core, quitting: Quitting): void {
  const flush = (): void => core.emit('flush', {})
  const quitForTheSystem = (): void => {
    quitting.force()
    app.quit()
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, quitForTheSystem)
  powerMonitor.on('suspend', flush)
  // On Linux and macOS; without quitting here the process would be killed.
  powerMonitor.on('shutdown', () => quitForTheSystem())
  // Windows first asks whether the session may end and then ends it, with a few seconds for both.
  app.on('browser-window-created', (_event, window) => {
    window.on('query-session-end', flush)
    window.on('session-end', () => quitForTheSystem())
  })
}

/** Saves the last words and closes the library before anything of the app goes away. */
function endWell(
  end: () => Promise<void>,
  {
    windows,
    quitting,
    log
  }: { readonly windows: Windows; readonly quitting: Quitting; readonly log: (line: string) => void }
): void {
  let ended = false
  let ending: Promise<void> | null = null
  app.on('before-quit', (event) => {
    if (ended) return
    event.preventDefault()
    if (!ending && !quitting.mayEnd()) return
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

/** Collects links and files that arrive before there is a window to show them in. */
class Asks {
  readonly #early: string[] = []
  #show: ((address: string | null, comeForward: boolean) => void) | null = null

  ask(address: string | null, comeForward = false): void {
    if (this.#show) this.#show(address, comeForward)
    else if (address) this.#early.push(address)
  }

  /** From now on shows each request as it arrives. Returns the earlier ones, oldest first. */
  serve(show: (address: string | null, comeForward: boolean) => void): readonly string[] {
    this.#show = show
    return this.#early
  }
}

/**
 * The value of `--name value` or `--name=value`. Parsed leniently, because Chromium's own switches are on the same
 * command line.
 */
function argument(name: string): string | undefined {
  const at = process.argv.findIndex((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`))
  const found = process.argv[at]
  if (found === undefined) return undefined
  return found.includes('=') ? found.slice(found.indexOf('=') + 1) : process.argv[at + 1]
}
