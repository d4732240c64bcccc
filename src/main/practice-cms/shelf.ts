import { mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { appendFile, mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { sweepTemporary, writeAtomic } from '../core/files/write-atomic.ts'
import { sha256 } from '../core/publishing/targets/canonical-json.ts'

/** A story as the receiver holds it. */
const Held = z.object({
  id: z.uuid(),
  /** Counts up with every accepted version. */
  version: z.int().min(1),
  etag: z.string(),
  contentType: z.string(),
  sha256: z.string(),
  /** The request that made this version. */
  idempotencyKey: z.string(),
  receivedAt: z.iso.datetime({ precision: 3 }),
  payload: z.string()
})
export type Held = z.infer<typeof Held>

/** One accepted PUT of a story; the file of these is what "exactly once" is counted by. */
const LedgerLine = Held.omit({ payload: true, contentType: true })
export type LedgerLine = z.infer<typeof LedgerLine>

/**
 * What the receiver keeps, as plain files in one folder: `articles/<id>.json`, `media/<sha256>`, `ledger.jsonl`. A
 * story is written before its ledger line; a line that a kill swallowed is put in at the next start, from the story
 * itself.
 */
export class Shelf {
  readonly folder: string
  readonly #held = new Map<string, Held>()
  readonly #byKey = new Map<string, LedgerLine>()
  readonly #ledger: LedgerLine[] = []
  readonly #media = new Map<string, string>()

  private constructor(folder: string) {
    this.folder = folder
  }

  static async open(folder: string): Promise<Shelf> {
    for (const name of ['articles', 'media']) mkdirSync(join(folder, name), { recursive: true, mode: 0o700 })
    await Promise.all(['articles', 'media'].map((name) => sweepTemporary(join(folder, name))))
    const shelf = new Shelf(folder)
    const ledger = join(folder, 'ledger.jsonl')
    // A line that a kill tore must not take the next one with it.
    if (/[^\n]$/.test(textOf(ledger))) await appendFile(ledger, '\n')
    for (const line of lines(textOf(ledger))) {
      const parsed = LedgerLine.safeParse(line)
      if (parsed.success) shelf.#remember(parsed.data)
    }
    for (const name of readdirSync(join(folder, 'articles')).filter((file) => /^[0-9a-f-]{36}\.json$/.test(file))) {
      const parsed = Held.safeParse(json(readFileSync(join(folder, 'articles', name), 'utf8')))
      if (!parsed.success || sha256(parsed.data.payload) !== parsed.data.sha256) continue
      shelf.#held.set(parsed.data.id, parsed.data)
      if (!shelf.#byKey.has(parsed.data.idempotencyKey)) await shelf.#enter(parsed.data)
    }
    for (const name of readdirSync(join(folder, 'media'))) {
      const [, id, type] = /^([0-9a-f]{64})\.(\w+)$/.exec(name) ?? []
      if (id && type) shelf.#media.set(id, type)
    }
    return shelf
  }

  /** Newest first. */
  list(): Held[] {
    return [...this.#held.values()].sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1))
  }

  get(id: string): Held | undefined {
    return this.#held.get(id)
  }

  /** The accepted request of that key, however long ago. */
  byKey(key: string): LedgerLine | undefined {
    return this.#byKey.get(key)
  }

  ledger(): readonly LedgerLine[] {
    return this.#ledger
  }

  async put(held: Held): Promise<void> {
    await writeAtomic(join(this.folder, 'articles', `${held.id}.json`), JSON.stringify(held), {
      existing: 'replace',
      mode: 0o600
    })
    // Whoever looks sees it when it is in the ledger, and not before.
    await this.#enter(held)
    this.#held.set(held.id, held)
  }

  hasMedia(id: string): boolean {
    return this.#media.has(id)
  }

  async putMedia(id: string, type: string, bytes: Uint8Array): Promise<void> {
    const extension = EXTENSIONS[type] ?? 'bin'
    await writeAtomic(join(this.folder, 'media', `${id}.${extension}`), bytes, { existing: 'replace', mode: 0o600 })
    this.#media.set(id, extension)
  }

  async media(id: string): Promise<{ type: string; bytes: Uint8Array } | undefined> {
    const extension = this.#media.get(id)
    if (extension === undefined) return undefined
    const type = Object.entries(EXTENSIONS).find(([, name]) => name === extension)?.[0] ?? 'application/octet-stream'
    return { type, bytes: await readFile(join(this.folder, 'media', `${id}.${extension}`)) }
  }

  async #enter({ id, version, etag, sha256: sum, idempotencyKey, receivedAt }: Held): Promise<void> {
    const line: LedgerLine = { id, version, etag, sha256: sum, idempotencyKey, receivedAt }
    const file = join(this.folder, 'ledger.jsonl')
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    await appendFile(file, `${JSON.stringify(line)}\n`, { mode: 0o600 })
    const handle = await open(file, 'r+')
    await handle.sync().finally(() => handle.close())
    this.#remember(line)
  }

  #remember(line: LedgerLine): void {
    this.#ledger.push(line)
    this.#byKey.set(line.idempotencyKey, line)
  }
}

/** Pictures a browser shows and that cannot carry scripts. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif'
}

export function isPictureType(type: string): boolean {
  return type in EXTENSIONS
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** The lines of JSON-lines text that parse; a torn one is none. */
function lines(text: string): unknown[] {
  return text
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [json(line)]))
    .filter((value) => value !== undefined)
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
