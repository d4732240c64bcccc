import { createHash } from 'node:crypto'
import type BetterSqlite3 from 'better-sqlite3'
import { checksum } from './checksum.ts'
import { entrySum, type JournalEntry } from './contents.ts'
import { headlineKey } from './headline-key.ts'

/** What can still be read of a story in one file, nothing of it without its checksum. */
interface Remains {
  readonly row: Readonly<Record<string, string | number | null>> | null
  readonly texts: readonly WholeText[]
  readonly journal: ReadonlyMap<number, JournalEntry & { sha256: string }>
}

/** A whole story text at a revision: the stored one or a version of the history. */
interface WholeText {
  readonly revision: number
  readonly fields: string
  readonly body: string
  readonly lastChangeId: string | null
}

type Db = BetterSqlite3.Database

/**
 * Merges what a damaged library still yields into a restored one, row by row: every story in the newest revision that
 * its checksums vouch for, from whichever of the two files, and what stands beside the stories where it is newer.
 * Answers how many stories came back.
 */
export function salvageInto(target: Db, damaged: Db): number {
  let salvaged = 0
  target.pragma('foreign_keys = OFF')
  try {
    for (const { id, seq } of readableStories(damaged, target)) {
      const theirs = remainsOf(damaged, seq)
      const ours = target
        .prepare<[string], { seq: number; revision: number }>('SELECT seq, revision FROM articles WHERE id = ?')
        .get(id)
      const best = newest([theirs, ours ? remainsOf(target, ours.seq) : NOTHING])
      if (!best || (ours && best.revision <= ours.revision)) continue
      target.transaction(() => putStory(target, ours?.seq ?? null, theirs.row, best)).immediate()
      if (ours === undefined || theirs.row) copyBeside(target, damaged, seq, id)
      salvaged += 1
    }
    for (const table of ['media', 'settings', 'targets', 'outbox', 'outbox_steps', 'live'])
      copyTable(target, damaged, table)
    // What the damaged file said of its way to a CMS may be lost: everything still on its way is looked up there before
    // it is sent.
    if (columnsOf(target, 'outbox').includes('maybe_sent'))
      target.exec(`UPDATE outbox SET maybe_sent = 1 WHERE state NOT IN ('done', 'cancelled')`)
  } finally {
    target.pragma('foreign_keys = ON')
  }
  return salvaged
}

/**
 * Puts the newest text that checksums vouch for in place of a story's damaged one: from its history, its journal, or
 * the same story in the backups. Answers the revision it has now; null when there is none anywhere, and then nothing is
 * changed.
 */
export function repairStory(library: Db, seq: number, backups: readonly Db[]): number | null {
  const row = library.prepare<[number], { id: string }>('SELECT id FROM articles WHERE seq = ?').get(seq)
  if (!row) return null
  const elsewhere = backups.map((backup) => {
    const there = attempt(() =>
      backup.prepare<[string], { seq: number }>('SELECT seq FROM articles WHERE id = ?').get(row.id)
    )
    return there ? remainsOf(backup, there.seq) : NOTHING
  })
  const best = newest([remainsOf(library, seq), ...elsewhere])
  if (!best) return null
  library
    .transaction(() => {
      putStory(library, seq, null, best)
      // A version of the history that is not what was written cannot be shown to anybody.
      for (const version of library
        .prepare<[number], { revision: number; fields: string; body: string; sha256: string }>(
          'SELECT revision, fields, body, sha256 FROM revisions WHERE seq = ?'
        )
        .all(seq)) {
        if (checksum(version.fields, version.body) !== version.sha256)
          library.prepare('DELETE FROM revisions WHERE seq = ? AND revision = ?').run(seq, version.revision)
      }
    })
    .immediate()
  return best.revision
}

const NOTHING: Remains = { row: null, texts: [], journal: new Map() }

interface Best {
  readonly text: WholeText
  readonly journal: readonly (JournalEntry & { sha256: string })[]
  readonly revision: number
}

