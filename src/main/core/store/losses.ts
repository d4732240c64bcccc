import type BetterSqlite3 from 'better-sqlite3'
import type { LostSaves } from '../../../shared/contract/recovery.ts'
import { listBackups } from './backup.ts'
import type { SavedStory } from './log-mark.ts'
import { openDamaged } from './integrity-check.ts'
import { statement } from './prepared.ts'
import { attempt } from './remains.ts'
import { bringForward } from './salvage.ts'
import type { Store } from './store.ts'

/**
 * Compares the stories with their last recorded saves, and brings those that are behind forward from the backups as far
 * as these reach. Returns what is still missing and how many stories came forward. Saves lost for good are removed from
 * the mark, so that they are reported once. `closed`: the library was closed properly and nothing is wrong with its log;
 * the rows of the list are then as new as the texts, and a text is read only where its row is behind or the save was among
 * the last few. A disk that holds back what it says is written may keep an old page of those.
 */
export function mendLosses(
  store: Store,
  saves: ReadonlyMap<string, SavedStory>,
  { closed }: { readonly closed: boolean }
): { lost: LostSaves[]; forward: number } {
  const looked = closed ? new Map([...lastOf(saves), ...rowsBehind(store.connection().raw, saves)]) : saves
  if (looked.size === 0) return { lost: [], forward: 0 }
  return store.rework((raw) => mendIn(store, raw, looked))
}

function lastOf(saves: ReadonlyMap<string, SavedStory>): readonly (readonly [string, SavedStory])[] {
  return [...saves].toSorted(([, a], [, b]) => b.savedAt - a.savedAt).slice(0, ALWAYS_READ)
}

/** Texts, each on a page of its own. */
const ALWAYS_READ = 20

/** One question about all of them: the rows are few pages, while the texts are on one each. */
function rowsBehind(
  raw: BetterSqlite3.Database,
  saves: ReadonlyMap<string, SavedStory>
): ReadonlyMap<string, SavedStory> {
  const asked = JSON.stringify([...saves].map(([id, { revision }]) => [id, revision]))
  const found = attempt(() => statement(raw, ROWS_BEHIND).pluck().all(asked) as string[])
  if (!found) return saves
  const behind = new Set(found)
  return new Map([...saves].filter(([id]) => behind.has(id)))
}

const ROWS_BEHIND = `SELECT s.value ->> 0 FROM json_each(?) AS s LEFT JOIN articles AS a ON a.id = s.value ->> 0
  WHERE a.id IS NULL OR a.revision < s.value ->> 1`

function mendIn(
  store: Store,
  raw: BetterSqlite3.Database,
  saves: ReadonlyMap<string, SavedStory>
): { lost: LostSaves[]; forward: number } {
  let behind = [...saves].filter(([id, saved]) => isBehind(raw, id, saved) && !isErased(raw, id))
  if (behind.length === 0) return { lost: [], forward: 0 }
  let forward = 0
  for (const { file } of listBackups(store.folder)) {
    if (behind.length === 0) break
    const backup = openDamaged(file)
    if (!backup) continue
    try {
      for (const [id] of behind) if (bringForward(raw, id, backup) !== null) forward += 1
    } finally {
      backup.close()
    }
    behind = behind.filter(([id, saved]) => isBehind(raw, id, saved))
  }
  const lost = behind.map(([id, saved]) => lostSaves(raw, id, saved))
  store.remark(
    lost.map(({ storyId, now }) => [storyId, now && { revision: now.revision, savedAt: Date.parse(now.at) }])
  )
  return { lost, forward }
}

function isBehind(raw: BetterSqlite3.Database, id: string, saved: SavedStory): boolean {
  const now = stateOf(raw, id)
  return !now || now.revision < saved.revision
}

/** Deleted on purpose; the mark may not have recorded that yet. */
function isErased(raw: BetterSqlite3.Database, id: string): boolean {
  return attempt(() => statement(raw, 'SELECT 1 FROM erased WHERE id = ?').get(id)) !== undefined
}

function lostSaves(raw: BetterSqlite3.Database, storyId: string, { revision, savedAt }: SavedStory): LostSaves {
  const now = stateOf(raw, storyId)
  const saved = { revision, at: new Date(savedAt).toISOString() }
  return { storyId, headline: now?.headline ?? '', saved, now: now && { revision: now.revision, at: now.at } }
}

interface StateRow {
  readonly revision: number
  readonly at: string
  readonly headline: string
  readonly last: number | null
  readonly lastAt: string | null
}

const STATE = `SELECT c.revision, a.changed_at AS at, a.headline, j.revision AS last, j.saved_at AS lastAt
  FROM articles AS a JOIN article_content AS c ON c.seq = a.seq
    LEFT JOIN journal AS j ON j.seq = a.seq AND j.revision = (SELECT max(revision) FROM journal WHERE seq = a.seq)
  WHERE a.id = ?`

/** A story as it is on disk; its last save may be only in the journal. */
function stateOf(raw: BetterSqlite3.Database, id: string): { revision: number; at: string; headline: string } | null {
  const row = attempt(() => statement(raw, STATE).get(id) as StateRow | undefined)
  if (!row) return null
  const { headline } = row
  if (row.last !== null && row.lastAt !== null && row.last > row.revision)
    return { revision: row.last, at: row.lastAt, headline }
  return { revision: row.revision, at: row.at, headline }
}
