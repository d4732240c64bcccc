import type BetterSqlite3 from 'better-sqlite3'
import { checksum } from './checksum.ts'
import { entrySum, type JournalEntry } from './contents.ts'
import { openReadable } from './database.ts'
import { sizeOf } from './files.ts'
import { migrations } from './migrations/index.ts'
import type { VerifyAnswer } from './reader/protocol.ts'
import { say, type Message } from '../../../shared/words/message.ts'
import type { DamagedPart } from '../../../shared/words/en/said/store.ts'

/**
 * Reads a library file from end to end without changing it. `full` also verifies every stored text against its checksum
 * and runs SQLite's complete integrity check. Throws what SQLite throws if the file cannot be opened for a reason other
 * than damage.
 */
export function verifyFile(file: string, full: boolean, stopped: () => boolean = () => false): VerifyAnswer | null {
  let raw: BetterSqlite3.Database | null = null
  const problems: Message[] = []
  const answer = { problems, stories: 0, changeSeq: 0, schema: 0, damagedStories: [] as number[] }
  try {
    raw = openReadable(file)
    raw.pragma('cell_size_check = ON')
    raw.pragma('trusted_schema = OFF')
    answer.schema = Number(raw.pragma('user_version', { simple: true }))
    if (answer.schema < 1) problems.push(say('store.noLibraryInFile'))
    else if (answer.schema > migrations.length) problems.push(say('store.fileOfNewerGalley'))
    const found = raw.pragma(full ? 'integrity_check(20)' : 'quick_check(20)') as Record<string, string>[]
    for (const row of found)
      for (const line of Object.values(row)) if (line !== 'ok') problems.push(...line.split('\n').map(asFound))
    if (answer.schema < 1 || stopped()) return stopped() ? null : answer
    answer.stories = Number(raw.prepare('SELECT count(*) FROM articles').pluck().get())
    answer.changeSeq = Number(raw.prepare(`SELECT value FROM library WHERE key = 'change_seq'`).pluck().get() ?? 0)
    const contents = Number(raw.prepare('SELECT count(*) FROM article_content').pluck().get())
    if (contents !== answer.stories)
      problems.push(say('store.textsMissing', { stories: answer.stories, texts: contents }))
    if (full) {
      const bad = findDamagedRows(raw, stopped)
      if (!bad) return null
      answer.damagedStories = [...new Set(bad.map(({ seq }) => seq))]
      for (const { seq, what } of bad.slice(0, 20)) problems.push(say('store.rowDamaged', { row: seq, what }))
    }
  } catch (error) {
    if (!isDamage(error)) throw error
    problems.push(asFound(error instanceof Error ? error.message : ''))
  } finally {
    raw?.close()
  }
  return answer
}

/** What SQLite reported about a file, in its own words. */
function asFound(line: string): Message {
  return say('store.sqliteSays', { line })
}

export interface DamagedRow {
  readonly seq: number
  readonly what: DamagedPart
}

/**
 * Stories whose text and saves do not add up to the revision in the list: each row is intact by itself, but a save in
 * between is missing or a number is wrong.
 */
const BROKEN_OFF = `
  SELECT articles.seq AS seq FROM articles JOIN article_content AS text ON text.seq = articles.seq
  LEFT JOIN journal ON journal.seq = text.seq AND journal.revision > text.revision
  GROUP BY articles.seq
  HAVING coalesce(max(journal.revision), text.revision) < articles.revision
    OR count(journal.revision) <> coalesce(max(journal.revision), text.revision) - text.revision`

/** Rows whose text fails its checksum. Null when stopped. */
export function findDamagedRows(
  raw: BetterSqlite3.Database,
  stopped: () => boolean = () => false
): DamagedRow[] | null {
  const damaged: DamagedRow[] = []
  let seen = 0
  const tables: readonly { what: DamagedRow['what']; query: string; isWhole: (row: never) => boolean }[] = [
    {
      what: 'text',
      query: 'SELECT seq, fields, body, sha256 FROM article_content',
      isWhole: (row: TextRow) => checksum(row.fields, row.body) === row.sha256
    },
    {
      what: 'journal',
      query: 'SELECT seq, revision, change_id AS changeId, kind, change, saved_at AS savedAt, sha256 FROM journal',
      isWhole: (row: JournalEntry & { sha256: string }) => entrySum(row) === row.sha256
    },
    {
      what: 'version',
      query: 'SELECT seq, fields, body, sha256 FROM revisions',
      isWhole: (row: TextRow) => checksum(row.fields, row.body) === row.sha256
    },
    {
      what: 'page',
      query: 'SELECT seq, bytes, sha256 FROM intake_sources',
      isWhole: (row: { bytes: Uint8Array; sha256: string }) => checksum(row.bytes) === row.sha256
    }
  ]
  for (const { what, query, isWhole } of tables) {
    for (const row of raw.prepare(query).iterate() as IterableIterator<{ seq: number }>) {
      if (++seen % 64 === 0 && stopped()) return null
      if (!isWhole(row as never)) damaged.push({ seq: row.seq, what })
    }
  }
  for (const { seq } of raw.prepare<[], { seq: number }>(BROKEN_OFF).iterate()) damaged.push({ seq, what: 'text' })
  return damaged
}

/** True for damage, and not for a full disk, a lock or a missing permission. */
export function isDamage(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB' || error.code === 'SQLITE_ERROR')
  )
}

interface TextRow {
  readonly fields: string
  readonly body: string
  readonly sha256: string
}

/** Opens a file to read what is left, without writing to it; null if SQLite cannot make sense of it. */
export function openDamaged(file: string): BetterSqlite3.Database | null {
  if (sizeOf(file) === 0) return null
  let raw: BetterSqlite3.Database | null = null
  try {
    raw = openReadable(file)
    raw.pragma('cell_size_check = ON')
    return raw
  } catch {
    raw?.close()
    return null
  }
}
