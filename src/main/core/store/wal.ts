import { readFileSync, writeFileSync } from 'node:fs'

/**
 * What a write-ahead log holds. SQLite reads it up to the first frame whose checksum is wrong and forgets the rest in
 * silence, saves that were acknowledged included. A power cut may tear the last transaction, which is harmless: it was
 * not acknowledged. A broken frame with a whole transaction behind its own is something else, for each was on disk
 * before the next began: the file was damaged. Format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 */
export interface WalState {
  readonly frames: number
  /** Frames that are not what was written although later transactions are. */
  readonly broken: readonly number[]
  readonly headerBroken: boolean
}

const HEADER = 32
const FRAME_HEADER = 24

export function inspectWal(bytes: Uint8Array): WalState | null {
  const wal = open(bytes)
  if (!wal) return null
  const bad: number[] = []
  let lastWhole = -1
  let sum = wal.seed
  for (let frame = 0; frame < wal.frames; frame++) {
    const stored = storedSum(wal, frame)
    if (isCurrent(wal, frame) && equal(frameSum(wal, frame, sum), stored)) lastWhole = frame
    else bad.push(frame)
    // The next frame was summed up from this one's sum as it was written.
    sum = stored
  }
  const commits = Array.from({ length: lastWhole + 1 }, (_, frame) => frame).filter((frame) => isCommit(wal, frame))
  const acknowledged = commits.at(-2) ?? -1
  const broken = bad.filter((frame) => frame <= acknowledged)
  return { frames: lastWhole + 1, broken, headerBroken: wal.headerBroken && lastWhole >= 0 }
}

/**
 * Writes the checksums anew so that SQLite reads past broken frames. What is broken inside them is then for the checks
 * on pages and rows to find. The caller keeps a copy of the file as it was.
 */
export function mendWal(file: string): void {
  const bytes = new Uint8Array(readFileSync(file))
  const wal = open(bytes)
  const state = inspectWal(bytes)
  if (!wal || !state) return
  const { view, salt1, salt2 } = wal
  view.setUint32(0, 0x377f0682)
  view.setUint32(4, 3_007_000)
  view.setUint32(8, wal.pageSize)
  view.setUint32(16, salt1)
  view.setUint32(20, salt2)
  let sum = checksum(view, 0, 24, [0, 0])
  view.setUint32(24, sum[0])
  view.setUint32(28, sum[1])
  for (let frame = 0; frame < state.frames; frame++) {
    const at = HEADER + frame * (FRAME_HEADER + wal.pageSize)
    view.setUint32(at + 8, salt1)
    view.setUint32(at + 12, salt2)
    sum = frameSum({ ...wal, littleEndian: true }, frame, sum)
    view.setUint32(at + 16, sum[0])
    view.setUint32(at + 20, sum[1])
  }
  writeFileSync(file, bytes.subarray(0, HEADER + state.frames * (FRAME_HEADER + wal.pageSize)))
}

type Sum = readonly [number, number]

interface Wal {
  readonly view: DataView
  readonly pageSize: number
  readonly frames: number
  readonly littleEndian: boolean
  readonly salt1: number
  readonly salt2: number
  /** The checksum the first frame goes on from. */
  readonly seed: Sum
  readonly headerBroken: boolean
}

function open(bytes: Uint8Array): Wal | null {
  if (bytes.byteLength < HEADER + FRAME_HEADER + 512) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const magic = view.getUint32(0)
  const littleEndian = magic !== 0x377f0683
  const named = view.getUint32(8)
  const stored: Sum = [view.getUint32(24), view.getUint32(28)]
  const headerWhole =
    (magic === 0x377f0682 || magic === 0x377f0683) &&
    isPageSize(named) &&
    equal(checksum(view, 0, 24, [0, 0], littleEndian), stored)
  // Galley's pages are of 4096 bytes; a header that cannot be read says nothing better.
  const pageSize = headerWhole ? named : 4096
  const frames = Math.floor((bytes.byteLength - HEADER) / (FRAME_HEADER + pageSize))
  if (frames < 1) return null
  const common = { view, pageSize, littleEndian }
  if (headerWhole) {
    const salt1 = view.getUint32(16)
    const salt2 = view.getUint32(20)
    let last = frames
    while (last > 0 && !hasSalts(view, pageSize, last - 1, salt1, salt2)) last -= 1
    return { ...common, frames: last, salt1, salt2, seed: stored, headerBroken: false }
  }
  const salt1 = view.getUint32(HEADER + 8)
  const salt2 = view.getUint32(HEADER + 12)
  let last = frames
  while (last > 0 && !hasSalts(view, pageSize, last - 1, salt1, salt2)) last -= 1
  return { ...common, frames: last, salt1, salt2, seed: stored, headerBroken: true }
}

function isPageSize(size: number): boolean {
  return size >= 512 && size <= 65_536 && (size & (size - 1)) === 0
}

function hasSalts(view: DataView, pageSize: number, frame: number, salt1: number, salt2: number): boolean {
  const at = HEADER + frame * (FRAME_HEADER + pageSize)
  return view.getUint32(at + 8) === salt1 && view.getUint32(at + 12) === salt2
}

/** The last frame of a transaction names the size of the database after it. */
function isCommit({ view, pageSize }: Wal, frame: number): boolean {
  return view.getUint32(HEADER + frame * (FRAME_HEADER + pageSize) + 4) !== 0
}

function isCurrent(wal: Wal, frame: number): boolean {
  return hasSalts(wal.view, wal.pageSize, frame, wal.salt1, wal.salt2)
}

function storedSum({ view, pageSize }: Wal, frame: number): Sum {
  const at = HEADER + frame * (FRAME_HEADER + pageSize)
  return [view.getUint32(at + 16), view.getUint32(at + 20)]
}

function frameSum({ view, pageSize, littleEndian }: Wal, frame: number, from: Sum): Sum {
  const at = HEADER + frame * (FRAME_HEADER + pageSize)
  return checksum(
    view,
    at + FRAME_HEADER,
    at + FRAME_HEADER + pageSize,
    checksum(view, at, at + 8, from, littleEndian),
    littleEndian
  )
}

function checksum(view: DataView, from: number, to: number, [start1, start2]: Sum, littleEndian = true): Sum {
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
