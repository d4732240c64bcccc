import { randomUUID } from 'node:crypto'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Backup, BackedUpStory, GoodVersion, RecoveryNotice } from '../../../shared/contract/recovery.ts'
import { upgradeBody } from '../../../shared/document/upgrade.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { StoryFields } from '../../../shared/story/fields.ts'
import { Status } from '../../../shared/story/status.ts'
import type { Story } from '../../../shared/story/story.ts'
import type { Jobs } from '../app/jobs.ts'
import type { Events } from '../events.ts'
import { OpenStory, type StoryChange } from '../stories/open-story.ts'
import type { StoriesService } from '../stories/stories.ts'
import { bestVersion, putBestVersion, storiesInBackup, storyInBackup } from '../store/backed-up.ts'
import { backupsIn, listBackups, type BackupFile, type BackupSchedule } from '../store/backup.ts'
import { listRevisions } from '../store/contents.ts'
import { namesIn } from '../store/files.ts'
import { writeNotices } from '../store/notices.ts'
import { quarantineFolder } from '../store/quarantine.ts'
import type { LibraryReader } from '../store/reader/client.ts'
import type { Best } from '../store/remains.ts'
import type { SecondFolder } from '../store/second-folder.ts'
import type { Store } from '../store/store.ts'
import { getStoryRow, type StoryRow } from '../store/stories.ts'
import { say } from '../../../shared/words/message.ts'

export interface RecoveryOptions {
  readonly store: Store
  readonly stories: StoriesService
  /** Versions of a story's history. */
  readonly version: (storyId: string, revision: number) => Story
  readonly reader: Pick<LibraryReader, 'verify'>
  readonly backups: Pick<BackupSchedule, 'backUp' | 'problem'>
  readonly second: SecondFolder
  readonly jobs: Jobs
  readonly events: Events
  readonly clock: Clock
  readonly notices: readonly RecoveryNotice[]
}

/** Rows shown of one backup; a person finds others by their headline. */
const SHOWN = 500

/** What was damaged and put right, the backups and what is in them, and the way back from either. */
export class RecoveryService {
  readonly #options: RecoveryOptions
  #notices: readonly RecoveryNotice[]
  readonly #checked = new Map<string, Promise<{ stories: number; whole: boolean }>>()

  constructor(options: RecoveryOptions) {
    this.#options = options
    this.#notices = options.notices
  }

