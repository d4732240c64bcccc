import fc from 'fast-check'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Events } from '../../../src/main/core/events.ts'
import { StoriesService } from '../../../src/main/core/stories/stories.ts'
import { LibraryIndex } from '../../../src/main/core/library/library-index.ts'
import {
  checkSearchIndex,
  clearSearchIndex,
  countUnindexed,
  explainSearch,
  searchStories,
  type SearchRequest
} from '../../../src/main/core/store/search.ts'
import { parseSearch } from '../../../src/main/core/store/search-query.ts'
import { Highlighter } from '../../../src/main/core/store/search-snippet.ts'
import { sql } from '../../../src/main/core/store/sql.ts'
import { Store } from '../../../src/main/core/store/store.ts'
import { likelyTexts, storyTexts } from '../../../src/main/core/store/story-text.ts'
import type { FieldsPatch } from '../../../src/shared/story/fields.ts'
import type { Block } from '../../../src/shared/document/document.ts'
import type { SearchPage } from '../../../src/shared/contract/library.ts'
import { emptyImageUse } from '../../../src/shared/document/image-use.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { ManualClock } from '../../support/manual-clock.ts'

describe('search', () => {
  let folder: string
  let store: Store
  let clock: ManualClock
  let stories: StoriesService
  let index: LibraryIndex
  let log: string[]

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'galley-search-'))
    open()
  })
  afterEach(async () => {
    index.close()
    store.close()
    await rm(folder, { recursive: true, force: true })
  })

  function open(): void {
    store = Store.open(folder)
    clock = new ManualClock()
    log = []
    const events = new Events((line) => log.push(line))
    stories = new StoriesService({ store, clock, events, desk: () => ({ zone: 'UTC', language: 'en' }) })
    index = new LibraryIndex({ clock, events, rows: stories.rows, log: (line) => log.push(line) })
    index.start()
  }

  const add = (headline: string, text = '', fields: FieldsPatch = {}): string =>
    stories.create({
      fields: { headline, ...fields },
      body: { version: 1, blocks: text === '' ? [] : [{ id: 'a', type: 'paragraph', runs: [{ text }] }] }
    }).id
  const rest = (): void => clock.advance(2000)
  const search = (text: string, more: Partial<SearchRequest> = {}): SearchPage =>
    store.read((db) => searchStories(db, { text, filter: {}, order: 'newest', limit: 50, offset: 0, ...more }))!
  const found = (text: string, more: Partial<SearchRequest> = {}): string[] =>
    search(text, more).hits.map(({ summary }) => summary.headline)

  it('finds stories by every field that is for finding, and shows where', () => {
    add('Viaduct', 'The arches stand.', {
      standfirst: 'Standing since spring',
      byline: 'By Amal Haddad',
      slugline: 'city-viaduct-1',
      section: 'World',
      keywords: ['masonry'],
      source: 'AFP',
      leadImage: {
        ...emptyImageUse(),
        caption: 'Pigeons on the parapet',
        credit: 'Photo by Omar',
        alt: 'A stone bridge'
      },
      editorsNote: 'hidden'
    })
    rest()
    for (const text of [
      'viaduct',
      'arches',
      'spring',
      'haddad',
      'city-viaduct-1',
      'world',
      'masonry',
      'afp',
      'pigeons',
      'omar',
      'stone'
    ])
      expect([text, found(text)]).toEqual([text, ['Viaduct']])
    expect(found('hidden')).toEqual([])
    expect(search('arch').hits[0]).toMatchObject({ headline: ['Viaduct'], snippet: ['The ', 'arch', 'es stand.'] })
    expect(search('viaduct').hits[0]?.headline).toEqual(['', 'Viaduct', ''])
  })

  describe('shows why a story was found', () => {
    const seqOf = (id: string): number =>
      store.read((db) => db.get<{ seq: number }>(sql`SELECT seq FROM articles WHERE id = ${id}`))!.seq
    /** The snippet made from as much of the story as it takes, and whether that was all of it. */
    function snippet(id: string, text: string): { pieces: string[]; readAll: boolean } {
      const highlighter = new Highlighter(parseSearch(text))
      let readAll = false
      return store.read((db) => {
        const seq = seqOf(id)
        const all = function* (): Generator<string> {
          readAll = true
          yield* storyTexts(db, seq)
        }
        const pieces = highlighter.snippet(all(), highlighter.places ? likelyTexts(db, seq, highlighter.places) : [])
        return { pieces, readAll }
      })
    }
    const story = (...blocks: Block[]): string => stories.create({ body: { version: 1, blocks } }).id
    const paragraph = (id: string, ...texts: string[]): Block => ({
      id,
      type: 'paragraph',
      runs: texts.map((text) => ({ text }))
    })

    it('from the paragraph alone that holds the word', () => {
      const id = story(
        paragraph('a', 'Abridged: {"text":"'),
        paragraph('b', 'Over\nbridge \\ and “Bridge”'),
        paragraph('c', 'Bridge')
      )
      expect(snippet(id, 'bridge ')).toEqual({
        pieces: ['Over ', 'bridge', ' \\ and “', 'Bridge', '”'],
        readAll: false
      })
      expect(snippet(id, 'abr')).toEqual({ pieces: ['', 'Abr', 'idged: {"text":"'], readAll: false })
    })

    it('from the captions and fields alone where it stands in no paragraph', () => {
      const id = stories.create({
        fields: { byline: 'Amal Haddad', standfirst: 'It was closed' },
        body: {
          version: 1,
          blocks: [
            { id: 'i', type: 'image', image: { ...emptyImageUse(), mediaId: '0'.repeat(64), caption: 'Pigeons' } },
            paragraph('a', 'Text')
          ]
        }
      }).id
      expect(snippet(id, 'pigeons')).toEqual({ pieces: ['', 'Pigeons', ''], readAll: false })
      expect(snippet(id, 'haddad')).toEqual({ pieces: ['Amal ', 'Haddad', ''], readAll: false })
      expect(snippet(id, 'clos')).toEqual({ pieces: ['It was ', 'clos', 'ed'], readAll: false })
    })

    it('from all of it where the word is spelt with other letters, set in two runs, or stands nowhere', () => {
      const id = story(paragraph('a', 'L’', 'éco', 'le'), paragraph('b', 'Text'))
      expect(snippet(id, 'ecole ')).toEqual({ pieces: ['L’', 'école', ''], readAll: true })
      expect(snippet(id, 'écol')).toEqual({ pieces: ['L’', 'écol', 'e'], readAll: true })
      expect(snippet(id, 'nowhere')).toEqual({ pieces: ['L’école'], readAll: true })
      expect(snippet(id, 'text')).toEqual({ pieces: ['', 'Text', ''], readAll: false })
    })

    it('as it would have been from all of it, whatever stands in the text', () => {
      const words = [
        'bridge',
        'Bridges',
        'abridge',
        'id',
        'text',
        'runs',
        'paragraph',
        'n',
        ' ',
        ' ',
        '\n',
        '\t',
        '\u0001',
        '"',
        '\\',
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '{"id":"',
        '“',
        '—',
        '…'
      ]
      const text = fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((pieces) => pieces.join(''))
      const block = fc.oneof(
        text.map((one): Block => ({ id: 'x', type: 'paragraph', runs: [{ text: one, marks: ['bold'] }] })),
        text.map((one): Block => ({ runs: [{ text: one }], level: 2, type: 'heading', id: 'x' })),
        fc.array(text, { minLength: 1, maxLength: 3 }).map((items): Block => ({
          id: 'x',
          type: 'list',
          ordered: false,
          items: items.map((one) => ({ runs: [{ text: one }], depth: 0 }))
        })),
        text.map((one): Block => ({
          id: 'x',
          type: 'image',
          image: { ...emptyImageUse(), mediaId: '0'.repeat(64), caption: one }
        })),
        text.map((one): Block => ({ id: 'x', type: 'of-a-later-version', text: one }))
      )
      fc.assert(
        fc.property(
          fc.array(block, { maxLength: 6 }),
          fc.constantFrom('bridge', 'bridge ', 'text', 'runs id ', 'n', 'paragraph "bridge text"'),
          (blocks, query) => {
            const id = story(...blocks)
            expect(snippet(id, query).pieces).toEqual(
              store.read((db) => new Highlighter(parseSearch(query)).snippet(storyTexts(db, seqOf(id))))
            )
          }
        ),
        { numRuns: 400 }
      )
    })
  })

  it('needs all the words, in any order and field, and phrases as they stand', () => {
    add('Council meets', 'The bridge will close on Monday.')
    add('Bridge closes', 'The council said nothing.')
    add('Bridge', 'Nothing else.')
    rest()
    expect(found('bridge council')).toEqual(['Bridge closes', 'Council meets'])
    expect(found('"bridge will close"')).toEqual(['Council meets'])
    expect(found('"close bridge"')).toEqual([])
    expect(search('  ').hits).toEqual([])
    expect(search('bridge').query).toBe('bridge…')
  })

  it('finds Arabic however it is spelt, and Chinese and Japanese inside a sentence', () => {
    add('مجلس المدينة يقرّ الجسر', 'أعلنت الوزارة أن المدرسـة ستُفتح.')
    add('新大桥开通', '临江市议会批准了新大桥。')
    add('青浜市の橋', '市議会は新しい橋を承認した。')
    rest()
    expect(found('المدرسه')).toEqual(['مجلس المدينة يقرّ الجسر'])
    expect(found('يقر الج')).toEqual(['مجلس المدينة يقرّ الجسر'])
    expect(found('大桥')).toEqual(['新大桥开通'])
    expect(found('桥大')).toEqual([])
    expect(found('議会')).toEqual(['青浜市の橋'])
    expect(search('大桥').hits[0]?.snippet).toEqual(['临江市议会批准了新', '大桥', '。'])
  })

  it('puts the newest change first, or the best match', () => {
    const first = add('Harbour opens', 'One harbour.')
    add('Budget', 'The harbour board is mentioned once.')
    rest()
    expect(found('harbour')).toEqual(['Budget', 'Harbour opens'])
    expect(found('harbour', { order: 'best' })).toEqual(['Harbour opens', 'Budget'])
    stories.patchFields({ id: first, baseRevision: 1, changeId: newId() }, { standfirst: 'Changed' })
    rest()
    expect(found('harbour')).toEqual(['Harbour opens', 'Budget'])
  })

  it('ranks a word by where it stands: headline, standfirst, names, caption, body', () => {
    const filler = 'The council met on Monday and agreed a plan for the year.'
    add('In the body', `Quay. ${filler}`, { standfirst: filler, kicker: 'News' })
    add('In a caption', filler, {
      standfirst: filler,
      kicker: 'News',
      leadImage: { ...emptyImageUse(), caption: 'Quay' }
    })
    add('In the byline', filler, { standfirst: filler, byline: 'By Ann Quay' })
    add('In the standfirst', filler, { standfirst: `Quay. ${filler}`, kicker: 'News' })
    add('Quay in the headline', filler, { standfirst: filler, kicker: 'News' })
    for (let n = 0; n < 20; n += 1) add(`Another story ${n}`, filler, { standfirst: filler, kicker: 'News' })
    rest()
    expect(found('quay', { order: 'best' })).toEqual([
      'Quay in the headline',
      'In the standfirst',
      'In the byline',
      'In a caption',
      'In the body'
    ])
  })

  it('keeps the trash out, unless asked, and filters', () => {
    const gone = add('Ferry one', '', { section: 'World' })
    add('Ferry two', '', { section: 'Home', language: 'ar' })
    stories.trash([gone], null)
    rest()
    expect(found('ferry')).toEqual(['Ferry two'])
    expect(found('ferry', { filter: { statuses: ['trashed'] } })).toEqual(['Ferry one'])
    expect(found('ferry', { filter: { section: 'World' } })).toEqual([])
    expect(found('ferry', { filter: { section: 'Home', language: 'ar' } })).toEqual(['Ferry two'])
  })

  it('pages with limit and offset and says whether there is more', () => {
    for (let n = 0; n < 7; n++) add(`Tunnel ${n}`)
    rest()
    expect(search('tunnel', { limit: 3 })).toMatchObject({ more: true })
    expect(found('tunnel', { limit: 3, offset: 3 })).toEqual(['Tunnel 3', 'Tunnel 2', 'Tunnel 1'])
    expect(search('tunnel', { limit: 3, offset: 6 })).toMatchObject({ more: false })
  })

  it('stops between rows when nobody waits', () => {
    for (let n = 0; n < 7; n++) add(`Tunnel ${n}`)
    rest()
    let asked = 0
    expect(
      store.read((db) =>
        searchStories(db, { text: 'tunnel', filter: {}, order: 'newest', limit: 50, offset: 0 }, () => ++asked === 3)
      )
    ).toBeNull()
    expect(asked).toBe(3)
  })

  it('waits for a story to come to rest, and indexes what was typed since it was opened', () => {
    const id = add('Typed')
    rest()
    for (let revision = 1; revision <= 5; revision++) {
      stories.patchBody({ id, baseRevision: revision, changeId: newId() }, [
        {
          op: 'insert',
          after: null,
          block: { id: `p${revision}`, type: 'paragraph', runs: [{ text: `paragraph${revision}` }] }
        }
      ])
      clock.advance(500)
    }
    expect(found('paragraph5')).toEqual([])
    clock.advance(1000)
    expect(found('paragraph5')).toEqual(['Typed'])
    expect(search('paragraph5').hits[0]?.snippet).toEqual(['', 'paragraph5', ''])
    stories.patchBody({ id, baseRevision: 6, changeId: newId() }, [{ op: 'remove', id: 'p5' }])
    index.atRest(id)
    clock.advance(50)
    expect(found('paragraph5')).toEqual([])
    expect(found('paragraph4')).toEqual(['Typed'])
  })

  it('catches up at the next start with what a kill left behind', () => {
    add('Left behind')
    expect(store.read(countUnindexed)).toBe(1)
    store.close()
    open()
    clock.advance(100)
    expect(store.read(countUnindexed)).toBe(0)
    expect(found('left behind')).toEqual(['Left behind'])
  })

  it('still answers from the stories themselves when the index is behind', () => {
    const id = add('Old headline', 'Same words.')
    rest()
    stories.patchFields({ id, baseRevision: 1, changeId: newId() }, { headline: 'New headline' })
    expect(search('same words').hits[0]).toMatchObject({
      summary: { headline: 'New headline', revision: 2 },
      headline: ['New headline']
    })
  })

  it('goes on after an error, and logs it', () => {
    add('Story')
    store
      .connection()
      .raw.exec(
        "CREATE TRIGGER full BEFORE UPDATE OF indexed_seq ON articles BEGIN SELECT RAISE(ABORT, 'disk says no'); END"
      )
    clock.advance(2000)
    expect(log.join()).toContain('indexing stopped')
    store.connection().raw.exec('DROP TRIGGER full')
    clock.advance(31_000)
    expect(found('story')).toEqual(['Story'])
  })

  it('leaves a story that cannot be read out of the index, and does not try for ever', () => {
    const id = add('Damaged')
    add('Whole')
    store.write('damage', (db) =>
      db.run(sql`UPDATE article_content SET body = '{' WHERE seq = (SELECT seq FROM articles WHERE id = ${id})`)
    )
    rest()
    expect(store.read(countUnindexed)).toBe(0)
    expect(found('whole')).toEqual(['Whole'])
  })

  it('forgets stories that are deleted, can be built anew, and is whole', () => {
    const id = add('Deleted story')
    add('Kept story')
    rest()
    store.write('delete', (db) => db.run(sql`DELETE FROM articles WHERE id = ${id}`))
    expect(found('story')).toEqual(['Kept story'])
    store.write('check', checkSearchIndex)
    store.write('clear', clearSearchIndex)
    expect(found('story')).toEqual([])
    index.atRest('')
    clock.advance(100)
    expect(found('story')).toEqual(['Kept story'])
    store.write('check', checkSearchIndex)
  })

  it('walks the index first and looks stories up by it', () => {
    const plan = (order: 'newest' | 'best'): string[] =>
      store.read((db) =>
        explainSearch(db, { text: 'bridge', filter: { section: 'World' }, order, limit: 50, offset: 0 })
      )
    expect(plan('newest')).toEqual([
      expect.stringMatching(/^SCAN search VIRTUAL TABLE/),
      expect.stringMatching(/^SEARCH a USING INDEX articles_indexed \(indexed_seq=\?/)
    ])
    expect(plan('best')[0]).toMatch(/^SCAN search VIRTUAL TABLE/)
  })
})
