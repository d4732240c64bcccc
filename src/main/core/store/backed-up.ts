import type BetterSqlite3 from 'better-sqlite3'
import { openDamaged } from './integrity-check.ts'
import { newest, remainsById, rows, type Best } from './remains.ts'
import { bestOf, repairStory } from './salvage.ts'
import type { Store } from './store.ts'

/** A row of the list as a backup has it. */
export interface BackedUpRow {
  readonly id: string
  readonly headline: string
  readonly status: string
  readonly words: number
  readonly revision: number
  readonly changedAt: string
}

/** Lets `body` read backup files, and closes them. Those that cannot be read count as none. */
function withBackups<T>(files: readonly string[], body: (backups: BetterSqlite3.Database[]) => T): T {
  const backups = files.flatMap((file) => openDamaged(file) ?? [])
  try {
    return body(backups)
  } finally {
    for (const backup of backups) backup.close()
  }
}

/** The stories of a backup whose headline holds `text`, the newest change first. */
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

/** The newest whole text of a story in one backup, with the saves that lead on from it; null where there is none. */
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

/** The best version of a damaged story from everything there is; null where there is none. */
export function bestVersion(store: Store, seq: number, files: readonly string[]): Best | null {
  return withBackups(files, (backups) => {
    const best = bestOf(store.connection().raw, seq, backups)
    return best && { ...best, text: kept(best) }
  })
}

/** Puts the best version in place of a damaged story. Returns the revision it has now; null where there is none. */
export function putBestVersion(store: Store, seq: number, files: readonly string[]): number | null {
  return withBackups(files, (backups) => store.rework((raw) => repairStory(raw, seq, backups)))
}

/** Read now: the file it is read from is closed afterwards. */
function kept({ text }: Best): Best['text'] {
  const content = text.read()
  return { revision: text.revision, read: () => content }
}
