import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, it, vi } from 'vitest'
import { openLibrary } from '../../../src/main/core/store/open-library.ts'
import { listUpdatingOnRemoved } from '../../../src/main/core/store/receipts.ts'

it('looks for stories on removed CMSs among the receipts, not among all stories', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'galley-receipts-'))
  const { store, close } = await openLibrary(folder)
  const prepare = vi.spyOn(BetterSqlite3.prototype, 'prepare')
  try {
    store.read(listUpdatingOnRemoved)
    const [text] = prepare.mock.calls[0]!
    const plan = store.connection().raw.prepare(`EXPLAIN QUERY PLAN ${text}`).all() as { detail: string }[]
    expect(plan.map(({ detail }) => detail).filter((line) => line.startsWith('SCAN'))).toEqual([
      expect.stringContaining('live')
    ])
  } finally {
    prepare.mockRestore()
    close()
    await rm(folder, { recursive: true, force: true })
  }
})
