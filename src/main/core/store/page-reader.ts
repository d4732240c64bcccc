import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { logFrames, readLog } from './log.ts'

/**
 * Reads the rows of a database without SQLite, from every page that holds rows, whatever refers to it, both in the file
 * and in its log. What makes SQLite give up (a zeroed root, a broken header, an unrecognisable log) does not matter
 * here. It does not know what a row should contain; the checksums in the rows are for that. Format:
 * https://www.sqlite.org/fileformat2.html#b_tree_pages
 */
export type Value = string | number | null | Uint8Array

export interface FoundRow {
  /** Null in a table without rowids and in an index. */
  readonly rowid: number | null
  readonly columns: number
  /** Decodes the row. Throws if its bytes are not a valid row, or too many for this reader. */
  values(): Value[]
}

const INTERIOR_INDEX = 0x02
const LEAF_INDEX = 0x0a
const LEAF_TABLE = 0x0d
/** Bytes. No row of a library is this long: a length above it is damage. */
const LONGEST = 512 * 1024 * 1024

/** One version of a page. It is read on demand, because a whole library would not fit in memory. */
interface Image {
  read(): Buffer | null
  /** The transaction of the log in which it was written; -1 for a page in the file. */
  readonly moment: number
}

export class PageReader {
  readonly pageSize: number
  readonly #file: number | null
  readonly #pages: number
  readonly #log: Uint8Array
  /** The versions of each page in the log: where the bytes are, and in which transaction they were committed. */
  readonly #versions = new Map<number, { at: number; moment: number }[]>()

  /** `log`: the bytes of the log beside the file, empty if there is none. `close` closes the file. */
  constructor(file: string | null, log: Uint8Array = new Uint8Array()) {
    this.#file = openOrNull(file)
    this.#log = log
    const found = readLog(log)
    this.pageSize = this.#sizeInHeader() ?? found?.pageSize ?? 4096
    this.#pages = this.#file === null ? 0 : Math.ceil(fstatSync(this.#file).size / this.pageSize)
    if (found?.pageSize !== this.pageSize) return
    let moment = 0
    for (const { page, at, commits } of logFrames(log, found)) {
      const versions = this.#versions.get(page)
      if (versions) versions.push({ at, moment })
      else this.#versions.set(page, [{ at, moment }])
      if (commits) moment += 1
    }
  }

  /**
   * Every row there is, those in the log first. A row that spans several pages comes twice, once for each way of
   * putting it together.
   */
  *rows(): Generator<FoundRow> {
    for (const [page, versions] of this.#versions) {
      for (const { at, moment } of versions) yield* this.#rowsOf(page, { read: () => this.#logged(at), moment })
    }
    for (let page = 1; page <= this.#pages; page++)
      yield* this.#rowsOf(page, { read: () => this.#stored(page), moment: -1 })
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file)
  }

