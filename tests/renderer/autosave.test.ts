import { describe, expect, test, vi } from 'vitest'
import {
  Autosave,
  DEBOUNCE_MS,
  MAX_WAIT_MS,
  type AutosaveEffects,
  type AutosaveEvent,
  type Outgoing
} from '../../src/renderer/features/story/autosave.ts'
import { runAutosave } from '../../src/renderer/features/story/autosave-runner.ts'
import { steadyClock } from '../../src/shared/lib/clock.ts'
import type { WireError } from '../../src/shared/rpc/errors.ts'

const savedAt = '2026-01-01T00:00:00.000Z'

/** Drives the machine by hand: what it sends is kept, nothing happens by itself. */
function machineAt(revision = 1) {
  let ids = 0
  const machine = new Autosave(revision, () => `id-${++ids}`)
  const sent: Outgoing[] = []
  let wakeAt: number | null = null
  function at(now: number, event: AutosaveEvent): AutosaveEffects {
    const effects = machine.handle(event, now)
    if (effects.send) sent.push(effects.send)
    wakeAt = effects.wakeAt
    return effects
  }
  return {
    machine,
    sent,
    at,
    get wakeAt() {
      return wakeAt
    },
    get state() {
      return machine.view.state
    },
    type: (now: number, headline: string) => at(now, { type: 'edited', edit: { fields: { headline } } }),
    saved: (now: number, to: number) => at(now, { type: 'saved', saved: { revision: to, savedAt, status: 'draft' } }),
    failed: (now: number, code: WireError['code'], detail?: WireError['detail']) =>
      at(now, {
        type: 'failed',
        at: new Date(now).toISOString(),
        error: { code, key: 'legacy.sentence', params: { text: `It was ${code}.` }, ...(detail && { detail }) }
      })
  }
}

describe('when a change is sent', () => {
  test('150 ms after the last key', () => {
    const desk = machineAt()
    desk.type(0, 'a')
    expect(desk.wakeAt).toBe(DEBOUNCE_MS)
    desk.type(100, 'ab')
    expect(desk.wakeAt).toBe(100 + DEBOUNCE_MS)
    desk.at(249, { type: 'woke' })
    expect(desk.sent).toEqual([])
    desk.at(250, { type: 'woke' })
    expect(desk.sent).toEqual([
      { changeId: 'id-1', baseRevision: 1, change: { kind: 'fields', fields: { headline: 'ab' } } }
    ])
  })

  test('400 ms after the first key at the latest, however fast one types', () => {
    const desk = machineAt()
    for (let now = 0; now <= 400; now += 50) desk.type(now, `text ${now}`)
    expect(desk.sent).toHaveLength(1)
    expect(desk.sent[0]?.change).toEqual({ kind: 'fields', fields: { headline: 'text 400' } })
  })

  test('the wait is counted from the first key that no request carries, also while one is under way', () => {
    const desk = machineAt()
    desk.type(0, 'one')
    desk.at(150, { type: 'woke' })
    for (let now = 200; now <= 900; now += 50) desk.type(now, `two ${now}`)
    expect(desk.sent).toHaveLength(1)
    // The answer is late: the next goes at once, not 150 ms later.
    desk.saved(910, 2)
    expect(desk.sent).toHaveLength(2)
    expect(desk.sent[1]).toMatchObject({ baseRevision: 2, change: { fields: { headline: 'two 900' } } })
  })

  test('an answer that comes early leaves the rest its debounce', () => {
    const desk = machineAt()
    desk.type(0, 'one')
    desk.at(150, { type: 'woke' })
    desk.type(160, 'two')
    desk.saved(170, 2)
    expect(desk.sent).toHaveLength(1)
    expect(desk.wakeAt).toBe(160 + DEBOUNCE_MS)
  })

  test('one at a time, fields before body before status, each on the revision of the one before', () => {
    const desk = machineAt(7)
    const patch = [{ op: 'remove' as const, id: 'p1' }]
    desk.at(0, { type: 'edited', edit: { body: patch } })
    desk.at(0, { type: 'edited', edit: { status: 'ready', fields: { headline: 'x' } } })
    desk.at(0, { type: 'flush' })
    expect(desk.sent).toHaveLength(1)
    desk.saved(5, 8)
    desk.saved(9, 9)
    desk.saved(12, 10)
    expect(desk.sent.map(({ baseRevision, change }) => [baseRevision, change.kind])).toEqual([
      [7, 'fields'],
      [8, 'body'],
      [9, 'status']
    ])
    expect(desk.machine.settled).toBe(true)
    expect(desk.state).toBe('idle')
  })

  test('flush does not wait, and sends what is typed meanwhile as soon as the answer is there', () => {
    const desk = machineAt()
    desk.type(0, 'a')
    desk.at(1, { type: 'flush' })
    desk.type(2, 'ab')
    desk.at(3, { type: 'flush' })
    expect(desk.sent).toHaveLength(1)
    desk.saved(4, 2)
    expect(desk.sent).toHaveLength(2)
  })

  test('with nothing to save nothing is sent', () => {
    const desk = machineAt()
    expect(desk.at(0, { type: 'flush' })).toEqual({ send: null, wakeAt: null })
    expect(desk.at(1, { type: 'retry' })).toEqual({ send: null, wakeAt: null })
  })
})

