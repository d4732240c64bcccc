import { join } from 'node:path'
import { app, BrowserWindow, dialog, screen } from 'electron'
import { language } from '../language.ts'
import type { Sessions } from '../sessions.ts'
import { PAGE, isOurs } from './page-address.ts'
import { readWindowState, writeWindowState } from './window-state.ts'

export interface WindowsOptions {
  readonly sessions: Sessions
  /** Path of the built preload. */
  readonly preload: string
  readonly devServer?: string | undefined
  /** The colour of the desk, for the moment before it is drawn. */
  readonly background: () => string
  readonly log: (line: string) => void
  /** Told of each new window before it loads anything. */
  readonly onOpen: (window: BrowserWindow) => void
}

/** Addresses that ask the desk to do something; nothing that could be loaded. */
const ASKS = /^\/(?:command|edit|open|say)\//

/** So many windows lost within a minute, and opening the next one would not help. */
const TOO_MANY = 3

/** The app's windows: made alike, each closing only after its last words are on disk. */
export class Windows {
  /** True once the app is on its way out and the last words are safe: windows close at once. */
  letGo = false
  readonly #options: WindowsOptions
  readonly #stateFile = join(app.getPath('userData'), 'window.json')
  /** By the id of its contents: whether the desk hears, and what it is to be asked as soon as it does. */
  readonly #desks = new Map<number, { listening: boolean; waiting: string[] }>()
  readonly #closing = new Set<BrowserWindow>()
  #lost: number[] = []

  constructor(options: WindowsOptions) {
    this.#options = options
  }

  /**
   * A new window at an address; one that asks for something is asked of a desk that has just opened, and so is whatever
   * else it is to be asked.
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
        // The Mac has a dictionary of its own; elsewhere Electron would fetch one from a server of Google's.
        spellcheck: process.platform === 'darwin'
      }
    })
    if (state?.maximized) window.maximize()
    window.once('ready-to-show', () => window.show())
    // A page that cannot be had must not leave a window that nobody sees.
    window.webContents.once('did-fail-load', () => window.show())
    this.#follow(window)
    this.#rememberAndFlush(window)
    this.#outlive(window)
    this.#options.onOpen(window)
    const asks = ASKS.test(address)
    for (const each of asks ? [address, ...asked] : asked) this.#ask(window, each)
    // One that is closed or lost while it loads rejects; whoever asked for a window has nothing to do about it.
    await window
      .loadURL(`${this.#options.devServer ?? PAGE}${asks ? '/' : address}`)
      .catch((error: unknown) => this.#options.log(`a window did not load: ${codeOf(error)}`))
  }

  /** Shows an address in the window in front, or in a new one. */
  async show(address: string | null): Promise<void> {
    const usable = (window: BrowserWindow | null): boolean => window !== null && !this.#closing.has(window)
    const window = [BrowserWindow.getFocusedWindow(), ...BrowserWindow.getAllWindows()].find(usable)
    if (!window) return this.open(address ?? '/')
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
    if (address) this.#ask(window, address)
  }

  /** The desk in this window hears from now on: it is asked what has been waiting, in order. */
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
    // A reload is deaf until its desk is drawn again.
    window.webContents.on('did-navigate', () => {
      desk.listening = false
    })
    window.once('closed', () => {
      this.#desks.delete(id)
      this.#closing.delete(window)
    })
  }

  /** A page that dies is opened again where it was; one that hangs is the person's to decide about. */
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
    // The new window first: closing the last one would end the app.
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
