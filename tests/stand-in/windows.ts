import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { app, browser } from './app.ts'
import type { DevTools, Json } from './chromium.ts'
import { bridgeEnd, codec, preloadWorld, refuseWindows, showBodies } from './in-page.ts'
import { ipcMain } from './ipc.ts'
import { answerFor, fromLocal, toLocal } from './protocol.ts'
import { session } from './session.ts'
import { Stoppable, strict, strictEmitter } from './strict.ts'

const WORLD = 'electron-preload'
const { pack, unpack } = codec()

interface WindowOptions {
  readonly width?: number
  readonly height?: number
  readonly x?: number
  readonly y?: number
  readonly show?: boolean
  readonly title?: string
  readonly webPreferences?: {
    readonly preload?: string
    readonly contextIsolation?: boolean
    readonly sandbox?: boolean
    readonly nodeIntegration?: boolean
    readonly [key: string]: unknown
  }
}

/** An event of a navigation, with the address on it as Electron has it. */
class NavigationEvent extends Stoppable {
  readonly url: string
  readonly isMainFrame: boolean

  constructor(url: string, isMainFrame: boolean) {
    super()
    this.url = url
    this.isMainFrame = isMainFrame
  }
}

export class WebContents extends strictEmitter('webContents') {
  static readonly all: WebContents[] = []
  readonly id = WebContents.all.push(this)
  readonly session = session.defaultSession
  targetId = ''
  readonly #owner: BrowserWindow
  readonly #ready: Promise<void>
  readonly #secret = `s${randomBytes(9).toString('hex')}`
  #devTools!: DevTools
  #sessionId = ''
  #mainFrame = ''
  #preloadContext = 0
  #url = ''
  /** Where the main process itself is sending the page; such a navigation is nobody's to stop. */
  #sentTo = ''
  #openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })

  constructor(owner: BrowserWindow, options: WindowOptions) {
    super()
    this.#owner = owner
    this.#ready = this.#attach(options)
  }

  getURL(): string {
    return this.#url
  }
  isDestroyed(): boolean {
    return this.#owner.isDestroyed()
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.#openHandler = handler
  }
  send(channel: string, ...args: unknown[]): void {
    void this.#deliver({ kind: 'event', channel, args }, this.#preloadContext)
  }
  replaceMisspelling(): void {}
  /** The page dies as by a fault of its own. */
  forcefullyCrashRenderer(): void {
    void this.#send('Page.crash').catch(() => undefined)
  }
  close(): void {
    this.#owner.close()
  }

  async load(url: string): Promise<void> {
    await this.#ready
    const loaded = new Promise<void>((resolve) => {
      this.once('did-finish-load', () => resolve())
    })
    this.#sentTo = url
    const { errorText } = await this.#send('Page.navigate', { url: toLocal(url) })
    if (errorText) throw new Error(`${errorText} loading '${url}'`)
    await loaded
  }

  async closeTarget(): Promise<void> {
    await this.#ready
    await this.#devTools.send('Target.closeTarget', { targetId: this.targetId }).catch(() => undefined)
  }