describe('what it says', () => {
  test('dirty, saving, idle with the time of the core', () => {
    const desk = machineAt()
    expect(desk.machine.view).toEqual({ state: 'idle', savedAt: null, problem: null, since: null })
    desk.type(0, 'a')
    expect(desk.state).toBe('dirty')
    desk.at(150, { type: 'woke' })
    expect(desk.state).toBe('saving')
    desk.saved(160, 2)
    expect(desk.machine.view).toEqual({ state: 'idle', savedAt, problem: null, since: null })
  })

  test('failed stays said while it is tried again, until something is on disk', () => {
    const desk = machineAt()
    desk.type(0, 'a')
    desk.at(150, { type: 'woke' })
    desk.failed(160, 'storage_full')
    expect(desk.machine.view).toMatchObject({ state: 'failed', problem: { code: 'storage_full' } })
    desk.at(desk.wakeAt ?? 0, { type: 'woke' })
    expect(desk.state).toBe('failed')
    desk.saved(500, 2)
    expect(desk.state).toBe('idle')
  })
})

describe('after a failure', () => {
  test('the same change goes again with the same id, further and further apart, never more than 3 s', () => {
    const desk = machineAt()
    desk.type(0, 'a')
    desk.at(150, { type: 'woke' })
    let now = 150
    const waits: number[] = []
    for (let round = 0; round < 7; round++) {
      desk.failed(now, 'storage_failed')
      const wake = desk.wakeAt ?? 0
      waits.push(wake - now)
      expect(desk.at(wake - 1, { type: 'woke' }).send).toBeNull()
      now = wake
      desk.at(now, { type: 'woke' })
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 3000, 3000, 3000])
    expect(new Set(desk.sent.map((outgoing) => outgoing.changeId))).toEqual(new Set(['id-1']))
    expect(new Set(desk.sent.map((outgoing) => JSON.stringify(outgoing.change)))).toHaveProperty('size', 1)
  })

  test('what is typed meanwhile goes after it, as a change of its own', () => {
    const desk = machineAt()
    desk.type(0, 'a')
    desk.at(150, { type: 'woke' })
    desk.failed(160, 'unreachable')
    expect(desk.state).toBe('offline')
    desk.type(170, 'ab')
    desk.at(180, { type: 'retry' })
    desk.saved(190, 2)
    desk.at(desk.wakeAt ?? 190, { type: 'woke' })
    expect(desk.sent.map((outgoing) => [outgoing.changeId, outgoing.baseRevision, outgoing.change])).toEqual([
      ['id-1', 1, { kind: 'fields', fields: { headline: 'a' } }],
      ['id-1', 1, { kind: 'fields', fields: { headline: 'a' } }],
      ['id-2', 2, { kind: 'fields', fields: { headline: 'ab' } }]
    ])
  })

  test('a change the core surely did not take becomes part of the next one', () => {
    const desk = machineAt()
    desk.type(0, 'a')
    desk.at(150, { type: 'woke' })
    desk.failed(160, 'read_only')
    desk.at(170, { type: 'edited', edit: { fields: { kicker: 'k' } } })
    desk.at(180, { type: 'retry' })
    expect(desk.sent[1]).toEqual({
      changeId: 'id-2',
      baseRevision: 1,
      change: { kind: 'fields', fields: { headline: 'a', kicker: 'k' } }
    })
  })

  test('a field that does not fit is put aside; the other fields and the body are saved', () => {
    const desk = machineAt()
    desk.at(0, {
      type: 'edited',
      edit: { fields: { headline: 'far too long', kicker: 'k' }, body: [{ op: 'remove', id: 'p1' }] }
    })
    desk.at(150, { type: 'woke' })
    desk.failed(160, 'invalid_input', { path: 'fields.headline' })
    desk.saved(170, 2)
    desk.saved(180, 3)
    expect(desk.sent.slice(1).map((outgoing) => outgoing.change)).toEqual([
      { kind: 'fields', fields: { kicker: 'k' } },
      { kind: 'body', patch: [{ op: 'remove', id: 'p1' }] }
    ])
    expect(desk.state).toBe('failed')
    expect(desk.machine.settled).toBe(false)
    desk.type(200, 'short')
    desk.at(350, { type: 'woke' })
    expect(desk.sent.at(-1)?.change).toEqual({ kind: 'fields', fields: { headline: 'short' } })
    desk.saved(360, 4)
    expect(desk.machine.view).toMatchObject({ state: 'idle', problem: null })
    expect(desk.machine.settled).toBe(true)
  })
})

