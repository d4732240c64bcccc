import fc from 'fast-check'
import { deflateRawSync } from 'node:zlib'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { Events } from '../../../src/main/core/events.ts'
import { pack, unpack } from '../../../src/main/core/store/packed-text.ts'
import { Store } from '../../../src/main/core/store/store.ts'
import { sql } from '../../../src/main/core/store/sql.ts'
import { RevisionsService } from '../../../src/main/core/stories/revisions.ts'
import { StoriesService } from '../../../src/main/core/stories/stories.ts'
import { thin } from '../../../src/main/core/stories/thinning.ts'
import type { Block } from '../../../src/shared/document/document.ts'
import { wordsOfBody } from '../../../src/shared/document/to-text.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { ManualClock } from '../../support/manual-clock.ts'

const paragraph = (id: string, text: string): Block => ({ id, type: 'paragraph', runs: [{ text }] })
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('the history of a story', () => {
  let folder: string
  let store: Store
  let clock: ManualClock
  let stories: StoriesService
  let revisions: RevisionsService
  let person = ''

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'galley-history-'))
    clock = new ManualClock()
    store = Store.open(folder)
    stories = new StoriesService({
      store,
      clock,
      events: new Events(() => undefined),
      desk: () => ({ zone: 'Asia/Dubai', language: 'en', person }),
      machine: 'night-desk'
    })
    revisions = new RevisionsService(store, stories)
    person = ''
  })
  afterEach(async () => {
    stories.settleAll()
    store.close()
    await rm(folder, { recursive: true, force: true })
  })

  function write(id: string, text: string, block = 'a'): void {
    const { revision, body } = stories.get(id)
    stories.patchBody({ id, baseRevision: revision, changeId: newId() }, [
      body.blocks.some((one) => one.id === block)
        ? { op: 'replace', block: paragraph(block, text) }
        : { op: 'insert', after: null, block: paragraph(block, text) }
    ])
  }
  const versions = (id: string): number[] => revisions.list(id).map(({ revision }) => revision)

  it('counts the words of each version as the story has them then', () => {
    const { id } = stories.create({
      body: { version: 1, blocks: [paragraph('a', 'One'), paragraph('b', 'Two words')] }
    })
    for (const text of ['Four words of copy', '', 'Two now']) {
      clock.advance(HOUR)
      write(id, text)
      stories.settle(id)
    }
    expect(revisions.list(id).map(({ revision, words }) => [revision, words])).toEqual([
      [4, 4],
      [3, 2],
      [2, 6],
      [1, 3]
    ])
    expect(wordsOfBody(revisions.get(id, 2).body)).toBe(6)
  })

  it('packs a story of any length, and a long one quickly', () => {
    const long = JSON.stringify(prose(100_000, 1))
    const packed = pack(long)
    expect(unpack(packed)).toBe(long)
    // The fast level; the thorough one takes four times as long in the save that closes the story.
    expect(packed).toBe(`deflate:${deflateRawSync(long, { level: 1 }).toString('base64')}`)
  })

  it('knows each wording of a paragraph once, newest first, and not the one it has now', () => {
    const { id } = stories.create({ body: { version: 1, blocks: [paragraph('a', 'One'), paragraph('b', 'Other')] } })
    for (const text of ['Two', 'One', 'Three', 'Four']) {
      clock.advance(HOUR)
      write(id, text)
      write(id, `Other ${text}`, 'b')
      stories.settle(id)
    }
    const said = (block: string) =>
      revisions.wordings(id, block).map((one) => [one.version.revision, one.block['runs']])
    expect(said('a')).toEqual([
      [7, [{ text: 'Three' }]],
      [5, [{ text: 'One' }]],
      [3, [{ text: 'Two' }]]
    ])
    expect(said('gone')).toEqual([])
    store.write('damage', (db) => db.run(sql`UPDATE revisions SET body = 'x' WHERE revision = 7`))
    expect(said('a').map(([revision]) => revision)).toEqual([5, 3])
  })

  it('what comes back is not what was approved, nor what is live', () => {
    for (const [before, after] of [
      ['approved', 'ready'],
      ['published', 'updating'],
      ['draft', 'draft']
    ] as const) {
      const { id } = stories.create({ fields: { headline: 'Bridge' } })
      write(id, 'one')
      stories.settle(id)
      write(id, 'two')
      stories.markStatus(id, before, () => undefined)
      expect(revisions.restore(id, 2, undefined, 'window').status).toBe(after)
    }
  })

  it('keeps a version at a pause, with who made it and where, and the last one when the story is closed', () => {
    person = 'Nadia Osman'
    const { id } = stories.create({ fields: { headline: 'Bridge' } })
    write(id, 'one')
    expect(versions(id)).toEqual([1])
    clock.advance(20_000)
    expect(revisions.list(id)[0]).toMatchObject({
      revision: 2,
      reason: 'settled',
      person: 'Nadia Osman',
      machine: 'night-desk',
      name: null
    })
    write(id, 'two')
    clock.advance(20_000)
    // Too soon for another; it is made up for without another word typed.
    expect(versions(id)).toEqual([2, 1])
    clock.advance(2 * MINUTE)
    expect(versions(id)).toEqual([3, 2, 1])
    write(id, 'three')
    stories.settle(id)
    expect(versions(id)).toEqual([4, 3, 2, 1])
    expect(versions(id)).toEqual([4, 3, 2, 1])
  })

  it('gives a version a name, the present one too, and takes it away again', () => {
    const { id } = stories.create({})
    write(id, 'as sent to the lawyer')
    expect(revisions.name(id, undefined, ' As sent to the lawyer ')).toMatchObject({
      revision: 2,
      name: 'As sent to the lawyer'
    })
    expect(revisions.name(id, 2, '')).toMatchObject({ revision: 2, name: null })
    expect(() => revisions.name(id, 99, 'x')).toThrow(expect.objectContaining({ code: 'not_found' }))
  })

  it('brings back a field and a paragraph, and leaves what was written since', () => {
    const { id } = stories.create({
      fields: { headline: 'Old headline', standfirst: 'Old standfirst' },
      body: { version: 1, blocks: [paragraph('a', 'first'), paragraph('b', 'second'), paragraph('c', 'third')] }
    })
    const base = () => ({ id, baseRevision: stories.get(id).revision, changeId: newId() })
    stories.patchFields(base(), { headline: 'New headline', standfirst: 'New standfirst' })
    stories.patchBody(base(), [
      { op: 'replace', block: paragraph('a', 'first, rewritten') },
      { op: 'remove', id: 'b' },
      { op: 'insert', after: 'c', block: paragraph('d', 'fourth') }
    ])
    const back = revisions.restore(id, 1, { fields: ['headline'], blocks: ['b', 'd'] }, 'window')
    expect(back.fields).toMatchObject({ headline: 'Old headline', standfirst: 'New standfirst' })
    expect(back.body.blocks.map(({ id: block }) => block)).toEqual(['a', 'b', 'c'])
    expect(back.body.blocks[0]).toEqual(paragraph('a', 'first, rewritten'))
    // What was there is a version, so the bringing back can be taken back.
    const again = revisions.restore(id, back.revision - 1, undefined, 'window')
    expect(again.fields.headline).toBe('New headline')
    expect(again.body.blocks.map(({ id: block }) => block)).toEqual(['a', 'c', 'd'])
  })

  it('never brings back the times of a version: what was published stays published, what is held stays held', () => {
    const { id, fields } = stories.create({})
    const held = { utc: '2031-05-06T07:00:00.000Z', zone: 'Europe/Paris', origin: 'typed' } as const
    const live = { utc: '2026-05-06T07:00:00.000Z', zone: 'Europe/Paris', origin: 'cms' } as const
    stories.patchFields(
      { id, baseRevision: 1, changeId: newId() },
      { times: { ...fields.times, embargo: held, firstPublished: live } }
    )
    expect(revisions.restore(id, 1, undefined, 'window').fields.times).toMatchObject({
      embargo: held,
      firstPublished: live
    })
  })

  it('keeps a month of work on two thousand words under a megabyte', () => {
    const { id } = stories.create({
      body: { version: 1, blocks: Array.from({ length: 40 }, (_, at) => paragraph(`p${at}`, prose(50, at))) }
    })
    for (let day = 0; day < 22; day++) {
      for (let pause = 0; pause < 60; pause++) {
        write(id, prose(50, day * 1000 + pause), `p${(day * 60 + pause) % 40}`)
        clock.advance(4 * MINUTE)
      }
      clock.advance(DAY - 60 * 4 * MINUTE)
    }
    const { size, kept } = store.read((db) =>
      db.get<{ size: number; kept: number }>(
        sql`SELECT sum(length(fields) + length(body)) AS size, count(*) AS kept FROM revisions`
      )
    ) ?? { size: Infinity, kept: 0 }
    expect(kept).toBeGreaterThan(40)
    expect(size).toBeLessThan(1_000_000)
    // What is kept can still be read, the oldest too.
    for (const revision of versions(id)) expect(revisions.get(id, revision).body.blocks).toHaveLength(40)
  })
})

