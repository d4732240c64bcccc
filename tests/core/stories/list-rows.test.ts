import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Events } from '../../../src/main/core/events.ts'
import { StoriesService } from '../../../src/main/core/stories/stories.ts'
import { LibraryIndex } from '../../../src/main/core/library/library-index.ts'
import { LibraryService } from '../../../src/main/core/library/library.ts'
import { BackupSchedule, listBackups } from '../../../src/main/core/store/backup.ts'
import { copyLibrary } from '../../../src/main/core/store/copy-library.ts'
import { openLibrary, type OpenedLibrary } from '../../../src/main/core/store/open-library.ts'
import { LibraryReader } from '../../../src/main/core/store/reader/client.ts'
import { sql } from '../../../src/main/core/store/sql.ts'
import { Store } from '../../../src/main/core/store/store.ts'
import type { StorySummary } from '../../../src/shared/story/fields.ts'
import type { LibrarySort } from '../../../src/shared/contract/library.ts'
import type { Block } from '../../../src/shared/document/document.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { ManualClock } from '../../support/manual-clock.ts'

const paragraph = (id: string, text: string): Block => ({ id, type: 'paragraph', runs: [{ text }] })

describe('the rows of the list while somebody types', () => {
  let folder: string
  let opened: OpenedLibrary
  let clock: ManualClock
  let stories: StoriesService
  let index: LibraryIndex
  let reader: LibraryReader
  let library: LibraryService

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'galley-list-rows-'))
    await open()
  })
  afterEach(async () => {
    await close()
    await rm(folder, { recursive: true, force: true })
  })

  async function open(): Promise<void> {
    opened = await openLibrary(folder)
    clock = new ManualClock()
    const { store } = opened
    const events = new Events(() => undefined)
    stories = new StoriesService({ store, clock, events, desk: () => ({ zone: 'UTC', language: 'en' }) })
    index = new LibraryIndex({ clock, events, rows: stories.rows, log: () => undefined })
    reader = new LibraryReader(store.databaseFile)
    library = new LibraryService({ store, reader, rows: stories.rows, index })
    stories.rows.catchUpAfterKill()
    index.start()
  }
  async function close(): Promise<void> {
    await reader.close()
    opened.close()
  }
  /** As after a kill: nothing is folded, nothing said goodbye. */
  async function reopen(): Promise<void> {
    await close()
    await open()
  }

  const add = (headline: string): string =>
    stories.create({ fields: { headline }, body: { version: 1, blocks: [paragraph('a', '')] } }).id
  function type(id: string, text: string): void {
    clock.jump(1)
    stories.patchBody({ id, baseRevision: stories.get(id).revision, changeId: newId() }, [
      { op: 'replace', block: paragraph('a', text) }
    ])
  }
  /** The rows as they are on disk, last changed first, as another process sees them. */
  function onDisk(): Pick<StorySummary, 'headline' | 'words' | 'revision'>[] {
    const other = Store.read(folder, 'beside')
    try {
      return other.read((db) =>
        db.all<Pick<StorySummary, 'headline' | 'words' | 'revision'>>(
          sql`SELECT headline, words, revision FROM articles ORDER BY change_seq DESC`
        )
      )
    } finally {
      other.close()
    }
  }
  async function listed(sort: LibrarySort = 'changed'): Promise<StorySummary[]> {
    const request = { filter: {}, sort, descending: true, limit: 50 }
    return [...(await library.page(request, { connectionId: 'test', signal: new AbortController().signal })).rows]
  }
  const headlines = async (sort?: LibrarySort): Promise<string[]> =>
    (await listed(sort)).map(({ headline }) => headline)

  it('wait until the story comes to rest', () => {
    const id = add('Typed')
    add('Other')
    type(id, 'One two')
    type(id, 'One two three')
    expect(onDisk()).toEqual([
      { headline: 'Other', words: 0, revision: 1 },
      { headline: 'Typed', words: 0, revision: 1 }
    ])
    clock.advance(1000)
    expect(onDisk()).toEqual([
      { headline: 'Typed', words: 3, revision: 3 },
      { headline: 'Other', words: 0, revision: 1 }
    ])
  })

  it('are right for whoever looks before that, in words, time and order', async () => {
    const [first, second] = [add('First'), add('Second')]
    type(first, 'One two three')
    expect(stories.summary(first)).toMatchObject({ words: 3, revision: 2 })
    expect(await headlines()).toEqual(['First', 'Second'])
    type(second, 'One two')
    type(first, 'One')
    expect(await headlines('words')).toEqual(['Second', 'First'])
    expect(await headlines()).toEqual(['First', 'Second'])
    expect((await listed())[0]).toEqual({
      ...stories.summary(first),
      words: 1,
      revision: 3,
      changedAt: stories.get(first).changedAt
    })
  })

  it('are written before a change that is seen at once, and below it', async () => {
    const [typed, other] = [add('Typed'), add('Other')]
    type(typed, 'One two')
    stories.patchFields({ id: other, baseRevision: 1, changeId: newId() }, { headline: 'Renamed' })
    expect(onDisk()).toEqual([
      { headline: 'Renamed', words: 0, revision: 2 },
      { headline: 'Typed', words: 2, revision: 2 }
    ])
    type(typed, 'One')
    stories.setStatus({ id: typed, baseRevision: 3, changeId: newId() }, 'ready')
    expect((await listed())[0]).toMatchObject({ headline: 'Typed', words: 1, revision: 4, status: 'ready' })
    type(typed, 'One two')
    add('New')
    expect(onDisk().slice(0, 2)).toEqual([
      { headline: 'New', words: 0, revision: 1 },
      { headline: 'Typed', words: 2, revision: 5 }
    ])
  })

  it('are never more than 64 saves behind, and not at all once the story is settled', () => {
    const id = add('Typed')
    const behind = (): number => stories.get(id).revision - (onDisk()[0]?.revision ?? 0)
    let most = 0
    for (let n = 0; n < 150; n++) {
      type(id, `Word ${n}`)
      most = Math.max(most, behind())
    }
    expect(most).toBe(63)
    expect(behind()).toBeGreaterThan(0)
    stories.settle(id)
    expect(behind()).toBe(0)
  })

  it('let a search find what was typed a moment ago', async () => {
    const id = add('Typed')
    clock.advance(2000)
    type(id, 'Pigeons on the parapet')
    const found = await library.search(
      { text: 'parapet', filter: {}, order: 'newest', limit: 10, offset: 0 },
      { connectionId: 'test', signal: new AbortController().signal }
    )
    expect(found.hits).toMatchObject([
      { summary: { headline: 'Typed', words: 4, revision: 2 }, snippet: ['Pigeons on the ', 'parapet', ''] }
    ])
  })

  it('count as a change for the next backup', async () => {
    const id = add('Typed')
    const { store } = opened
    const schedule = new BackupSchedule({
      store,
      clock,
      copy: async (target) => (await copyLibrary(store.connection().raw, target))!,
      catchUp: () => stories.rows.catchUp(),
      log: (line) => expect.fail(line)
    })
    await schedule.backUp()
    await schedule.backUp()
    expect(listBackups(folder)).toHaveLength(1)
    type(id, 'One two')
    await schedule.backUp()
    expect(listBackups(folder)).toHaveLength(2)
  })

  it('of a story that cannot be read hold up nobody else', async () => {
    const [torn, other] = [add('Torn'), add('Other')]
    type(torn, 'One two')
    opened.store.write('damage', (db) => db.run(sql`UPDATE journal SET change = '{"patch":[]}'`))
    await reopen()
    expect(() => stories.get(torn)).toThrow(expect.objectContaining({ code: 'damaged' }))
    stories.patchFields({ id: other, baseRevision: 1, changeId: newId() }, { headline: 'Renamed' })
    expect(await headlines()).toEqual(['Renamed', 'Torn'])
  })

  it('do not hide a save that is missing in the middle of the journal', async () => {
    const id = add('Typed')
    for (const text of ['One', 'One two', 'One two three']) type(id, text)
    opened.store.write('damage', (db) => db.run(sql`DELETE FROM journal WHERE revision = 3`))
    await reopen()
    expect(() => stories.get(id)).toThrow(
      expect.objectContaining({ code: 'damaged', detail: { expected: 3, found: 2 } })
    )
  })

  it('are as they would have been, after a kill in the middle of typing', async () => {
    await close()
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '../../support/typing-process.ts'), folder],
      { stdio: ['ignore', 'pipe', 'inherit'] }
    )
    const saves: { id: string; revision: number; changeId: string; savedAt: string }[] = []
    for await (const line of createInterface({ input: child.stdout })) {
      const [what, id = '', revision, changeId = '', savedAt = ''] = line.split(' ')
      if (what === 'saved') saves.push({ id, revision: Number(revision), changeId, savedAt })
      if (saves.length === 13 && !child.killed) child.kill('SIGKILL')
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    const before = onDisk()
    expect(before.map(({ headline, words }) => [headline, words])).toEqual([
      ['Three', 0],
      ['Two', 0],
      ['One', 0]
    ])

    await open()
    const rows = await listed()
    // The last save may have been killed before it was acknowledged: it is there whole or not at all.
    expect(rows.map(({ headline }) => headline).toSorted()).toEqual(['One', 'Three', 'Two'])
    expect(rows[2]).toMatchObject({ headline: 'Three', words: 0, revision: 1 })
    const [latest, earlier] = rows
    expect(Date.parse(latest?.changedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(earlier?.changedAt ?? ''))
    for (const row of rows.slice(0, 2)) {
      const story = stories.get(row.id)
      const last = saves.findLast(({ id }) => id === row.id)
      expect(last).toBeDefined()
      expect(row).toMatchObject({
        revision: story.revision,
        changedAt: story.changedAt,
        words: 3 * (story.revision - 1)
      })
      expect(story.revision - (last?.revision ?? 0)).toBeOneOf([0, 1])
      const patch = [{ op: 'insert' as const, after: null, block: paragraph('late', 'x') }]
      expect(
        stories.patchBody(
          { id: row.id, baseRevision: (last?.revision ?? 0) - 1, changeId: last?.changeId ?? '' },
          patch
        )
      ).toMatchObject({ revision: last?.revision, savedAt: last?.savedAt })
      expect(() =>
        stories.patchBody({ id: row.id, baseRevision: story.revision - 1, changeId: newId() }, patch)
      ).toThrow(expect.objectContaining({ code: 'conflict' }))
      expect(stories.patchBody({ id: row.id, baseRevision: story.revision, changeId: newId() }, patch).revision).toBe(
        story.revision + 1
      )
    }
  })
})
