import { checksum } from './checksum.ts'
import { entrySum, type JournalEntry } from './contents.ts'
import { unpack } from './packed-text.ts'
import { statement } from './prepared.ts'
import type BetterSqlite3 from 'better-sqlite3'

/** What can still be read of a story in one place; only what passes its checksum. */
export interface Remains {
  readonly row: StoredRow | null
  readonly texts: readonly WholeText[]
  readonly journal: ReadonlyMap<number, SummedEntry>
}

export type StoredRow = Readonly<Record<string, string | number | null>>
export type SummedEntry = JournalEntry & { readonly sha256: string }

/** An intact text of a story at a revision, either the stored content or a version of the history. Read on demand. */
export interface WholeText {
  readonly revision: number
  read(): { readonly fields: string; readonly body: string; readonly lastChangeId: string | null }
}

/** A text, and the saves that follow it without a gap. */
export interface Best {
  readonly text: WholeText
  readonly journal: readonly SummedEntry[]
  readonly revision: number
}

export const NOTHING: Remains = { row: null, texts: [], journal: new Map() }

/** The text from which the journals lead furthest; null if there is none. */
export function newest(remains: readonly Remains[]): Best | null {
  const journal = new Map(remains.toReversed().flatMap((one) => [...one.journal]))
  let best: Best | null = null
  for (const text of remains.flatMap(({ texts }) => texts)) {
    const entries: SummedEntry[] = []
    for (let entry = journal.get(text.revision + 1); entry; entry = journal.get(entry.revision + 1)) entries.push(entry)
    const revision = text.revision + entries.length
    if (!best || revision > best.revision || (revision === best.revision && entries.length < best.journal.length)) {
      best = { text, journal: entries, revision }
    }
  }
  return best
}

/** What a database that SQLite can read still holds of a story. */
export function remainsIn(db: BetterSqlite3.Database, seq: number): Remains {
  const row =
    attempt(() => statement(db, 'SELECT * FROM articles WHERE seq = ?').get(seq) as StoredRow | undefined) ?? null
  const stored = rows<StoredText>(
    db,
    'SELECT revision, fields, body, sha256, last_change_id AS lastChangeId FROM article_content WHERE seq = ?',
    seq
  )
  const history = rows<StoredText>(
    db,
    'SELECT revision, fields, body, sha256, NULL AS lastChangeId FROM revisions WHERE seq = ? ORDER BY revision DESC',
    seq
  )
  const entries = rows<SummedEntry>(
    db,
    'SELECT revision, change_id AS changeId, kind, change, saved_at AS savedAt, sha256 FROM journal WHERE seq = ? ORDER BY revision',
    seq
  )
  return {
    row,
    texts: [...stored, ...history]
      .filter((text) => checksum(text.fields, text.body) === text.sha256)
      .map((text) => ({ revision: text.revision, read: () => ({ ...text, body: unpack(text.body) }) })),
    journal: new Map(
      entries.filter((entry) => entrySum(entry) === entry.sha256).map((entry) => [entry.revision, entry])
    )
  }
}

/** The same by the story's id, which is the same in every copy of a library, unlike its row number. */
export function remainsById(db: BetterSqlite3.Database, id: string): Remains {
  const found = attempt(
    () => statement(db, 'SELECT seq FROM articles WHERE id = ?').get(id) as { seq: number } | undefined
  )
  return found ? remainsIn(db, found.seq) : NOTHING
}

interface StoredText {
  readonly revision: number
  readonly fields: string
  readonly body: string
  readonly sha256: string
  readonly lastChangeId: string | null
}

/** Reads rows up to the first that cannot be read. */
export function rows<Row>(db: BetterSqlite3.Database, query: string, ...values: readonly (number | string)[]): Row[] {
  const read: Row[] = []
  attempt(() => {
    for (const row of db.prepare(query).iterate(...values) as IterableIterator<Row>) read.push(row)
  })
  return read
}

/** Damage is expected here: whatever cannot be read counts as missing. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