describe('thinning', () => {
  const now = Date.parse('2026-06-15T12:00:00Z')
  const version = (age: number, revision: number, more: object = {}) => ({
    revision,
    reason: 'settled' as const,
    savedAt: new Date(now - age).toISOString(),
    name: null as string | null,
    ...more
  })

  test('touches nothing of the last two hours, nothing with a name and nothing that something happened at', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            age: fc.integer({ min: -DAY, max: 400 * DAY }),
            reason: fc.constantFrom('settled' as const, 'approved' as const, 'restored' as const, 'intake' as const),
            name: fc.option(fc.constant('Kept'))
          }),
          { maxLength: 60 }
        ),
        (made) => {
          const all = made
            .toSorted((one, other) => one.age - other.age)
            .map(({ age, ...more }, at) => version(age, made.length - at, more))
          const gone = new Set(thin(all, now))
          for (const { revision, reason, savedAt, name } of all) {
            if (!gone.has(revision)) continue
            expect(reason).toBe('settled')
            expect(name).toBeNull()
            expect(now - Date.parse(savedAt)).toBeGreaterThan(2 * HOUR)
          }
          // Done again on what is left it finds nothing more.
          expect(
            thin(
              all.filter(({ revision }) => !gone.has(revision)),
              now
            )
          ).toEqual([])
        }
      )
    )
  })

  test('leaves the last version of each day of the last month', () => {
    const all = Array.from({ length: 29 * 24 }, (_, hour) => version((hour + 1) * HOUR, 29 * 24 - hour))
    const gone = new Set(thin(all, now))
    const days = new Set(all.filter(({ revision }) => !gone.has(revision)).map(({ savedAt }) => savedAt.slice(0, 10)))
    expect(days.size).toBe(new Set(all.map(({ savedAt }) => savedAt.slice(0, 10))).size)
    expect(all.length - gone.size).toBeLessThan(120)
  })
})

test('a packed text is the text again, whatever is in it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 4000 }).filter((text) => text.isWellFormed()),
      (text) => {
        expect(unpack(pack(JSON.stringify(text)))).toBe(JSON.stringify(text))
      }
    )
  )
  expect(pack('x'.repeat(5000)).length).toBeLessThan(200)
})

/** Made-up words that repeat about as those of copy do. */
function prose(words: number, seed: number): string {
  let state = seed * 2654435761 + 1
  const next = (): number => (state = (state * 1103515245 + 12345) % 2147483648)
  const syllables = ['ka', 'lor', 'men', 'tis', 'ver', 'do', 'ran', 'sel', 'im', 'pos', 'qua', 'ten', 'ul', 'bri', 'ge']
  return Array.from({ length: words }, () =>
    Array.from({ length: 1 + (next() % 4) }, () => syllables[next() % syllables.length]).join('')
  ).join(' ')
}
