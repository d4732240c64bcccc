import { join } from 'node:path'
import { app, BrowserWindow, screen } from 'electron'
import type { Sessions } from '../sessions.ts'
import { PAGE } from './page-address.ts'
import { readWindowState, writeWindowState } from './window-state.ts'

export interface WindowsOptions {
  readonly sessions: Sessions
  /** Path of the built preload. */
  readonly preload: string
  readonly devServer?: string | undefined
}

/** The app's windows: made alike, each closing only after its last words are on disk. */
export class Windows {
  /** True once the app is on its way out and the last words are safe: windows close at once. */
  letGo = false
  readonly #options: WindowsOptions
  readonly #stateFile = join(app.getPath('userData'), 'window.json')

  constructor(options: WindowsOptions) {
    this.#options = options
  }

  async open(address = '/'): Promise<void> {
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
      title: 'Galley',
      webPreferences: {
        preload: this.#options.preload,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: true
      }
    })
    if (state?.maximized) window.maximize()
    window.once('ready-to-show', () => window.show())
    this.#rememberAndFlush(window)
    await window.loadURL(`${this.#options.devServer ?? PAGE}${address}`)
  }

  /** Shows an address in the window in front, or in a new one. */
  async show(address: string | null): Promise<void> {
    const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
    if (!window) return this.open(address ?? '/')
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
    if (address) window.webContents.send('galley:push', { event: 'navigate', data: { address } })
  }

  #rememberAndFlush(window: BrowserWindow): void {
    let closing = false
    window.on('close', (event) => {
      writeWindowState(this.#stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() })
      if (this.letGo) return
      event.preventDefault()
      if (closing) return
      closing = true
      void this.#options.sessions.lastWords().finally(() => window.destroy())
    })
  }
}
