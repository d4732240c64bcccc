import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from './app.ts'
import { strict } from './strict.ts'

/* What the system would do: recorded, or answered as a test has said. */

const asked: { kind: string; options: unknown }[] = []
const answers: unknown[] = []

/** A dialog nobody has queued an answer for is a failure, not a wait for ever. */
async function ask(kind: string, args: unknown[]): Promise<unknown> {
  const options = args.at(-1)
  asked.push({ kind, options })
  if (answers.length === 0)
    throw new Error(`The Electron stand-in was asked for ${kind} and has no answer queued: ${JSON.stringify(options)}`)
  return answers.shift()
}

export const dialog = strict('dialog', {
  showOpenDialog: (...args: unknown[]) => ask('showOpenDialog', args),
  showSaveDialog: (...args: unknown[]) => ask('showSaveDialog', args),
  showMessageBox: (...args: unknown[]) => ask('showMessageBox', args),
  showErrorBox(title: string, content: string): void {
    asked.push({ kind: 'showErrorBox', options: { title, content } })
    process.stderr.write(`${title}: ${content}\n`)
  },
  standInAsked: asked,
  standInAnswer: (...given: unknown[]) => answers.push(...given)
})

const opened: string[] = []
export const shell = strict('shell', {
  async openExternal(url: string): Promise<void> {
    opened.push(url)
  },
  async openPath(path: string): Promise<string> {
    opened.push(path)
    return existsSync(path) ? '' : 'Failed to open path'
  },
  showItemInFolder(path: string): void {
    opened.push(path)
  },
  standInOpened: opened
})

export class Notification extends EventEmitter {
  static readonly standInShown: Notification[] = []
  readonly title: string
  readonly body: string

  constructor(options: { title: string; body: string }) {
    super()
    this.title = options.title
    this.body = options.body
  }
  static isSupported(): boolean {
    return true
  }
  show(): void {
    Notification.standInShown.push(this)
  }
}

let copied = ''
export const clipboard = strict('clipboard', {
  writeText(text: string): void {
    copied = text
  },
  readText: () => copied
})

export const nativeTheme = strict('nativeTheme', {
  themeSource: 'system',
  get shouldUseDarkColors(): boolean {
    return this.themeSource === 'dark'
  }
})

export const powerMonitor = strict('powerMonitor', new EventEmitter())

/** A key in the profile instead of the keychain: enough to tell a ciphertext from a text, and no more. */
function key(): Buffer {
  const file = join(app.getPath('userData'), 'stand-in-key')
  if (!existsSync(file)) writeFileSync(file, randomBytes(64))
  return readFileSync(file)
}
function turn(bytes: Buffer): Buffer {
  const with64 = key()
  return Buffer.from(bytes.map((byte, at) => byte ^ (with64[at % with64.length] ?? 0)))
}
export const safeStorage = strict('safeStorage', {
  isAsyncEncryptionAvailable: async () => app.isReady(),
  getSelectedStorageBackend: () =>
    app.isReady() ? (process.env['STAND_IN_KEYCHAIN'] ?? 'gnome_libsecret') : 'unknown',
  encryptStringAsync: async (text: string) => turn(Buffer.from(text)),
  decryptStringAsync: async (encrypted: Buffer) => ({ result: turn(encrypted).toString(), shouldReEncrypt: false })
})

const display = {
  id: 1,
  scaleFactor: 1,
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  workArea: { x: 0, y: 0, width: 1920, height: 1040 }
}
export const screen = strict(
  'screen',
  Object.assign(new EventEmitter(), { getAllDisplays: () => [display], getPrimaryDisplay: () => display })
)
