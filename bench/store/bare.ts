import BetterSqlite3 from 'better-sqlite3'
import { join } from 'node:path'

/** SQLite and nothing else: a table of one row, each commit durable before it answers. */
export class BareCommit {
  readonly #db: BetterSqlite3.Database
  readonly #update: BetterSqlite3.Statement<[string, number]>
  #count = 0

  constructor(folder: string) {
    this.#db = new BetterSqlite3(join(folder, 'bare.db'))
    this.#db.pragma('journal_mode = WAL')
    this.#db.pragma('synchronous = FULL')
    this.#db.exec(
      "CREATE TABLE one (key INTEGER PRIMARY KEY, count INTEGER NOT NULL, body TEXT NOT NULL) STRICT; INSERT INTO one VALUES (1, 0, '')"
    )
    this.#update = this.#db.prepare('UPDATE one SET body = ?, count = ? WHERE key = 1')
  }

  commit(body: string): void {
    this.#update.run(body, ++this.#count)
  }

  close(): void {
    this.#db.close()
  }
}

/**
 * A second, reading connection to a library with the pages of the product's reader: the floor under whatever the
 * product does.
 */
export function openBareReader(library: string): BetterSqlite3.Database {
  const db = new BetterSqlite3(join(library, 'galley.db'), { readonly: true })
  db.pragma('mmap_size = 0')
  db.pragma('temp_store = MEMORY')
  return db
}