  *#rowsOf(page: number, image: Image): Generator<FoundRow> {
    const bytes = image.read()
    if (!bytes) return
    const header = page === 1 ? 100 : 0
    const kind = bytes[header]
    if (kind !== LEAF_TABLE && kind !== LEAF_INDEX && kind !== INTERIOR_INDEX) return
    const cells = bytes.readUInt16BE(header + 3)
    const pointers = header + (kind === INTERIOR_INDEX ? 12 : 8)
    for (let n = 0; n < cells && pointers + n * 2 + 2 <= bytes.length; n++) {
      try {
        yield* this.#cell(image, bytes, bytes.readUInt16BE(pointers + n * 2), kind)
      } catch {
        // A cell that points outside its page is part of the damage; the others may be intact.
      }
    }
  }

  *#cell(image: Image, bytes: Buffer, start: number, kind: number): Generator<FoundRow> {
    let at = start + (kind === INTERIOR_INDEX ? 4 : 0)
    const [length, afterLength] = varint(bytes, at)
    at = afterLength
    let rowid: number | null = null
    if (kind === LEAF_TABLE) [rowid, at] = varint(bytes, at)
    if (length < 2 || length > LONGEST) return
    const local = this.#localLength(length, kind)
    if (at + local > bytes.length) return
    const [headerLength, typesAt] = varint(bytes, at)
    const columns = countVarints(bytes, typesAt, Math.min(at + headerLength, bytes.length))
    const head = (): Buffer => {
      const again = image.read()
      if (!again) throw new Error('The page of a row is gone')
      return again.subarray(at, at + local)
    }
    if (local === length) return yield { rowid, columns, values: () => record(head()) }
    const next = bytes.readUInt32BE(at + local)
    yield { rowid, columns, values: () => record(this.#follow(head(), length, next, image.moment)) }
    // The overflow pages may date from another time than the first page: try the newest ones, or those in the file.
    yield { rowid, columns, values: () => record(this.#follow(head(), length, next, image.moment < 0 ? Infinity : -1)) }
  }

  /** How many bytes of a row of this length are on its first page. */
  #localLength(length: number, kind: number): number {
    const most = kind === LEAF_TABLE ? this.pageSize - 35 : Math.floor(((this.pageSize - 12) * 64) / 255) - 23
    if (length <= most) return length
    const least = Math.floor(((this.pageSize - 12) * 32) / 255) - 23
    const rest = least + ((length - least) % (this.pageSize - 4))
    return rest <= most ? rest : least
  }

  #follow(head: Buffer, length: number, first: number, moment: number): Buffer {
    const whole = Buffer.allocUnsafe(length)
    head.copy(whole)
    let done = head.length
    for (let next = first; done < length;) {
      const bytes = this.#asOf(next, moment)
      if (!bytes) throw new Error(`Page ${next} of a row is gone`)
      done += bytes.copy(whole, done, 4, 4 + Math.min(length - done, this.pageSize - 4))
      next = bytes.readUInt32BE(0)
    }
    return whole
  }

  /** A page as it was at a transaction of the log; -1: as it is in the file. */
  #asOf(page: number, moment: number): Buffer | null {
    if (moment >= 0) {
      const version = this.#versions.get(page)?.findLast((one) => one.moment <= moment)
      if (version) return this.#logged(version.at)
    }
    return this.#stored(page)
  }

  #logged(at: number): Buffer {
    return Buffer.from(this.#log.buffer, this.#log.byteOffset + at, this.pageSize)
  }

  #stored(page: number): Buffer | null {
    if (this.#file === null || page < 1 || page > this.#pages) return null
    const bytes = Buffer.alloc(this.pageSize)
    const read = readSync(this.#file, bytes, 0, this.pageSize, (page - 1) * this.pageSize)
    return read > 0 ? bytes : null
  }

  #sizeInHeader(): number | null {
    if (this.#file === null) return null
    const bytes = Buffer.alloc(18)
    readSync(this.#file, bytes, 0, 18, 0)
    const size = bytes.readUInt16BE(16) === 1 ? 65_536 : bytes.readUInt16BE(16)
    return bytes.toString('latin1', 0, 15) === 'SQLite format 3' && size >= 512 && (size & (size - 1)) === 0
      ? size
      : null
  }
}

function openOrNull(file: string | null): number | null {
  try {
    return file === null ? null : openSync(file, 'r')
  } catch {
    return null
  }
}

function record(bytes: Buffer): Value[] {
  const [headerLength, start] = varint(bytes, 0)
  if (headerLength > bytes.length) throw new Error('The header of a row is longer than the row')
  const values: Value[] = []
  let body = headerLength
  for (let at = start; at < headerLength;) {
    let type: number
    ;[type, at] = varint(bytes, at)
    const length = lengthOf(type)
    if (body + length > bytes.length) throw new Error('A value is longer than its row')
    values.push(valueOf(bytes, type, body, length))
    body += length
  }
  return values
}

function lengthOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2)
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][type] ?? 0
}

function valueOf(bytes: Buffer, type: number, at: number, length: number): Value {
  if (type >= 12)
    return type % 2 === 0 ? new Uint8Array(bytes.subarray(at, at + length)) : bytes.toString('utf8', at, at + length)
  switch (type) {
    case 0:
      return null
    case 6:
      return Number(bytes.readBigInt64BE(at))
    case 7:
      return bytes.readDoubleBE(at)
    case 8:
      return 0
    case 9:
      return 1
    case 10:
    case 11:
      throw new Error('A kind of value that is never written')
    default:
      return bytes.readIntBE(at, length)
  }
}

/** A variable-length integer of one to nine bytes, and where it ends. Throws past the end of the bytes. */
function varint(bytes: Buffer, start: number): [value: number, end: number] {
  let value = 0
  for (let n = 0; n < 9; n++) {
    const byte = bytes.readUInt8(start + n)
    if (n === 8) return [value * 256 + byte, start + 9]
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) return [value, start + n + 1]
  }
  return [value, start + 9]
}

function countVarints(bytes: Buffer, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at++) if ((bytes[at] ?? 0) < 0x80) count += 1
  return count
}
