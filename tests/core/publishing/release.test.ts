import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Instant } from '../../../src/shared/story/instant.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { plainText } from '../../../src/shared/formats/plain-text.ts'
import { deskZone, Newsroom } from './newsroom.ts'

const HOUR = 3_600_000
/** Zones far apart, with halves and quarters of hours, and one whose clocks go forward by half an hour. */
const zones = fc.constantFrom('Asia/Kathmandu', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Kiritimati', 'UTC')

describe('the hour of release', () => {
  let room: Newsroom
  let targetId: string
  beforeEach(async () => {
    room = await Newsroom.open()
    targetId = (await room.desk.target(room.endpoint)).id
  })
  afterEach(async () => {
    deskZone.goHome()
    await room.close()
  })

  const from = (hours: number): Instant => ({
    utc: new Date(room.clock.now() + hours * HOUR).toISOString(),
    zone: 'Asia/Tokyo',
    origin: 'typed'
  })
  const embargo = (storyId: string, until: Instant | null): void =>
    room.desk.edit(storyId, { times: { ...room.desk.stories.get(storyId).fields.times, embargo: until } })
  const publish = (storyId: string, more: object = {}, target = targetId) =>
    room.desk.publishing.approving.publish({
      storyId,
      targetId: target,
      revision: room.desk.stories.get(storyId).revision,
      changeId: newId(),
      ...more
    })
  const wait = async (hours: number): Promise<void> => {
    room.clock.advance(hours * HOUR)
    await room.desk.publishing.quiet()
  }

  it('an embargo moved after approval holds what waits, and the item says so', async () => {
    const storyId = await room.desk.story('Moved')
    embargo(storyId, from(1))
    const { id } = publish(storyId)
    const later = from(3)
    embargo(storyId, later)
    expect(room.desk.item(id)).toMatchObject({ state: 'scheduled', notBefore: later.utc, embargo: later })
    expect(room.desk.item(id).steps.at(-1)).toMatchObject({
      step: 'release',
      outcome: { key: 'outbox.embargoMoved', params: expect.objectContaining({ zone: 'Asia/Tokyo' }) }
    })
    await wait(2)
    expect(room.proxy.seen).toEqual([])
    await wait(1)
    expect(await room.run(id)).toMatchObject({ state: 'done' })
  })

  it('one set while a story waits for the network holds it too; moved earlier, what was approved stays', async () => {
    await room.proxy.stop()
    const storyId = await room.desk.story('Set afterwards')
    const { id } = publish(storyId)
    await room.desk.publishing.quiet()
    const until = from(5)
    embargo(storyId, until)
    expect(room.desk.item(id)).toMatchObject({ state: 'scheduled', notBefore: until.utc })
    await room.proxy.start()
    await wait(4)
    expect(room.proxy.seen).toEqual([])
    embargo(storyId, null)
    expect(await room.run(id)).toMatchObject({ state: 'done' })

    const strict = await room.desk.story('Approved under embargo')
    const approved = from(4)
    embargo(strict, approved)
    const held = publish(strict)
    const before = room.proxy.seen.length
    embargo(strict, from(1))
    expect(room.desk.item(held.id)).toMatchObject({ notBefore: approved.utc })
    await wait(2)
    expect(room.proxy.seen.length).toBe(before)
  })

  it('one that is set while the pictures are on their way holds the story itself', async () => {
    const storyId = await room.desk.story('Pictured', {}, true)
    const until = from(2)
    room.proxy.onSeen((seen) => {
      if (seen.method === 'PUT' && seen.path.includes('/media/')) embargo(storyId, until)
    })
    const { id } = publish(storyId)
    await room.desk.publishing.quiet()
    expect(room.desk.item(id)).toMatchObject({ state: 'scheduled', notBefore: until.utc })
    expect(room.accepted(storyId)).toBe(0)
    room.proxy.onSeen(null)
    await wait(2)
    expect(await room.run(id)).toMatchObject({ state: 'done' })
  })

  it('whenever the release is moved, wherever the desk travels and whatever goes wrong, nothing leaves before the later of the approved and the present hour', async () => {
    const hours = fc.integer({ min: 0, max: 6 })
    const event = fc.oneof(
      fc.record({ do: fc.constant('move' as const), to: fc.option(hours) }),
      fc.record({ do: fc.constant('time' as const), by: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ do: fc.constant('travel' as const), zone: zones }),
      fc.record({ do: fc.constantFrom('restart' as const, 'retry' as const, 'cut' as const, 'edit' as const) })
    )
    await fc.assert(
      fc.asyncProperty(
        fc.option(hours),
        fc.option(fc.integer({ min: 1, max: 6 })),
        fc.array(event, { maxLength: 8 }),
        async (first, plan, events) => {
          room.proxy.clear()
          const storyId = await room.desk.story(`Moving ${newId()}`)
          embargo(storyId, first === null ? null : from(first + 0.5))
          const approved = Math.max(
            first === null ? 0 : room.clock.now() + (first + 0.5) * HOUR,
            plan === null ? 0 : room.clock.now() + plan * HOUR
          )
          let present = 0
          const early: string[] = []
          room.proxy.onSeen((seen) => {
            const isStory = seen.method === 'PUT' && seen.path.includes(storyId)
            if (isStory && room.clock.now() < Math.max(approved, present)) early.push(seen.path)
          })
          const { id } = publish(storyId, plan === null ? {} : { at: from(plan) })
          for (const one of events) {
            if (one.do === 'move') {
              const until = one.to === null ? null : from(one.to + 0.25)
              embargo(storyId, until)
              present = until ? Date.parse(until.utc) : 0
            }
            if (one.do === 'time') await wait(one.by)
            if (one.do === 'travel') deskZone.travelTo(one.zone)
            if (one.do === 'restart') await room.restart()
            if (one.do === 'retry') room.desk.publishing.queue.retry(id)
            if (one.do === 'edit') room.desk.edit(storyId, { standfirst: newId() })
            if (one.do === 'cut') room.proxy.failNext('cut after', (seen) => seen.method === 'PUT')
            await room.desk.publishing.quiet()
          }
          for (let n = 0; n < 20 && room.desk.item(id).state !== 'done'; n += 1) await wait(1)
          expect(room.desk.item(id)).toMatchObject({ state: 'done' })
          expect(early).toEqual([])
          expect(room.accepted(storyId)).toBe(1)
        }
      ),
      { numRuns: 15 }
    )
  }, 60_000)

  it('one story is under embargo and planned for two targets at two hours', async () => {
    const second = (await room.desk.target(room.endpoint, undefined, 'ninjs', 'Second')).id
    const storyId = await room.desk.story('Twice')
    embargo(storyId, from(2))
    const [early, late] = [from(1), from(4)]
    const one = publish(storyId, { at: early })
    const two = publish(storyId, { at: late }, second)
    expect([one, two].map(({ notBefore, planned }) => [notBefore, planned])).toEqual([
      [from(2).utc, early],
      [late.utc, late]
    ])
    expect(room.desk.publishing.plannedHour(storyId)).toEqual(early)
    await wait(2)
    expect(await room.run(one.id, HOUR)).toMatchObject({ state: 'done' })
    expect(room.desk.item(two.id).state).toBe('scheduled')
    await wait(2)
    expect(await room.run(two.id, HOUR)).not.toMatchObject({ state: 'scheduled' })
  })

  it('a laptop that sleeps over the hour sends on waking, once; one that wakes before it goes on waiting', async () => {
    const storyId = await room.desk.story('Asleep')
    const { id } = publish(storyId, { at: from(2) })
    // Timers stand still while it sleeps; a minute after waking at the latest it looks at the clock.
    room.clock.jump(1.9 * HOUR)
    await wait(1 / 30)
    expect(room.proxy.seen.filter(({ method }) => method === 'PUT')).toEqual([])
    room.clock.jump(9 * HOUR)
    await wait(1 / 30)
    expect(await room.run(id)).toMatchObject({ state: 'done' })
    expect(room.accepted(storyId)).toBe(1)

    const next = await room.desk.story('Host stopped')
    const later = publish(next, { at: from(3) })
    room.clock.jump(2.5 * HOUR)
    await room.restart()
    await room.desk.publishing.quiet()
    expect(room.accepted(next)).toBe(0)
    await wait(0.6)
    expect(await room.run(later.id)).toMatchObject({ state: 'done' })
    expect(room.accepted(next)).toBe(1)
  })

  it('an hour that has passed is refused until now is what is meant', async () => {
    const storyId = await room.desk.story('Too late')
    const yesterday = from(-24)
    expect(() => publish(storyId, { at: yesterday })).toThrow(
      expect.objectContaining({ code: 'refused', detail: { passed: yesterday.utc, zone: 'Asia/Tokyo' } })
    )
    embargo(storyId, yesterday)
    expect(() => publish(storyId)).toThrow(expect.objectContaining({ code: 'refused' }))
    const planned = await room.desk.story('Planned once')
    room.desk.edit(planned, { times: { ...room.desk.stories.get(planned).fields.times, planned: yesterday } })
    expect(() => publish(planned)).toThrow(expect.objectContaining({ code: 'refused' }))
    expect(room.desk.publishing.queue.list({})).toEqual([])
    const { id } = publish(storyId, { at: null })
    expect(await room.run(id)).toMatchObject({ state: 'done' })
    // Once live, an embargo that is over asks nothing of an update.
    room.desk.edit(storyId, { standfirst: 'More' })
    expect(publish(storyId)).toMatchObject({ state: 'waiting' })
  })

  it('what a story was planned for holds its first delivery, and is used up by it', async () => {
    const storyId = await room.desk.story('Planned')
    const hour = from(3)
    room.desk.edit(storyId, { times: { ...room.desk.stories.get(storyId).fields.times, planned: hour } })
    expect(publish(storyId)).toMatchObject({ state: 'scheduled', planned: hour, notBefore: hour.utc })
    expect(room.desk.stories.get(storyId).fields.times).not.toHaveProperty('planned')
  })

  it('what is scheduled and published again without an hour keeps its own, there and elsewhere, unless now is meant', async () => {
    const second = (await room.desk.target(room.endpoint, undefined, 'ninjs', 'Second')).id
    const storyId = await room.desk.story('Scheduled')
    const [hour, later] = [from(3), from(5)]
    publish(storyId, { at: hour })
    room.desk.edit(storyId, { standfirst: 'Corrected' })
    const again = publish(storyId)
    expect(again).toMatchObject({ state: 'scheduled', planned: hour, notBefore: hour.utc })
    const elsewhere = publish(storyId, {}, second)
    expect(elsewhere).toMatchObject({ state: 'scheduled', planned: hour })
    // Where the target has an hour of its own, that is the one.
    publish(storyId, { at: later }, second)
    expect(publish(storyId, {}, second)).toMatchObject({ planned: later })
    // The story's own hour, set since, goes before what was approved.
    const moved = from(4)
    room.desk.edit(storyId, { times: { ...room.desk.stories.get(storyId).fields.times, planned: moved } })
    expect(publish(storyId)).toMatchObject({ planned: moved })
    await wait(1)
    expect(room.proxy.seen.filter(({ method }) => method === 'PUT')).toEqual([])
    const { id } = publish(storyId, { at: null })
    expect(await room.run(id)).toMatchObject({ state: 'done', planned: null })
    expect(room.accepted(storyId)).toBe(1)
  })

  it('an hour that has come while the story waits for the network holds nothing more', async () => {
    await room.proxy.stop()
    const storyId = await room.desk.story('Cut off')
    publish(storyId, { at: from(1) })
    await wait(2)
    room.desk.edit(storyId, { standfirst: 'Corrected' })
    expect(publish(storyId)).toMatchObject({ state: 'waiting', planned: null })
  })
})

describe('first published', () => {
  let room: Newsroom
  let server: Server | null = null
  beforeEach(async () => {
    room = await Newsroom.open()
  })
  afterEach(async () => {
    server?.closeAllConnections()
    server?.close()
    server = null
    await room.close()
  })

  /** A CMS in front of the real one that says it is another time. */
  async function cmsWhoseClockSays(date: string | null): Promise<string> {
    server = createServer((incoming, outgoing) => {
      const pieces: Buffer[] = []
      incoming.on('data', (piece: Buffer) => pieces.push(piece))
      incoming.on('end', () => {
        void fetch(`${room.receiver.url}${incoming.url ?? ''}`, {
          method: incoming.method ?? 'GET',
          headers: Object.fromEntries(
            Object.entries(incoming.headers).filter(
              ([name]) => !['host', 'connection', 'content-length'].includes(name)
            )
          ) as Record<string, string>,
          ...(incoming.method === 'PUT' && { body: Buffer.concat(pieces) })
        }).then(async (answer) => {
          const headers = Object.fromEntries([...answer.headers].filter(([name]) => name !== 'date'))
          outgoing.sendDate = false
          outgoing.writeHead(answer.status, { ...headers, ...(date !== null && { date }) })
          outgoing.end(Buffer.from(await answer.arrayBuffer()))
        })
      })
    })
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`
  }

  it.each([
    ['years ahead of this laptop', 'Sun, 29 Nov 2029 10:00:00 GMT', { utc: '2029-11-29T10:00:00.000Z', origin: 'cms' }],
    ['nowhere', null, { origin: 'clock', unconfirmed: true }],
    ['what cannot be', 'Thu, 01 Jan 1970 00:00:07 GMT', { origin: 'clock', unconfirmed: true }],
    ['nonsense', 'half past nine', { origin: 'clock', unconfirmed: true }]
  ])('is the CMS’s time, or this laptop’s unconfirmed: its clock says %s', async (_name, date, stamped) => {
    const target = await room.desk.target(await cmsWhoseClockSays(date))
    const storyId = await room.desk.story('Stamped')
    const { id } = room.desk.publish(storyId, target.id)
    expect(room.desk.stories.get(storyId).fields.times.firstPublished).toBeNull()
    const item = await room.run(id)
    const { firstPublished } = room.desk.stories.get(storyId).fields.times
    expect(firstPublished).toMatchObject({ zone: 'Europe/Vienna', ...stamped })
    expect(item.receipt?.at).toBe(firstPublished?.utc)
    expect(item.receipt?.unconfirmed).toBe(firstPublished?.unconfirmed)
    if (!firstPublished?.unconfirmed) expect(firstPublished).not.toHaveProperty('unconfirmed')
  })

  it('that a clock differs is written down and told before the story is sent', async () => {
    const target = await room.desk.target(await cmsWhoseClockSays('Sun, 29 Nov 2029 10:00:00 GMT'))
    const storyId = await room.desk.story('Told')
    const told: unknown[] = []
    room.desk.pushes.length = 0
    const { id } = room.desk.publish(storyId, target.id)
    const item = await room.run(id)
    for (const { event, data } of room.desk.pushes) if (event === 'outboxChanged') told.push(data)
    const ahead = room.clock.now() - Date.UTC(2029, 10, 29, 10)
    expect(item.steps.map(({ step, outcome }) => [step, outcome.key])).toEqual([
      ['time', 'outbox.clocksDiffer'],
      ['article', 'outbox.accepted'],
      ['read-back', 'outbox.holdsAVersion'],
      ['receipt', 'outbox.receiptWritten']
    ])
    expect(item.steps[0]?.outcome.params).toEqual({ ahead: Math.round(ahead / 60_000) * 60_000 })
    expect(item.receipt).toMatchObject({ ahead })
    const before = told.find((one) => JSON.stringify(one).includes('clocksDiffer'))
    expect(before).toMatchObject({
      item: { steps: [{ step: 'time' }, { step: 'article', outcome: { key: 'outbox.underWay' } }] }
    })
  })

  it('a clock that differs is said before anything is sent', async () => {
    const away = await room.desk.target(await cmsWhoseClockSays('Sun, 29 Nov 2029 10:00:00 GMT'))
    const ahead = await room.desk.publishing.clocks.look(away.id)
    expect(ahead).toBe(room.clock.now() - Date.UTC(2029, 10, 29, 10))
    const right = await room.desk.target(room.endpoint, undefined, 'galley', 'Right')
    expect(Math.abs((await room.desk.publishing.clocks.look(right.id)) ?? Infinity)).toBeLessThan(1000)
  })

  it('is set by no approval and no plan, and the text says what is planned as planned', async () => {
    const { id: targetId } = await room.desk.target(room.endpoint)
    const storyId = await room.desk.story('Planned')
    const at: Instant = { utc: '2027-01-02T05:00:00.000Z', zone: 'Europe/London', origin: 'typed' }
    room.desk.publishing.approving.publish({ storyId, targetId, revision: 1, changeId: newId(), at })
    const story = room.desk.stories.get(storyId)
    expect(story.fields.times.firstPublished).toBeNull()
    const text = plainText(story, room.desk.publishing.plannedHour(storyId))
    expect(text).toContain('Planned for: 2 January 2027, 05:00 GMT')
    expect(text).not.toContain('Published')
  })
})

describe('an update', () => {
  let room: Newsroom
  let storyId: string
  let targetId: string
  beforeEach(async () => {
    room = await Newsroom.open()
    targetId = (await room.desk.target(room.endpoint)).id
    storyId = await room.desk.story('Live')
    await room.run(room.desk.publish(storyId, targetId).id)
    room.clock.advance(HOUR)
    room.desk.edit(storyId, { standfirst: 'Changed' })
  })
  afterEach(() => room.close())

  const update = (change?: 'update' | 'minor'): Instant | null => {
    const { revision } = room.desk.stories.get(storyId)
    room.desk.publishing.approving.publish({
      storyId,
      targetId,
      revision,
      changeId: newId(),
      ...(change && { change })
    })
    return room.desk.stories.get(storyId).fields.times.lastUpdated
  }
  const byHand: Instant = { utc: '2026-03-14T07:00:00.000Z', zone: 'Asia/Dubai', origin: 'typed' }
  const set = (lastUpdated: Instant): void =>
    room.desk.edit(storyId, { times: { ...room.desk.stories.get(storyId).fields.times, lastUpdated } })

  it('is stamped with now, and a minor fix with nothing', () => {
    expect(update('minor')).toBeNull()
    expect(update('update')).toMatchObject({ utc: new Date(room.clock.now()).toISOString() })
  })

  it('keeps the time that was set by hand since, once', () => {
    set(byHand)
    expect(update('update')).toEqual(byHand)
    room.clock.advance(HOUR)
    room.desk.edit(storyId, { standfirst: 'Changed again' })
    expect(update('update')).toMatchObject({ utc: new Date(room.clock.now()).toISOString() })
  })
})

describe('the clock of this laptop', () => {
  let room: Newsroom
  let storyId: string
  let targetId: string
  beforeEach(async () => {
    room = await Newsroom.open({}, null)
    targetId = (await room.desk.target(room.endpoint, null)).id
    storyId = await room.desk.story('Live')
  })
  afterEach(async () => {
    deskZone.goHome()
    await room.close()
  })

  /** The laptop is so many hours ahead of the true time, by which the receiver goes on. */
  const setAhead = (hours: number): void => {
    const ms = Math.round(hours * HOUR)
    room.clock.jump(ms + room.receiverClock.offset)
    room.receiverClock.offset = -ms
  }
  const truly = (): number => room.receiverClock.now()
  const off = (instant: Instant | null): number => Math.abs(Date.parse(instant?.utc ?? '') - truly())
  const publish = (more: object = {}) =>
    room.desk.publishing.approving.publishWithPictures({
      storyId,
      targetId,
      revision: room.desk.stories.get(storyId).revision,
      changeId: newId(),
      ...more
    })
  const payload = (): string => room.receiver.shelf.get(storyId)?.payload ?? ''

  it.each([
    ['three years behind', -3 * 365 * 24],
    ['three years ahead', 3 * 365 * 24],
    ['a day ahead', 24]
  ])('%s, an update that was approved without a network waits to be stamped by the CMS', async (_name, hours) => {
    await room.run((await publish()).id)
    await room.proxy.stop()
    setAhead(hours)
    room.desk.edit(storyId, { standfirst: 'Changed' })
    const { id } = await publish({ change: 'update' })
    expect(room.desk.stories.get(storyId).fields.times.lastUpdated).toMatchObject({
      utc: new Date(room.clock.now()).toISOString(),
      origin: 'clock',
      unconfirmed: true
    })
    await room.proxy.start()
    const held = await room.run(id)
    expect(held).toMatchObject({ state: 'refused', problem: { key: 'outbox.wrongStamp' } })
    // Whatever the clock says by now: the stamp stays what it is.
    setAhead(0)
    room.desk.publishing.queue.retry(id)
    expect(await room.run(id)).toMatchObject({ state: 'refused' })
    expect(room.accepted(storyId)).toBe(1)
    const { lastUpdated } = room.desk.stories.get(storyId).fields.times
    const again = await publish({ change: 'update' })
    expect(await room.run(again.id)).toMatchObject({ state: 'done' })
    const stamped = room.desk.stories.get(storyId).fields.times.lastUpdated
    expect(stamped?.utc).not.toBe(lastUpdated?.utc)
    expect(stamped).toMatchObject({ origin: 'cms' })
    expect(off(stamped)).toBeLessThan(60_000)
    expect(payload()).toContain(stamped?.utc)
    expect(payload()).not.toContain(lastUpdated?.utc)
    expect(room.accepted(storyId)).toBe(2)
  })

  it('a little off, is said, and the update goes out as what it is: unconfirmed', async () => {
    await room.run((await publish()).id)
    await room.proxy.stop()
    setAhead(1 / 30)
    room.desk.edit(storyId, { standfirst: 'Changed' })
    const { id } = await publish({ change: 'update' })
    await room.proxy.start()
    const item = await room.run(id)
    expect(item).toMatchObject({ state: 'done', receipt: { ahead: expect.closeTo(120_000, -4) } })
    expect(payload()).toContain('"unconfirmed":true')
  })

  it('is asked about on approval where there is a network, and what agrees is confirmed by the CMS', async () => {
    await room.run((await publish()).id)
    setAhead(-3 * 365 * 24)
    room.desk.edit(storyId, { standfirst: 'Changed' })
    const { id } = await publish({ change: 'update' })
    const { lastUpdated } = room.desk.stories.get(storyId).fields.times
    expect(off(lastUpdated)).toBeLessThan(1_500)
    expect(room.desk.item(id).steps[0]).toMatchObject({ step: 'time', outcome: { key: 'outbox.clocksDiffer' } })
    await room.run(id)
    expect(payload()).toContain(lastUpdated?.utc)
  })

  it('decides nothing about an hour that is still to come by the CMS’s', async () => {
    setAhead(3 * 365 * 24)
    const at: Instant = { utc: new Date(truly() + HOUR).toISOString(), zone: 'Europe/London', origin: 'typed' }
    expect(await publish({ at })).toMatchObject({ state: 'scheduled', notBefore: at.utc })
    setAhead(-3 * 365 * 24)
    const past: Instant = { utc: new Date(truly() - HOUR).toISOString(), zone: 'Europe/London', origin: 'typed' }
    await expect(publish({ at: past })).rejects.toMatchObject({ code: 'refused', detail: { passed: past.utc } })
  })

  it('wherever it jumps to and back, in whatever zone, what readers see is the CMS’s time', async () => {
    const hours = fc.constantFrom(0, 1 / 20, -1 / 20, 30, -30, 3 * 8766, -3 * 8766)
    const event = fc.oneof(
      fc.record({ do: fc.constant('clock' as const), to: hours }),
      fc.record({ do: fc.constant('travel' as const), zone: zones }),
      fc.record({
        do: fc.constantFrom('edit' as const, 'away' as const, 'back' as const, 'restart' as const, 'publish' as const)
      })
    )
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 10 }), async (events) => {
        setAhead(0)
        room.proxy.clear()
        storyId = await room.desk.story(`Jumping ${newId()}`)
        const began = truly()
        let last = ''
        let away = false
        for (const one of [...events, { do: 'back' as const }, { do: 'edit' as const }, { do: 'publish' as const }]) {
          if (one.do === 'clock') setAhead(one.to)
          if (one.do === 'travel') deskZone.travelTo(one.zone)
          if (one.do === 'edit') room.desk.edit(storyId, { standfirst: newId() })
          if (one.do === 'away' && !away) await room.proxy.stop()
          if (one.do === 'back' && away) await room.proxy.start()
          if (one.do === 'away' || one.do === 'back') away = one.do === 'away'
          if (one.do === 'restart') await room.restart()
          if (one.do === 'publish') last = (await publish({ change: 'update' })).id
          await room.desk.publishing.quiet()
        }
        let rested = await room.run(last)
        // Asked in the very moment the network came back, the CMS may not have said what time it is.
        if (rested.problem?.key === 'outbox.wrongStamp') rested = await room.run((await publish()).id)
        expect(rested.state, JSON.stringify(rested.problem)).toBe('done')
        const seen = JSON.parse(payload()) as { story: { fields: { times: Record<string, Instant | null> } } }
        for (const name of ['firstPublished', 'lastUpdated']) {
          const instant = seen.story.fields.times[name]
          if (!instant) continue
          expect(Date.parse(instant.utc)).toBeGreaterThan(began - 6 * 60_000)
          expect(Date.parse(instant.utc)).toBeLessThan(truly() + 6 * 60_000)
        }
      }),
      { numRuns: 4 }
    )
  }, 60_000)
})

describe('a version that waits while the desk writes on', () => {
  it('says that it is older than the desk, until it is replaced, kept, or the same again', async () => {
    const room = await Newsroom.open()
    try {
      const { id: targetId } = await room.desk.target(room.endpoint)
      const storyId = await room.desk.story('First')
      const at: Instant = { utc: '2027-01-02T05:00:00.000Z', zone: 'Europe/London', origin: 'typed' }
      const publish = () =>
        room.desk.publishing.approving.publish({
          storyId,
          targetId,
          revision: room.desk.stories.get(storyId).revision,
          changeId: newId(),
          at
        })
      const one = publish()
      expect(room.desk.item(one.id).behind).toBe(false)
      room.desk.pushes.length = 0
      room.desk.edit(storyId, { headline: 'Second' })
      expect(room.desk.item(one.id).behind).toBe(true)
      expect(room.desk.pushes.filter(({ event }) => event === 'outboxChanged')).toMatchObject([
        { data: { item: { id: one.id, behind: true } } }
      ])
      expect(room.desk.publishing.follower.keep(one.id).behind).toBe(false)
      room.desk.edit(storyId, { headline: 'Third' })
      expect(room.desk.item(one.id).behind).toBe(true)
      room.desk.edit(storyId, { headline: 'First' })
      expect(room.desk.item(one.id).behind).toBe(false)
      // What readers never see makes no difference.
      room.desk.edit(storyId, { editorsNote: 'Ring back' })
      expect(room.desk.item(one.id).behind).toBe(false)
      room.desk.edit(storyId, { headline: 'Fourth' })
      const two = publish()
      expect([room.desk.item(one.id).state, room.desk.item(two.id).behind]).toEqual(['cancelled', false])
    } finally {
      await room.close()
    }
  })
})
