import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeSampleLibrary } from '../../../src/main/samples/sample-library.ts'
import {
  BackupSchedule,
  listBackups,
  makeBackup,
  rotateBackups,
  type Copy
} from '../../../src/main/core/store/backup.ts'
import { verifyFile } from '../../../src/main/core/store/integrity-check.ts'
import { LibraryReader } from '../../../src/main/core/store/reader/client.ts'
import { sql } from '../../../src/main/core/store/sql.ts'
import { Store } from '../../../src/main/core/store/store.ts'
import { ManualClock } from '../../support/manual-clock.ts'

const NOW = Date.UTC(2026, 2, 14)

describe('backups', () => {
  let folder: string
  let store: Store
  let reader: LibraryReader
  const copy: Copy = (target, signal) => reader.copy(target, { signal })

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'galley-backup-'))
    store = Store.open(folder)
    reader = new LibraryReader(store.databaseFile)
  })
  afterEach(async () => {
    await reader.close()
    store.close()
    await rm(folder, { recursive: true, force: true })
  })

  const names = (): string[] => listBackups(folder).map(({ name }) => name)
  const settled = async (): Promise<void> => {
    for (
      let n = 0;
      n < 200 && (await readdir(join(folder, 'backups')).catch(() => [])).some((name) => name.includes('.tmp'));
      n++
    )
      await new Promise((resolve) => setTimeout(resolve, 10))
  }

  it('copies the whole library into one file that stands alone', async () => {
    await makeSampleLibrary(store, { stories: 40, seed: 1 })
    const backup = await makeBackup(folder, { copy, now: NOW })
    expect(backup).toMatchObject({ name: 'galley-000000000040-20260314.db', changeSeq: 40 })
    expect(verifyFile(backup.file, true)).toMatchObject({ problems: [], stories: 40, changeSeq: 40 })
    expect(await readdir(join(folder, 'backups'))).toEqual([backup.name])
  })

  it('goes on while stories are saved, and is of one moment', async () => {
    await makeSampleLibrary(store, { stories: 300, seed: 1 })
    const making = makeBackup(folder, { copy, now: NOW })
    for (let n = 0; n < 30; n++) {
      store.write('save', (db) => db.run(sql`UPDATE articles SET headline = 'changed' WHERE seq = ${n + 1}`))
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(verifyFile((await making).file, true)).toMatchObject({ problems: [], stories: 300 })
  })

  it('is not kept when it is not whole, nor when it is stopped, and takes nothing away then', async () => {
    await makeSampleLibrary(store, { stories: 5, seed: 1 })
    await makeBackup(folder, { copy, now: NOW })
    store.connection().raw.exec(`DELETE FROM article_content WHERE seq = 1`)
    await expect(makeBackup(folder, { copy, now: NOW })).rejects.toMatchObject({ code: 'damaged' })
    await expect(makeBackup(folder, { copy, now: NOW, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: expect.stringMatching(/cancelled|damaged/)
    })
    expect(await readdir(join(folder, 'backups'))).toEqual(['galley-000000000005-20260314.db'])
  })

  it('keeps the last six and one of each of seven days, whatever the clock said', async () => {
    await mkdir(join(folder, 'backups'))
    const put = (changeSeq: number, day: string): Promise<void> =>
      writeFile(join(folder, 'backups', `galley-${String(changeSeq).padStart(12, '0')}-${day}.db`), '')
    for (let day = 1; day <= 20; day++)
      for (let n = 0; n < 3; n++) await put(day * 10 + n, `202603${String(day).padStart(2, '0')}`)
    // The clock jumped ten years back for the newest one.
    await put(999, '20160301')
    rotateBackups(folder)
    expect(listBackups(folder).map(({ changeSeq }) => changeSeq)).toEqual([
      999, 202, 201, 200, 192, 191, 182, 172, 162, 152, 142
    ])
    rotateBackups(folder)
    expect(names()).toHaveLength(11)
  })

  it('comes every ten minutes of change, not without, and on closing', async () => {
    const clock = new ManualClock()
    const log: string[] = []
    const schedule = new BackupSchedule({ store, clock, copy, catchUp: () => undefined, log: (line) => log.push(line) })
    schedule.start()
    clock.advance(10 * 60_000)
    await schedule.backUp()
    expect(names()).toEqual([])
    await makeSampleLibrary(store, { stories: 3, seed: 1 })
    clock.advance(9 * 60_000)
    await settled()
    expect(names()).toEqual([])
    clock.advance(60_000)
    await schedule.backUp()
    expect(names()).toEqual(['galley-000000000003-20260314.db'])
    clock.advance(30 * 60_000)
    await schedule.backUp()
    expect(names()).toHaveLength(1)
    await makeSampleLibrary(store, { stories: 4, seed: 1 })
    await schedule.close()
    expect(names()).toHaveLength(2)
    expect(clock.pending).toBe(0)
    expect(log).toEqual([])
  })

  it('logs a failure in words and tries again', async () => {
    const log: string[] = []
    const schedule = new BackupSchedule({
      store,
      clock: new ManualClock(),
      copy,
      catchUp: () => undefined,
      log: (line) => log.push(line)
    })
    await makeSampleLibrary(store, { stories: 3, seed: 1 })
    await writeFile(join(folder, 'backups'), 'a file in the way')
    await schedule.backUp()
    expect(log).toHaveLength(1)
    expect(schedule.problem).not.toBeNull()
    await rm(join(folder, 'backups'))
    await schedule.backUp()
    expect(schedule.problem).toBeNull()
    expect(names()).toHaveLength(1)
  })
})