  async #attach({ width = 800, height = 600, webPreferences = {} }: WindowOptions): Promise<void> {
    if (
      webPreferences.contextIsolation === false ||
      webPreferences.sandbox === false ||
      webPreferences.nodeIntegration
    ) {
      throw new Error('The Electron stand-in has only sandboxed, isolated pages without Node')
    }
    this.#devTools = await browser()
    const created = await this.#devTools.send('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      width,
      height
    })
    this.targetId = String(created['targetId'])
    const attached = await this.#devTools.send('Target.attachToTarget', { targetId: this.targetId, flatten: true })
    this.#sessionId = String(attached['sessionId'])
    this.#devTools.on(this.#sessionId, (method: string, params: Json) => this.#onEvent(method, params))
    await this.#send('Page.enable')
    await this.#send('Runtime.enable')
    this.#mainFrame = String((await this.#send('Page.getFrameTree'))['frameTree'].frame.id)
    await this.#send('Runtime.addBinding', { name: `${this.#secret}Send`, executionContextName: WORLD })
    await this.#send('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
    if (webPreferences.preload) await this.#addPreload(webPreferences.preload)
  }

  async #addPreload(preload: string): Promise<void> {
    const secret = JSON.stringify(this.#secret)
    await this.#send('Page.addScriptToEvaluateOnNewDocument', {
      source: `if (window === top) { (${bridgeEnd.toString()})('page', 'preload', ${secret}); (${refuseWindows.toString()})(${secret}); (${showBodies.toString()})() }`
    })
    await this.#send('Page.addScriptToEvaluateOnNewDocument', {
      worldName: WORLD,
      source: `if (window === top) {
        const world = (${preloadWorld.toString()})(${secret}, ${bridgeEnd.toString()}, ${codec.toString()});
        const module = { exports: {} };
        (function (require, process, module, exports) {${readFileSync(preload, 'utf8')}\n})(world.require, { platform: ${JSON.stringify(process.platform)}, contextIsolated: true, sandboxed: true, type: 'renderer', env: {} }, module, module.exports);
      }\n//# sourceURL=${pathToFileURL(preload).href}`
    })
  }

  #send(method: string, params: Json = {}): Promise<Json> {
    return this.#devTools.send(method, params, this.#sessionId)
  }

  #onEvent(method: string, params: Json): void {
    switch (method) {
      case 'Runtime.executionContextCreated':
        if (params['context'].name === WORLD && params['context'].auxData?.frameId === this.#mainFrame)
          this.#preloadContext = Number(params['context'].id)
        break
      case 'Runtime.bindingCalled':
        if (params['name'] === `${this.#secret}Send`)
          void this.#onMessage(unpack(String(params['payload'])) as Json, Number(params['executionContextId']))
        break
      case 'Page.domContentEventFired':
        this.emit('dom-ready', {})
        this.#owner.emit('ready-to-show')
        break
      case 'Page.loadEventFired':
        this.emit('did-finish-load', {})
        break
      case 'Page.frameNavigated':
        if (params['frame'].parentId) break
        this.#url = fromLocal(String(params['frame'].url))
        if (this.#url !== 'about:blank') this.emit('did-navigate', {}, this.#url)
        break
      case 'Page.navigatedWithinDocument':
        if (params['frameId'] === this.#mainFrame) this.#url = fromLocal(String(params['url']))
        break
      case 'Fetch.requestPaused':
        void this.#onRequest(params)
        break
      case 'Inspector.targetCrashed':
        this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 })
        break
      case 'Inspector.detached':
        this.#owner.gone()
        break
    }
  }

  /**
   * Everything a page asks for passes here: its navigations can be stopped, its own scheme is answered, the network is
   * not there.
   */
  async #onRequest({ requestId, request, resourceType, frameId }: Json): Promise<void> {
    const url = fromLocal(String(request.url))
    const fail = (errorReason: string): Promise<unknown> =>
      this.#send('Fetch.failRequest', { requestId, errorReason }).catch(() => undefined)
    if (resourceType === 'Document' && !this.#mayNavigate(url, frameId === this.#mainFrame))
      return void (await fail('Aborted'))
    const handler = answerFor(url)
    if (!handler)
      return void (await (/^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(url)
        ? this.#send('Fetch.continueRequest', { requestId }).catch(() => undefined)
        : fail('InternetDisconnected')))
    try {
      const response = await handler(
        new Request(url, {
          method: String(request.method),
          headers: Object.entries(request.headers as Record<string, string>).map(([name, value]): [string, string] => [
            name,
            name.toLowerCase() === 'origin' ? fromLocal(value) : value
          ]),
          ...(request.hasPostData && { body: bodyOf(request.postDataEntries) })
        })
      )
      await this.#send('Fetch.fulfillRequest', {
        requestId,
        responseCode: response.status,
        responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
        body: Buffer.from(await response.arrayBuffer()).toString('base64')
      })
    } catch {
      await fail('Failed')
    }
  }

  #mayNavigate(url: string, isMainFrame: boolean): boolean {
    if (isMainFrame && (url === this.#sentTo || url === this.#url)) {
      this.#sentTo = ''
      return true
    }
    const event = new NavigationEvent(url, isMainFrame)
    this.emit('will-frame-navigate', event)
    if (isMainFrame) this.emit('will-navigate', event, url)
    return !event.stopped
  }

  async #onMessage(message: Json, context: number): Promise<void> {
    if (message['kind'] === 'open') {
      if (this.#openHandler({ url: String(message['url']) }).action !== 'deny')
        throw new Error('The Electron stand-in opens no windows for pages; the app should deny them')
      return
    }
    const event = { sender: this, senderFrame: { url: this.#url, parent: null }, processId: 0, frameId: 0 }
    const answer = await ipcMain.answer(String(message['channel']), event, message['args'] as unknown[])
    await this.#deliver({ kind: 'reply', id: message['id'], ...answer }, context)
  }

  async #deliver(message: object, contextId: number): Promise<void> {
    if (!contextId || this.isDestroyed()) return
    await this.#send('Runtime.evaluate', {
      contextId,
      expression: `${this.#secret}Receive(${JSON.stringify(pack(message))})`
    }).catch(() => undefined)
  }
}

