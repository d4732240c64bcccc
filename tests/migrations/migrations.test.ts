import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Events } from '../../src/main/core/events.ts'
import { StoriesService } from '../../src/main/core/stories/stories.ts'
import { LibraryIndex } from '../../src/main/core/library/library-index.ts'
import { RevisionsService } from '../../src/main/core/stories/revisions.ts'
import { listBackups } from '../../src/main/core/store/backup.ts'
import { openDatabase } from '../../src/main/core/store/database.ts'
import { verifyFile } from '../../src/main/core/store/integrity-check.ts'
import { readCounts, readPage } from '../../src/main/core/store/library-pages.ts'
import { migrate } from '../../src/main/core/store/migrate.ts'
import { migrations } from '../../src/main/core/store/migrations/index.ts'
import { openLibrary } from '../../src/main/core/store/open-library.ts'
import { indexStories, searchStories, unindexedStories } from '../../src/main/core/store/search.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { id, makeLibrary } from '../support/old-library.ts'

describe('a library of an earlier Galley', () => {
  let folder: string
  const file = (): string => join(folder, 'galley.db')

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'galley-migrations-'))
  })
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  it('is one in a list without gaps', () => {
    expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, at) => at + 1))
    expect(migrations.map(({ name }) => name)).toEqual(
      ['stories', 'publishing', 'search'].concat(migrations.slice(3).map(({ name }) => name))
    )
  })

  it.each(migrations.map(({ number }) => number))(
    'of version %i opens with everything it held, backed up first, and is listed and found',
    async (version) => {
      makeLibrary(file(), version)
      const opened = await openLibrary(folder)
      try {
        const { store } = opened
        expect(opened.notices).toEqual([])
        const clock = new ManualClock()
        const events = new Events(() => undefined)
        const stories = new StoriesService({ store, clock, events, desk: () => ({ zone: 'UTC', language: 'en' }) })
        for (let n = 1; n <= 6; n++) {
          expect(stories.get(id(n))).toMatchObject({
            revision: n === 1 ? 2 : 1,
            status: n === 6 ? 'trashed' : 'draft',
            fields: {
              headline: n === 1 ? 'Changed' : `Zebra ${7 - n}`,
              extra: { kept: n },
              times: { created: { zone: 'Asia/Dubai' } }
            },
            body: {
              version: 1,
              blocks: [
                { id: 'a', type: 'paragraph', runs: [{ text: `Paragraph number ${n}` }] },
                { id: 'u', type: 'of-a-later-version', text: 'kept' }
              ]
            }
          })
          expect(new RevisionsService(store, stories).get(id(n), 1).fields.headline).toBe(`Zebra ${7 - n}`)
        }
        expect(
          store
            .read((db) => readPage(db, { filter: {}, sort: 'headline', descending: false, limit: 10 }))
            .rows.map(({ headline }) => headline)
        ).toEqual(['Changed', 'Zebra 2', 'Zebra 3', 'Zebra 4', 'Zebra 5'])
        expect(store.read(readCounts)).toEqual({
          byStatus: { draft: 5, trashed: 1 },
          sections: ['Home', 'World'],
          languages: ['en']
        })
        const index = new LibraryIndex({ clock, events, rows: stories.rows, log: () => undefined })
        index.start()
        clock.advance(1000)
        index.close()
        expect(
          store
            .read((db) => searchStories(db, { text: '"number 3"', filter: {}, order: 'newest', limit: 5, offset: 0 }))
            ?.hits.map(({ summary }) => summary.id)
        ).toEqual([id(3)])
      } finally {
        opened.close()
      }
      expect(verifyFile(file(), true)).toMatchObject({ problems: [], stories: 6, schema: migrations.length })
      const backups = listBackups(folder)
      if (version === migrations.length) expect(backups).toEqual([])
      else {
        expect(backups.map(({ name }) => name)).toEqual([
          expect.stringMatching(new RegExp(`^galley-000000000007-\\d{8}-before-v${migrations.length}\\.db$`))
        ])
        expect(verifyFile(backups[0]!.file, true)).toMatchObject({ problems: [], stories: 6, schema: version })
      }
    }
  )

  it('is searched all the time while its stories are read into the index anew, which then finds their slugs', () => {
    makeLibrary(file(), 7)
    const old = openDatabase(file(), 'write')
    expect(indexStories(old, unindexedStories(old, 100))).toBe(6)
    // The index of that time knew no slugs.
    old.raw.exec(`UPDATE article_content SET fields = json_set(fields, '$.slug', 'slug' || seq)`)
    const found = (text: string): string[] | undefined =>
      searchStories(old, { text, filter: {}, order: 'newest', limit: 10, offset: 0 })?.hits.map(
        ({ summary }) => summary.id
      )
    const listed = old.raw.prepare('SELECT id FROM articles ORDER BY change_seq DESC').pluck()
    const before = listed.all()
    const shown = [1, 5, 4, 3, 2].map(id)
    expect(found('paragraph')).toEqual(shown)
    migrate(old)
    expect(found('paragraph')).toEqual(shown)
    expect(found('slug3')).toEqual([])
    expect(listed.all()).toEqual(before)
    while (indexStories(old, unindexedStories(old, 1)) > 0)
      expect(found('paragraph')?.toSorted()).toEqual(shown.toSorted())
    expect(found('paragraph')).toEqual(shown)
    expect(found('slug3')).toEqual([id(3)])
    old.raw.close()
  })

  it('of more stories than are read at once has the authors of all of them', () => {
    makeLibrary(file(), 7)
    const old = openDatabase(file(), 'write')
    const more = 1000
    old.raw.exec(`
      WITH RECURSIVE n (seq) AS (SELECT 11 UNION ALL SELECT seq + 1 FROM n WHERE seq < ${10 + more})
      INSERT INTO articles (seq, id, revision, status, headline, slugline, section, byline, language, direction, words, created_at, changed_at, change_seq)
        SELECT n.seq * 3, 'more-' || n.seq, 1, 'draft', '', '', '', '', 'en', 'auto', 0, '', '', n.seq FROM n;
      INSERT INTO article_content (seq, revision, fields, body, sha256)
        SELECT seq, 1, json_set((SELECT fields FROM article_content WHERE seq = 1), '$.byline', 'By Ada Byron'), '', '' FROM articles WHERE id LIKE 'more-%';`)
    migrate(old)
    expect(old.raw.prepare(`SELECT count(*) FROM articles WHERE authors = '["Ada Byron"]'`).pluck().get()).toBe(more)
    expect(old.raw.prepare(`SELECT stories FROM author_counts WHERE name = 'Ada Byron'`).pluck().get()).toBe(more)
    old.raw.close()
  })

  it('of any version comes out with the same schema as a new one', async () => {
    const schema = (path: string): unknown[] => {
      const raw = new BetterSqlite3(path, { readonly: true })
      try {
        return raw.prepare(`SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name`).all()
      } finally {
        raw.close()
      }
    }
    makeLibrary(join(folder, 'new.db'), migrations.length)
    for (const { number } of migrations) {
      const path = join(folder, `old-${number}.db`)
      makeLibrary(path, number)
      const db = openDatabase(path, 'write')
      migrate(db)
      db.raw.close()
      expect(schema(path)).toEqual(schema(join(folder, 'new.db')))
    }
  })

  it.each(migrations.slice(1).map(({ number, name }) => ({ number, name })))(
    'stands as it was when migration $number ($name) is stopped in its middle, and goes on the next time',
    async ({ number }) => {
      makeLibrary(file(), number - 1)
      const rows = (path: string): unknown[] => {
        const raw = new BetterSqlite3(path, { readonly: true })
        try {
          return [
            raw.pragma('user_version'),
            raw.prepare('SELECT id, revision, headline, change_seq FROM articles ORDER BY seq').all(),
            raw.prepare('SELECT seq, sha256 FROM article_content ORDER BY seq').all()
          ]
        } finally {
          raw.close()
        }
      }
      const before = rows(file())
      const db = openDatabase(file(), 'write')
      // The last statement of the migration's transaction fails, as a full disk would have it.
      const exec = db.raw.exec.bind(db.raw)
      db.raw.exec = (text: string) => {
        if (text === 'COMMIT') throw new Error('the disk is full')
        return exec(text)
      }
      expect(() => migrate(db)).toThrow('the disk is full')
      db.raw.close()
      expect(rows(file())).toEqual(before)
      // And a kill in the middle: what the files hold then is what SQLite had committed.
      await copyFile(file(), join(folder, 'copy.db'))
      const again = openDatabase(file(), 'write')
      migrate(again)
      again.raw.close()
      expect(verifyFile(file(), true)).toMatchObject({ problems: [], stories: 6, schema: migrations.length })
    }
  )
})
