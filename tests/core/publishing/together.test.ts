import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/shared/lib/id.ts'
import type { Instant } from '../../../src/shared/story/instant.ts'
import { Newsroom } from './newsroom.ts'
import { TwoSites } from './two-sites.ts'

const HOUR = 3_600_000

describe('a story published to several targets', () => {
  let sites: TwoSites
  let room: Newsroom
  let site: string
  let magazine: string
  let storyId: string
  beforeEach(async () => {
    sites = await TwoSites.open()
    ;({ room, site, magazine, storyId } = sites)
  })
  afterEach(() => sites.close())

  const inHours = (hours: number): Instant => sites.inHours(hours)
  const revision = (): number => room.desk.stories.get(storyId).revision
  const to = (targetId: string, more: object = {}) => ({ targetId, changeId: newId(), ...more })
  const together = (...deliveries: ReturnType<typeof to>[]) =>
    room.desk.publishing.approving.publishTogether({ storyId, revision: revision(), deliveries })
  const publish = (targetId: string, more: object = {}) => sites.publish(targetId, more)
  const lastUpdated = (): Instant | null => room.desk.stories.get(storyId).fields.times.lastUpdated

  it('goes to each at its own hour, as the one version that was approved', async () => {
    const [one, two] = await together(to(site, { at: null }), to(magazine, { at: inHours(3) }))
    expect([one?.problem, two?.problem]).toEqual([null, null])
    const done = await room.run(one?.item?.id ?? '', HOUR)
    expect(done).toMatchObject({ state: 'done', targetName: 'City desk CMS' })
    // The receipt of the first moved the story on; what waits for the second is still what is on the desk.
    expect(room.desk.item(two?.item?.id ?? '')).toMatchObject({
      state: 'scheduled',
      planned: { utc: inHours(3).utc },
      behind: false,
      current: true
    })
  })

  it('is held from none by what is refused of another, and the reason is told', async () => {
    const answers = await together(
      to(site, { at: inHours(-1) }),
      to('3f0f7b52-5f8e-4b4e-9a53-7a3c9a4b0c11', { at: null }),
      to(magazine, { at: null, newsletter: 'morning' }),
      to(magazine, { at: null })
    )
    expect(answers.map(({ problem }) => problem?.key ?? null)).toEqual([
      'publishing.hourPassed',
      'publishing.noSuchTarget',
      'publishing.noNewsletters',
      null
    ])
    expect(answers[0]?.problem?.detail).toMatchObject({ passed: inHours(-1).utc })
    expect(room.desk.publishing.queue.list({}).map(({ targetName }) => targetName)).toEqual(['Magazine'])
  })

  it('goes nowhere where it was changed meanwhile, and twice to nobody where the answer was lost', async () => {
    const deliveries = [to(site, { at: inHours(2) }), to(magazine, { at: inHours(3) })]
    const asked = { storyId, revision: revision(), deliveries }
    const first = await room.desk.publishing.approving.publishTogether(asked)
    const again = await room.desk.publishing.approving.publishTogether(asked)
    expect(again.map(({ item }) => item?.id)).toEqual(first.map(({ item }) => item?.id))
    expect(room.desk.publishing.queue.list({})).toHaveLength(2)
    await expect(
      room.desk.publishing.approving.publishTogether({ storyId, revision: 1, deliveries: [to(site)] })
    ).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is told readers by the hour it reaches them: none hears of an update that is still to come', async () => {
    for (const targetId of [site, magazine]) await room.run(publish(targetId, { at: null }).id)
    room.desk.edit(storyId, { headline: 'Bridge opens early' })
    publish(magazine, { at: inHours(5), change: 'update' })
    expect(lastUpdated()?.utc).toBe(inHours(5).utc)
    const now = inHours(0).utc
    publish(site, { at: null, change: 'minor' })
    expect(lastUpdated()?.utc).toBe(now)
  })

  it('has the "last updated" that was set by hand on each', async () => {
    for (const targetId of [site, magazine]) await room.run(publish(targetId, { at: null }).id)
    const { times } = room.desk.stories.get(storyId).fields
    const byHand = inHours(-0.5)
    room.desk.edit(storyId, { headline: 'Bridge opens early', times: { ...times, lastUpdated: byHand } })
    await together(to(site, { at: null, change: 'update' }), to(magazine, { at: null, change: 'update' }))
    expect(lastUpdated()?.utc).toBe(byHand.utc)
  })

  it('is a correction on the targets whose readers have not got the notice', async () => {
    for (const targetId of [site, magazine])
      expect(await room.run(publish(targetId, { at: null }).id)).toMatchObject({ state: 'done' })
    room.desk.edit(storyId, { headline: 'Bridge opens early' })
    expect(() => publish(site, { at: null, change: 'correction' })).toThrow(/needs a notice/)
    const notice = { at: inHours(0).utc, text: 'It opens early.', kind: 'correction', reason: 'A caller' } as const
    room.desk.edit(storyId, { corrections: [notice] })
    const before = inHours(0).utc
    const { id } = publish(site, { at: null, change: 'correction' })
    expect(lastUpdated()?.utc).toBe(before)
    expect(await room.run(id)).toMatchObject({ state: 'done' })
    expect(room.receiver.shelf.get(storyId)?.payload).not.toContain('A caller')
    expect(() => publish(site, { at: null, change: 'correction' })).toThrow(/needs a notice/)
    expect(publish(magazine, { at: null, change: 'correction' }).state).not.toBe('refused')
  })

  it('takes the hour of another where it is not live yet, and does not as an update', async () => {
    publish(magazine, { at: inHours(4) })
    expect(publish(site).planned?.utc).toBe(inHours(4).utc)
    await room.run(publish(site, { at: null }).id, HOUR)
    room.desk.edit(storyId, { headline: 'Bridge opens early' })
    expect(publish(site)).toMatchObject({ planned: null, notBefore: null })
    expect(publish(magazine).planned?.utc).toBe(inHours(4).utc)
  })
})

it('says of what waits whether it is still what is on the desk, also where that was let go', async () => {
  const room = await Newsroom.open()
  try {
    const { id: targetId } = await room.desk.target(room.endpoint)
    const storyId = await room.desk.story('First')
    room.desk.publishing.pausing.pause(targetId)
    const { id } = room.desk.publish(storyId, targetId)
    const stands = () => {
      const { behind, current } = room.desk.item(id)
      return { behind, current }
    }
    expect(stands()).toEqual({ behind: false, current: true })
    room.desk.edit(storyId, { headline: 'Second' })
    expect(stands()).toEqual({ behind: true, current: false })
    room.desk.publishing.follower.keep(id)
    expect(stands()).toEqual({ behind: false, current: false })
    room.desk.pushes.length = 0
    room.desk.edit(storyId, { headline: 'First' })
    expect(stands()).toEqual({ behind: false, current: true })
    expect(room.desk.pushes.filter(({ event }) => event === 'outboxChanged')).toMatchObject([
      { data: { item: { id, current: true } } }
    ])
  } finally {
    await room.close()
  }
})
