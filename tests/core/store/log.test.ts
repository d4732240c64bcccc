import { copyFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Events } from '../../../src/main/core/events.ts'
import { makeBackup } from '../../../src/main/core/store/backup.ts'
import { copyLibrary } from '../../../src/main/core/store/copy-library.ts'
import { readLog } from '../../../src/main/core/store/log.ts'
import { readMark } from '../../../src/main/core/store/log-mark.ts'
import { openLibrary, type OpenedLibrary } from '../../../src/main/core/store/open-library.ts'
import { sql, type ReadableDb, type WritableDb } from '../../../src/main/core/store/sql.ts'
import { StoriesService } from '../../../src/main/core/stories/stories.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { ManualClock } from '../../support/manual-clock.ts'

let folder: string
let other: string
const open: OpenedLibrary[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-log-'))
  other = await mkdtemp(join(tmpdir(), 'galley-other-'))
})
afterEach(async () => {
  for (const library of open.splice(0)) library.close()
  await rm(folder, { recursive: true, force: true })
  await rm(other, { recursive: true, force: true })
})

async function openAt(where = folder): Promise<{ library: OpenedLibrary; stories: StoriesService }> {
  const library = await openLibrary(where)
  open.push(library)
  const stories = new StoriesService({
    store: library.store,
    clock: new ManualClock(),
    events: new Events(() => undefined),
    desk: () => ({ zone: 'UTC', language: 'en' })
  })
  return { library, stories }
}

const FILES = ['galley.db', 'galley.db-wal', 'galley.mark', 'library.json']
const log = (where = folder): string => join(where, 'galley.db-wal')

/** The files as kill -9 leaves them at this moment. */
function snapshot(where = folder): Map<string, Buffer> {
  return new Map(
    FILES.flatMap((name) => (existsSync(join(where, name)) ? [[name, readFileSync(join(where, name))]] : []))
  )
}
/** Closes, and puts the files back as they were: as though the process had been killed then. */
async function killedAt(files: Map<string, Buffer>, where = folder): Promise<void> {
  for (const library of open.splice(0)) library.close()
  for (const name of FILES) await rm(join(where, name), { force: true })
  await rm(join(where, 'galley.db-shm'), { force: true })
  await rm(join(where, 'recovery.json'), { force: true })
  for (const [name, bytes] of files) writeFileSync(join(where, name), bytes)
}
const headlines = (stories: StoriesService, ids: readonly string[]): string[] =>
  ids.map((id) => stories.get(id).fields.headline)
const change = (stories: StoriesService, id: string, headline: string): void => {
  stories.patchFields({ id, baseRevision: stories.get(id).revision, changeId: newId() }, { headline })
}

/** Four stories that are in the database, and edits of two of them that are in the log alone. */
async function desk(where = folder): Promise<{ ids: string[]; files: Map<string, Buffer> }> {
  const { library, stories } = await openAt(where)
  const ids = Array.from({ length: 4 }, (_, n) => stories.create({ fields: { headline: `Story ${n}` } }).id)
  library.close()
  const again = await openAt(where)
  change(again.stories, ids[0]!, 'First edit')
  change(again.stories, ids[1]!, 'Second edit')
  change(again.stories, ids[0]!, 'Third edit')
  return { ids, files: snapshot(where) }
}

describe('the mark beside the database', () => {
  it('knows the log and its length after each save', async () => {
    const { ids } = await desk()
    const mark = readMark(folder)!
    const found = readLog(readFileSync(log()))!
    expect(mark).toMatchObject({
      state: 'open',
      position: { salt1: found.salt1, salt2: found.salt2, frames: found.usable }
    })
    expect(mark.stories.get(ids[0]!)).toEqual({ revision: 3, savedAt: expect.any(Number) })
    expect([...mark.stories.keys()].toSorted()).toEqual(ids.toSorted())
  })

  it('follows the log when it starts anew, and when the library is closed', async () => {
    const { library, stories } = await openAt()
    const { id } = stories.create({})
    const before = readMark(folder)!.position
    library.store.connection().raw.pragma('wal_checkpoint(RESTART)')
    change(stories, id, 'In the next log')
    const after = readMark(folder)!
    expect(after.position.salt1).toBe((before.salt1 + 1) >>> 0)
    expect(after.position.frames).toBe(readLog(readFileSync(log()))!.usable)
    library.close()
    expect(readMark(folder)).toMatchObject({ state: 'closed' })
    expect(existsSync(log())).toBe(false)
  })

  it('raises no alarm for a kill at any moment: between a commit and its mark, at the first save, while the log starts anew, on closing', async () => {
    const moments: { files: Map<string, Buffer>; at: string }[] = []
    const { library, stories } = await openAt()
    moments.push({ files: snapshot(), at: 'opened' })
    const { id } = stories.create({ fields: { headline: 'A' } })
    moments.push({ files: snapshot(), at: 'first save' })
    const mark = readFileSync(join(folder, 'galley.mark'))
    change(stories, id, 'B')
    moments.push({ files: new Map([...snapshot(), ['galley.mark', mark]]), at: 'before the mark' })
    library.store.connection().raw.pragma('wal_checkpoint(RESTART)')
    moments.push({ files: snapshot(), at: 'folded' })
    const old = readFileSync(join(folder, 'galley.mark'))
    change(stories, id, 'C')
    moments.push({ files: new Map([...snapshot(), ['galley.mark', old]]), at: 'new log, old mark' })
    const files = snapshot()
    library.close()
    const closed = snapshot()
    moments.push({ files: closed, at: 'closed' })
    // The log is folded and marked before it goes.
    moments.push({ files: new Map([...files, ['galley.mark', closed.get('galley.mark')!]]), at: 'closed, log there' })
    for (const { files: then, at } of moments) {
      await killedAt(then)
      const again = await openAt()
      expect({ at, notices: again.library.notices }).toEqual({ at, notices: [] })
    }
  })
})

