import BetterSqlite3 from 'better-sqlite3'
import fc from 'fast-check'
import { copyFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Events } from '../../../src/main/core/events.ts'
import { StoriesService } from '../../../src/main/core/stories/stories.ts'
import { listBackups, makeBackup } from '../../../src/main/core/store/backup.ts'
import { copyLibrary } from '../../../src/main/core/store/copy-library.ts'
import { verifyFile } from '../../../src/main/core/store/integrity-check.ts'
import { openLibrary, type OpenedLibrary } from '../../../src/main/core/store/open-library.ts'
import { readLog } from '../../../src/main/core/store/log.ts'
import type { Story } from '../../../src/shared/story/story.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { ManualClock } from '../../support/manual-clock.ts'

describe('a damaged library', () => {
  let folder: string
  let opened: OpenedLibrary | null = null

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'galley-damage-'))
  })
  afterEach(async () => {
    opened?.close()
    opened = null
    await rm(folder, { recursive: true, force: true })
  })

  const file = (name = 'galley.db'): string => join(folder, name)
  async function open(): Promise<StoriesService> {
    opened = await openLibrary(folder)
    return new StoriesService({
      store: opened.store,
      clock: new ManualClock(),
      events: new Events(() => undefined),
      desk: () => ({ zone: 'UTC', language: 'en' })
    })
  }
  function close(): void {
    opened?.close()
    opened = null
  }
  /** As after kill -9: files as they are, log included, nothing closed. */
  async function kill(): Promise<void> {
    const kept = new Map<string, Buffer>()
    for (const name of ['galley.db', 'galley.db-wal', 'galley.mark', 'library.json'])
      if (existsSync(file(name))) kept.set(name, readFileSync(file(name)))
    close()
    for (const [name, bytes] of kept) writeFileSync(file(name), bytes)
    await rm(file('galley.db-shm'), { force: true })
  }
  const backUp = (): Promise<unknown> =>
    makeBackup(folder, {
      copy: async (target) => (await copyLibrary(opened!.store.connection().raw, target))!,
      now: Date.UTC(2026, 2, 14)
    })
  const text = (story: Story): string => JSON.stringify([story.fields.headline, story.body.blocks])
  const paragraph = (id: string, words: string) => ({ id, type: 'paragraph' as const, runs: [{ text: words }] })

  /** Six stories in a backup, of which one goes on, one is new and one is folded since. */
  async function desk(): Promise<{
    stories: StoriesService
    ids: string[]
    before: string[]
    after: string[]
    between: string[]
  }> {
    const stories = await open()
    const ids = Array.from(
      { length: 6 },
      (_, n) =>
        stories.create({
          fields: { headline: `Story ${n}` },
          body: { version: 1, blocks: [paragraph('a', `Text ${n} `.repeat(200))] }
        }).id
    )
    await backUp()
    const before = ids.map((id) => text(stories.get(id)))
    const between: string[] = []
    for (let revision = 1; revision <= 5; revision++) {
      between.push(text(stories.get(ids[0]!)))
      stories.patchBody({ id: ids[0]!, baseRevision: revision, changeId: newId() }, [
        { op: 'insert', after: null, block: paragraph(`n${revision}`, `Later ${revision}`) }
      ])
    }
    stories.patchFields({ id: ids[1]!, baseRevision: 1, changeId: newId() }, { headline: 'Changed since' })
    stories.settle(ids[1]!)
    ids.push(stories.create({ fields: { headline: 'New since' } }).id)
    return { stories, ids, before, between, after: ids.map((id) => text(stories.get(id))) }
  }
  async function everything(ids: readonly string[]): Promise<string[]> {
    const stories = await open()
    return ids.map((id) => text(stories.get(id)))
  }
  const quarantined = async (): Promise<string[]> =>
    existsSync(file('quarantine'))
      ? (await readdir(file('quarantine'))).map((name) => name.replace(/^\d{8}-\d{6}-\w{4}-/, '')).toSorted()
      : []

  it('is no such thing after a kill: the log is taken up, and nothing is restored', async () => {
    const { ids, after } = await desk()
    await kill()
    expect(await everything(ids)).toEqual(after)
    expect(opened!.notices).toEqual([])
    expect(await quarantined()).toEqual([])
  })

  it.each([
    [
      'empty',
      async () => {
        await writeFile(file(), '')
        await rm(file('galley.db-wal'), { force: true })
      }
    ],
    ['missing', async () => rm(file())],
    ['no database', async () => writeFile(file(), 'This is not a library at all. '.repeat(400))],
    [
      'an empty database',
      async () => {
        await rm(file())
        await copyFile(file('galley.lock'), file())
      }
    ]
  ])('that is %s comes back from the newest backup', async (_how, damage) => {
    const { ids, before } = await desk()
    close()
    await damage()
    expect(await everything(ids.slice(0, 6))).toEqual(before)
    const [notice] = opened!.notices
    expect(notice).toMatchObject({ kind: 'restored', stories: expect.any(Number), backupAt: expect.any(String) })
    // The edits of the first two stories and the seventh story came after the backup, and the log had been folded away.
    expect(notice!.lost.map(({ storyId }) => storyId).toSorted()).toEqual([ids[0]!, ids[1]!, ids[6]!].toSorted())
    expect(opened!.readOnlyReason).toBeNull()
  })

  it('keeps the damaged file, and restores once', async () => {
    const { ids, before } = await desk()
    close()
    await truncate(file(), 10_000)
    const bytes = await readFile(file())
    await everything(ids.slice(0, 6))
    expect(await quarantined()).toContain('galley.db')
    const [name] = (await readdir(file('quarantine'))).filter((one) => one.endsWith('galley.db'))
    expect((await readFile(join(file('quarantine'), name!))).equals(bytes)).toBe(true)
    const told = opened!.notices
    expect(told).toHaveLength(1)
    close()
    expect(await everything(ids.slice(0, 6))).toEqual(before)
    expect(opened!.notices).toEqual(told)
  })

  it('that lost its file but not its log gets back the last saves', async () => {
    const { ids, after } = await desk()
    await kill()
    await writeFile(file(), '')
    const now = await everything(ids.slice(0, 2))
    expect(now).toEqual(after.slice(0, 2))
    expect(opened!.notices).toMatchObject([{ kind: 'restored', why: 'empty', lost: [] }])
  })

  it('whose schema only a writer finds damaged comes back from the newest backup', async () => {
    const { ids, after } = await desk()
    close()
    // A reader is not told of a constraint that names no column.
    const bytes = await readFile(file())
    const column = bytes.lastIndexOf('signs INTEGER NOT NULL')
    bytes.write('S1gns', column)
    await writeFile(file(), bytes)
    expect(await everything(ids)).toEqual(after)
    expect(opened!.notices).toMatchObject([{ kind: 'restored', why: 'unreadable' }])
  })

  it.each([3, 255])(
    'that is said to be of a later SQLite (%d) is no folder that cannot be written to',
    async (version) => {
      const { ids, after } = await desk()
      close()
      const bytes = await readFile(file())
      bytes[18] = version
      await writeFile(file(), bytes)
      expect(await everything(ids)).toEqual(after)
      expect(opened).toMatchObject({ readOnlyReason: null, notices: [{ kind: 'restored', why: 'unreadable' }] })
    }
  )

  it('whose number of a revision is not what was written has the story back from its history', async () => {
    const { ids, after } = await desk()
    close()
    const raw = new BetterSqlite3(file())
    raw.exec(`UPDATE article_content SET revision = 0 WHERE seq = (SELECT seq FROM articles WHERE id = '${ids[1]}')`)
    raw.close()
    await writeFile(
      file('library.json'),
      (await readFile(file('library.json'), 'utf8')).replace(/"state":"\w+"/, '"state":"suspect"')
    )
    expect(await everything(ids)).toEqual(after)
  })

  it('whichever byte is overwritten, opens again with every story in its last or its backed-up state', async () => {
    const { ids, before, after, between } = await desk()
    close()
    const whole = await readFile(file())
    // The first story was in the middle of being typed: each save of it is a state of its own.
    const states = ids.map((_, at) => [after[at], before[at], ...(at === 0 ? between : []), undefined])
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ at: fc.integer({ min: 0, max: whole.length - 1 }), with: fc.integer({ min: 0, max: 255 }) }),
          { minLength: 1, maxLength: 40 }
        ),
        async (hits) => {
          const bytes = Buffer.from(whole)
          for (const hit of hits) bytes[hit.at] = hit.with
          await writeFile(file(), bytes)
          await writeFile(
            file('library.json'),
            (await readFile(file('library.json'), 'utf8')).replace(/"state":"\w+"/, '"state":"suspect"')
          )
          const stories = await open()
          try {
            for (const [at, id] of ids.entries()) {
              let held: string | undefined
              try {
                held = text(stories.get(id))
              } catch (error) {
                expect(error).toMatchObject({ code: 'not_found' })
              }
              // Only the story that is in no backup may be gone.
              if (held === undefined) expect(at).toBe(6)
              expect(states[at]).toContain(held)
            }
            expect(verifyFile(file(), true)!.problems).toEqual([])
            expect(opened!.readOnlyReason).toBeNull()
          } finally {
            close()
          }
        }
      ),
      { numRuns: 40, seed: 1814 }
    )
  }, 120_000)

  it('wherever it is cut off, opens again', async () => {
    const { ids, before, after } = await desk()
    close()
    const whole = await readFile(file())
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
        await writeFile(file(), whole.subarray(0, length))
        const now = await everything(ids.slice(0, 6))
        close()
        for (const [at, held] of now.entries()) expect([before[at], after[at]]).toContain(held)
      }),
      { numRuns: 12, seed: 7 }
    )
  }, 60_000)

  it('with one bad row costs that story its last changes and no other anything', async () => {
    const { ids, before, after } = await desk()
    opened!.store
      .connection()
      .raw.exec(`UPDATE article_content SET body = replace(body, 'Text 3', 'Text X') WHERE seq = 4`)
    const stories = new StoriesService({
      store: opened!.store,
      clock: new ManualClock(),
      events: new Events(() => undefined),
      desk: () => ({ zone: 'UTC', language: 'en' })
    })
    expect(() => stories.get(ids[3]!)).toThrow(expect.objectContaining({ code: 'damaged' }))
    close()
    expect(await everything(ids)).toEqual(after.with(3, before[3]!))
    expect(opened!.notices).toMatchObject([{ kind: 'stories', repaired: 1, beyondRepair: 0 }])
  })

  it('with a log damaged in its middle keeps the saves behind the damage', async () => {
    const stories = await open()
    const ids = Array.from({ length: 4 }, (_, n) => stories.create({ fields: { headline: `Story ${n}` } }).id)
    opened!.store.connection().raw.pragma('wal_checkpoint(TRUNCATE)')
    await backUp()
    stories.patchFields({ id: ids[0]!, baseRevision: 1, changeId: newId() }, { editorsNote: 'x'.repeat(20_000) })
    for (let n = 1; n < 4; n++)
      stories.patchFields({ id: ids[n]!, baseRevision: 1, changeId: newId() }, { standfirst: `Saved ${n}` })
    await kill()
    const log = await readFile(file('galley.db-wal'))
    expect(readLog(log)!.broken).toBe(false)
    const at = log.indexOf('xxxxxxxxxxxxxxxx')
    expect(at).toBeGreaterThan(0)
    log[at + 100] = 0x79
    await writeFile(file('galley.db-wal'), log)
    expect(readLog(log)!.broken).toBe(true)
    const again = await open()
    expect(ids.slice(1).map((id) => again.get(id).fields.standfirst)).toEqual(['Saved 1', 'Saved 2', 'Saved 3'])
    expect(again.get(ids[0]!).fields.headline).toBe('Story 0')
    expect(opened!.notices).toMatchObject([{ kind: 'log', fault: 'cut' }])
    expect(await quarantined()).toContain('galley.db-wal')
  })

  it('with a log that is garbage opens with what is in the file', async () => {
    const { ids, before } = await desk()
    close()
    await writeFile(file('galley.db-wal'), Buffer.alloc(50_000, 0xa5))
    const now = await everything(ids.slice(2, 6))
    expect(now).toEqual(before.slice(2, 6))
  })

  it('killed at any step of the repair is repaired at the next start', async () => {
    const { ids, before } = await desk()
    close()
    const backup = listBackups(folder)[0]!
    // Between the finished copy and the moves: the copy is there, the damaged file too, or gone already.
    for (const gone of [false, true]) {
      await copyFile(backup.file, file('restored.db'))
      if (gone) await rm(file(), { force: true })
      else await writeFile(file(), 'damaged')
      expect(await everything(ids.slice(0, 6))).toEqual(before)
      expect(existsSync(file('restored.db'))).toBe(false)
      close()
    }
    // Before the copy was finished: it is thrown away and made again.
    await writeFile(file('restored.db.tmp'), 'half a copy')
    await writeFile(file(), 'damaged')
    expect(await everything(ids.slice(0, 6))).toEqual(before)
    expect(existsSync(file('restored.db.tmp'))).toBe(false)
  })

  it('without a good backup gives what it still yields, and passes over a bad backup', async () => {
    const { ids, before } = await desk()
    close()
    const [backup] = listBackups(folder)
    await copyFile(backup!.file, join(folder, 'backups', 'galley-000000000099-20260315.db'))
    await truncate(join(folder, 'backups', 'galley-000000000099-20260315.db'), 5000)
    await truncate(file(), 3)
    expect(await everything(ids.slice(0, 6))).toEqual(before)
    close()
    await rm(join(folder, 'backups'), { recursive: true })
    await writeFile(file(), 'gone')
    const stories = await open()
    expect(() => stories.get(ids[0]!)).toThrow(expect.objectContaining({ code: 'not_found' }))
    expect(opened!.notices.at(-1)).toMatchObject({ kind: 'restored', stories: 0, backupAt: null })
  })
})