describe('a conflict', () => {
  test('stops everything; what is typed is kept and nothing is sent', () => {
    const desk = machineAt()
    desk.type(0, 'a')
    desk.at(150, { type: 'woke' })
    desk.failed(160, 'conflict')
    for (const event of [{ type: 'retry' }, { type: 'flush' }, { type: 'woke' }] as const)
      expect(desk.at(10_000, event)).toEqual({ send: null, wakeAt: null })
    desk.type(20_000, 'ab')
    expect(desk.state).toBe('conflict')
    expect(desk.sent).toHaveLength(1)
    expect(desk.machine.settled).toBe(false)
  })

  test('goes on from a newer revision when told that the changes fit there', () => {
    const desk = machineAt()
    desk.type(0, 'a')
    desk.at(150, { type: 'woke' })
    desk.failed(160, 'conflict')
    desk.at(170, { type: 'rebased', revision: 9, undoFits: true })
    expect(desk.sent.at(-1)).toEqual({
      changeId: 'id-1',
      baseRevision: 9,
      change: { kind: 'fields', fields: { headline: 'a' } }
    })
    expect(desk.state).toBe('saving')
  })
})

test('the wait never exceeds its limit for any rhythm of keys when answers are prompt', () => {
  // With the way to the disk a crash may cost half a second.
  expect(MAX_WAIT_MS).toBeLessThan(450)
  const desk = machineAt()
  let first: number | null = null
  let revision = 1
  for (let now = 0; now < 20_000; now += 1) {
    const count = desk.sent.length
    if (now % 97 === 0 || now % 131 === 0) {
      first ??= now
      desk.type(now, String(now))
    }
    if (desk.wakeAt !== null && desk.wakeAt <= now) desk.at(now, { type: 'woke' })
    if (desk.sent.length > count) {
      expect(now - (first ?? now)).toBeLessThanOrEqual(MAX_WAIT_MS)
      first = null
      desk.saved(now, ++revision)
    }
  }
  expect(desk.sent.length).toBeGreaterThan(30)
})

test('a system clock that is set back by ten years, or forward, holds up no save', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 5, 1) })
  try {
    for (const jump of [-10, 10, -20]) {
      const sent = await new Promise<Outgoing>((resolve) => {
        const runner = runAutosave({
          machine: new Autosave(1, () => 'id'),
          clock: steadyClock,
          async send(outgoing) {
            resolve(outgoing)
            return { revision: 2, savedAt, status: 'draft' }
          }
        })
        runner.edit({ fields: { headline: `after ${jump}` } })
        vi.setSystemTime(Date.now() + jump * 365 * 86_400_000)
        runner.edit({ fields: { kicker: 'and on' } })
      })
      expect(sent.change).toMatchObject({ fields: { headline: `after ${jump}`, kicker: 'and on' } })
    }
  } finally {
    vi.useRealTimers()
  }
})