  state() {
    const { store, second } = this.#options
    const folder = quarantineFolder(store.folder)
    return {
      notices: [...this.#notices],
      quarantine: { folder, files: namesIn(folder) },
      second: { folder: second.folder ?? '', newestAt: second.newestAt(), problem: second.problem }
    }
  }

  seen(): void {
    writeNotices(this.#options.store.folder, [])
    this.#notices = []
  }

  /** Throws `storage_failed` with the reason where it could not be made. */
  async backUp(): Promise<void> {
    const { backups } = this.#options
    await backups.backUp()
    if (backups.problem) throw new GalleyError('storage_failed', backups.problem)
  }

  async backups(signal: AbortSignal): Promise<Backup[]> {
    const { store, second } = this.#options
    const found: Promise<Backup>[] = []
    const add = (place: Backup['place'], backup: BackupFile): void => {
      const { size, mtime, mtimeMs } = statSync(backup.file)
      const key = `${backup.file} ${size} ${mtimeMs}`
      const checked = this.#checked.get(key) ?? this.#check(backup.file, signal)
      this.#checked.set(key, checked)
      checked.catch(() => this.#checked.delete(key))
      found.push(
        checked.then((said) => ({ id: `${place}:${backup.name}`, place, madeAt: mtime.toISOString(), size, ...said }))
      )
    }
    for (const backup of listBackups(store.folder)) add('library', backup)
    for (const backup of second.folder === null ? [] : backupsIn(second.folder)) add('second', backup)
    return (await Promise.all(found)).toSorted((a, b) => (a.madeAt < b.madeAt ? 1 : -1))
  }

  stories(backup: string, text: string): BackedUpStory[] {
    return storiesInBackup(this.#file(backup), text, SHOWN).map(
      ({ id, headline, status, words, revision, changedAt }) => ({
        storyId: id,
        headline,
        status: Status.parse(status),
        words,
        backedUp: { revision, at: changedAt },
        now: this.#now(id)
      })
    )
  }

  story(backup: string, storyId: string): Story {
    const found = storyInBackup(this.#file(backup), storyId)
    if (!found)
      throw new GalleyError('not_found', say('recovery.notInBackup'), {
        detail: { storyId }
      })
    return toStory(storyId, found.best, Status.parse(found.row.status), found.row.changedAt)
  }

  restore(backup: string, storyId: string, by: string | null): Story {
    const { stories } = this.#options
    const { fields, body } = this.story(backup, storyId)
    const row = this.#row(storyId)
    if (!row) return stories.create({ id: storyId, fields, body, reason: 'restored' }, by)
    this.#mendIfDamaged(row, by)
    return stories.replace(storyId, fields, body, by)
  }

  async restoreAll(backup: string, jobId: string | undefined, by: string | null, signal: AbortSignal): Promise<number> {
    const { jobs, backups, events } = this.#options
    const all = storiesInBackup(this.#file(backup), '', 1_000_000)
    return jobs.run(jobId, { key: 'recovery.restoring' }, signal, async (job) => {
      await backups.backUp()
      let restored = 0
      for (const [at, { id, revision, changedAt }] of all.entries()) {
        if (job.signal.aborted) break
        const now = this.#now(id)
        if (!now || now.revision !== revision || now.at !== changedAt) {
          this.restore(backup, id, by)
          restored += 1
          // Between two stories, saves from typing get their turn.
          await new Promise((resolve) => setImmediate(resolve))
        }
        job.progress(at + 1, all.length)
      }
      events.emit('libraryChanged', {})
      return restored
    })
  }

  versions(storyId: string): GoodVersion[] {
    const { store } = this.#options
    const row = this.#existing(storyId)
    const found: GoodVersion[] = []
    const add = (id: string, from: GoodVersion['from'], story: Story): void => {
      const { headline } = story.fields
      const words = new OpenStory(0, story).words
      found.push({ id, from, headline, words, state: { revision: story.revision, at: story.changedAt } })
    }
    const best = bestVersion(store, row.seq, this.#files())
    if (best) add('best', 'best', toStory(storyId, best, row.status, best.journal.at(-1)?.savedAt ?? row.changed_at))
    for (const { revision } of store.read((db) => listRevisions(db, row.seq, storyId))) {
      const version = attempt(() => this.version(storyId, `history:${revision}`))
      if (version) add(`history:${revision}`, 'history', version)
    }
    for (const id of this.#ids()) {
      const version = attempt(() => this.version(storyId, id))
      if (version && !found.some(({ from, state }) => from === 'backup' && state.revision === version.revision)) {
        add(id, 'backup', version)
      }
    }
    return found
  }

  version(storyId: string, version: string): Story {
    const row = this.#existing(storyId)
    if (version === 'best') {
      const best = bestVersion(this.#options.store, row.seq, this.#files())
      if (!best) throw nothingLeft(storyId)
      return toStory(storyId, best, row.status, best.journal.at(-1)?.savedAt ?? row.changed_at)
    }
    const revision = /^history:(\d+)$/.exec(version)?.[1]
    return revision === undefined ? this.story(version, storyId) : this.#options.version(storyId, Number(revision))
  }

  mend(storyId: string, version: string, by: string | null): Story {
    const chosen = this.version(storyId, version)
    const mended = this.#mendIfDamaged(this.#existing(storyId), by)
    return version === 'best' ? mended : this.#options.stories.replace(storyId, chosen.fields, chosen.body, by)
  }

  /** Puts the best version of a story in place where the stored one cannot be read; of that a copy is kept. */
  #mendIfDamaged({ id, seq }: StoryRow, by: string | null): Story {
    const { store, stories } = this.#options
    try {
      return stories.get(id)
    } catch (error) {
      if (!(error instanceof GalleyError) || error.code !== 'damaged') throw error
    }
    this.#keepDamaged(id, seq)
    if (putBestVersion(store, seq, this.#files()) === null) throw nothingLeft(id)
    return stories.reload(id, by)
  }

  #keepDamaged(id: string, seq: number): void {
    const { store, clock } = this.#options
    const { raw } = store.connection()
    const rows = ['article_content', 'journal'].map((table) => [
      table,
      raw.prepare(`SELECT * FROM ${table} WHERE seq = ?`).all(seq)
    ])
    const folder = quarantineFolder(store.folder)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const stamp = new Date(clock.now()).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
    const name = `${stamp}-${randomUUID().slice(0, 4)}-story-${id}.json`
    writeFileSync(join(folder, name), JSON.stringify({ id, ...Object.fromEntries(rows) }), { mode: 0o600 })
  }

  async #check(file: string, signal: AbortSignal): Promise<{ stories: number; whole: boolean }> {
    const { problems, stories } = await this.#options.reader.verify({ file, full: true }, { signal })
    return { stories, whole: problems.length === 0 }
  }

  #now(id: string): { revision: number; at: string } | null {
    const row = this.#row(id)
    return row ? { revision: row.revision, at: row.changed_at } : null
  }

  #row(id: string): StoryRow | undefined {
    return this.#options.store.read((db) => getStoryRow(db, id))
  }

  #existing(id: string): StoryRow {
    const row = this.#row(id)
    if (!row) throw new GalleyError('not_found', say('recovery.noSuchStory'), { detail: { id } })
    return row
  }

  #ids(): string[] {
    const { store, second } = this.#options
    const there = second.folder === null ? [] : backupsIn(second.folder)
    return [
      ...listBackups(store.folder).map(({ name }) => `library:${name}`),
      ...there.map(({ name }) => `second:${name}`)
    ]
  }

  #files(): string[] {
    return this.#ids().map((id) => this.#file(id))
  }

  /** Only names that are listed get through: a path is never made from what a window says. */
  #file(id: string): string {
    const { store, second } = this.#options
    const [place, name] = id.split(':')
    const there =
      place === 'library' ? listBackups(store.folder) : second.folder === null ? [] : backupsIn(second.folder)
    const backup = there.find((one) => one.name === name)
    if (!backup) throw new GalleyError('not_found', say('recovery.backupGone'))
    return backup.file
  }
}

/** A text with the saves that lead on from it, as a story. Throws what reading it throws. */
function toStory(id: string, { text, journal }: Best, status: Status, changedAt: string): Story {
  const { fields, body } = text.read()
  const open = new OpenStory(0, {
    id,
    revision: text.revision,
    status,
    fields: StoryFields.parse(JSON.parse(fields)),
    body: upgradeBody(JSON.parse(body)),
    changedAt
  })
  for (const entry of journal) open.apply(JSON.parse(entry.change) as StoryChange, entry.savedAt)
  return { ...open.toStory(), status, changedAt }
}

function nothingLeft(storyId: string): GalleyError {
  return new GalleyError('damaged', say('recovery.nothingLeft'), {
    detail: { storyId }
  })
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
