import type BetterSqlite3 from 'better-sqlite3'

type Value = string | number | bigint | null | Uint8Array

/** A statement with its bound values. Only `sql` makes one, so no value is ever pasted into a statement's text. */
export interface Sql {
  readonly text: string
  readonly values: readonly Value[]
}

/** Tag for SQL written as SQL: sql`SELECT id FROM articles WHERE seq = ${seq}`. Every hole is a bound parameter. */
export function sql(parts: TemplateStringsArray, ...values: readonly Value[]): Sql {
  return { text: parts.join('?'), values }
}

/** Joins conditions and pieces made with `sql`; for filters whose parts come and go. */
export function joinSql(pieces: readonly Sql[], separator: ' AND ' | ' ' | ', '): Sql {
  return { text: pieces.map((piece) => piece.text).join(separator), values: pieces.flatMap((piece) => piece.values) }
}

export interface ReadableDb {
  get<Row>(query: Sql): Row | undefined
  all<Row>(query: Sql): Row[]
  iterate<Row>(query: Sql): IterableIterator<Row>
}

export interface WritableDb extends ReadableDb {
  run(query: Sql): { changes: number; lastInsertRowid: number }
}

/** One connection with its prepared statements. */
export class SqliteDb implements WritableDb {
  readonly raw: BetterSqlite3.Database
  readonly #prepared = new Map<string, BetterSqlite3.Statement>()

  constructor(raw: BetterSqlite3.Database) {
    this.raw = raw
  }

  get<Row>(query: Sql): Row | undefined {
    return this.#statement(query).get(...query.values) as Row | undefined
  }

  all<Row>(query: Sql): Row[] {
    return this.#statement(query).all(...query.values) as Row[]
  }

  iterate<Row>(query: Sql): IterableIterator<Row> {
    return this.#statement(query).iterate(...query.values) as IterableIterator<Row>
  }

  run(query: Sql): { changes: number; lastInsertRowid: number } {
    const { changes, lastInsertRowid } = this.#statement(query).run(...query.values)
    return { changes, lastInsertRowid: Number(lastInsertRowid) }
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
