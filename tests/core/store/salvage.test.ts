import BetterSqlite3 from 'better-sqlite3'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Events } from '../../../src/main/core/events.ts'
import { makeBackup } from '../../../src/main/core/store/backup.ts'
import { copyLibrary } from '../../../src/main/core/store/copy-library.ts'
import { harvest } from '../../../src/main/core/store/harvest.ts'
import { verifyFile } from '../../../src/main/core/store/integrity-check.ts'
import { openLibrary, type OpenedLibrary } from '../../../src/main/core/store/open-library.ts'
import { PageReader } from '../../../src/main/core/store/page-reader.ts'
import { columnsOf, salvageTables } from '../../../src/main/core/store/salvage.ts'
import { StoriesService } from '../../../src/main/core/stories/stories.ts'
import { makeSampleLibrary } from '../../../src/main/samples/sample-library.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import type { Story } from '../../../src/shared/story/story.ts'
import { ManualClock } from '../../support/manual-clock.ts'

describe('salvage, page by page', () => {
  let folder: string
  let opened: OpenedLibrary | null = null
  const PAGE = 4096

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'galley-salvage-'))
  })
  afterEach(async () => {
    opened?.close()
    opened = null
    await rm(folder, { recursive: true, force: true })
  })

  const file = (name = 'galley.db'): string => join(folder, name)
  async function open(): Promise<StoriesService> {
    opened = await openLibrary(folder)
    const { store } = opened
    return new StoriesService({
      store,
      clock: new ManualClock(),
      events: new Events(() => undefined),
      desk: () => ({ zone: 'UTC', language: 'en' })
    })
  }
  function close(): void {
    opened?.close()
    opened = null
  }
  const text = (story: Story): string => JSON.stringify([story.fields.headline, story.body.blocks])
  const ids = (): string[] =>
    opened!.store.connection().raw.prepare('SELECT id FROM articles ORDER BY seq').pluck().all() as string[]

  /** Thirty stories, some with texts over many pages, some with saves that are not folded in. */
  async function desk(): Promise<Map<string, string>> {
    const stories = await open()
    await makeSampleLibrary(opened!.store, { stories: 30, seed: 5 })
    const all = ids()
    for (const [n, id] of all.entries()) {
      if (n % 4 !== 0) continue
      const { revision } = stories.get(id)
      stories.patchBody({ id, baseRevision: revision, changeId: newId() }, [
        {
          op: 'insert',
          after: null,
          block: { id: `long${n}`, type: 'paragraph', runs: [{ text: `Line ${n}. `.repeat(400 * n) }] }
        }
      ])
      if (n % 8 === 0) stories.settle(id)
    }
    stories.settleAll()
    for (const id of all.slice(0, 5)) {
      stories.patchFields({ id, baseRevision: stories.get(id).revision, changeId: newId() }, { kicker: 'Unfolded' })
    }
    return new Map(all.map((id) => [id, text(stories.get(id))]))
  }

  it('finds every row whose checksum holds, and nothing else, in a file that is whole', async () => {
    const before = await desk()
    const { raw } = opened!.store.connection()
    const counted = ['article_content', 'revisions', 'journal', 'media'].map((table) =>
      Number(raw.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
    )
    const columns = new Map(
      ['article_content', 'revisions', 'journal', 'media', 'articles', 'intake_sources'].map((table) => [
        table,
        columnsOf(raw, table)
      ])
    )
    close()
    const pages = new PageReader(file())
    const found = harvest(pages, (table) => columns.get(table) ?? [])
    expect([...found.stories.values()].map(({ id }) => id).toSorted()).toEqual([...before.keys()].toSorted())
    let texts = 0
    let versions = 0
    let entries = 0
    for (const seq of found.stories.keys()) {
      const remains = found.remains(seq)
      texts += new Set(remains.texts.map(({ revision }) => revision)).size
      versions += found.history(seq).length
      entries += remains.journal.size
    }
    expect(versions).toBe(counted[1])
    expect(texts).toBeGreaterThanOrEqual(counted[0]!)
    expect(entries).toBeGreaterThanOrEqual(counted[2]!)
    expect(found.media.length).toBe(counted[3])
    pages.close()
  })

  it('gives a story the words back that are ignored in it, whatever row it has in the other library', async () => {
    const stories = await open()
    await makeSampleLibrary(opened!.store, { stories: 3, seed: 5 })
    stories.settleAll()
    close()
    copyFileSync(file(), file('older.db'))
    const older = new BetterSqlite3(file('older.db'))
    const damaged = new BetterSqlite3(file())
    older.pragma('foreign_keys = OFF')
    const [first, second] = older.prepare('SELECT id FROM articles ORDER BY seq').pluck().all() as string[]
    older.prepare('UPDATE articles SET seq = seq + 100').run()
    damaged.exec(`
      INSERT INTO spelling_words (word) VALUES ('Haddad');
      INSERT INTO embargo_exits (id, story_id, at, way, until, reason) VALUES ('e', '${second}', '', 'print', '{}', 'Proof');
      INSERT INTO spelling_ignored (seq, word) SELECT seq, 'teh' FROM articles WHERE id = '${second}';
      INSERT INTO spelling_ignored (seq, word) SELECT seq, 'harbur' FROM articles WHERE id = '${first}';
    `)
    older.prepare('DELETE FROM articles WHERE id = ?').run(first)
    salvageTables(older, damaged)
    expect(older.prepare('SELECT word FROM spelling_words').pluck().all()).toEqual(['Haddad'])
    expect(older.prepare('SELECT story_id, reason FROM embargo_exits').all()).toEqual([
      { story_id: second, reason: 'Proof' }
    ])
    expect(older.prepare('SELECT id, word FROM spelling_ignored JOIN articles USING (seq)').all()).toEqual([
      { id: second, word: 'teh' }
    ])
    older.close()
    damaged.close()
  })

  it('brings back every story of which no page is lost, with all backups damaged and any seven pages zeroed', async () => {
    const before = await desk()
    await makeBackup(folder, {
      copy: async (target) => (await copyLibrary(opened!.store.connection().raw, target))!,
      now: 0
    })
    close()
    for (const name of await readdir(file('backups'))) await writeFile(join(file('backups'), name), 'no backup')
    const whole = await readFile(file())
    const pages = whole.length / PAGE
    let back = 0
    let gone = 0
    for (let round = 0; round < 4; round++) {
      const bytes = Buffer.from(whole)
      // Always the first pages, on which everything hangs, in turn; the others anywhere.
      const hit = [[0, 1, 2, 4][round]!, ...Array.from({ length: 6 }, (_, n) => (round * 7919 + n * 104_729) % pages)]
      for (const page of hit) bytes.fill(0, page * PAGE, (page + 1) * PAGE)
      await rm(folder, { recursive: true, force: true })
      await mkdir(folder)
      await writeFile(file(), bytes)
      await writeFile(file('library.json'), `{"format":1,"library":"${crypto.randomUUID()}","state":"suspect"}`)
      const stories = await open()
      const held = new Map(ids().map((id) => [id, text(stories.get(id))]))
      for (const [id, words] of before) {
        if (held.get(id) === words || [...held.values()].includes(words)) back += 1
        else gone += 1
      }
      close()
      expect(verifyFile(file(), true)!.problems).toEqual([])
    }
    // Seven pages hold the texts of a handful of stories at most: those, and no others, may be older or gone.
    expect(back + gone).toBe(4 * 30)
    expect(gone).toBeLessThanOrEqual(4 * 10)
    expect(back).toBeGreaterThan(4 * 20)
  }, 120_000)

  it('reads the last saves out of a log whose database was overwritten by text', async () => {
    const before = await desk()
    await makeBackup(folder, {
      copy: async (target) => (await copyLibrary(opened!.store.connection().raw, target))!,
      now: 0
    })
    const stories = new StoriesService({
      store: opened!.store,
      clock: new ManualClock(),
      events: new Events(() => undefined),
      desk: () => ({ zone: 'UTC', language: 'en' })
    })
    const [first = '', second = ''] = before.keys()
    for (const id of [first, second]) {
      stories.patchFields(
        { id, baseRevision: stories.get(id).revision, changeId: newId() },
        { headline: `Last of ${id}` }
      )
      before.set(id, text(stories.get(id)))
    }
    const files = ['galley.db-wal', 'galley.mark', 'library.json'].map(
      (name) => [name, readFileSync(file(name))] as const
    )
    close()
    for (const [name, bytes] of files) await writeFile(file(name), bytes)
    await writeFile(file(), 'Somebody saved a letter over it. '.repeat(2000))
    const again = await open()
    expect(new Map(ids().map((id) => [id, text(again.get(id))]))).toEqual(before)
    // The log may hold every page, and SQLite would then never look at the file: it is noticed all the same.
    expect(opened!.notices).toMatchObject([{ kind: 'restored', why: 'not-a-library', lost: [] }])
    const [kept = ''] = opened!.notices[0]!.kept
    expect(readFileSync(join(file('quarantine'), kept), 'utf8')).toContain('Somebody saved a letter over it.')
  })

  it('keeps a text of which only the row that names it is lost', async () => {
    const stories = await open()
    const { id } = stories.create({
      fields: { headline: 'Nameless' },
      body: { version: 1, blocks: [{ id: 'a', type: 'paragraph', runs: [{ text: 'The text is whole.' }] }] }
    })
    const root = Number(
      opened!.store.connection().raw.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'articles'`).pluck().get()
    )
    close()
    const bytes = await readFile(file())
    bytes.fill(0, (root - 1) * PAGE, root * PAGE)
    await writeFile(file(), bytes)
    await rm(file('backups'), { recursive: true, force: true })
    await writeFile(file('library.json'), `{"format":1,"library":"${crypto.randomUUID()}","state":"suspect"}`)
    const again = await open()
    const [only, ...more] = ids()
    expect(more).toEqual([])
    expect(text(again.get(only!))).toContain('The text is whole.')
    expect(again.get(only!).fields.headline).toBe('Nameless')
    expect(opened!.notices[0]!.lost.map(({ storyId }) => storyId)).toEqual([id])
  })

  it('never trips over a file that is no database at all', () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('text'),
      Buffer.alloc(20_000, 0x0d),
      Buffer.alloc(20_000, 0xff)
    ]) {
      const name = join(tmpdir(), `galley-no-database-${process.pid}`)
      writeFileSync(name, bytes)
      const pages = new PageReader(name)
      const found = harvest(pages, () => ['seq', 'revision', 'fields', 'body', 'sha256', 'last_change_id'])
      expect([...found.stories]).toEqual([])
      pages.close()
    }
  })
})
