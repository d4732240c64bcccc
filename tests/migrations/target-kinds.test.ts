import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDatabase } from '../../src/main/core/store/database.ts'
import { migrate } from '../../src/main/core/store/migrate.ts'
import { listOpenOutbox, listOutbox } from '../../src/main/core/store/outbox.ts'
import { toOutboxItem } from '../../src/main/core/store/outbox-items.ts'
import type { SqliteDb } from '../../src/main/core/store/sql.ts'
import { listTargets } from '../../src/main/core/store/targets.ts'

let folder: string
let db: SqliteDb
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'galley-target-kinds-'))
  db = openDatabase(join(folder, 'galley.db'), 'write')
  migrate(db, 3)
})
afterEach(() => {
  db.raw.close()
  rmSync(folder, { recursive: true, force: true })
})

it('targets, outbox and its steps of before come out whole, and what may have been sent still is', () => {
  db.raw.exec(`INSERT INTO targets (id, name, kind, url, format, signs, starts, paused) VALUES
    ('t1', 'City desk', 'open', 'https://cms.example', 'ninjs', 1, 0, '{"code":"refused","message":"Stopped."}'), ('t2', 'Practice CMS', 'practice', 'http://127.0.0.1:1/api', 'galley', 1, 1, NULL)`)
  const payload = '{"story":1}'
  const sum = createHash('sha256').update(payload).digest('hex')
  const insert = db.raw
    .prepare(`INSERT INTO outbox (id, change_id, story_id, target_id, target_name, headline, revision, content_type, payload, sha256, media, first, queued_at, not_before,
      idempotency_key, state, maybe_sent, media_done, etag, previous, withdraw, next_try_at, told, tries, problem, receipt)
    VALUES (?, ?, 's', 't1', 'City desk', 'Bridge', 2, 'application/json', ?, ?, '["m"]', 1, '2025-05-05T05:05:05.000Z', NULL, ?, ?, ?, 1, '"7"', 'prev', ?, NULL, 0, 3, NULL, NULL)`)
  insert.run('o1', 'c1', payload, sum, 'k1', 'waiting', 1, null)
  insert.run('o2', 'c2', payload, sum, 'k2', 'waiting', 0, 'cancel')
  insert.run('o3', 'c3', payload, sum, 'k3', 'done', 1, null)
  db.raw.exec(
    `INSERT INTO outbox_steps (outbox_seq, at, step, outcome) VALUES (1, '2025-05-05T05:05:06.000Z', 'media', 'accepted'), (3, '2025-05-05T05:05:07.000Z', 'article', 'accepted')`
  )
  migrate(db)

  expect(listTargets(db)).toEqual([
    {
      id: 't1',
      name: 'City desk',
      kind: 'open',
      url: 'https://cms.example',
      settings: { format: 'ninjs' },
      signs: true,
      starts: false,
      paused: { code: 'refused', key: 'legacy.sentence', params: { text: 'Stopped.' } },
      trusted: null
    },
    {
      id: 't2',
      name: 'Practice CMS',
      kind: 'practice',
      url: 'http://127.0.0.1:1/api',
      settings: { format: 'galley' },
      signs: true,
      starts: true,
      paused: null,
      trusted: null
    }
  ])
  expect(
    listOpenOutbox(db).map(({ id, pending, base, previous, takeBack, purpose, reason, idempotencyKey }) => ({
      id,
      pending,
      base,
      previous,
      takeBack,
      purpose,
      reason,
      idempotencyKey
    }))
  ).toEqual([
    {
      id: 'o1',
      pending: { key: 'story', name: 'article' },
      base: '"7"',
      previous: 'prev',
      takeBack: null,
      purpose: 'publish',
      reason: '',
      idempotencyKey: 'k1'
    },
    {
      id: 'o2',
      pending: null,
      base: '"7"',
      previous: 'prev',
      takeBack: 'cancel',
      purpose: 'publish',
      reason: '',
      idempotencyKey: 'k2'
    }
  ])
  expect(
    listOutbox(db, 's', 10).map((row) =>
      toOutboxItem(db, row, { behind: false, current: false }).steps.map(({ step }) => step)
    )
  ).toEqual([['article'], [], ['media']])
  expect(() => db.raw.exec(`UPDATE outbox SET payload = '{}' WHERE id = 'o1'`)).toThrow('cannot be changed')
  expect(db.raw.pragma('foreign_key_check')).toEqual([])
})

it('no list of kinds or states is left in the file', () => {
  migrate(db)
  const text = (
    db.raw
      .prepare(`SELECT group_concat(sql, char(10)) AS text FROM sqlite_schema WHERE tbl_name IN ('targets', 'outbox')`)
      .get() as { text: string }
  ).text
  const lists = [...text.matchAll(/CHECK \((\w+) IN \(([^)]*)\)\)/g)].map(([, column, values]) => [column, values])
  expect(lists.every(([, values]) => values === '0, 1')).toBe(true)
})
