import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runCommandLine } from '../../../src/main/cli/run.ts'
import { listBackups } from '../../../src/main/core/store/backup.ts'
import { openLibrary } from '../../../src/main/core/store/open-library.ts'
import { LibraryReader } from '../../../src/main/core/store/reader/client.ts'
import { SecondFolder } from '../../../src/main/core/store/second-folder.ts'
import { makeLibrary } from '../../support/old-library.ts'
import { mountSmallDisk, type SmallDisk } from '../../support/small-disk.ts'

const node = process.execPath
const sources = join(import.meta.dirname, '../../..')

// Where a disk can be mounted; elsewhere vitest lists these as skipped.
const probe = mkdtempSync(join(tmpdir(), 'galley-disk-'))
const disk = mountSmallDisk(probe, 1)
disk?.remove()
rmSync(probe, { recursive: true, force: true })

describe.skipIf(!disk)('a disk that takes nothing (needs Linux and root)', { timeout: 60_000 }, () => {
  /** A library that was killed after the last save; made once, and copied onto each disk. */
  let made: string
  let folder: string
  let small: SmallDisk
  let library: string

  beforeAll(() => {
    made = join(mkdtempSync(join(tmpdir(), 'galley-made-')), 'Library')
    const making = spawnSync(node, [join(sources, 'tests/support/damaged-library.ts'), made, 'none'])
    expect(making.status).toBe(0)
  })
  afterAll(() => rmSync(dirname(made), { recursive: true, force: true }))

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'galley-small-'))
    const mounted = mountSmallDisk(join(folder, 'disk'), 4)
    if (!mounted) throw new Error('It could be mounted a moment ago')
    small = mounted
    library = join(small.folder, 'Library')
    cpSync(made, library, { recursive: true })
  })
  afterEach(() => {
    small.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  async function galley(...args: string[]): Promise<{ code: number; out: string; error: string }> {
    const said = { out: '', error: '' }
    const code = await runCommandLine(
      [...args, '--library', library],
      { builtMain: folder },
      { out: { write: (text) => (said.out += text) }, error: { write: (text) => (said.error += text) } }
    )
    return { code, ...said }
  }

  it.each([
    ['full', 'store.readOnlyFull'],
    ['read-only', 'store.readOnlyFolder']
  ])(
    'a %s disk at opening: everything is there to read and to search, and nothing is changed',
    async (state, reason) => {
      const before = ['galley.db', 'galley.db-wal'].map((name) => readFileSync(join(library, name)))
      small[state === 'full' ? 'fill' : 'makeReadOnly']()
      const opened = await openLibrary(library)
      expect(opened).toMatchObject({ lock: null, readOnlyReason: { key: reason }, notices: [] })
      const reader = new LibraryReader(opened.store.databaseFile, opened.store.reading)
      // What was typed last and never came into the index is found as well.
      for (const text of ['harvest', 'added after the backup']) {
        const found = await reader.search({ text, filter: {}, order: 'newest', limit: 10, offset: 0 })
        expect(found.hits.map(({ summary }) => summary.headline)).toContain('Harvest begins early')
      }
      await reader.close()
      opened.close()
      expect(['galley.db', 'galley.db-wal'].map((name) => readFileSync(join(library, name)))).toEqual(before)
      if (state !== 'full') return
      small.makeRoom()
      const again = await openLibrary(library)
      expect(again).toMatchObject({ readOnlyReason: null, notices: [] })
      again.close()
    }
  )

  it.each(['fill', 'makeReadOnly'] as const)(
    'the command line lists, shows, exports and examines (%s)',
    async (fault) => {
      small[fault]()
      const list = await galley('list', '--json')
      expect([list.code, list.out.trim().split('\n').length]).toEqual([0, 3])
      expect((await galley('show', 'harvest-begins-early')).out).toContain('And what was added after the backup.')
      const out = join(folder, 'out')
      expect(await galley('export', '--all', '--format', 'text', '--out', out)).toMatchObject({ code: 0, error: '' })
      expect(readdirSync(out)).toHaveLength(3)
      const onto = await galley('export', '--all', '--format', 'text', '--out', join(small.folder, 'out'))
      expect(onto).toMatchObject({
        out: '',
        error: expect.stringMatching(fault === 'fill' ? /^The disk is full/ : /cannot be written/)
      })
      expect(onto.code).not.toBe(0)
      const doctor = await galley('doctor')
      expect(doctor.out).toMatch(fault === 'fill' ? /PROBLEM\s+lock\s+The disk is full/ : /PROBLEM\s+lock\s+The folder/)
      expect(doctor.out).toMatch(/ok\s+library file\s+3 stories/)
      const refused = await galley('intake', join(out, readdirSync(out)[0] ?? ''))
      expect(refused.code).not.toBe(0)
      expect(refused.error).toMatch(/\S/)
      expect(refused.error).not.toMatch(/\n\s+at /)
    }
  )

  it('a full disk before a migration: the old library is read as it is, and migrated when there is room', async () => {
    const old = join(small.folder, 'Old')
    mkdirSync(old, { mode: 0o700 })
    makeLibrary(join(old, 'galley.db'), 3)
    const before = readFileSync(join(old, 'galley.db'))
    small.fill()
    const opened = await openLibrary(old)
    expect(opened).toMatchObject({ lock: null, readOnlyReason: { key: 'store.readOnlyFull' } })
    expect(opened.store.connection().raw.prepare('SELECT count(*) FROM articles').pluck().get()).toBe(6)
    opened.close()
    expect(readFileSync(join(old, 'galley.db')).equals(before)).toBe(true)
    small.makeRoom()
    const again = await openLibrary(old)
    expect(again).toMatchObject({ readOnlyReason: null, notices: [] })
    expect(listBackups(old)).toHaveLength(1)
    again.close()
  })

  it('a second folder for backups that is full, read-only or gone says so, and has the newest when it is well again', async () => {
    const home = made
    let chosen = join(small.folder, 'Backups')
    mkdirSync(chosen)
    const second = new SecondFolder(home, 'Galley', () => chosen)
    small.fill()
    await second.copy()
    expect([second.problem, second.newestAt()]).toEqual(['full', null])
    small.makeRoom()
    await second.copy()
    expect([second.problem, second.newestAt()]).toEqual([null, expect.any(String)])
    expect(readdirSync(join(chosen, 'Galley'))).toEqual(readdirSync(join(home, 'backups')))
    rmSync(join(chosen, 'Galley'), { recursive: true })
    small.makeReadOnly()
    await second.copy()
    expect(second.problem).toBe('read-only')
    chosen = join(folder, 'unplugged')
    await second.copy()
    expect(second.problem).toBe('missing')
  })
})
