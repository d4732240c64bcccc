import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/shared/lib/id.ts'
import { en } from '../../../src/shared/words/en/window.ts'
import { onSites, statusOnSites, underWay } from '../../../src/renderer/api/on-sites.ts'
import { Desk, type Newsroom } from './newsroom.ts'
import { TwoSites } from './two-sites.ts'

describe('the status of a story on two sites', () => {
  let sites: TwoSites
  let room: Newsroom
  let site: string
  let magazine: string
  let storyId: string
  beforeEach(async () => {
    sites = await TwoSites.open()
    ;({ room, site, magazine, storyId } = sites)
    for (const targetId of [site, magazine]) await arrives(targetId)
    expect(status()).toBe('published')
    room.desk.edit(storyId, { headline: 'Bridge opens early' })
    await arrives(site)
  })
  afterEach(() => sites.close())

  const status = () => sites.status()
  const arrives = (targetId: string): Promise<void> => sites.arrives(targetId)
  const withdraw = (targetId: string): Promise<void> => sites.withdraw(targetId)

  it('says that one has an older text, until it gets the update', async () => {
    expect(status()).toBe('updating')
    await arrives(magazine)
    expect(status()).toBe('published')
  })

  it('says nothing of a site that it was withdrawn from', async () => {
    await withdraw(magazine)
    expect(status()).toBe('published')
  })

  it('says that the older text is what readers have, where the newer was withdrawn', async () => {
    await withdraw(site)
    expect(status()).toBe('updating')
    await withdraw(magazine)
    expect(status()).toBe('killed')
  })

  it('says nothing of a site that nobody can reach any more, unless it alone has the story', async () => {
    await room.desk.publishing.removeTarget(magazine)
    expect(status()).toBe('published')
    room.desk.edit(storyId, { headline: 'Bridge opens at last' })
    await arrives(site)
    expect(status()).toBe('published')
    await withdraw(site)
    expect(status()).toBe('updating')
  })

  it('says nothing of a site either where the desk was killed right after it was removed', async () => {
    await room.desk.publishing.targets.remove(magazine)
    await room.desk.close()
    room.desk = new Desk(room.desk.folder, room.clock, room.secrets)
    await room.desk.publishing.start()
    await expect.poll(status).toBe('published')
  })

  it('says that a site was removed, whatever became of the library meanwhile', async () => {
    const more = await room.desk.story('Ferry sails')
    for (const targetId of [site, magazine]) await room.run(room.desk.publish(more, targetId).id)
    room.desk.edit(more, { headline: 'Ferry sails early' })
    await room.run(room.desk.publish(more, site).id)
    const removed = room.desk.publishing.removeTarget(magazine)
    await room.desk.close()
    await expect(removed).resolves.toBeUndefined()
    room.desk = new Desk(room.desk.folder, room.clock, room.secrets)
    await room.desk.publishing.start()
    await expect.poll(() => [status(), room.desk.stories.get(more).status]).toEqual(['published', 'published'])
  })

  it('calls a CMS by the name it has now, and a removed one by the name it had last', async () => {
    const names = () =>
      room.desk.publishing.queue.list({ storyId }).flatMap((one) => (one.targetId === magazine ? one.targetName : []))
    expect(names()).toEqual(['Magazine'])
    await room.desk.publishing.saveTarget({ id: magazine, name: 'Weekly', kind: 'open', url: `${sites.line.url}/api` })
    expect(names()).toEqual(['Weekly'])
    await room.desk.publishing.removeTarget(magazine)
    expect(names()).toEqual(['Weekly'])
  })
})

const things = {
  nothing: async () => undefined,
  live: async (sites: TwoSites, targetId: string) => sites.arrives(targetId),
  withdrawn: async (sites: TwoSites, targetId: string) => {
    await sites.arrives(targetId)
    await sites.withdraw(targetId)
    const { stories } = sites.room.desk
    const { id, revision: baseRevision, status } = stories.get(sites.storyId)
    if (status === 'killed') stories.setStatus({ id, baseRevision, changeId: newId() }, 'draft')
  },
  scheduled: async (sites: TwoSites, targetId: string) => {
    sites.publish(targetId, { at: sites.inHours(5) })
  },
  paused: async (sites: TwoSites, targetId: string) => {
    sites.room.desk.publishing.pausing.pause(targetId)
    sites.publish(targetId, { at: null })
  },
  'paused before its hour': async (sites: TwoSites, targetId: string) => {
    sites.publish(targetId, { at: sites.inHours(5) })
    sites.room.desk.publishing.pausing.pause(targetId)
  },
  'without a line': async (sites: TwoSites, targetId: string) => {
    await sites.room.proxy.stop()
    await sites.line.stop()
    sites.publish(targetId, { at: null })
  },
  refused: async (sites: TwoSites, targetId: string) => {
    for (const line of [sites.room.proxy, sites.line]) line.failNext('422', ({ method }) => method === 'PUT')
    await sites.room.run(sites.publish(targetId, { at: null }).id)
  }
} as const
type Thing = keyof typeof things
const pairs = (Object.keys(things) as Thing[]).flatMap((one) =>
  (['live', 'withdrawn'] as const).map((other) => [other, one] as const)
)