/** The text from which the journals lead furthest without a gap. */
function newest(remains: readonly Remains[]): Best | null {
  const journal = new Map(remains.toReversed().flatMap((one) => [...one.journal]))
  let best: Best | null = null
  for (const text of remains.flatMap(({ texts }) => texts)) {
    const entries: (JournalEntry & { sha256: string })[] = []
    for (let entry = journal.get(text.revision + 1); entry; entry = journal.get(entry.revision + 1)) entries.push(entry)
    const revision = text.revision + entries.length
    if (!best || revision > best.revision || (revision === best.revision && entries.length < best.journal.length))
      best = { text, journal: entries, revision }
  }
  return best
}

function remainsOf(db: Db, seq: number): Remains {
  const row =
    attempt(() =>
      db.prepare<[number], Record<string, string | number | null>>('SELECT * FROM articles WHERE seq = ?').get(seq)
    ) ?? null
  const stored = attempt(() =>
    db
      .prepare<[number], WholeText & { sha256: string }>(
        'SELECT revision, fields, body, sha256, last_change_id AS lastChangeId FROM article_content WHERE seq = ?'
      )
      .get(seq)
  )
  const history = rows<WholeText & { sha256: string }>(
    db,
    'SELECT revision, fields, body, sha256, NULL AS lastChangeId FROM revisions WHERE seq = ? ORDER BY revision DESC',
    seq
  )
  const entries = rows<JournalEntry & { sha256: string }>(
    db,
    'SELECT revision, change_id AS changeId, kind, change, saved_at AS savedAt, sha256 FROM journal WHERE seq = ? ORDER BY revision',
    seq
  )
  return {
    row,
    texts: [...(stored ? [stored] : []), ...history].filter((text) => checksum(text.fields, text.body) === text.sha256),
    journal: new Map(
      entries.filter((entry) => entrySum(entry) === entry.sha256).map((entry) => [entry.revision, entry])
    )
  }
}