describe('a log that is not what it was', () => {
  const faults: [string, 'missing' | 'cut' | 'garbage', () => Promise<void>][] = [
    ['is deleted', 'missing', () => rm(log())],
    ['is emptied', 'missing', () => truncate(log(), 0)],
    ['is cut after its first frames', 'cut', () => truncate(log(), 32 + 2 * 4120 + 100)],
    ['is cut to its header', 'cut', () => truncate(log(), 32)],
    ['is garbage', 'garbage', async () => writeFile(log(), Buffer.alloc((await stat(log())).size, 0xa5))],
    [
      'has a broken first frame',
      'cut',
      async () => {
        const bytes = await readFile(log())
        bytes[32 + 24 + 50]! ^= 0xff
        await writeFile(log(), bytes)
      }
    ]
  ]
  it.each(faults)('%s is noticed, and what is gone is said', async (_how, fault, damage) => {
    const { ids, files } = await desk()
    await killedAt(files)
    await damage()
    const { library, stories } = await openAt()
    const [notice, ...more] = library.notices
    expect(more).toEqual([])
    expect(notice).toMatchObject({ kind: 'log', fault })
    const now = headlines(stories, ids)
    // Whatever is not as it was last saved is named, with both its states; and nothing else is.
    const gone = ids.filter((_, n) => now[n] !== ['Third edit', 'Second edit', 'Story 2', 'Story 3'][n])
    expect(notice!.lost.map(({ storyId }) => storyId).toSorted()).toEqual(gone.toSorted())
    for (const { storyId, saved, now: state } of notice!.lost) {
      expect(saved.revision).toBe(storyId === ids[0] ? 3 : 2)
      expect(state!.revision).toBe(stories.get(storyId).revision)
    }
    library.close()
    // It is told until somebody has seen it, and found once.
    expect((await openAt()).library.notices).toEqual([notice])
  })

  it('of another library is set aside and never replayed', async () => {
    const { ids, files } = await desk()
    await killedAt(files)
    const theirs = await desk(other)
    await killedAt(theirs.files, other)
    await copyFile(log(other), log())
    const { library, stories } = await openAt()
    expect(headlines(stories, ids)).toEqual(['Story 0', 'Story 1', 'Story 2', 'Story 3'])
    expect(library.notices).toMatchObject([{ kind: 'log', fault: 'foreign' }])
    expect(library.notices[0]!.lost.map(({ storyId }) => storyId).toSorted()).toEqual(ids.slice(0, 2).toSorted())
    expect((await readdir(join(folder, 'quarantine'))).map((name) => name.replace(/^.*?-(?=galley)/, ''))).toEqual([
      'galley.db-wal'
    ])
  })

  it('of another library beside one that was closed properly is set aside, and nothing is missing', async () => {
    const { library, stories } = await openAt()
    const { id } = stories.create({ fields: { headline: 'Ours' } })
    library.close()
    const theirs = await desk(other)
    await killedAt(theirs.files, other)
    await copyFile(log(other), log())
    const again = await openAt()
    expect(again.stories.get(id).fields.headline).toBe('Ours')
    expect(again.library.notices).toMatchObject([{ kind: 'log', fault: 'foreign', lost: [] }])
  })

  it('of an earlier time of the same library is not taken for the last one', async () => {
    const { ids, files } = await desk()
    for (const library of open.splice(0)) library.close()
    const later = await openAt()
    change(later.stories, ids[2]!, 'Later')
    const now = snapshot()
    await killedAt(new Map([...now, ['galley.db-wal', files.get('galley.db-wal')!]]))
    const { library, stories } = await openAt()
    expect(library.notices).toMatchObject([{ kind: 'log', fault: 'foreign' }])
    expect(library.notices[0]!.lost.map(({ storyId }) => storyId)).toEqual([ids[2]])
    expect(headlines(stories, ids)).toEqual(['Third edit', 'Second edit', 'Story 2', 'Story 3'])
  })

  it('brings back from a backup what the backup has of it, and says only what is still missing', async () => {
    const { ids } = await desk()
    const library = open[1]!
    await makeBackup(folder, {
      copy: async (target) => (await copyLibrary(library.store.connection().raw, target))!,
      now: Date.UTC(2026, 2, 14)
    })
    const service = new StoriesService({
      store: library.store,
      clock: new ManualClock(),
      events: new Events(() => undefined),
      desk: () => ({ zone: 'UTC', language: 'en' })
    })
    change(service, ids[3]!, 'After the backup')
    await killedAt(snapshot())
    await rm(log())
    const again = await openAt()
    expect(headlines(again.stories, ids)).toEqual(['Third edit', 'Second edit', 'Story 2', 'Story 3'])
    expect(again.library.notices).toMatchObject([{ kind: 'log', fault: 'missing', forward: 2 }])
    expect(again.library.notices[0]!.lost.map(({ storyId, headline }) => [storyId, headline])).toEqual([
      [ids[3], 'Story 3']
    ])
  })

  it('or a database file that is an earlier copy is noticed too', async () => {
    const { library, stories } = await openAt()
    const { id } = stories.create({ fields: { headline: 'Early' } })
    library.close()
    const early = readFileSync(join(folder, 'galley.db'))
    const again = await openAt()
    change(again.stories, id, 'Late')
    again.library.close()
    await writeFile(join(folder, 'galley.db'), early)
    const last = await openAt()
    expect(last.library.notices).toMatchObject([{ kind: 'older', lost: [{ storyId: id, headline: 'Early' }] }])
  })

  it('or an old text under a new row of the list, although all was closed properly, is noticed', async () => {
    const { library, stories } = await openAt()
    const { id } = stories.create({ fields: { headline: 'Early' } })
    change(stories, id, 'Late')
    library.close()
    const raw = new BetterSqlite3(join(folder, 'galley.db'))
    raw.exec('UPDATE article_content SET revision = revision - 1; DELETE FROM journal')
    raw.close()
    const again = await openAt()
    expect(again.library.notices).toMatchObject([{ kind: 'older', lost: [{ storyId: id }] }])
  })

  it('that a power cut has taken what was not synced from raises no alarm, and keeps what was', async () => {
    const { library, stories } = await openAt()
    const { id } = stories.create({ fields: { headline: 'Saved' } })
    const { frames } = readMark(folder)!.position
    for (const value of ['1', '2', '3']) library.store.writeUnsynced('test', note(value))
    const files = snapshot()
    const whole = files.get('galley.db-wal')!
    expect(readLog(whole)!.usable).toBeGreaterThan(frames)
    files.set('galley.db-wal', whole.subarray(0, 32 + frames * (24 + 4096)))
    await killedAt(files)
    const again = await openAt()
    expect(again.library.notices).toEqual([])
    expect(headlines(again.stories, [id])).toEqual(['Saved'])
    expect(again.library.store.read(noted)).toBeUndefined()
    // A kill takes nothing of it.
    files.set('galley.db-wal', whole)
    await killedAt(files)
    expect((await openAt()).library.store.read(noted)).toEqual({ value: '3' })
  })

  it('that begins anew with what was not synced is known to the mark, however often', async () => {
    const { library } = await openAt()
    for (const value of ['1', '2', '3']) {
      library.store.connection().raw.pragma('wal_checkpoint(PASSIVE)')
      library.store.writeUnsynced('test', note(value))
      const { salt1, salt2 } = readLog(readFileSync(log()))!
      expect(readMark(folder)!.position).toMatchObject({ salt1, salt2 })
    }
    await killedAt(snapshot())
    const again = await openAt()
    expect(again.library.notices).toEqual([])
    expect(again.library.store.read(noted)).toEqual({ value: '3' })
  })

  it('takes no save that is not synced', async () => {
    const { library } = await openAt()
    const save = (): void =>
      library.store.writeUnsynced('test', (db) => {
        note('1')(db)
        db.saved('story', 2, '2026-03-14T00:00:00.000Z')
      })
    expect(save).toThrow('a save waits for the disk')
    expect(library.store.read(noted)).toBeUndefined()
    expect(library.store.connection().raw.pragma('synchronous', { simple: true })).toBe(2)
  })
})

const note =
  (value: string) =>
  (db: WritableDb): void => {
    db.run(sql`INSERT OR REPLACE INTO library (key, value) VALUES ('noted', ${value})`)
  }
const noted = (db: ReadableDb): { value: string } | undefined =>
  db.get(sql`SELECT value FROM library WHERE key = 'noted'`)
