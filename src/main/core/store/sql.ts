import type BetterSqlite3 from 'better-sqlite3'

type Value = string | number | bigint | null | Uint8Array

/** A statement with its bound values; a value is never pasted into the text. */
export interface Sql {
  readonly text: string
  readonly values: readonly Value[]
}

/** Tag for SQL: sql`SELECT id FROM stories WHERE seq = ${seq}`. Every substitution becomes a bound parameter. */
export function sql(parts: TemplateStringsArray, ...values: readonly Value[]): Sql {
  let text = texts.get(parts)
  if (text === undefined) {
    text = parts.join('?')
    texts.set(parts, text)
  }
  return { text, values }
}

/** Keyed by the template's parts, which are the same object each time the same place in the code runs. */
const texts = new WeakMap<TemplateStringsArray, string>()

/** Joins conditions and fragments made with `sql`, for filters made up of optional parts. */
export function joinSql(pieces: readonly Sql[], separator: ' AND ' | ' ' | ', '): Sql {
  const [only] = pieces
  if (only && pieces.length === 1) return only
  return { text: pieces.map((piece) => piece.text).join(separator), values: pieces.flatMap((piece) => piece.values) }
}

/**
 * LIMIT and OFFSET. The casts matter: SQLite inspects a bare parameter in a LIMIT while planning, and recompiles the
 * statement each time it is bound, which was half the cost of a page of a list.
 */
export function limitSql(limit: number, offset: number): Sql {
  return { text: 'LIMIT CAST(? AS INTEGER) OFFSET CAST(? AS INTEGER)', values: [limit, offset] }
}

export interface ReadableDb {
  get<Row>(query: Sql): Row | undefined
  all<Row>(query: Sql): Row[]
  /**
   * Rows as arrays of column values, in the order the statement names them: cheaper than objects when there are many.
   */
  tuples<Row extends readonly unknown[]>(query: Sql): Row[]
  /** A different number than before means that something may have been written since, here or on another connection. */
  version(): number
  iterate<Row>(query: Sql): IterableIterator<Row>
}

export interface WritableDb extends ReadableDb {
  run(query: Sql): { changes: number; lastInsertRowid: number }
  /**
   * Records that this transaction saves a story, given by its id or row number, at a revision: for the mark beside the
   * database.
   */
  saved(story: string | number, revision: number, savedAt: string): void
  /** Records that this transaction deletes a story for good, so that the mark forgets it. */
  erased(id: string): void
}

export interface Saving {
  readonly story: string | number
  readonly revision: number
  readonly savedAt: string
}

/** One connection with its prepared statements. */
export class SqliteDb implements WritableDb {
  readonly raw: BetterSqlite3.Database
  readonly #prepared = new Map<string, BetterSqlite3.Statement>()
  readonly #preparedTuples = new Map<string, BetterSqlite3.Statement>()
  #dataVersion: BetterSqlite3.Statement | null = null
  #writes = 0
  #saving: Saving[] = []
  #erasing: string[] = []

  constructor(raw: BetterSqlite3.Database) {
    this.raw = raw
  }

  get<Row>(query: Sql): Row | undefined {
    return this.#statement(query).get(...query.values) as Row | undefined
  }

  all<Row>(query: Sql): Row[] {
    return this.#statement(query).all(...query.values) as Row[]
  }

  tuples<Row extends readonly unknown[]>(query: Sql): Row[] {
    let statement = this.#preparedTuples.get(query.text)
    if (!statement) {
      statement = this.raw.prepare(query.text).raw()
      this.#preparedTuples.set(query.text, statement)
    }
    return statement.all(...query.values) as Row[]
  }

  version(): number {
    // Only one process writes (the library's lock ensures that), and it counts its own writes. Readers ask SQLite,
    // which looks at the log.
    if (!this.raw.readonly) return this.#writes
    this.#dataVersion ??= this.raw.prepare('PRAGMA data_version').pluck()
    return Number(this.#dataVersion.get())
  }

  iterate<Row>(query: Sql): IterableIterator<Row> {
    return this.#statement(query).iterate(...query.values) as IterableIterator<Row>
  }

  run(query: Sql): { changes: number; lastInsertRowid: number } {
    this.#writes += 1
    const { changes, lastInsertRowid } = this.#statement(query).run(...query.values)
    return { changes, lastInsertRowid: Number(lastInsertRowid) }
  }

  saved(story: string | number, revision: number, savedAt: string): void {
    this.#saving.push({ story, revision, savedAt })
  }

  erased(id: string): void {
    this.#erasing.push(id)
  }

  /** The deletions recorded since the last call. */
  takeErasing(): readonly string[] {
    const erasing = this.#erasing
    if (erasing.length > 0) this.#erasing = []
    return erasing
  }

  /** The saves recorded since the last call. */
  takeSaving(): readonly Saving[] {
    const saving = this.#saving
    if (saving.length > 0) this.#saving = []
    return saving
  }

  #statement(query: Sql): BetterSqlite3.Statement {
    let statement = this.#prepared.get(query.text)
    if (!statement) {
      statement = this.raw.prepare(query.text)
      this.#prepared.set(query.text, statement)
    }
    return statement
  }
}
