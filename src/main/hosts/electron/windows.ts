import { join } from 'node:path'
import { app, BrowserWindow, dialog, screen } from 'electron'
import { language } from '../language.ts'
import type { Sessions } from '../sessions.ts'
import { PAGE, isOurs } from './page-address.ts'
import { readWindowState, writeWindowState } from './window-state.ts'

export interface WindowsOptions {
  readonly sessions: Sessions
  /** Path of the built preload script. */
  readonly preload: string
  readonly devServer?: string | undefined
  /** The desk's colour, for the moment before it is drawn. */
  readonly background: () => string
  readonly log: (line: string) => void
  /** Called for each new window before it loads anything. */
  readonly onOpen: (window: BrowserWindow) => void
}

/** Addresses that ask the desk to do something, rather than pages to load. */
const ASKS = /^\/(?:command|edit|open|say)\//

/** If this many windows are lost within a minute, opening another would not help. */
const TOO_MANY = 3

/** The app's windows. All are created the same way, and each closes only after its last words are on disk. */
export class Windows {
  /** True once the app is quitting and the last words are safe: windows then close at once. */
  letGo = false
  readonly #options: WindowsOptions
  readonly #stateFile = join(app.getPath('userData'), 'window.json')
  /** By the id of its contents: whether the desk is listening, and what it will be asked once it is. */
  readonly #desks = new Map<number, { listening: boolean; waiting: string[] }>()
  readonly #closing = new Set<BrowserWindow>()
  #lost: number[] = []

  constructor(options: WindowsOptions) {
    this.#options = options
  }

  /**
   * Opens a window at an address. If the address asks for something, the desk is asked once it has opened; likewise
   * everything in `asked`.
   */
  async open(address = '/', asked: readonly string[] = []): Promise<void> {
    const state = readWindowState(
      this.#stateFile,
      screen.getAllDisplays().map((display) => display.workArea)
    )
    const another = BrowserWindow.getAllWindows().length > 0
    const window = new BrowserWindow({
      width: state?.width ?? 1360,
      height: state?.height ?? 860,
      ...(state && { x: state.x + (another ? 30 : 0), y: state.y + (another ? 30 : 0) }),
      minWidth: 720,
      minHeight: 480,
      show: false,
      backgroundColor: this.#options.background(),
      title: 'Galley',
      webPreferences: {
        preload: this.#options.preload,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        // macOS has a dictionary of its own; elsewhere Electron would download one from a Google server.
        spellcheck: process.platform === 'darwin'
      }
    })
    if (state?.maximized) window.maximize()
    window.once('ready-to-show', () => window.show())
    // A page that cannot be loaded must not leave an invisible window.
    window.webContents.once('did-fail-load', () => window.show())
    this.#follow(window)
    this.#rememberAndFlush(window)
    this.#outlive(window)
    this.#options.onOpen(window)
    const asks = ASKS.test(address)
    for (const each of asks ? [address, ...asked] : asked) this.#ask(window, each)
    // Loading rejects if the window is closed or lost meanwhile; the caller cannot do anything about it.
    await window
      .loadURL(`${this.#options.devServer ?? PAGE}${asks ? '/' : address}`)
      .catch((error: unknown) => this.#options.log(`a window did not load: ${codeOf(error)}`))
  }

  /** Shows an address in the frontmost window, or in a new one. */
  async show(address: string | null): Promise<void> {
    const usable = (window: BrowserWindow | null): boolean => window !== null && !this.#closing.has(window)
    const window = [BrowserWindow.getFocusedWindow(), ...BrowserWindow.getAllWindows()].find(usable)
    if (!window) return this.open(address ?? '/')
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
    if (address) this.#ask(window, address)
  }

  /** The desk in this window is listening from now on: it is sent what has been waiting, in order. */
  listening(contentsId: number): void {
    const desk = this.#desks.get(contentsId)
    const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.id === contentsId)
    if (!desk || !window) return
    desk.listening = true
    for (const address of desk.waiting.splice(0)) this.#ask(window, address)
  }

  #ask(window: BrowserWindow, address: string): void {
    const desk = this.#desks.get(window.webContents.id)
    if (!desk?.listening) desk?.waiting.push(address)
    else window.webContents.send('galley:push', { event: 'navigate', data: { address } })
  }

  #follow(window: BrowserWindow): void {
    const { id } = window.webContents
    const desk = { listening: false, waiting: [] as string[] }
    this.#desks.set(id, desk)
    // After a reload nothing is listening until the desk is drawn again.
    window.webContents.on('did-navigate', () => {
      desk.listening = false
    })
    window.once('closed', () => {
      this.#desks.delete(id)
      this.#closing.delete(window)
    })
  }

  /** A page that crashes is reopened where it was; a person decides about one that hangs. */
  #outlive(window: BrowserWindow): void {
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      if (reason === 'clean-exit' || this.letGo || this.#closing.has(window)) return
      this.#options.log(`a window was lost: ${reason} ${exitCode ?? ''}`.trim())
      void this.#replace(window)
    })
    const answered = { stop: new AbortController() }
    window.on('unresponsive', () => {
      answered.stop = new AbortController()
      const { signal } = answered.stop
      const { message, detail, wait, again } = language.menu.hangs
      void dialog
        .showMessageBox(window, { type: 'warning', message, detail, buttons: [wait, again], cancelId: 0, signal })
        .then(({ response }) => {
          if (response === 1 && !signal.aborted && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer()
        })
    })
    window.on('responsive', () => answered.stop.abort())
  }

  async #replace(window: BrowserWindow): Promise<void> {
    const now = Date.now()
    this.#lost = [...this.#lost.filter((at) => now - at < 60_000), now]
    const tooMany = this.#lost.length > TOO_MANY
    const url = window.webContents.getURL()
    const address = isOurs(url, this.#options.devServer) ? new URL(url).pathname : '/'
    // The new window opens first: closing the last one would quit the app.
    const { message, detail, again, end } = language.menu.lost
    if (tooMany) {
      const { response } = await dialog.showMessageBox({
        type: 'error',
        message,
        detail,
        buttons: [again, end],
        cancelId: 1
      })
      if (response === 1) {
        this.letGo = true
        app.quit()
        return
      }
    }
    const opened = this.open(tooMany ? '/' : address, ['/say/lost'])
    window.destroy()
    await opened
  }

  #rememberAndFlush(window: BrowserWindow): void {
    window.on('close', (event) => {
      writeWindowState(this.#stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() })
      if (this.letGo) return
      event.preventDefault()
      if (this.#closing.has(window)) return
      this.#closing.add(window)
      void this.#options.sessions.lastWords().finally(() => window.destroy())
    })
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}
