import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChromium, type DevTools } from './chromium.ts'
import { Stoppable, strictEmitter } from './strict.ts'

interface Closable {
  close(): void
  isDestroyed(): boolean
}

class App extends strictEmitter('app') {
  isPackaged = process.env['STAND_IN_PACKAGED'] === '1'
  name = 'Electron'
  /** Set by the windows module. */
  windows: () => Closable[] = () => []
  readonly #paths = new Map<string, string>()
  readonly #readiness = Promise.withResolvers<void>()
  #version = '0.0.0'
  #root = process.cwd()
  #ready = false
  #gone = false
  #lock: string | null = null

  /** What it is told goes to the Chromium of the windows, which is started once the app is ready. */
  readonly commandLine = {
    appendSwitch: (name: string, value = ''): void => {
      if (this.#ready) throw new Error('app.commandLine.appendSwitch() has no effect once the app is ready')
      this.switches.push(value ? `--${name}=${value}` : `--${name}`)
    }
  }
  readonly switches: string[] = []

  prepare(root: string, args: readonly string[]): void {
    this.#root = root
    const about = join(root, 'package.json')
    if (existsSync(about)) {
      const { productName, name, version } = JSON.parse(readFileSync(about, 'utf8')) as {
        productName?: string
        name?: string
        version?: string
      }
      this.name = productName ?? name ?? this.name
      this.#version = version ?? this.#version
    }
    const given = args.find((argument) => argument.startsWith('--user-data-dir='))?.slice('--user-data-dir='.length)
    const folder = given ?? mkdtempSync(join(tmpdir(), 'galley-stand-in-data-'))
    mkdirSync(folder, { recursive: true })
    this.#paths.set('userData', folder)
    this.#paths.set('home', homedir())
    if (!given) process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  }

  becomeReady(): void {
    this.#ready = true
    this.#readiness.resolve()
    this.emit('ready', {}, {})
  }

  isReady(): boolean {
    return this.#ready
  }
  whenReady(): Promise<void> {
    return this.#readiness.promise
  }
  getName(): string {
    return this.name
  }
  getVersion(): string {
    return this.#version
  }
  getAppPath(): string {
    return this.#root
  }
  enableSandbox(): void {
    if (this.#ready) throw new Error('app.enableSandbox() can only be called before app is ready')
  }
  setAsDefaultProtocolClient(): boolean {
    return true
  }
  focus(): void {}
  setAboutPanelOptions(): void {}
  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`app.setPath: there is no ${path}`)
    this.#paths.set(name, path)
  }

  getPath(name: string): string {
    const path = this.#paths.get(name)
    if (!path) throw new Error(`The Electron stand-in has no path '${name}'`)
    return path
  }

  /** By a folder in the profile, and notes for the holder in it. */
  requestSingleInstanceLock(): boolean {
    const folder = join(this.getPath('userData'), 'instance')
    const holder = join(folder, 'pid')
    if (existsSync(holder) && isAlive(Number(readFileSync(holder, 'utf8')))) {
      writeFileSync(
        join(folder, `note-${process.pid}.json`),
        JSON.stringify({ argv: process.argv, cwd: process.cwd() })
      )
      return false
    }
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    writeFileSync(holder, String(process.pid))
    this.#lock = folder
    const watcher = watch(folder, () => this.#readNotes(folder))
    watcher.unref()
    return true
  }

  #readNotes(folder: string): void {
    for (const name of readdirSync(folder)) {
      if (!name.startsWith('note-')) continue
      try {
        const { argv, cwd } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { argv: string[]; cwd: string }
        rmSync(join(folder, name), { force: true })
        this.emit('second-instance', {}, argv, cwd)
      } catch {
        // Still being written; the next change brings it.
      }
    }
  }

  quit(): void {
    if (this.#gone) return
    const event = new Stoppable()
    this.emit('before-quit', event)
    if (event.stopped) return
    for (const window of this.windows()) {
      window.close()
      if (!window.isDestroyed()) return
    }
    this.emit('will-quit', event)
    if (!event.stopped) this.exit(0)
  }

  exit(code = 0): void {
    if (this.#gone) return
    this.#gone = true
    this.emit('quit', {}, code)
    if (this.#lock) rmSync(this.#lock, { recursive: true, force: true })
    setImmediate(() => process.exit(code))
  }
}

export const app = new App()

let chromium: Promise<DevTools> | null = null

/** The Chromium behind the windows, started once. */
export function browser(): Promise<DevTools> {
  chromium ??= startChromium(app.switches)
  return chromium
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
