import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeSampleLibrary } from '../../../src/main/samples/sample-library.ts'
import { LibraryReader } from '../../../src/main/core/store/reader/client.ts'
import { readPage } from '../../../src/main/core/store/library-pages.ts'
import { searchStories, type SearchRequest } from '../../../src/main/core/store/search.ts'
import { Store } from '../../../src/main/core/store/store.ts'
import { say } from '../../../src/shared/words/message.ts'

const list = { filter: {}, sort: 'changed' as const, descending: true, limit: 20 }
const search: SearchRequest = { text: 'the council', filter: {}, order: 'newest', limit: 20, offset: 0 }

describe('the reading worker', () => {
  let folder: string
  let store: Store
  let reader: LibraryReader

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'galley-reader-'))
    store = Store.open(folder)
    await makeSampleLibrary(store, { stories: 150, seed: 3 })
    reader = new LibraryReader(store.databaseFile)
  })
  afterEach(async () => {
    await reader.close()
    store.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('answers as a read on the spot would', async () => {
    expect(await reader.page(list)).toEqual(store.read((db) => readPage(db, list)))
    expect(await reader.search(search)).toEqual(store.read((db) => searchStories(db, search)))
    expect(await reader.search({ ...search, order: 'best' })).toEqual(
      store.read((db) => searchStories(db, { ...search, order: 'best' }))
    )
    expect(Object.values((await reader.counts()).byStatus).reduce((sum, n) => sum + n, 0)).toBe(150)
  })

  it('sees what was saved before it was asked', async () => {
    await reader.page(list)
    await makeSampleLibrary(store, { stories: 1, seed: 4 })
    expect(Object.values((await reader.counts()).byStatus).reduce((sum, n) => sum + n, 0)).toBe(151)
  })

  it('passes errors on in words', async () => {
    await expect(reader.page({ ...list, start: { after: 'nonsense' } })).rejects.toMatchObject({
      code: 'invalid_input'
    })
    expect((await reader.page(list)).rows.length).toBe(20)
  })

  it('drops searches that newer ones of the same person replace, and answers the newest', async () => {
    const texts = ['c', 'co', 'cou', 'coun', 'council']
    const answers = await Promise.allSettled(texts.map((text) => reader.search({ ...search, text }, { key: 'window' })))
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected', 'fulfilled'])
    for (const answer of answers.slice(0, -1)) expect(answer).toMatchObject({ reason: { code: 'cancelled' } })
    expect(answers.at(-1)).toMatchObject({ value: { query: 'council…' } })
  })

  it('leaves other people’s searches and pages alone', async () => {
    const answers = await Promise.all([
      reader.search(search, { key: 'one' }),
      reader.search(search, { key: 'two' }),
      reader.page(list)
    ])
    expect(answers).toHaveLength(3)
  })

  it('lets go at once when the caller does, queued or running, and before it began', async () => {
    const abort = new AbortController()
    const running = reader.search(search, { signal: abort.signal })
    const queued = reader.page(list, { signal: abort.signal })
    abort.abort()
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    await expect(queued).rejects.toMatchObject({ code: 'cancelled' })
    await expect(reader.page(list, { signal: abort.signal })).rejects.toMatchObject({ code: 'cancelled' })
    expect((await reader.page(list)).rows.length).toBe(20)
  })

  it('starts again when the worker dies, and asks again what was under way', async () => {
    await reader.page(list)
    reader.crashForTest()
    expect((await reader.page(list)).rows.length).toBe(20)
    const underWay = reader.page(list)
    reader.crashForTest()
    expect((await underWay).rows.length).toBe(20)
  })

  it('tells whoever waits when the library closes', async () => {
    const waiting = reader.search(search)
    await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'cancelled' }), reader.close()])
    await expect(reader.page(list)).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('says what is wrong with a library file', async () => {
    expect(await reader.verify({ file: store.databaseFile, full: true })).toMatchObject({
      problems: [],
      stories: 150,
      changeSeq: 150,
      damagedStories: []
    })
    store.connection().raw.exec(`UPDATE article_content SET body = body || ' ' WHERE seq = 7`)
    expect(await reader.verify({ file: store.databaseFile, full: true })).toMatchObject({
      problems: [say('store.rowDamaged', { row: 7, what: 'text' })],
      damagedStories: [7]
    })
  })
})
