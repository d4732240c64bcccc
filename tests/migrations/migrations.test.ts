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
import { searchStories } from '../../src/main/core/store/search.ts'
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
