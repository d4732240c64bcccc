import { closeSync, fdatasync, fdatasyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from './files.ts'

/**
 * What a library knows about its write-ahead log and its last saves, in a small file beside the database. SQLite itself
 * cannot tell a log that was deleted, cut short or replaced from one that never held more; the mark can. It is written
 * after each commit without syncing, so it is exact after a kill; it is synced when the library opens and when the log
 * restarts, so after a power cut it may be behind the log but never ahead of it.
 */
export interface Mark {
  /**
   * `open`: the log with these salts, or the one after it, must be there. `closed`: the database holds everything.
   * `starting`: a log may have appeared or gone since, so nothing can be concluded.
   */
  readonly state: (typeof STATES)[number]
  readonly position: LogPosition
  /** The last saves by story, at most `RECORDS` of them. */
  readonly stories: ReadonlyMap<string, SavedStory>
}

/** A position in a log: the salts, which identify the log, and how many of its frames are committed. */
export interface LogPosition {
  readonly salt1: number
  readonly salt2: number
  readonly frames: number
}

export interface SavedStory {
  readonly revision: number
  /** Milliseconds since 1970, UTC. */
  readonly savedAt: number
}

const NAME = 'galley.mark'
const STATES = ['starting', 'open', 'closed'] as const
const MAGIC = 0x474d524b
/**
 * Two headers, written alternately, so that if a power cut tears one the other remains; then the saves. All fields are
 * big-endian.
 */
const HEADER = 64
const TABLE = 2 * HEADER
const RECORD = 32
const RECORDS = 1000
/** During a run of saves the mark is synced at least this often, in milliseconds. */
const SYNC_EVERY = 10_000

/** Null if there is none, as in a library of an earlier Galley, or if it cannot be read. */
export function readMark(folder: string): Mark | null {
  let bytes: Buffer
  try {
    bytes = readFileSync(join(folder, NAME))
  } catch {
    return null
  }
  const headers = [0, HEADER].flatMap((at) => readHeader(bytes, at) ?? [])
  const newest = headers.toSorted((a, b) => b.counter - a.counter)[0]
  if (!newest) return null
  const stories = new Map<string, SavedStory>()
  for (let at = TABLE; at + RECORD <= bytes.length; at += RECORD) {
    if (bytes.readUInt32BE(at + 28) !== sumOf(bytes, at, at + 28)) continue
    const hex = bytes.toString('hex', at, at + 16)
    const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
    stories.set(id, { revision: bytes.readUInt32BE(at + 16), savedAt: bytes.readDoubleBE(at + 20) })
  }
  return { state: newest.state, position: newest.position, stories }
}

/**
 * Maintains the mark of a library open for writing. Once it is open, nothing here throws: a mark that cannot be written
 * is deleted.
 */
export class LogMark {
  readonly #file: string
  #handle: number | null
  #counter = 1
  #position: LogPosition = { salt1: 0, salt2: 0, frames: 0 }
  #synced = performance.now()
  /** The slot of each story's record, least recently written first. */
  readonly #slots = new Map<string, number>()

  private constructor(file: string, handle: number, slots: Iterable<string>) {
    this.#file = file
    this.#handle = handle
    for (const id of slots) this.#slots.set(id, this.#slots.size)
  }

  /** Starts a new mark in the state `starting`, with the known saves. Throws what the file system throws. */
  static begin(folder: string, stories: Iterable<readonly [string, SavedStory]>): LogMark {
    const file = join(folder, NAME)
    const kept = [...stories].toSorted(([, a], [, b]) => a.savedAt - b.savedAt).slice(-RECORDS)
    const bytes = Buffer.alloc(TABLE + RECORDS * RECORD)
    putHeader(bytes, HEADER, 1, 'starting', { salt1: 0, salt2: 0, frames: 0 })
    for (const [at, [id, saved]] of kept.entries()) putRecord(bytes, TABLE + at * RECORD, id, saved)
    writeWhole(file, bytes)
    return new LogMark(
      file,
      openSync(file, 'r+'),
      kept.map(([id]) => id)
    )
  }

  /** True if the last recorded log has these salts. */
  isOf({ salt1, salt2 }: Omit<LogPosition, 'frames'>): boolean {
    return salt1 === this.#position.salt1 && salt2 === this.#position.salt2
  }

  /** Records that a transaction saving these stories was committed and that the log is now at `position`. */
  committed(position: LogPosition, saves: readonly (readonly [string, SavedStory])[]): void {
    const restarted = position.salt1 !== this.#position.salt1 || position.salt2 !== this.#position.salt2
    this.#guarded((handle) => {
      for (const [id, saved] of saves) {
        const bytes = Buffer.alloc(RECORD)
        putRecord(bytes, 0, id, saved)
        writeSync(handle, bytes, 0, RECORD, TABLE + this.#slotOf(id) * RECORD)
      }
      this.#position = position
      this.#write(handle, 'open')
      if (restarted) this.#sync(handle)
      else if (performance.now() - this.#synced > SYNC_EVERY) {
        this.#synced = performance.now()
        fdatasync(handle, () => undefined)
      }
    })
  }

  /** Records the last save of a story, or removes it. */
  set(id: string, saved: SavedStory | null): void {
    this.#guarded((handle) => {
      const bytes = Buffer.alloc(RECORD)
      if (saved) putRecord(bytes, 0, id, saved)
      writeSync(handle, bytes, 0, RECORD, TABLE + this.#slotOf(id) * RECORD)
    })
  }

  /** The connection is about to close, and the log may go with it. */
  unsure(): void {
    this.#guarded((handle) => this.#write(handle, 'starting'))
  }

  /** Everything in the log is in the database and synced; the log may be deleted. */
  folded(): void {
    this.#guarded((handle) => {
      this.#write(handle, 'closed')
      this.#sync(handle)
    })
  }

  close(): void {
    const handle = this.#handle
    this.#handle = null
    if (handle !== null) closeSync(handle)
  }

  #slotOf(id: string): number {
    let slot = this.#slots.get(id)
    if (slot === undefined) {
      const [oldest] = this.#slots
      if (this.#slots.size < RECORDS || !oldest) slot = this.#slots.size
      else {
        slot = oldest[1]
        this.#slots.delete(oldest[0])
      }
    } else this.#slots.delete(id)
    this.#slots.set(id, slot)
    return slot
  }

  #write(handle: number, state: Mark['state']): void {
    const bytes = Buffer.alloc(HEADER)
    putHeader(bytes, 0, ++this.#counter, state, this.#position)
    writeSync(handle, bytes, 0, HEADER, (this.#counter % 2) * HEADER)
  }

  #sync(handle: number): void {
    this.#synced = performance.now()
    fdatasyncSync(handle)
  }

  /** An outdated mark would make the library's own log look foreign, so a mark that cannot be written is deleted. */
  #guarded(body: (handle: number) => void): void {
    if (this.#handle === null) return
    try {
      body(this.#handle)
    } catch {
      this.close()
      try {
        rmSync(this.#file, { force: true })
      } catch {
        // The disk accepts nothing at all; the next start will report what it finds.
      }
    }
  }
}

function readHeader(
  bytes: Buffer,
  at: number
): { counter: number; state: Mark['state']; position: LogPosition } | null {
  if (
    bytes.length < at + HEADER ||
    bytes.readUInt32BE(at) !== MAGIC ||
    bytes.readUInt32BE(at + 60) !== sumOf(bytes, at, at + 60)
  )
    return null
  const state = STATES[bytes.readUInt32BE(at + 8)]
  if (!state) return null
  const position = {
    salt1: bytes.readUInt32BE(at + 12),
    salt2: bytes.readUInt32BE(at + 16),
    frames: bytes.readUInt32BE(at + 20)
  }
  return { counter: bytes.readUInt32BE(at + 4), state, position }
}

function putHeader(
  bytes: Buffer,
  at: number,
  counter: number,
  state: Mark['state'],
  { salt1, salt2, frames }: LogPosition
): void {
  for (const [n, value] of [MAGIC, counter, STATES.indexOf(state), salt1, salt2, frames].entries())
    bytes.writeUInt32BE(value, at + n * 4)
  bytes.writeUInt32BE(sumOf(bytes, at, at + 60), at + 60)
}

function putRecord(bytes: Buffer, at: number, id: string, { revision, savedAt }: SavedStory): void {
  bytes.write(id.replaceAll('-', ''), at, 16, 'hex')
  bytes.writeUInt32BE(revision, at + 16)
  bytes.writeDoubleBE(savedAt, at + 20)
  bytes.writeUInt32BE(sumOf(bytes, at, at + 28), at + 28)
}

/** FNV-1a, 32 bits; never 0, so that bytes never written do not pass as a record. */
function sumOf(bytes: Buffer, from: number, to: number): number {
  let sum = 0x811c9dc5
  for (let at = from; at < to; at++) sum = Math.imul(sum ^ (bytes[at] ?? 0), 0x01000193)
  return sum >>> 0 || 1
}
