import { createHash } from 'node:crypto'
import type BetterSqlite3 from 'better-sqlite3'
import type { StoredBody } from '../../../shared/document/document.ts'
import { blockToText } from '../../../shared/document/to-text.ts'
import { authorNames } from '../../../shared/intake/author-names.ts'
import { upgradeFields } from '../../../shared/story/upgrade.ts'
import { newId } from '../../../shared/lib/id.ts'
import { countWords } from '../../../shared/lib/words.ts'
import { checksum } from './checksum.ts'
import type { Harvest } from './harvest.ts'
import { headlineKey } from './headline-key.ts'
import type { Value } from './page-reader.ts'
import { statement } from './prepared.ts'
import {
  attempt,
  newest,
  NOTHING,
  remainsById,
  remainsIn,
  rows,
  type Best,
  type Remains,
  type StoredRow
} from './remains.ts'

type Db = BetterSqlite3.Database

/**
 * Merges the stories of a harvest into a library: each in the newest revision whose checksums hold, from whichever of
 * the two has it, with its history and the page it came from. Returns how many stories were restored or brought
 * forward.
 */
export function salvageStories(target: Db, found: Harvest): number {
  target.pragma('foreign_keys = OFF')
  try {
    return target
      .transaction(() => {
        let salvaged = 0
        for (const [seq, { id }] of found.stories) if (salvageStory(target, found, seq, id)) salvaged += 1
        for (const row of found.media) putRow(target, 'media', row, 'INSERT OR IGNORE')
        return salvaged
      })
      .immediate()
  } finally {
    target.pragma('foreign_keys = ON')
  }
}

/** Returns true if the harvest had a newer revision than the library. */
function salvageStory(target: Db, found: Harvest, seq: number, known: string | null): boolean {
  const theirs = found.remains(seq)
  const id = known ?? idOfUnnamed(target, seq, theirs)
  if (id === null) return false
  const ours = statement(target, 'SELECT seq, revision FROM articles WHERE id = ?').get(id) as
    { seq: number } | undefined
  const here = ours ? remainsIn(target, ours.seq) : NOTHING
  const best = newest([theirs, here])
  const held = newest([here])
  const isNewer = best !== null && (!held || best.revision > held.revision)
  if (isNewer) putStory(target, ours?.seq ?? null, { ...theirs.row, id }, best)
  putBeside(target, found, seq, id)
  return isNewer
}

/**
 * Copies the tables that have no checksums, as far as SQLite can still read them. The damaged file is the newer one, so
 * its rows win.
 */
export function salvageTables(target: Db, damaged: Db): void {
  target.pragma('foreign_keys = OFF')
  try {
    for (const table of [
      'media',
      'settings',
      'spelling_words',
      'embargo_exits',
      'targets',
      'outbox',
      'outbox_steps',
      'live',
      'remote_references'
    ])
      copyTable(target, damaged, table)
    copyIgnoredWords(target, damaged)
  } finally {
    target.pragma('foreign_keys = ON')
  }
}

/**
 * After a loss, nothing is certain about what was under way: every open delivery is looked up at its target before
 * anything is sent.
 */
export function doubtOutbox(target: Db): void {
  if (columnsOf(target, 'outbox').includes('pending')) {
    target.exec(
      `UPDATE outbox SET pending = '{"key":"story","name":"article"}' WHERE state NOT IN ('done', 'cancelled')`
    )
  }
  if (columnsOf(target, 'outbox').includes('maybe_sent')) {
    target.exec(`UPDATE outbox SET maybe_sent = 1 WHERE state NOT IN ('done', 'cancelled')`)
  }
}

/**
 * Replaces a story's damaged text with the newest one whose checksums hold: from its history, its journal, or the same
 * story in the backups. Returns its new revision; null, with nothing changed, if there is none.
 */
export function repairStory(library: Db, seq: number, backups: readonly Db[]): number | null {
  const best = bestOf(library, seq, backups)
  if (!best) return null
  library
    .transaction(() => {
      putStory(library, seq, null, best)
      // A version of the history that fails its checksum cannot be shown to anybody.
      const versions = 'SELECT revision, fields, body, sha256 FROM revisions WHERE seq = ?'
      for (const version of library
        .prepare<[number], { revision: number; fields: string; body: string; sha256: string }>(versions)
        .all(seq)) {
        if (checksum(version.fields, version.body) === version.sha256) continue
        library.prepare('DELETE FROM revisions WHERE seq = ? AND revision = ?').run(seq, version.revision)
      }
    })
    .immediate()
  return best.revision
}

