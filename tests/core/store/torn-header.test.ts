import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LOG_HEADER, judgeLog } from '../../../src/main/core/store/log.ts'
import { readMark, type Mark } from '../../../src/main/core/store/log-mark.ts'
import { openLibrary } from '../../../src/main/core/store/open-library.ts'
import { sql } from '../../../src/main/core/store/sql.ts'

describe('the header of a log that starts anew', () => {
  const folder = mkdtempSync(join(tmpdir(), 'galley-torn-'))
  let mark: Mark | null
  let old: Buffer
  let now: Buffer

  beforeAll(async () => {
    const { store, close } = await openLibrary(folder)
    let n = 0
    const save = (): void => {
      store.write('save', (db) => db.run(sql`INSERT INTO settings (key, value) VALUES (${`k${n++}`}, '1')`))
    }
    const log = (): Buffer => readFileSync(join(folder, 'galley.db-wal'))
    save()
    const other = new BetterSqlite3(join(folder, 'galley.db'))
    other.pragma('wal_checkpoint(RESTART)')
    other.close()
    mark = readMark(folder)
    old = log()
    save()
    now = log()
    close()
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const torn = (cut: number): Buffer => Buffer.concat([now.subarray(0, cut), old.subarray(cut)])

  it('may be torn at any byte by a power cut: nothing of the old log is needed then', () => {
    expect(old.subarray(0, LOG_HEADER).equals(now.subarray(0, LOG_HEADER))).toBe(false)
    for (let cut = 0; cut < LOG_HEADER; cut++) expect([cut, judgeLog(mark, torn(cut))]).toEqual([cut, 'whole'])
  })

  it('is told from a header that was damaged', () => {
    const taken: number[] = []
    for (let bit = 0; bit < LOG_HEADER * 8; bit++) {
      const bytes = Buffer.from(old)
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      if (judgeLog(mark, bytes) === 'whole') taken.push(bit >> 3)
    }
    // One flip looks like a count that went up by one, which is what a tear after it leaves.
    expect(taken.filter((byte) => byte !== 15)).toEqual([])
    expect(taken.length).toBeLessThanOrEqual(1)
    const zeroed = Buffer.from(old).fill(0, 0, LOG_HEADER)
    expect(judgeLog(mark, zeroed)).not.toBe('whole')
  })
})
