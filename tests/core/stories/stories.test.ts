import fc from 'fast-check'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Events } from '../../../src/main/core/events.ts'
import { StoriesService } from '../../../src/main/core/stories/stories.ts'
import { RevisionsService } from '../../../src/main/core/stories/revisions.ts'
import { sql } from '../../../src/main/core/store/sql.ts'
import { Store } from '../../../src/main/core/store/store.ts'
import type { Block } from '../../../src/shared/document/document.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import type { Push } from '../../../src/shared/rpc/wire.ts'
import { arbitraryBlock } from '../../support/arbitrary-story.ts'
import { ManualClock } from '../../support/manual-clock.ts'

const paragraph = (id: string, text: string): Block => ({ id, type: 'paragraph', runs: [{ text }] })

describe('stories on disk', () => {
  let folder: string
  let store: Store
  let clock: ManualClock
  let stories: StoriesService
  let pushes: Push[]

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'galley-articles-'))
    clock = new ManualClock()
    open()
  })
  afterEach(async () => {
    store.close()
    await rm(folder, { recursive: true, force: true })
  })

  function open(): void {
    store = Store.open(folder)
    const events = new Events(() => undefined)
    pushes = []
    events.subscribe((push) => pushes.push(push))
    stories = new StoriesService({ store, clock, events, desk: () => ({ zone: 'Asia/Dubai', language: 'en' }) })
  }
  /** As after a kill: nothing is folded, nothing said goodbye. */
  function reopen(): void {
    store.close()
    open()
  }
  const rows = (table: 'journal' | 'revisions'): number =>
    store.read((db) =>
      db.get<{ n: number }>(
        table === 'journal' ? sql`SELECT count(*) AS n FROM journal` : sql`SELECT count(*) AS n FROM revisions`
      )
    )?.n ?? -1

  it('holds a new story with the desk’s zone and language', () => {
    const { id } = stories.create({ fields: { headline: 'Bridge closes' } })
    reopen()
    expect(stories.get(id)).toMatchObject({
      revision: 1,
      status: 'draft',
      body: { version: 1, blocks: [] },
      fields: {
        headline: 'Bridge closes',
        language: 'en',
        times: {
          created: { utc: '2026-03-14T09:26:53.000Z', zone: 'Asia/Dubai', origin: 'clock' },
          firstPublished: null
        }
      }
    })
  })

  it('keeps every acknowledged change when nothing was ever folded', () => {
    const { id } = stories.create({})
    stories.patchBody({ id, baseRevision: 1, changeId: newId() }, [
      { op: 'insert', after: null, block: paragraph('a', 'One two') }
    ])
    stories.patchFields({ id, baseRevision: 2, changeId: newId() }, { headline: 'Later', standfirst: 'S' })
    stories.patchBody({ id, baseRevision: 3, changeId: newId() }, [
      { op: 'replace', block: paragraph('a', 'One two three') }
    ])
    reopen()
    expect(stories.get(id)).toMatchObject({
      revision: 4,
      fields: { headline: 'Later', standfirst: 'S' },
      body: { blocks: [paragraph('a', 'One two three')] }
    })
    expect(stories.summary(id)).toMatchObject({ words: 3, headline: 'Later', revision: 4 })
  })

  it('answers a change sent again as the first time, before and after folding and a restart', () => {
    const { id } = stories.create({})
    const base = { id, baseRevision: 1, changeId: newId() }
    const first = stories.patchFields(base, { headline: 'A' })
    expect(stories.patchFields(base, { headline: 'A' })).toEqual(first)
    reopen()
    expect(stories.patchFields(base, { headline: 'A' })).toEqual(first)
    stories.settle(id)
    reopen()
    expect(stories.patchFields(base, { headline: 'A' })).toEqual(first)
    expect(stories.get(id).revision).toBe(2)
  })

  it('refuses a change on an old revision and overwrites nothing', () => {
    const { id } = stories.create({})
    stories.patchFields({ id, baseRevision: 1, changeId: newId() }, { headline: 'Mine' })
    expect(() => stories.patchFields({ id, baseRevision: 1, changeId: newId() }, { headline: 'Theirs' })).toThrow(
      expect.objectContaining({ code: 'conflict' })
    )
    expect(stories.get(id).fields.headline).toBe('Mine')
  })

  it('takes a patch whole or not at all, and goes on after a refused one', () => {
    const { id } = stories.create({ body: { version: 1, blocks: [paragraph('a', 'A')] } })
    const wrong = [
      { op: 'replace' as const, block: paragraph('a', 'B') },
      { op: 'remove' as const, id: 'nowhere' }
    ]
    expect(() => stories.patchBody({ id, baseRevision: 1, changeId: newId() }, wrong)).toThrow(
      expect.objectContaining({ code: 'conflict' })
    )
    expect(stories.get(id).body.blocks).toEqual([paragraph('a', 'A')])
    expect(
      stories.patchBody({ id, baseRevision: 1, changeId: newId() }, [{ op: 'replace', block: paragraph('a', 'C') }])
        .revision
    ).toBe(2)
  })

  it('folds the journal on settling and keeps the story equal', () => {
    const { id } = stories.create({})
    for (let revision = 1; revision <= 20; revision++)
      stories.patchBody({ id, baseRevision: revision, changeId: newId() }, [
        { op: 'insert', after: null, block: paragraph(`p${revision}`, `Paragraph ${revision}`) }
      ])
    const before = stories.get(id)
    expect(rows('journal')).toBe(20)
    stories.settle(id)
    expect(rows('journal')).toBe(0)
    reopen()
    expect(stories.get(id)).toEqual(before)
  })

  it('keeps a version when a story is closed, and at most one in two minutes when it pauses', () => {
    const { id } = stories.create({ fields: { headline: 'Bridge' } })
    const edit = (kicker: string): void => {
      const { revision } = stories.get(id)
      stories.patchFields({ id, baseRevision: revision, changeId: newId() }, { kicker })
    }
    const kept = (): number[] => new RevisionsService(store, stories).list(id).map(({ revision }) => revision)
    edit('one')
    clock.advance(20_000)
    expect(kept()).toEqual([2, 1])
    edit('two')
    clock.advance(60_000)
    expect(kept()).toEqual([2, 1])
    edit('three')
    stories.settle(id)
    expect(kept()).toEqual([4, 2, 1])
    edit('four')
    clock.advance(3 * 60_000)
    expect(kept()).toEqual([5, 4, 2, 1])
    clock.advance(60 * 60_000)
    stories.settle(id)
    expect(kept()).toEqual([5, 4, 2, 1])
  })

  it('whatever is edited, settled and reopened in whatever order, the disk holds what was said', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            arbitraryBlock('x').map((block) => ({ block })),
            fc.constant('settle' as const),
            fc.constant('reopen' as const),
            fc.record({ headline: fc.string() })
          ),
          { maxLength: 15 }
        ),
        (steps) => {
          const { id } = stories.create({})
          let revision = 1
          const blocks: Block[] = []
          let headline = ''
          for (const [index, step] of steps.entries()) {
            if (step === 'settle') stories.settle(id)
            else if (step === 'reopen') reopen()
            else if ('block' in step) {
              const block = { ...step.block, id: `b${index}` }
              blocks.unshift(block)
              revision = stories.patchBody({ id, baseRevision: revision, changeId: newId() }, [
                { op: 'insert', after: null, block }
              ]).revision
            } else {
              headline = step.headline
              revision = stories.patchFields({ id, baseRevision: revision, changeId: newId() }, step).revision
            }
          }
          reopen()
          const held = stories.get(id)
          expect({ revision: held.revision, headline: held.fields.headline, blocks: held.body.blocks }).toEqual({
            revision,
            headline,
            blocks
          })
        }
      ),
      { numRuns: 60 }
    )
  })

  it('notices a journal row, a content row and a missing row that are not what was written', () => {
    const { id } = stories.create({ fields: { headline: 'H' } })
    stories.patchFields({ id, baseRevision: 1, changeId: newId() }, { headline: 'Changed' })
    store.write('damage', (db) => db.run(sql`UPDATE journal SET change = '{"fields":{"headline":"Forged"}}'`))
    reopen()
    expect(() => stories.get(id)).toThrow(expect.objectContaining({ code: 'damaged' }))
    store.write('damage', (db) => db.run(sql`DELETE FROM journal`))
    expect(() => stories.get(id)).toThrow(expect.objectContaining({ code: 'damaged' }))
  })

  it('approval covers what was approved and nothing after it', () => {
    const { id } = stories.create({})
    stories.setStatus({ id, baseRevision: 1, changeId: newId() }, 'approved')
    expect(stories.patchFields({ id, baseRevision: 2, changeId: newId() }, { headline: 'New' }).status).toBe('ready')
    expect(() => stories.setStatus({ id, baseRevision: 3, changeId: newId() }, 'published')).toThrow(
      expect.objectContaining({ code: 'refused' })
    )
  })

  it('a change and what must happen with it happen together or not at all', () => {
    const { id } = stories.create({ fields: { headline: 'H' } })
    expect(() =>
      stories.changeWith(id, { status: 'approved' }, () => {
        throw new Error('outbox is full')
      })
    ).toThrow('outbox is full')
    expect(stories.get(id)).toMatchObject({ status: 'draft', revision: 1 })
    expect(stories.changeWith(id, { status: 'approved' }, (_db, story) => story.revision)).toBe(2)
  })

  it('restores an earlier version and keeps what was there', () => {
    const revisions = new RevisionsService(store, stories)
    const { id } = stories.create({
      fields: { headline: 'First' },
      body: { version: 1, blocks: [paragraph('a', 'First text')] }
    })
    stories.patchFields({ id, baseRevision: 1, changeId: newId() }, { headline: 'Second' })
    expect(revisions.restore(id, 1, undefined, 'test')).toMatchObject({ revision: 3, fields: { headline: 'First' } })
    expect(revisions.list(id).map(({ revision, reason, headline }) => ({ revision, reason, headline }))).toEqual([
      { revision: 3, reason: 'restored', headline: 'First' },
      { revision: 2, reason: 'before-restore', headline: 'Second' },
      { revision: 1, reason: 'created', headline: 'First' }
    ])
    reopen()
    expect(stories.get(id)).toMatchObject({ revision: 3, fields: { headline: 'First' } })
  })

  it('tells every change once, with the row the list shows', () => {
    const { id } = stories.create({ fields: { headline: 'A' } }, 'window-1')
    stories.patchFields({ id, baseRevision: 1, changeId: newId(), by: 'window-2' }, { headline: 'B' })
    expect(
      pushes.map(({ event, data }) => [
        event,
        (data as { by: string }).by,
        (data as { summary: { headline: string } }).summary.headline
      ])
    ).toEqual([
      ['storyChanged', 'window-1', 'A'],
      ['storyChanged', 'window-2', 'B']
    ])
  })
})