/** Writes a story in place of what the file holds of it, or as a new one. */
function putStory(target: Db, seq: number | null, row: Remains['row'], best: Best): void {
  const changeSeq = Number(
    target
      .prepare(
        `UPDATE library SET value = CAST(value AS INTEGER) + 1 WHERE key = 'change_seq' RETURNING CAST(value AS INTEGER)`
      )
      .pluck()
      .get()
  )
  const columns = columnsOf(target, 'articles')
  // The row says less than the journal: the next opening brings it in step, its words and its time included.
  const values = { ...row, ...summaryOf(best), revision: best.text.revision, change_seq: changeSeq }
  const known = Object.entries(values).filter(
    ([name]) => columns.includes(name) && name !== 'seq' && name !== 'indexed_seq'
  )
  let at = seq
  if (at === null) {
    const names = known.map(([name]) => name)
    at = Number(
      target
        .prepare(`INSERT INTO articles (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
        .run(...known.map(([, value]) => value)).lastInsertRowid
    )
  } else {
    target
      .prepare(`UPDATE articles SET ${known.map(([name]) => `${name} = ?`).join(', ')} WHERE seq = ?`)
      .run(...known.map(([, value]) => value), at)
  }
  target.prepare('DELETE FROM journal WHERE seq = ?').run(at)
  target
    .prepare(
      `INSERT INTO article_content (seq, revision, fields, body, sha256, last_change_id) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (seq) DO UPDATE SET revision = excluded.revision, fields = excluded.fields, body = excluded.body, sha256 = excluded.sha256, last_change_id = excluded.last_change_id`
    )
    .run(
      at,
      best.text.revision,
      best.text.fields,
      best.text.body,
      checksum(best.text.fields, best.text.body),
      best.text.lastChangeId
    )
  const append = target.prepare(
    'INSERT INTO journal (seq, revision, change_id, kind, change, saved_at, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)'
  )
  for (const entry of best.journal)
    append.run(at, entry.revision, entry.changeId, entry.kind, entry.change, entry.savedAt, entry.sha256)
}

/** What the row of a story says of its fields and status, as its text and journal have it. */
function summaryOf({ text, journal }: Best): Record<string, string | number> {
  let fields = JSON.parse(text.fields) as Record<string, unknown>
  let status: string | null = null
  for (const entry of journal) {
    const change = JSON.parse(entry.change) as { fields?: Record<string, unknown>; status?: string }
    fields = { ...fields, ...change.fields }
    status = change.status ?? status
  }
  const summary: Record<string, string | number> = {}
  for (const name of ['headline', 'slugline', 'section', 'byline', 'language', 'direction']) {
    const value = fields[name]
    if (typeof value === 'string') summary[name] = value
  }
  if (typeof summary['headline'] === 'string') summary['headline_key'] = headlineKey(summary['headline'])
  if (status !== null) summary['status'] = status
  return summary
}

/** History and source page of a salvaged story, where they are whole. */
function copyBeside(target: Db, damaged: Db, from: number, id: string): void {
  const to = target.prepare<[string], { seq: number }>('SELECT seq FROM articles WHERE id = ?').get(id)?.seq
  if (to === undefined) return
  const keep = target.prepare(
    `INSERT OR IGNORE INTO revisions (seq, revision, reason, saved_at, status, headline, words, fields, body, sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
  )
  for (const one of rows<Record<string, string | number>>(damaged, 'SELECT * FROM revisions WHERE seq = ?', from)) {
    if (checksum(String(one['fields']), String(one['body'])) === one['sha256']) {
      keep.run(
        to,
        one['revision'],
        one['reason'],
        one['saved_at'],
        one['status'],
        one['headline'],
        one['words'],
        one['fields'],
        one['body'],
        one['sha256']
      )
    }
  }
  const [page] = rows<{ name: string; type: string; bytes: Uint8Array; sha256: string }>(
    damaged,
    'SELECT name, type, bytes, sha256 FROM intake_sources WHERE seq = ?',
    from
  )
  if (page && checksum(page.bytes) === page.sha256)
    target
      .prepare('INSERT OR IGNORE INTO intake_sources (seq, name, type, bytes, sha256) VALUES (?, ?, ?, ?, ?)')
      .run(to, page.name, page.type, page.bytes, page.sha256)
}

/**
 * Tables without stories: the damaged file is the newer one, so its readable rows win; approved payloads only with
 * their checksum.
 */
function copyTable(target: Db, damaged: Db, table: string): void {
  const theirs = columnsOf(damaged, table)
  const names = columnsOf(target, table).filter((name) => theirs.includes(name))
  if (names.length === 0) return
  const put = target.prepare(
    `INSERT OR REPLACE INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
  )
  for (const row of rows<Record<string, string | number | null>>(damaged, `SELECT ${names.join(', ')} FROM ${table}`)) {
    if (table === 'outbox' && createHash('sha256').update(String(row['payload'])).digest('hex') !== row['sha256'])
      continue
    attempt(() => put.run(...names.map((name) => row[name] ?? null)))
  }
}

/** Every story the damaged file still names, by whatever way it can be read. */
function readableStories(damaged: Db, target: Db): { id: string; seq: number }[] {
  const found = new Map<string, number>()
  for (const order of ['ASC', 'DESC'])
    for (const { id, seq } of rows<{ id: string; seq: number }>(
      damaged,
      `SELECT id, seq FROM articles NOT INDEXED ORDER BY seq ${order}`
    ))
      found.set(id, seq)
  for (const { id, seq } of rows<{ id: string; seq: number }>(
    damaged,
    'SELECT id, seq FROM articles INDEXED BY sqlite_autoindex_articles_1'
  ))
    found.set(id, seq)
  for (const { id, seq } of rows<{ id: string; seq: number }>(target, 'SELECT id, seq FROM articles'))
    if (!found.has(id)) found.set(id, seq)
  return [...found].map(([id, seq]) => ({ id, seq }))
}

function columnsOf(db: Db, table: string): string[] {
  return (attempt(() => db.pragma(`table_info(${table})`) as { name: string }[]) ?? []).map(({ name }) => name)
}

/** As many rows as can be read before the first that cannot. */
function rows<Row>(db: Db, query: string, ...values: readonly number[]): Row[] {
  const read: Row[] = []
  attempt(() => {
    for (const row of db.prepare(query).iterate(...values) as IterableIterator<Row>) read.push(row)
  })
  return read
}

/** Damage is what is expected here: whatever cannot be read counts as not there. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