it.each(pairs)('a story that is %s on one site and %s on the other: the list has both truths', async (one, other) => {
  const sites = await TwoSites.open()
  try {
    const { desk } = sites.room
    await things[one](sites, sites.site)
    await things[other](sites, sites.magazine)
    await desk.publishing.quiet()
    const both = [one, other]
    const count = (thing: Thing): number => both.filter((each) => each === thing).length
    const expected = { live: count('live'), withdrawn: count('withdrawn') }
    expect(desk.stories.summary(sites.storyId).sites).toEqual(expected)
    // The windows were told, and not only those that ask again.
    const told = desk.pushes.findLast(({ event }) => event === 'storyChanged')
    expect(told?.data).toMatchObject({ summary: { id: sites.storyId, sites: expected } })
    const open = desk.publishing.queue.list({ storyId: sites.storyId, open: true })
    const said = statusOnSites(en, onSites(sites.status(), expected, underWay(open).get(sites.storyId)))
    expect(/Live|Published/.test(said), said).toBe(both.includes('live'))
    expect(said.includes('Scheduled'), said).toBe(other === 'scheduled' || other === 'paused before its hour')
    expect(said.includes('Paused'), said).toBe(other.startsWith('paused'))
    expect(said.includes('Stopped'), said).toBe(other === 'refused')
    expect(said.includes('Withdrawn'), said).toBe(expected.live > 0 && expected.withdrawn > 0)
  } finally {
    await sites.close()
  }
})

const underWays = ['scheduled', 'without a line', 'paused', 'paused before its hour', 'refused'] as const
const twoUnderWay = underWays.flatMap((one, at) => underWays.slice(at).map((other) => [one, other] as const))
const isForAnHour = (thing: Thing): boolean => thing === 'scheduled' || thing === 'paused before its hour'

it.each(twoUnderWay)(
  'a story that is %s for one site and %s for the other says so in either order',
  async (...both) => {
    const sites = await TwoSites.open()
    try {
      const { desk, proxy } = sites.room
      const { publishing } = desk
      const ofBoth = [
        { thing: both[0], targetId: sites.site, line: proxy },
        { thing: both[1], targetId: sites.magazine, line: sites.line }
      ]
      const stories = [sites.storyId, await desk.story('Ferry sails')]
      // One that is refused stops its site, for the story that comes second too.
      for (const { thing, line } of ofBoth)
        if (thing === 'refused') for (const _ of stories) line.failNext('422', ({ method }) => method === 'PUT')
        else if (thing === 'without a line') await line.stop()
      for (const { thing, targetId } of ofBoth) if (thing === 'paused') publishing.pausing.pause(targetId)
      for (const [at, storyId] of stories.entries()) {
        sites.storyId = storyId
        for (const { thing, targetId } of at === 0 ? ofBoth : ofBoth.toReversed()) {
          sites.publish(targetId, { at: isForAnHour(thing) ? sites.inHours(5) : null })
          await publishing.quiet()
        }
      }
      for (const { thing, targetId } of ofBoth)
        if (thing === 'paused before its hour') publishing.pausing.pause(targetId)
      const said = stories.map((storyId) => {
        const open = publishing.queue.list({ storyId, open: true })
        const { status, sites: counts } = desk.stories.summary(storyId)
        return statusOnSites(en, onSites(status, counts, underWay(open).get(storyId)))
      })
      expect(said[1]).toBe(said[0])
      const parts = said[0]?.split(' · ') ?? []
      const has = (...things: Thing[]): boolean => both.some((thing) => things.includes(thing))
      expect(parts.includes('Scheduled'), said[0]).toBe(both.some(isForAnHour))
      expect(parts.includes('On its way') || parts.join() === 'Approved', said[0]).toBe(has('without a line'))
      expect(parts.includes('Paused'), said[0]).toBe(has('paused', 'paused before its hour'))
      expect(parts.includes('Stopped'), said[0]).toBe(has('refused'))
    } finally {
      await sites.close()
    }
  }
)

it('what is left of a story that waited for its hour on one site alone is not scheduled, once that is taken back', async () => {
  const sites = await TwoSites.open()
  try {
    for (const line of [sites.room.proxy, sites.line]) await line.stop()
    sites.publish(sites.site, { at: null })
    const planned = sites.publish(sites.magazine, { at: sites.inHours(5) })
    expect(sites.status()).toBe('scheduled')
    sites.room.desk.publishing.queue.cancel(planned.id)
    await sites.room.desk.publishing.quiet()
    expect(sites.status()).toBe('approved')
  } finally {
    await sites.close()
  }
})

it('a story that was withdrawn from the one site that had it waits for its hour on the other, and is published nowhere', async () => {
  const sites = await TwoSites.open()
  try {
    const planned = sites.publish(sites.magazine, { at: sites.inHours(5) })
    await sites.arrives(sites.site)
    await sites.withdraw(sites.site)
    expect(sites.status()).toBe('scheduled')
    sites.room.desk.publishing.queue.cancel(planned.id)
    await sites.room.desk.publishing.quiet()
    expect(sites.status()).not.toBe('published')
  } finally {
    await sites.close()
  }
})

it.each(['live first', 'planned first'])(
  '%s: a story that is live on one site and planned on the other is counted as scheduled',
  async (order) => {
    const sites = await TwoSites.open()
    const plan = () => sites.publish(sites.magazine, { at: sites.inHours(5) })
    try {
      if (order === 'planned first') plan()
      await sites.arrives(sites.site)
      if (order === 'live first') plan()
      expect(sites.status()).toBe('scheduled')
    } finally {
      await sites.close()
    }
  }
)