export const webContents = strict('webContents', {
  getAllWebContents: () => WebContents.all.filter((contents) => !contents.isDestroyed()),
  fromId: (id: number) => WebContents.all[id - 1],
  fromDevToolsTargetId: (targetId: string) => WebContents.all.find((contents) => contents.targetId === targetId)
})

export class BrowserWindow extends strictEmitter('BrowserWindow') {
  static readonly #all: BrowserWindow[] = []
  static #focused: BrowserWindow | null = null
  readonly id = BrowserWindow.#all.push(this)
  readonly webContents: WebContents
  readonly options: WindowOptions
  #destroyed = false
  #visible: boolean
  #maximized = false
  #minimized = false
  readonly #bounds: { x: number; y: number; width: number; height: number }

  static getAllWindows(): BrowserWindow[] {
    return BrowserWindow.#all.filter((window) => !window.isDestroyed())
  }
  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.#all.find((window) => window.webContents === contents) ?? null
  }
  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.#focused?.isDestroyed() ? null : BrowserWindow.#focused
  }

  constructor(options: WindowOptions = {}) {
    super()
    this.options = options
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 }
    this.#visible = options.show !== false
    this.webContents = new WebContents(this, options)
    app.emit('web-contents-created', {}, this.webContents)
    app.emit('browser-window-created', {}, this)
    BrowserWindow.#focused = this
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.load(url)
  }
  isDestroyed(): boolean {
    return this.#destroyed
  }
  show(): void {
    this.#visible = true
  }
  isVisible(): boolean {
    return this.#visible
  }
  focus(): void {
    BrowserWindow.#focused = this
  }
  restore(): void {
    this.#minimized = false
  }
  minimize(): void {
    this.#minimized = true
  }
  isMinimized(): boolean {
    return this.#minimized
  }
  maximize(): void {
    this.#maximized = true
  }
  isMaximized(): boolean {
    return this.#maximized
  }
  getBounds(): object {
    return { ...this.#bounds }
  }
  getNormalBounds(): object {
    return { ...this.#bounds }
  }

  close(): void {
    if (this.#destroyed) return
    const event = new Stoppable()
    this.emit('close', event)
    if (!event.stopped) this.destroy()
  }

  destroy(): void {
    if (this.#destroyed) return
    void this.webContents.closeTarget()
    this.gone()
  }

  /** The page is gone, by whosever hand. */
  gone(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    this.webContents.emit('destroyed')
    this.emit('closed')
    if (BrowserWindow.getAllWindows().length > 0) return
    setImmediate(() => {
      if (!app.emit('window-all-closed')) app.quit()
    })
  }
}

app.windows = () => BrowserWindow.getAllWindows()

/** What a page posted, as bytes. */
function bodyOf(entries: unknown): Uint8Array<ArrayBuffer> {
  const parts = (entries as { bytes?: string }[] | undefined) ?? []
  return new Uint8Array(Buffer.concat(parts.map(({ bytes = '' }) => Buffer.from(bytes, 'base64'))))
}