/** The newest intact text of a story in its library and the backups together; null if there is none. */
export function bestOf(library: Db, seq: number, backups: readonly Db[]): Best | null {
  const id = attempt(() =>
    library.prepare<[number], { id: string }>('SELECT id FROM articles WHERE seq = ?').get(seq)
  )?.id
  return id === undefined
    ? null
    : newest([remainsIn(library, seq), ...backups.map((backup) => remainsById(backup, id))])
}

/**
 * Brings a story to the revision in a backup if that is newer than the library's, or creates it if the library has
 * none. Returns its new revision; null if nothing was done.
 */
export function bringForward(library: Db, id: string, backup: Db): number | null {
  const ours = library.prepare<[string], { seq: number }>('SELECT seq FROM articles WHERE id = ?').get(id)
  const here = ours ? remainsIn(library, ours.seq) : NOTHING
  const there = remainsById(backup, id)
  const best = newest([here, there])
  const held = newest([here])
  if (!best || (held && best.revision <= held.revision)) return null
  library.transaction(() => putStory(library, ours?.seq ?? null, there.row, best)).immediate()
  return best.revision
}

/**
 * The id of the story whose rows were found without the row that names it. Saves without a text belong to the story
 * with that row number. A text belongs to it if both were created at the same instant; otherwise it becomes a new
 * story.
 */
function idOfUnnamed(target: Db, seq: number, theirs: Remains): string | null {
  const there = target
    .prepare<[number], { id: string; created_at: string }>('SELECT id, created_at FROM articles WHERE seq = ?')
    .get(seq)
  const best = newest([theirs])
  if (!best) return there?.id ?? null
  return there && createdAt(fieldsOf(best)) === there.created_at ? there.id : newId(Date.now())
}

