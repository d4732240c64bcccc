import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/shared/lib/id.ts'
import { Newsroom, SECRET } from './newsroom.ts'

const HOUR = 3_600_000

describe('pausing by hand', () => {
  let room: Newsroom
  let targetId: string
  beforeEach(async () => {
    room = await Newsroom.open()
    targetId = (await room.desk.target(room.endpoint)).id
  })
  afterEach(() => room.close())

  const wait = async (hours: number): Promise<void> => {
    room.clock.advance(hours * HOUR)
    await room.desk.publishing.quiet()
  }

  it('holds what waits for the network, for its hour and what is approved meanwhile, through a restart', async () => {
    await room.proxy.stop()
    const cut = room.desk.publish(await room.desk.story('Cut off'), targetId)
    await room.desk.publishing.quiet()
    const storyId = await room.desk.story('At an hour')
    const planned = room.desk.publishing.approving.publish({
      storyId,
      targetId,
      revision: room.desk.stories.get(storyId).revision,
      changeId: newId(),
      at: { utc: new Date(room.clock.now() + HOUR).toISOString(), zone: 'UTC', origin: 'typed' }
    })
    room.desk.publishing.pausing.pause(targetId)
    const later = room.desk.publish(await room.desk.story('Approved meanwhile'), targetId)
    await room.proxy.start()
    await room.restart()
    await wait(3)
    for (const { id } of [cut, planned, later])
      expect(room.desk.item(id)).toMatchObject({ state: 'paused', problem: { key: 'outbox.pausedByHand' } })
    expect(room.proxy.seen).toEqual([])
    expect((await room.desk.publishing.targets.list()).map(({ paused }) => paused)).toEqual(['by-hand'])

    room.desk.publishing.pausing.resume()
    for (const { id } of [cut, planned, later]) expect(await room.run(id)).toMatchObject({ state: 'done' })
    expect((await room.desk.publishing.targets.list()).map(({ paused }) => paused)).toEqual([null])
  })

  it('is not lifted by a change of the target, by a retry of what was refused, or by the embargo', async () => {
    const storyId = await room.desk.story('Refused first')
    room.proxy.failNext('422', ({ method }) => method === 'PUT')
    const { id } = room.desk.publish(storyId, targetId)
    expect(await room.run(id)).toMatchObject({ state: 'refused' })
    const before = room.accepted(storyId)
    room.desk.publishing.pausing.pause()
    room.desk.publishing.queue.retry(id)
    await wait(1)
    expect(room.desk.item(id)).toMatchObject({ state: 'paused' })
    await room.desk.target(room.endpoint)
    await room.desk.publishing.saveTarget({ id: targetId, name: 'Renamed', kind: 'open', url: room.endpoint })
    await wait(1)
    expect(room.desk.item(id)).toMatchObject({ state: 'paused' })
    expect(room.accepted(storyId)).toBe(before)
    room.desk.publishing.pausing.resume(targetId)
    expect(await room.run(id)).toMatchObject({ state: 'done' })
    expect(room.accepted(storyId)).toBe(1)
  })

  it('finishes what is on its way, and holds it where it then has to wait', async () => {
    const storyId = await room.desk.story('Under way', {}, true)
    room.proxy.onSeen(({ method, path }) => {
      if (method === 'PUT' && path.includes('/media/')) room.desk.publishing.pausing.pause(targetId)
    })
    const { id } = room.desk.publish(storyId, targetId)
    expect(await room.run(id)).toMatchObject({ state: 'done', pictures: { sent: 1, of: 1 } })

    room.desk.publishing.pausing.resume()
    const other = await room.desk.story('Sent away', {}, true)
    room.proxy.onSeen(({ method, path }) => {
      if (method === 'PUT' && path.includes('/articles/')) room.desk.publishing.pausing.pause(targetId)
    })
    room.proxy.failNext('503 with seconds', ({ method, path }) => method === 'PUT' && path.includes('/articles/'))
    const held = room.desk.publish(other, targetId)
    await room.desk.publishing.quiet()
    await wait(1)
    expect(room.desk.item(held.id)).toMatchObject({ state: 'paused', pictures: { sent: 1, of: 1 } })
    expect(room.accepted(other)).toBe(0)
  })

  it('holds what a process that is gone had under way, and looks it up first when it is resumed', async () => {
    const storyId = await room.desk.story('Cut short')
    const isPut = ({ method, path }: { method: string; path: string }): boolean =>
      method === 'PUT' && path.includes('/articles/')
    room.proxy.onSeen((seen) => {
      // The desk goes while the CMS takes the story: nobody reads the answer.
      if (isPut(seen)) void room.desk.publishing.close()
    })
    const { id } = room.desk.publish(storyId, targetId)
    await room.desk.publishing.quiet()
    room.proxy.onSeen(null)
    expect(room.desk.item(id).state).toBe('sending')
    room.desk.publishing.pausing.pause(targetId)
    await room.restart()
    const before = room.proxy.seen.length
    await wait(2)
    expect(room.desk.item(id)).toMatchObject({ state: 'paused', problem: { key: 'outbox.pausedByHand' } })
    expect(room.proxy.seen.slice(before)).toEqual([])
    room.desk.publishing.pausing.resume(targetId)
    expect(await room.run(id)).toMatchObject({ state: 'done' })
    expect(room.proxy.seen[before]?.method).toBe('GET')
    expect(room.accepted(storyId)).toBe(1)
  })

  it('outlives a refused signature, a new password and a retry, until it is resumed by hand', async () => {
    const storyId = await room.desk.story('Unsigned')
    const other = await room.desk.story('Waiting')
    await room.desk.saveWrongSecret(targetId, room.endpoint)
    room.proxy.onSeen(() => room.desk.publishing.pausing.pause(targetId))
    const { id } = room.desk.publish(storyId, targetId)
    await room.desk.publishing.quiet()
    room.proxy.onSeen(null)
    expect(room.desk.item(id)).toMatchObject({ state: 'paused', problem: { key: 'outbox.unauthorised' } })
    const paused = async () => (await room.desk.publishing.targets.list()).map((target) => target.paused)
    expect(await paused()).toEqual(['by-hand'])
    const waiting = room.desk.publish(other, targetId)
    const saved = await room.desk.publishing.saveTarget({
      id: targetId,
      name: 'City desk CMS',
      kind: 'open',
      url: room.endpoint,
      secret: SECRET
    })
    expect(saved.paused).toBe('by-hand')
    const before = room.proxy.seen.length
    room.desk.publishing.queue.retry(id)
    await wait(1)
    for (const one of [id, waiting.id]) expect(room.desk.item(one).state).toBe('paused')
    expect(room.proxy.seen.length).toBe(before)
    room.desk.publishing.pausing.resume(targetId)
    for (const one of [id, waiting.id]) expect(await room.run(one)).toMatchObject({ state: 'done' })
    expect(await paused()).toEqual([null])
  })

  it('is not forgotten where the keychain takes its time over a new password', async () => {
    const { set } = room.secrets
    let kept = (): void => undefined
    room.secrets.set = async (...secret) => {
      await new Promise<void>((resolve) => {
        kept = resolve
      })
      await set.apply(room.secrets, secret)
    }
    const again = room.desk.publishing.saveTarget({
      id: targetId,
      name: 'City desk CMS',
      kind: 'open',
      url: room.endpoint,
      secret: SECRET
    })
    room.desk.publishing.pausing.pause(targetId)
    kept()
    expect((await again).paused).toBe('by-hand')
  })

  it('keeps the time that the CMS named', async () => {
    const storyId = await room.desk.story('Sent away')
    room.proxy.failNext('503 with seconds', ({ method }) => method === 'PUT')
    const { id } = room.desk.publish(storyId, targetId)
    await room.desk.publishing.quiet()
    const { nextTryAt } = room.desk.item(id)
    expect(room.desk.item(id).state).toBe('waiting')
    room.desk.publishing.pausing.pause(targetId)
    expect(room.desk.item(id)).toMatchObject({ state: 'paused', nextTryAt: null })
    room.desk.publishing.pausing.resume(targetId)
    await room.desk.publishing.quiet()
    expect(room.desk.item(id)).toMatchObject({ state: 'waiting', nextTryAt })
    expect(room.accepted(storyId)).toBe(0)
    expect(await room.run(id)).toMatchObject({ state: 'done' })
  })

  it('lists briefly every open item, however many, and tells the steps of one', async () => {
    room.desk.publishing.pausing.pause()
    const storyId = await room.desk.story('Many')
    const [first] = Array.from({ length: 3 }, () => room.desk.publish(storyId, targetId))
    const brief = room.desk.publishing.queue.list({ brief: true })
    expect(brief.map(({ state }) => state)).toEqual(['paused', 'cancelled', 'cancelled'])
    expect(brief.every(({ steps }) => steps.length === 0)).toBe(true)
    expect(room.desk.publishing.queue.item(first?.id ?? '')).toMatchObject({ id: first?.id, state: 'cancelled' })
  })
})
