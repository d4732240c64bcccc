import type BetterSqlite3 from 'better-sqlite3'
import { openDamaged } from './integrity-check.ts'
import { newest, remainsById, rows, type Best } from './remains.ts'
import { bestOf, repairStory } from './salvage.ts'
import type { Store } from './store.ts'

/** A row of the story list as stored in a backup. */
export interface BackedUpRow {
  readonly id: string
  readonly headline: string
  readonly status: string
  readonly words: number
  readonly revision: number
  readonly changedAt: string
}

/** Opens backup files for `body` and closes them afterwards. Those that cannot be read are left out. */
function withBackups<T>(files: readonly string[], body: (backups: BetterSqlite3.Database[]) => T): T {
  const backups = files.flatMap((file) => openDamaged(file) ?? [])
  try {
    return body(backups)
  } finally {
    for (const backup of backups) backup.close()
  }
}

/** The stories in a backup whose headline contains `text`, most recently changed first. */
export function storiesInBackup(file: string, text: string, limit: number): BackedUpRow[] {
  const pattern = `%${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`
  return withBackups([file], ([backup]) =>
    backup
      ? rows<BackedUpRow>(
          backup,
          `SELECT id, headline, status, words, revision, changed_at AS changedAt FROM articles
           WHERE headline LIKE ? ESCAPE '\\' ORDER BY change_seq DESC LIMIT ?`,
          pattern,
          limit
        )
      : []
  )
}

/** The newest intact text of a story in one backup, with the saves that follow it; null if there is none. */
export function storyInBackup(file: string, id: string): { best: Best; row: BackedUpRow } | null {
  return withBackups([file], ([backup]) => {
    if (!backup) return null
    const remains = remainsById(backup, id)
    const best = newest([remains])
    const { row } = remains
    if (!best || !row) return null
    const held = { ...best, text: kept(best) }
    return {
      best: held,
      row: {
        id,
        headline: String(row['headline']),
        status: String(row['status']),
        words: Number(row['words']),
        revision: best.revision,
        changedAt: best.journal.at(-1)?.savedAt ?? String(row['changed_at'])
      }
    }
  })
}

/** The best version of a damaged story from the library and the backups together; null if there is none. */
export function bestVersion(store: Store, seq: number, files: readonly string[]): Best | null {
  return withBackups(files, (backups) => {
    const best = bestOf(store.connection().raw, seq, backups)
    return best && { ...best, text: kept(best) }
  })
}

/** Replaces a damaged story with its best version. Returns its new revision; null if there is none. */
export function putBestVersion(store: Store, seq: number, files: readonly string[]): number | null {
  return withBackups(files, (backups) => store.rework((raw) => repairStory(raw, seq, backups)))
}

/** Reads the text now, because the backup it comes from is closed afterwards. */
function kept({ text }: Best): Best['text'] {
  const content = text.read()
  return { revision: text.revision, read: () => content }
}
