import type BetterSqlite3 from 'better-sqlite3'

type Value = string | number | bigint | null | Uint8Array

/** A statement with its bound values. Only `sql` makes one, so no value is ever pasted into a statement's text. */
export interface Sql {
  readonly text: string
  readonly values: readonly Value[]
}

/** Tag for SQL written as SQL: sql`SELECT id FROM stories WHERE seq = ${seq}`. Every hole is a bound parameter. */
export function sql(parts: TemplateStringsArray, ...values: readonly Value[]): Sql {
  let text = texts.get(parts)
  if (text === undefined) {
    text = parts.join('?')
    texts.set(parts, text)
  }
  return { text, values }
}

/** Every place that writes a statement hands over the same parts each time. */
const texts = new WeakMap<TemplateStringsArray, string>()

/** Joins conditions and pieces made with `sql`; for filters whose parts come and go. */
export function joinSql(pieces: readonly Sql[], separator: ' AND ' | ' ' | ', '): Sql {
  const [only] = pieces
  if (only && pieces.length === 1) return only
  return { text: pieces.map((piece) => piece.text).join(separator), values: pieces.flatMap((piece) => piece.values) }
}

/**
 * How many rows, behind how many. Cast, because SQLite looks through a bare parameter in a LIMIT for the sake of its
 * plan, and compiles the statement anew each time it is bound: half the price of a page of a list.
 */
export function limitSql(limit: number, offset: number): Sql {
  return { text: 'LIMIT CAST(? AS INTEGER) OFFSET CAST(? AS INTEGER)', values: [limit, offset] }
}

export interface ReadableDb {
  get<Row>(query: Sql): Row | undefined
  all<Row>(query: Sql): Row[]
  /**
   * Rows as lists of their columns' values, in the order the statement names them: cheaper than objects where there are
   * many.
   */
  tuples<Row extends readonly unknown[]>(query: Sql): Row[]
  /** Another answer than before means that something may have been written since, here or on another connection. */
  version(): number
  iterate<Row>(query: Sql): IterableIterator<Row>
}

export interface WritableDb extends ReadableDb {
  run(query: Sql): { changes: number; lastInsertRowid: number }
  /**
   * Says that this transaction saves a story, named by its id or its row, at a revision: for the mark beside the
   * database.
   */
  saved(story: string | number, revision: number, savedAt: string): void
  /** Says that this transaction deletes a story for good: the mark forgets it. */
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
    // Who may write is the only one who does: the library's lock sees to it. Others ask SQLite, which looks at the log.
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

  /** What was said to be deleted since this was asked last. */
  takeErasing(): readonly string[] {
    const erasing = this.#erasing
    if (erasing.length > 0) this.#erasing = []
    return erasing
  }

  /** What was said to be saved since this was asked last. */
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
