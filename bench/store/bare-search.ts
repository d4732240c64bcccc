import BetterSqlite3 from 'better-sqlite3'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bodyToText } from '../../src/shared/document/to-text.ts'
import type { StoredBody } from '../../src/shared/document/document.ts'

/**
 * FTS5 as anybody would set it up: one table that holds the text too, and its own snippets. Made once beside the
 * library.
 */
export class BareSearch {
  readonly #db: BetterSqlite3.Database
  readonly #newest: BetterSqlite3.Statement<[string, number]>
  readonly #best: BetterSqlite3.Statement<[string, number]>

  private constructor(db: BetterSqlite3.Database) {
    this.#db = db
    const columns = "rowid, highlight(found, 0, '[', ']') AS headline, snippet(found, 1, '[', ']', '…', 24) AS snippet"
    this.#newest = db.prepare(`SELECT ${columns} FROM found WHERE found MATCH ? ORDER BY rowid DESC LIMIT ?`)
    this.#best = db.prepare(`SELECT ${columns} FROM found WHERE found MATCH ? ORDER BY rank LIMIT ?`)
  }

  static open(library: string, from: BetterSqlite3.Database): BareSearch {
    const file = join(library, 'bare-search.db')
    if (!existsSync(file)) fill(`${file}.part`, from, file)
    return new BareSearch(new BetterSqlite3(file, { readonly: true }))
  }

  /** Rows that hold the words, the last one as a prefix unless a space follows it. */
  find(text: string, order: 'newest' | 'best', limit: number): unknown[] {
    const words = text.trim().split(/\s+/)
    const query = words
      .map((word, at) => `"${word}"${at === words.length - 1 && !/\s$/.test(text) ? ' *' : ''}`)
      .join(' AND ')
    return (order === 'newest' ? this.#newest : this.#best).all(query, limit)
  }

  /**
   * A rare word, some in between, and one that nearly every story has; plain Latin ones, which both sides cut alike.
   */
  words(): string[] {
    const stories = this.#db.prepare('SELECT count(*) FROM found_docsize').pluck().get() as number
    const near = this.#db
      .prepare<[number], string>(
        "SELECT term FROM vocabulary WHERE length(term) BETWEEN 5 AND 9 AND term GLOB '[a-z]*' AND NOT term GLOB '*[^a-z]*' ORDER BY abs(doc - ?), term LIMIT 1"
      )
      .pluck()
    const wanted = [3 / stories, 0.001, 0.01, 0.05, 0.2, 0.5, 0.9].map((part) =>
      near.get(Math.max(1, Math.round(stories * part)))
    )
    return [...new Set(wanted.filter((word) => word !== undefined))]
  }

  close(): void {
    this.#db.close()
  }
}

function fill(part: string, from: BetterSqlite3.Database, file: string): void {
  console.log('Making a plain FTS5 table of the same stories to compare with (once) …')
  rmSync(part, { force: true })
  const db = new BetterSqlite3(part)
  db.pragma('journal_mode = OFF')
  db.pragma('synchronous = OFF')
  db.exec(`CREATE VIRTUAL TABLE found USING fts5(headline, body, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2');
    CREATE VIRTUAL TABLE vocabulary USING fts5vocab('found', 'row')`)
  const insert = db.prepare('INSERT INTO found (rowid, headline, body) VALUES (?, ?, ?)')
  const rows = from.prepare<[], { seq: number; headline: string; body: string }>(
    "SELECT articles.change_seq AS seq, headline, body FROM articles JOIN article_content USING (seq) WHERE status <> 'trashed' ORDER BY articles.change_seq"
  )
  db.transaction(() => {
    for (const { seq, headline, body } of rows.iterate())
      insert.run(seq, headline, bodyToText(JSON.parse(body) as StoredBody))
  })()
  db.exec("INSERT INTO found (found) VALUES ('optimize')")
  db.close()
  renameSync(part, file)
}
