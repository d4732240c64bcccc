import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EmbargoGate } from '../../../src/main/core/exporting/embargo-gate.ts'
import { ExportingService } from '../../../src/main/core/exporting/exporting.ts'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import { sql } from '../../../src/main/core/store/sql.ts'
import { eraseStory, getStoryRow } from '../../../src/main/core/store/stories.ts'
import { exportFormats } from '../../../src/shared/contract/exports.ts'
import type { Instant } from '../../../src/shared/story/instant.ts'
import { goldenSite } from '../../golden/golden.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { Desk } from '../publishing/newsroom.ts'

const HOUR = 3_600_000
const options = { images: 'beside', existing: 'rename' } as const

describe('copy under embargo', () => {
  let folder: string
  let clock: ManualClock
  let desk: Desk
  let gate: EmbargoGate
  let exporting: ExportingService
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'galley-embargo-'))
    clock = new ManualClock()
    desk = new Desk(join(folder, 'library'), clock, memorySecrets())
    gate = new EmbargoGate({
      store: desk.store,
      clock,
      desk: () => ({ person: 'Mara Ortner' }),
      machine: 'city-desk-3'
    })
    exporting = new ExportingService({
      getStory: (id) => desk.stories.glance(id),
      plannedHour: () => null,
      passEmbargo: (story, way, reason) => gate.pass(story, way, reason),
      findMedia: () => undefined,
      makeRendition: () => Promise.reject(new Error('there are no pictures')),
      settings: () => ({ ...goldenSite, exportFolder: '' }),
      platform: { exportFolder: join(folder, 'out'), reveal: async () => undefined },
      jobs: { run: async (_job, _label, signal, work) => await work({ signal, progress: () => undefined }) }
    })
  })
  afterEach(async () => {
    await desk.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const until = (hours: number): Instant => ({
    utc: new Date(clock.now() + hours * HOUR).toISOString(),
    zone: 'Asia/Tokyo',
    origin: 'typed'
  })
  async function underEmbargo(headline: string, hours = 3): Promise<string> {
    const id = await desk.story(headline)
    desk.edit(id, { times: { ...desk.stories.get(id).fields.times, embargo: until(hours) } })
    return id
  }
  const write = (ids: readonly string[], reason?: string) =>
    exporting.write({ ids, formats: [...exportFormats], options, reason }, new AbortController().signal)
  const files = (): string[] => readdirSync(join(folder, 'out')).filter((name) => !name.startsWith('.'))

  it('is exported with a reason alone, the others go on, and what left is logged with who let it go', async () => {
    const held = await underEmbargo('Held')
    const free = await desk.story('Free')
    const refused = await write([held, free])
    expect(refused.failed).toMatchObject([
      { storyId: held, why: { key: 'exporting.underEmbargo', params: { zone: 'Asia/Tokyo' } } }
    ])
    expect(files().every((name) => name.startsWith('Free'))).toBe(true)
    expect(gate.exits(held)).toEqual([])

    const { failed } = await write([held, free], 'The partner paper sets its pages tonight')
    expect(failed).toEqual([])
    expect(gate.exits(held)).toEqual([
      {
        at: new Date(clock.now()).toISOString(),
        way: 'export',
        until: desk.stories.get(held).fields.times.embargo,
        reason: 'The partner paper sets its pages tonight',
        person: 'Mara Ortner',
        machine: 'city-desk-3'
      }
    ])
    expect(gate.exits(free)).toEqual([])
  })

  it('says so at its head in every format that has no place of its own for it', async () => {
    const id = await underEmbargo('Held')
    for (const format of exportFormats) {
      const { text } = await exporting.render({ id, format, way: 'copy', reason: 'Read by the lawyer' })
      const { utc = '' } = desk.stories.get(id).fields.times.embargo ?? {}
      if (format === 'json') expect(text).toContain(utc)
      else if (format === 'ninjs') expect(JSON.parse(text)).toHaveProperty('embargoedUntil')
      else expect(text).toContain('Not to be published before')
    }
    expect(gate.exits(id).map(({ way }) => way)).toEqual(exportFormats.map(() => 'copy'))
  })

  it('is not copied without a reason, and needs none once the hour has come', async () => {
    const id = await underEmbargo('Held')
    const copy = () => exporting.render({ id, format: 'text', way: 'copy' })
    await expect(copy()).rejects.toMatchObject({
      code: 'refused',
      detail: { embargo: desk.stories.get(id).fields.times.embargo?.utc }
    })
    clock.advance(3 * HOUR)
    expect((await copy()).text).toContain('Held')
    expect(gate.exits(id)).toEqual([])
  })

  it('does not leave where that cannot be written down', async () => {
    const id = await underEmbargo('Held')
    desk.stories.settleAll()
    const story = desk.stories.get(id)
    desk.store.write('break', (db) => db.run(sql`DROP TABLE embargo_exits`))
    expect(() => gate.pass(story, 'print', 'Because')).toThrow()
    const copy = exporting.render({ id, format: 'text', way: 'copy', reason: 'Because' })
    await expect(copy).rejects.toThrow()
  })

  it('is told through a restart, and forgotten with the story', async () => {
    const id = await underEmbargo('Held')
    gate.pass(desk.stories.get(id), 'print', 'Read on paper')
    await desk.close()
    desk = new Desk(join(folder, 'library'), clock, memorySecrets())
    const again = new EmbargoGate({ store: desk.store, clock, desk: () => ({ person: '' }), machine: 'm' })
    expect(again.exits(id)).toMatchObject([{ way: 'print', reason: 'Read on paper' }])
    desk.store.write('erase', (db) => {
      const row = getStoryRow(db, id)
      if (row) eraseStory(db, row.seq, id, new Date(clock.now()).toISOString())
    })
    expect(again.exits(id)).toEqual([])
  })
})