/** Writes a story in place of what the file holds of it, or as a new one. */
function putStory(target: Db, seq: number | null, row: StoredRow | null, best: Best): void {
  const changeSeq = Number(
    statement(
      target,
      `UPDATE library SET value = CAST(value AS INTEGER) + 1 WHERE key = 'change_seq' RETURNING CAST(value AS INTEGER)`
    )
      .pluck()
      .get()
  )
  const columns = columnsOf(target, 'articles')
  const text = best.text.read()
  // The row is only as new as the text without its journal: the next opening updates it, including its word count and
  // time.
  const values = {
    ...(seq === null && row?.['status'] === undefined && leastRow(best)),
    ...row,
    ...summaryOf(best),
    revision: best.text.revision,
    change_seq: changeSeq
  }
  const known = Object.entries(values).filter(
    ([name]) => columns.includes(name) && name !== 'seq' && name !== 'indexed_seq'
  )
  let at = seq
  if (at === null) {
    const names = known.map(([name]) => name)
    at = Number(
      statement(target, `INSERT INTO articles (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(
        ...known.map(([, value]) => value)
      ).lastInsertRowid
    )
  } else {
    statement(target, `UPDATE articles SET ${known.map(([name]) => `${name} = ?`).join(', ')} WHERE seq = ?`).run(
      ...known.map(([, value]) => value),
      at
    )
  }
  statement(target, 'DELETE FROM journal WHERE seq = ?').run(at)
  statement(
    target,
    `INSERT INTO article_content (seq, revision, fields, body, sha256, last_change_id) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (seq) DO UPDATE SET revision = excluded.revision, fields = excluded.fields, body = excluded.body, sha256 = excluded.sha256, last_change_id = excluded.last_change_id`
  ).run(at, best.text.revision, text.fields, text.body, checksum(text.fields, text.body), text.lastChangeId)
  const append = statement(
    target,
    'INSERT INTO journal (seq, revision, change_id, kind, change, saved_at, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)'
  )
  for (const entry of best.journal)
    append.run(at, entry.revision, entry.changeId, entry.kind, entry.change, entry.savedAt, entry.sha256)
}

/** The columns of a story's row that follow from its fields and status, according to its text and journal. */
function summaryOf(best: Best): Record<string, string | number> {
  const fields = fieldsOf(best)
  const status = best.journal
    .map(({ change }) => (JSON.parse(change) as { status?: string }).status)
    .findLast((one) => one !== undefined)
  const summary: Record<string, string | number> = { authors: authorsIn(fields) }
  for (const name of ['headline', 'slugline', 'section', 'byline', 'language', 'direction']) {
    const value = fields[name]
    if (typeof value === 'string') summary[name] = value
  }
  if (typeof summary['headline'] === 'string') summary['headline_key'] = headlineKey(summary['headline'])
  if (status !== undefined) summary['status'] = status
  return summary
}

function authorsIn(fields: Record<string, unknown>): string {
  return attempt(() => JSON.stringify(authorNames(upgradeFields(fields)))) ?? '[]'
}

function fieldsOf({ text, journal }: Best): Record<string, unknown> {
  let fields = JSON.parse(text.read().fields) as Record<string, unknown>
  for (const { change } of journal)
    fields = { ...fields, ...(JSON.parse(change) as { fields?: Record<string, unknown> }).fields }
  return fields
}

/** The columns a row must have, for a story whose row was lost. */
function leastRow(best: Best): Record<string, string | number> {
  const fields = fieldsOf(best)
  const { blocks } = JSON.parse(best.text.read().body) as StoredBody
  const created = createdAt(fields) ?? new Date(0).toISOString()
  return {
    id: newId(Date.now()),
    status: 'draft',
    headline: '',
    headline_key: '',
    slugline: '',
    section: '',
    byline: '',
    language: 'en',
    direction: 'ltr',
    words: blocks.reduce((sum, block) => sum + countWords(blockToText(block)), 0),
    created_at: created,
    changed_at: best.journal.at(-1)?.savedAt ?? created
  }
}

function createdAt(fields: Record<string, unknown>): string | undefined {
  return (fields['times'] as { created?: { utc?: string } } | undefined)?.created?.utc
}

/** Adds the history and the source page of a salvaged story, where they are intact. */
function putBeside(target: Db, found: Harvest, from: number, id: string): void {
  const there = statement(target, 'SELECT seq FROM articles WHERE id = ?').get(id) as { seq: number } | undefined
  if (!there) return
  const { seq } = there
  for (const version of found.history(from)) putRow(target, 'revisions', { ...version, seq }, 'INSERT OR IGNORE')
  const source = found.source(from)
  if (source) putRow(target, 'intake_sources', { ...source, seq }, 'INSERT OR IGNORE')
}

function putRow(
  target: Db,
  table: string,
  row: Readonly<Record<string, Value>>,
  verb: 'INSERT OR IGNORE' | 'INSERT OR REPLACE'
): void {
  const names = columnsOf(target, table).filter((name) => name in row)
  const put = statement(
    target,
    `${verb} INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
  )
  attempt(() => put.run(...names.map((name) => row[name] ?? null)))
}

/** The damaged file is the newer one, so its readable rows win; approved payloads only if their checksum holds. */
function copyTable(target: Db, damaged: Db, table: string): void {
  const theirs = columnsOf(damaged, table)
  const names = columnsOf(target, table).filter((name) => theirs.includes(name))
  if (names.length === 0) return
  for (const row of rows<Record<string, Value>>(damaged, `SELECT ${names.join(', ')} FROM ${table}`)) {
    if (table === 'outbox' && createHash('sha256').update(String(row['payload'])).digest('hex') !== row['sha256'])
      continue
    putRow(target, table, row, 'INSERT OR REPLACE')
  }
}

/** Matched by story id, because a story has different row numbers in the two libraries. */
function copyIgnoredWords(target: Db, damaged: Db): void {
  if (columnsOf(target, 'spelling_ignored').length === 0) return
  const put = statement(
    target,
    'INSERT OR IGNORE INTO spelling_ignored (seq, word) SELECT seq, ? FROM articles WHERE id = ?'
  )
  const theirs = rows<{ id: string; word: string }>(
    damaged,
    'SELECT articles.id, spelling_ignored.word FROM spelling_ignored JOIN articles USING (seq)'
  )
  for (const { id, word } of theirs) attempt(() => put.run(word, id))
}

export function columnsOf(db: Db, table: string): string[] {
  return (attempt(() => statement(db, `PRAGMA table_info(${table})`).all() as { name: string }[]) ?? []).map(
    ({ name }) => name
  )
}
