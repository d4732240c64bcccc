import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Events } from '../../../src/main/core/events.ts'
import { Jobs } from '../../../src/main/core/app/jobs.ts'
import { readMark } from '../../../src/main/core/store/log-mark.ts'
import { openLibrary, type OpenedLibrary } from '../../../src/main/core/store/open-library.ts'
import { sql } from '../../../src/main/core/store/sql.ts'
import { ManyStories } from '../../../src/main/core/stories/many.ts'
import { StoriesService } from '../../../src/main/core/stories/stories.ts'
import { Trash } from '../../../src/main/core/stories/trash.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import type { Push } from '../../../src/shared/rpc/wire.ts'
import { say, type Message } from '../../../src/shared/words/message.ts'
import { ManualClock } from '../../support/manual-clock.ts'

const noPictures = { of: () => Promise.resolve([]), release: () => undefined }
const DAY = 24 * 60 * 60_000

describe('several stories at once', () => {
  let folder: string
  let library: OpenedLibrary
  let clock: ManualClock
  let stories: StoriesService
  let many: ManyStories
  let trash: Trash
  let pushes: Push[]
  let bugs: unknown[]
  let events: Events
  const needed = new Map<string, Message>()

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'galley-many-'))
    clock = new ManualClock()
    needed.clear()
    await open()
  })
  afterEach(async () => {
    library.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function open(): Promise<void> {
    library = await openLibrary(folder, clock.now())
    const { store } = library
    events = new Events(() => undefined)
    pushes = []
    events.subscribe((push) => pushes.push(push))
    stories = new StoriesService({ store, clock, events, desk: () => ({ zone: 'UTC', language: 'en' }) })
    const why = (id: string): Message | null => needed.get(id) ?? null
    bugs = []
    many = new ManyStories({ stories, whyBusy: why, onBug: (thrown) => bugs.push(thrown) })
    trash = new Trash({ store, stories, clock, events, jobs: new Jobs(events), whyNeeded: why, pictures: noPictures })
  }
  const make = (headline: string, keywords: string[] = []): string =>
    stories.create({ fields: { headline, keywords } }).id

  it('changes status and tags, says what was before, and holds what it cannot change', async () => {
    const [one, two] = [make('One', ['port']), make('Two')]
    const gone = newId()
    const tagged = await many.change([one, two, gone, one], { addTags: ['port', 'storm'], removeTags: [] }, null)
    expect(tagged).toEqual({
      changed: [
        { id: one, revision: 2, before: { status: 'draft', keywords: ['port'] } },
        { id: two, revision: 2, before: { status: 'draft', keywords: [] } }
      ],
      held: [{ id: gone, headline: '', why: { key: 'stories.noSuchStory' } }]
    })
    expect(stories.get(two).fields.keywords).toEqual(['port', 'storm'])
    await many.change([one], { status: 'trashed' }, null)
    const { changed, held } = await many.change([one, two], { status: 'ready' }, null)
    expect(changed).toEqual([{ id: two, revision: 3, before: { status: 'draft' } }])
    expect(held).toEqual([
      { id: one, headline: 'One', why: say('stories.statusByHand', { from: 'trashed', to: 'ready' }) }
    ])
  })

  it('is undone as long as nothing else has happened', async () => {
    const [one, two] = [make('One', ['port']), make('Two')]
    await many.change([one], { status: 'ready' }, null)
    const tagged = await many.change([one, two], { addTags: ['storm'], removeTags: ['port'] }, null)
    stories.patchFields({ id: two, baseRevision: 2, changeId: newId() }, { headline: 'Two, written on' })
    const undone = await many.undo(tagged.changed, null)
    expect(undone.changed.map(({ id }) => id)).toEqual([one])
    expect(undone.held).toEqual([{ id: two, headline: 'Two, written on', why: { key: 'stories.movedOn' } }])
    expect(stories.get(one)).toMatchObject({ status: 'ready', fields: { keywords: ['port'] } })
    const trashed = await many.change([one], { status: 'trashed' }, null)
    await many.undo(trashed.changed, null)
    expect(stories.get(one).status).toBe('ready')
  })

  it('throws nothing away that waits to be sent', async () => {
    const id = make('Waits')
    needed.set(id, say('stories.waitsInOutbox', { target: 'The site' }))
    expect(await many.change([id], { status: 'trashed' }, null)).toEqual({
      changed: [],
      held: [{ id, headline: 'Waits', why: say('stories.waitsInOutbox', { target: 'The site' }) }]
    })
  })

  it('keeps every change of several after a kill, and tells of each', async () => {
    const ids = Array.from({ length: 60 }, (_, n) => make(`Story ${n}`))
    pushes.length = 0
    await many.change(ids, { addTags: ['storm'], removeTags: [] }, 'window')
    expect(pushes.filter(({ event }) => event === 'storyChanged')).toHaveLength(60)
    library.close()
    await open()
    for (const id of ids) expect(stories.get(id)).toMatchObject({ revision: 2, fields: { keywords: ['storm'] } })
  })

  it('lets a save in between the slices of a long change', async () => {
    const ids = Array.from({ length: 200 }, (_, n) => make(`Story ${n}`))
    const mine = make('Typed in')
    const changing = many.change(ids, { status: 'ready' }, null)
    let over = false
    void changing.then(() => (over = true))
    await new Promise((resolve) => setImmediate(resolve))
    stories.patchFields({ id: mine, baseRevision: 1, changeId: newId() }, { headline: 'Typed' })
    expect(over).toBe(false)
    expect((await changing).changed).toHaveLength(200)
  })

  /** SQLite refuses to let the file grow as it does when the disk is full, with the same error at the same place. */
  function leaveRoomFor(pages: number): void {
    const { raw } = library.store.connection()
    raw.pragma(`max_page_count = ${(raw.pragma('page_count', { simple: true }) as number) + pages}`)
  }

  it('can undo what was done when the disk fills up halfway, and says of the others that it was not done', async () => {
    const ids = Array.from({ length: 300 }, (_, n) => make(`Story ${n}`))
    const addTags = Array.from({ length: 20 }, (_, n) => `${n} ${'storm '.repeat(20)}`)
    leaveRoomFor(150)
    const { changed, held } = await many.change(ids, { addTags, removeTags: [] }, null)
    expect(changed.length).toBeGreaterThan(0)
    expect(held.length).toBeGreaterThan(0)
    expect([...changed, ...held].map(({ id }) => id)).toEqual(ids)
    for (const [n, one] of held.entries())
      expect(one).toMatchObject({ headline: `Story ${changed.length + n}`, why: { key: 'store.diskFull' } })
    leaveRoomFor(100_000)
    library.close()
    await open()
    expect(ids.filter((id) => stories.get(id).fields.keywords.length > 0)).toEqual(changed.map(({ id }) => id))
    const undone = await many.undo(changed, null)
    expect(undone).toMatchObject({ held: [], changed: { length: changed.length } })
    for (const id of ids) expect(stories.get(id).fields.keywords).toEqual([])
  })

  it('says that it failed where nothing was done, and tells a bug that comes halfway', async () => {
    const ids = Array.from({ length: 150 }, (_, n) => make(`Story ${n}`))
    library.store.connection().raw.exec(`CREATE TEMP TRIGGER breaks BEFORE INSERT ON main.journal WHEN new.seq = 121
                 BEGIN SELECT RAISE(ABORT, 'no'); END`)
    await expect(many.change(ids.slice(120), { status: 'ready' }, null)).rejects.toThrow('no')
    expect(bugs).toHaveLength(0)
    const { changed, held } = await many.change(ids, { status: 'ready' }, null)
    expect(changed.length).toBeGreaterThan(0)
    expect(held.map(({ id }) => id)).toEqual(ids.slice(changed.length))
    expect(held[0]?.why).toEqual(say('galley.bug'))
    expect(bugs).toHaveLength(1)
  })

  it('leaves the way back of each story: a status is carried over, tags are a step of their own', async () => {
    const id = make('One', ['port'])
    const undo = {
      past: { keep: 0, add: [{ fields: { headline: 'One' }, place: null }] },
      future: { keep: 0, add: [] }
    }
    stories.patchFields({ id, baseRevision: 1, changeId: newId(), undo }, { headline: 'Two' })
    await many.change([id], { status: 'ready' }, null)
    expect(stories.undoHeights(id)).toEqual({ revision: 3, past: 1, future: 0 })
    await many.change([id], { addTags: ['storm'], removeTags: [] }, null)
    expect(stories.undoSteps(id)).toEqual({
      revision: 4,
      past: {
        height: 2,
        steps: [
          { fields: { headline: 'One' }, place: null },
          { fields: { keywords: ['port'] }, place: null }
        ]
      },
      future: { height: 0, steps: [] }
    })
  })

  it('duplicates a headline whole, however long it is', async () => {
    const { ids } = await many.duplicate([make('bridge '.repeat(500))], (headline) => `Copy: ${headline}`, null)
    expect(stories.get(ids[0] ?? '').fields.headline).toBe(`Copy: ${'bridge '.repeat(500)}`)
  })

  it('makes copies that are called so', async () => {
    const { ids } = await many.duplicate([make('One'), make('')], (headline) => `Copy: ${headline || '—'}`, null)
    expect(ids.map((id) => stories.get(id).fields.headline)).toEqual(['Copy: One', 'Copy: —'])
  })

  describe('the trash', () => {
    const into = (ids: string[]): Promise<unknown> => many.change(ids, { status: 'trashed' }, null)

    it('deletes for good by hand alone, and only what is in it and needed nowhere', async () => {
      const [one, two, three] = [make('One'), make('Two'), make('Three')]
      await into([one, three])
      needed.set(three, say('stories.isLiveOn', { target: 'The site' }))
      clock.advance(400 * DAY)
      expect(trash.count(30)).toEqual({ stories: 2, resting: 2 })
      expect(await trash.erase([one, two, three])).toEqual({
        erased: 1,
        held: [
          { id: two, headline: 'Two', why: { key: 'stories.notInTrash' } },
          { id: three, headline: 'Three', why: say('stories.isLiveOn', { target: 'The site' }) }
        ]
      })
      expect(() => stories.get(one)).toThrow('no such story')
      for (const table of [sql`SELECT seq FROM revisions WHERE seq = 1`, sql`SELECT seq FROM journal WHERE seq = 1`])
        expect(library.store.read((db) => db.all(table))).toEqual([])
      expect(stories.get(two).fields.headline).toBe('Two')
    })

    it('is emptied of what has been there for so long, or of everything', async () => {
      await into([make('Old')])
      clock.advance(31 * DAY)
      await into([make('New')])
      expect(trash.count(30)).toEqual({ stories: 2, resting: 1 })
      const { signal } = new AbortController()
      expect(await trash.empty(30, undefined, signal)).toEqual({ erased: 1, held: [] })
      expect(await trash.empty(0, undefined, signal)).toEqual({ erased: 1, held: [] })
      expect(trash.count(0)).toEqual({ stories: 0, resting: 0 })
    })

    it('stops between two slices when it is called off, and what is gone by then is told', async () => {
      await into(Array.from({ length: 50 }, (_, n) => make(`Story ${n}`)))
      const stop = new AbortController()
      events.subscribe(({ event, data }) => {
        if (event === 'job' && (data as { done: number }).done > 0) stop.abort()
      })
      const { erased, held } = await trash.empty(0, newId(), stop.signal)
      const left = trash.count(0).stories
      expect({ erased, held }).toEqual({ erased: 50 - left, held: [] })
      expect(left).toBeGreaterThan(0)
      expect(erased).toBeGreaterThan(0)
      expect(pushes.some(({ event }) => event === 'libraryChanged')).toBe(true)
    })

    it('deletes stories that are not told as lost afterwards', async () => {
      const id = make('Gone')
      await into([id])
      expect(readMark(folder)?.stories.has(id)).toBe(true)
      await trash.erase([id])
      expect(readMark(folder)?.stories.has(id)).toBe(false)
      library.close()
      await open()
      expect(library.notices).toEqual([])
    })

    it('is right where the mark had not heard of it yet when the power went', async () => {
      const id = make('Gone')
      await into([id])
      const known = readMark(folder)?.stories.get(id)
      await trash.erase([id])
      library.store.remark([[id, known ?? null]])
      expect(readMark(folder)?.stories.has(id)).toBe(true)
      library.close()
      await open()
      expect(library.notices).toEqual([])
      expect(() => stories.get(id)).toThrow('no such story')
    })

    it('watches over a story again that came back', async () => {
      const id = make('Comes back')
      await into([id])
      await trash.erase([id])
      stories.create({ id, fields: { headline: 'Back' } })
      expect(library.store.read((db) => db.all(sql`SELECT id FROM erased`))).toEqual([])
      library.store.write('lose it', (db) => db.run(sql`DELETE FROM articles WHERE id = ${id}`))
      library.close()
      await open()
      expect(library.notices).toHaveLength(1)
    })
  })
})
