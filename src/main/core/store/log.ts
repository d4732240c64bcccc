import type { LogPosition, Mark } from './log-mark.ts'

/**
 * The contents of a write-ahead log. SQLite reads it up to the first frame with a wrong checksum and silently drops the
 * rest, even acknowledged saves. Format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 */
export interface Log {
  readonly pageSize: number
  readonly salt1: number
  readonly salt2: number
  /** The header's checksum holds; otherwise SQLite reads nothing of the log. */
  readonly headerWhole: boolean
  /** Frames SQLite will read: from the first on, as long as they are intact, up to the last that ends a transaction. */
  readonly usable: number
  /** Frames up to the last that carries the log's salts, intact or not. */
  readonly written: number
  /** An acknowledged transaction follows a broken frame: that is damage, not the last write before a power cut. */
  readonly broken: boolean
}

export type LogVerdict =
  /** As it should be. */
  | 'whole'
  /** There is none, and there must be one. */
  | 'missing'
  /** It ends before the last save, or is broken before it. */
  | 'cut'
  /** It cannot be read as a log at all. */
  | 'garbage'
  /** It belongs to another library, or to this one at another time. */
  | 'foreign'

export const LOG_HEADER = 32
export const FRAME_HEADER = 24
const WHOLE_MAGIC = [0x377f0682, 0x377f0683]

/** Compares a log with what its library knows about it. `bytes` is empty if the log is missing. */
export function judgeLog(mark: Mark | null, bytes: Uint8Array): LogVerdict {
  const knows = mark !== null && mark.state !== 'starting'
  if (bytes.byteLength === 0) return knows && mark.state === 'open' ? 'missing' : 'whole'
  const log = readLog(bytes)
  if (!log) return knows && mark.state === 'open' ? 'cut' : 'whole'
  if (!log.headerWhole && mark !== null && isTornRestart(bytes, mark.position)) return 'whole'
  if (!log.headerWhole) return log.written > 0 && (!knows || sameLog(log, mark.position)) ? 'cut' : 'garbage'
  if (!knows) return log.broken ? 'cut' : 'whole'
  const { position, state } = mark
  if (sameLog(log, position)) return state === 'open' && (log.usable < position.frames || log.broken) ? 'cut' : 'whole'
  // SQLite increments the first salt when it restarts a log, and does so only once the database holds everything in the
  // old one.
  if (state === 'open' && log.salt1 === (position.salt1 + 1) >>> 0) return log.broken ? 'cut' : 'whole'
  return 'foreign'
}

/** Null if there are too few bytes for one frame. */
export function readLog(bytes: Uint8Array): Log | null {
  if (bytes.byteLength < LOG_HEADER + FRAME_HEADER + 512) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const magic = view.getUint32(0)
  const littleEndian = magic !== 0x377f0683
  const stored: Sum = [view.getUint32(24), view.getUint32(28)]
  const named = view.getUint32(8)
  const headerWhole =
    WHOLE_MAGIC.includes(magic) && isPageSize(named) && equal(checksum(view, 0, 24, [0, 0], littleEndian), stored)
  // Galley uses pages of 4096 bytes; a header that cannot be read gives no better answer.
  const pageSize = headerWhole ? named : 4096
  const frame = FRAME_HEADER + pageSize
  const count = Math.floor((bytes.byteLength - LOG_HEADER) / frame)
  if (count < 1) return null
  const saltsAt = headerWhole ? 16 : LOG_HEADER + 8
  const salt1 = view.getUint32(saltsAt)
  const salt2 = view.getUint32(saltsAt + 4)

  let sum = stored
  let chain = headerWhole
  let usable = 0
  let written = 0
  let broken = false
  let behindBreak = 0
  for (let n = 0; n < count; n++) {
    const at = LOG_HEADER + n * frame
    const ours = view.getUint32(at + 8) === salt1 && view.getUint32(at + 12) === salt2
    const storedSum: Sum = [view.getUint32(at + 16), view.getUint32(at + 20)]
    const whole =
      ours &&
      equal(
        checksum(view, at + FRAME_HEADER, at + frame, checksum(view, at, at + 8, sum, littleEndian), littleEndian),
        storedSum
      )
    const commits = view.getUint32(at + 4) !== 0
    if (ours) written = n + 1
    if (!whole) chain = false
    if (whole && chain && commits) usable = n + 1
    // Each transaction was on disk before the next began: a second intact one after a break proves that the first was
    // acknowledged.
    if (whole && !chain && commits && ++behindBreak === 2) broken = true
    // Frame checksums are cumulative: the next one continues from the sum stored here.
    sum = storedSum
  }
  return { pageSize, salt1, salt2, headerWhole, usable, written, broken }
}

/** The frames of a log: the page each holds, and where its bytes are. */
export function* logFrames(
  bytes: Uint8Array,
  { pageSize, written }: Log
): Generator<{ page: number; at: number; commits: boolean }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let n = 0; n < written; n++) {
    const at = LOG_HEADER + n * (FRAME_HEADER + pageSize)
    yield { page: view.getUint32(at), at: at + FRAME_HEADER, commits: view.getUint32(at + 4) !== 0 }
  }
}

/**
 * True if the header is that of the next log up to some byte and of the last log from there on, as a power cut leaves
 * it while SQLite restarts a log. It does that only once the database holds all of the last log, so nothing in it is
 * needed.
 */
function isTornRestart(bytes: Uint8Array, last: LogPosition): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, LOG_HEADER)
  const header = (sequence: number, salt1: number, salt2: number): Uint8Array => {
    const made = Uint8Array.from(bytes.subarray(0, LOG_HEADER))
    const fields = new DataView(made.buffer)
    for (const [n, value] of [sequence, salt1, salt2].entries()) fields.setUint32(12 + n * 4, value)
    const sum = checksum(fields, 0, 24, [0, 0], view.getUint32(0) !== 0x377f0683)
    for (const [n, value] of sum.entries()) fields.setUint32(24 + n * 4, value)
    return made
  }
  const sequence = view.getUint32(12)
  for (let cut = 1; cut < LOG_HEADER; cut++) {
    // The position of the cut determines which of the two sequence numbers is there, or what mixture of both.
    for (const before of new Set([sequence, sequence - 1, sequence - 2 ** (8 * Math.max(0, 16 - cut))])) {
      const old = header(before, last.salt1, last.salt2)
      const next = header(before + 1, last.salt1 + 1, view.getUint32(20))
      // The second salt is random, so part of a new one can be anything.
      const isNext = (at: number): boolean => bytes[at] === next[at] || (at >= 20 && at < 24)
      if (bytes.subarray(0, LOG_HEADER).every((byte, at) => (at < cut ? isNext(at) : byte === old[at]))) return true
    }
  }
  return false
}

type Sum = readonly [number, number]

function sameLog(log: Log, position: LogPosition): boolean {
  return log.salt1 === position.salt1 && log.salt2 === position.salt2
}

function isPageSize(size: number): boolean {
  return size >= 512 && size <= 65_536 && (size & (size - 1)) === 0
}

function checksum(view: DataView, from: number, to: number, [start1, start2]: Sum, littleEndian: boolean): Sum {
  let s1 = start1
  let s2 = start2
  for (let at = from; at < to; at += 8) {
    s1 = (s1 + view.getUint32(at, littleEndian) + s2) >>> 0
    s2 = (s2 + view.getUint32(at + 4, littleEndian) + s1) >>> 0
  }
  return [s1, s2]
}

function equal(a: Sum, b: Sum): boolean {
  return a[0] === b[0] && a[1] === b[1]
}
