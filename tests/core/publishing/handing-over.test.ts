import { rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OutboxItem } from '../../../src/shared/contract/outbox.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { importedInstant } from '../../../src/shared/formats/imported-time.ts'
import type { Instant } from '../../../src/shared/story/instant.ts'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import { FakeGhost } from '../../peers/fake-ghost.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import { FaultProxy, faults, type FaultName, type Seen } from '../../support/fault-proxy.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { Desk, temporaryFolder } from './newsroom.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A desk, and a site of one kind behind a line that goes wrong when told to. */
class Room {
  readonly folder = temporaryFolder()
  readonly clock = new ManualClock()
  readonly secrets = memorySecrets()
  readonly kind: 'wordpress' | 'ghost'
  readonly site: FakeWordpress | FakeGhost
  proxy!: FaultProxy
  desk!: Desk
  targetId = ''

  constructor(kind: 'wordpress' | 'ghost') {
    this.kind = kind
    const now = (): number => this.clock.now() + this.siteAhead
    this.site = kind === 'wordpress' ? new FakeWordpress(now) : new FakeGhost(now)
  }

  /** By which the clock of the site is ahead, in milliseconds. */
  siteAhead = 0

  async open(): Promise<this> {
    await this.site.start()
    this.proxy = new FaultProxy(this.site.url)
    await this.proxy.start()
    this.site.home = this.proxy.url
    await this.#openDesk()
    const { proxy } = this
    const input =
      this.site instanceof FakeWordpress
        ? ({ kind: 'wordpress', settings: { user: this.site.user }, secret: this.site.password } as const)
        : ({ kind: 'ghost', secret: this.site.key } as const)
    this.targetId = (await this.desk.publishing.saveTarget({ name: 'The site', url: proxy.url, ...input })).id
    return this
  }

  async #openDesk(): Promise<void> {
    this.desk = new Desk(join(this.folder, 'library'), this.clock, this.secrets)
    await this.desk.publishing.start()
  }

  async close(): Promise<void> {
    await this.desk.close()
    await this.proxy.stop()
    await this.site.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** The lid is closed for so long, with the process gone; at the end of it something may happen on the site. */
  async away(ms: number, happens: () => void = () => undefined): Promise<void> {
    await this.desk.close()
    this.clock.advance(ms)
    // What is due there goes public when somebody visits.
    await (await fetch(this.site.url)).arrayBuffer()
    this.clock.advance(5_000)
    happens()
    await this.#openDesk()
    await this.quiet()
  }

  at(ms: number): Instant {
    return { utc: new Date(this.clock.now() + ms).toISOString(), zone: 'Europe/Vienna', origin: 'typed' }
  }

  publish(storyId: string, at: Instant | null, more: { firedBy?: 'cms' | 'desk'; newsletter?: string } = {}): string {
    const { revision } = this.desk.stories.get(storyId)
    const input = { storyId, targetId: this.targetId, revision, changeId: newId(), at, ...more }
    return this.desk.publishing.approving.publish(input).id
  }

  embargo(storyId: string, embargo: Instant | null): void {
    const { times } = this.desk.stories.get(storyId).fields
    this.desk.edit(storyId, { times: { ...times, embargo } })
  }

  item(id: string): OutboxItem {
    return this.desk.publishing.queue.item(id)
  }

  async quiet(): Promise<void> {
    await this.desk.publishing.quiet()
    await this.proxy.settled()
    await this.desk.publishing.quiet()
  }

  /** Lets time go by in steps, of a quarter of a minute where it is short. */
  async run(ms: number): Promise<void> {
    const end = this.clock.now() + ms
    const step = ms > 10 * MINUTE ? MINUTE : 15_000
    await this.quiet()
    while (this.clock.now() < end) {
      this.clock.advance(Math.min(step, end - this.clock.now()))
      await this.quiet()
    }
  }

  /** The posts there, each with when it goes public by itself. */
  posts(): { status: string; at: number | null; slug: string; title: string }[] {
    return this.site.posts.map((post) => {
      const date = 'date_gmt' in post ? post.date_gmt && `${post.date_gmt}Z` : post.published_at
      const { status, slug, title } = post
      return { status, at: date ? Date.parse(date) : null, slug, title }
    })
  }

  get public(): readonly { readonly at: number }[] {
    return this.site.wentPublic
  }

  editThere(change: { title?: string; status?: string }, hour?: number): void {
    const { site } = this
    const date = hour === undefined ? null : new Date(hour).toISOString()
    if (site instanceof FakeWordpress)
      site.edit(site.posts[0]?.id ?? 0, { ...change, ...(date && { date_gmt: date.slice(0, 19) }) })
    else site.edit(site.posts[0]?.id ?? '', { ...change, ...(date && { published_at: date }) })
  }
}

/** What each kind calls a post that it publishes at an hour. */
const ahead = { wordpress: 'future', ghost: 'scheduled' } as const
const isPublic = { wordpress: 'publish', ghost: 'published' } as const

for (const kind of ['wordpress', 'ghost'] as const)
  describe(`a schedule that ${kind} fires`, () => {
    let room: Room
    beforeEach(async () => {
      room = await new Room(kind).open()
    })
    afterEach(() => room.close())

    it('is there at once, goes public at its hour with nobody at the desk, and is seen and stamped as of then', async () => {
      const storyId = await room.desk.story('Bridge opens', { standfirst: 'At last.' }, true)
      const hour = room.clock.now() + 3 * HOUR
      const id = room.publish(storyId, room.at(3 * HOUR))
      await room.quiet()
      const at = Math.ceil(hour / 1000) * 1000
      expect(room.item(id)).toMatchObject({
        state: 'handed-over',
        firedBy: 'cms',
        handedOver: new Date(at).toISOString(),
        problem: null,
        receipt: null
      })
      expect(room.posts()).toEqual([{ status: ahead[kind], at, slug: 'bridge-opens', title: 'Bridge opens' }])
      expect(room.desk.stories.get(storyId).status).toBe('scheduled')
      expect(room.desk.publishing.standings(storyId)).toEqual([])
      await room.away(7 * HOUR)
      await room.run(MINUTE)
      const item = room.item(id)
      expect(item).toMatchObject({ state: 'done', handedOver: null, receipt: { firedBy: 'cms' } })
      expect(item.receipt?.at).toBe(new Date(at).toISOString())
      expect(room.public).toHaveLength(1)
      expect(room.desk.stories.get(storyId)).toMatchObject({
        status: 'published',
        fields: { times: { firstPublished: { utc: new Date(at).toISOString(), origin: 'cms' } } }
      })
    })

    it('that was changed there after it went public, before anybody looked, has a receipt that says so', async () => {
      const storyId = await room.desk.story('Bridge opens', {}, true)
      const hour = Math.ceil((room.clock.now() + 3 * HOUR) / 1000) * 1000
      const id = room.publish(storyId, room.at(3 * HOUR))
      await room.quiet()
      await room.away(7 * HOUR, () => room.editThere({ title: 'Theirs' }))
      await room.run(MINUTE)
      const item = room.item(id)
      expect(item).toMatchObject({ state: 'conflict', problem: { key: 'outbox.changedThere' } })
      expect(item.receipt).toMatchObject({
        at: new Date(hour).toISOString(),
        firedBy: 'cms',
        since: 'changed',
        differences: [{ field: 'headline' }]
      })
      expect(room.desk.publishing.standings(storyId)).toMatchObject([{ state: 'live', current: false }])
      expect(room.desk.stories.get(storyId)).toMatchObject({
        status: 'updating',
        fields: { times: { firstPublished: { utc: new Date(hour).toISOString(), origin: 'cms' } } }
      })
      // What comes next does not go over it unseen, and both can be made one.
      room.desk.edit(storyId, { standfirst: 'At last.' })
      const second = room.publish(storyId, null)
      await room.run(MINUTE)
      expect(room.item(second)).toMatchObject({ state: 'conflict' })
      expect(room.posts()).toMatchObject([{ title: 'Theirs' }])
      const view = await room.desk.publishing.merging.look(second)
      expect(view).toMatchObject({
        base: { fields: { headline: 'Bridge opens' } },
        theirs: { fields: { headline: 'Theirs' } }
      })
      const there = await room.desk.publishing.conflicts.remote(second)
      room.desk.publishing.conflicts.overwrite(second, there?.etag ?? '')
      await room.run(MINUTE)
      expect(room.item(second).receipt?.since).toBeUndefined()
      expect(room.desk.publishing.standings(storyId)).toMatchObject([{ state: 'live', current: true }])
    })

    it('that was unscheduled there has no receipt: it was never public', async () => {
      const storyId = await room.desk.story('Bridge opens')
      const id = room.publish(storyId, room.at(3 * HOUR))
      await room.quiet()
      room.editThere({ title: 'Theirs', status: 'draft' })
      await room.away(7 * HOUR)
      await room.run(MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'conflict', receipt: null })
      expect(room.desk.publishing.standings(storyId)).toEqual([])
      expect(room.desk.stories.get(storyId).fields.times.firstPublished).toBeNull()
    })

    it('a newer version waits for the word of a person where the older one went public and was changed there', async () => {
      const storyId = await room.desk.story('One')
      const first = room.publish(storyId, room.at(HOUR))
      await room.quiet()
      await room.proxy.stop()
      await room.away(2 * HOUR, () => room.editThere({ title: 'Theirs' }))
      room.desk.edit(storyId, { headline: 'Two' })
      const second = room.publish(storyId, null)
      await room.proxy.start()
      await room.run(2 * MINUTE)
      expect(room.item(first)).toMatchObject({ state: 'cancelled', receipt: { since: 'changed' } })
      expect(room.item(second)).toMatchObject({ state: 'conflict', problem: { key: 'outbox.changedThere' } })
      expect(room.posts()).toMatchObject([{ title: 'Theirs' }])
      expect(await room.desk.publishing.merging.look(second)).toMatchObject({ base: { fields: { headline: 'One' } } })
    })

    it('is not said to be sent to an unknown end while it is called back, or told another hour', async () => {
      const storyId = await room.desk.story('Bridge opens')
      const states = () => room.desk.publishing.standings(storyId).map(({ state }) => state)
      room.publish(storyId, room.at(3 * HOUR))
      await room.quiet()
      const moved = room.publish(storyId, room.at(5 * HOUR))
      expect(states()).toEqual(['moved'])
      await room.quiet()
      expect(room.item(moved)).toMatchObject({ state: 'handed-over' })
      expect(states()).toEqual([])
      room.desk.publishing.queue.cancel(moved)
      expect(states()).toEqual(['recalled'])
      await room.quiet()
      expect(room.item(moved)).toMatchObject({ state: 'cancelled' })
      expect(states()).toEqual([])
    })

    it('is fired by the desk where that is asked for, or the hour is near, and not a byte leaves before', async () => {
      for (const [headline, ms, more] of [
        ['By hand', 3 * HOUR, { firedBy: 'desk' }],
        ['Near', 4 * MINUTE, {}]
      ] as const) {
        const id = room.publish(await room.desk.story(headline), room.at(ms), more)
        await room.quiet()
        expect(room.item(id)).toMatchObject({ state: 'scheduled', firedBy: 'desk', handedOver: null })
        expect(room.posts().filter(({ title }) => title === headline)).toEqual([])
        await room.run(ms + MINUTE)
        expect(room.item(id)).toMatchObject({ state: 'done' })
        expect(room.item(id).receipt?.firedBy).toBeUndefined()
      }
    })

    it('is left to the laptop where a person chose it for the version that waits, until another is named', async () => {
      const storyId = await room.desk.story('One')
      room.publish(storyId, room.at(2 * HOUR), { firedBy: 'desk' })
      room.desk.edit(storyId, { headline: 'Two' })
      const second = room.publish(storyId, room.at(3 * HOUR))
      await room.run(30 * MINUTE)
      expect(room.item(second)).toMatchObject({ state: 'scheduled', firedBy: 'desk', handedOver: null })
      expect(room.posts()).toEqual([])
      const third = room.publish(storyId, room.at(3 * HOUR), { firedBy: 'cms' })
      await room.quiet()
      expect(room.item(third)).toMatchObject({ state: 'handed-over' })
    })

    it('goes to the site again at a later hour where it was too near, which nobody chose', async () => {
      const storyId = await room.desk.story('One')
      const first = room.publish(storyId, room.at(4 * MINUTE))
      await room.quiet()
      expect(room.item(first)).toMatchObject({ firedBy: 'desk', problem: { key: 'outbox.deskFiresNear' } })
      const second = room.publish(storyId, room.at(HOUR))
      await room.quiet()
      expect(room.item(second)).toMatchObject({ state: 'handed-over' })
    })

    it.each(['a newer version', 'a withdrawal', 'a newer version, and an embargo'] as const)(
      'while the target is paused by hand, %s rests, and the older one is called back all the same',
      async (what) => {
        const storyId = await room.desk.story('One')
        const first = room.publish(storyId, room.at(HOUR))
        await room.quiet()
        room.desk.publishing.pausing.pause(room.targetId)
        if (what === 'a withdrawal') {
          const input = { storyId, targetIds: [room.targetId], reason: 'Wrong bridge', changeId: newId() }
          room.desk.publishing.withdraw(input)
        } else {
          room.desk.edit(storyId, { headline: 'Two' })
          room.publish(storyId, what === 'a newer version' ? null : room.at(2 * HOUR))
        }
        await room.quiet()
        if (what === 'a newer version, and an embargo') room.embargo(storyId, room.at(3 * HOUR))
        await room.run(MINUTE)
        expect(room.item(first)).toMatchObject({ state: 'cancelled', handedOver: null })
        expect(room.posts()).toMatchObject([{ status: 'draft' }])
        await room.run(2 * HOUR)
        expect(room.public).toEqual([])
        room.desk.publishing.pausing.resume(room.targetId)
        await room.run(2 * HOUR)
        expect(room.posts()).toMatchObject([what === 'a withdrawal' ? { status: 'draft' } : { title: 'Two' }])
        expect(room.public).toHaveLength(what === 'a withdrawal' ? 0 : 1)
      }
    )

    it('an embargo that is moved while this machine’s clock is wrong is kept by the site’s clock', async () => {
      const storyId = await room.desk.story('Embargoed')
      const id = room.publish(storyId, room.at(HOUR))
      await room.quiet()
      await room.proxy.stop()
      const embargo = room.clock.now() + 3 * HOUR
      room.embargo(storyId, room.at(3 * HOUR))
      await room.quiet()
      const day = 24 * HOUR
      room.clock.jump(day)
      room.siteAhead -= day
      await room.proxy.start()
      await room.run(10 * MINUTE)
      expect(room.public).toEqual([])
      expect(room.item(id).state).toBe('scheduled')
      await room.run(2 * HOUR + 40 * MINUTE)
      expect(room.public).toEqual([])
      await room.run(20 * MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'done' })
      for (const { at } of room.public) expect(at).toBeGreaterThanOrEqual(embargo)
      expect(room.public).toHaveLength(1)
    })

    it('published now after all has the site’s date, however wrong this machine’s clock is', async () => {
      const storyId = await room.desk.story('One')
      room.publish(storyId, room.at(3 * HOUR))
      await room.quiet()
      room.clock.jump(2 * HOUR)
      room.siteAhead -= 2 * HOUR
      room.publish(storyId, null)
      await room.run(MINUTE)
      expect(room.posts()).toMatchObject([{ status: isPublic[kind] }])
      expect(room.posts()[0]?.at).toBeLessThanOrEqual(room.clock.now() + room.siteAhead)
    })

    it('changed there and then made a draft on the desk goes on calling a person, who can have it called back', async () => {
      const storyId = await room.desk.story('One')
      const id = room.publish(storyId, room.at(3 * HOUR))
      await room.quiet()
      room.editThere({ title: 'Theirs' })
      await room.run(31 * MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'conflict' })
      const { revision: baseRevision } = room.desk.stories.get(storyId)
      room.desk.stories.setStatus({ id: storyId, baseRevision, changeId: newId() }, 'draft')
      await room.quiet()
      expect(room.item(id)).toMatchObject({ state: 'conflict' })
      expect(room.item(id).handedOver).not.toBeNull()
      const there = await room.desk.publishing.conflicts.remote(id)
      room.desk.publishing.conflicts.overwrite(id, there?.etag ?? '')
      await room.quiet()
      expect(room.item(id)).toMatchObject({ state: 'cancelled', handedOver: null })
      expect(room.posts()).toMatchObject([{ status: 'draft' }])
      await room.run(4 * HOUR)
      expect(room.public).toEqual([])
    })

    it('is found again where the address of the site was corrected meanwhile', async () => {
      const id = room.publish(await room.desk.story('One'), room.at(3 * HOUR))
      await room.quiet()
      room.site.home = room.site.url
      await room.desk.publishing.saveTarget({ id: room.targetId, name: 'The site', kind, url: room.site.url })
      await room.run(31 * MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'handed-over', problem: null })
      await room.desk.publishing.queue.cancel(id)
      await room.quiet()
      expect(room.item(id)).toMatchObject({ state: 'cancelled' })
      expect(room.posts()).toMatchObject([{ status: 'draft' }])
    })

    it('is not said to be late by this machine’s clock, and is stamped as of its own hour', async () => {
      const hour = room.clock.now() + 3 * HOUR
      const id = room.publish(await room.desk.story('One'), room.at(3 * HOUR))
      await room.quiet()
      room.clock.jump(4 * HOUR)
      room.siteAhead -= 4 * HOUR
      await room.run(HOUR)
      expect(room.item(id)).toMatchObject({ state: 'handed-over', problem: null })
      await room.run(2 * HOUR + 10 * MINUTE)
      expect(room.item(id)).toMatchObject({
        state: 'done',
        receipt: { at: new Date(Math.ceil(hour / 1000) * 1000).toISOString() }
      })
    })

    it('a later hour that the site refuses is no reason to leave it the earlier one', async () => {
      const storyId = await room.desk.story('One')
      const id = room.publish(storyId, room.at(HOUR))
      await room.quiet()
      for (let times = 0; times < 2; times += 1) room.proxy.failNext('422', ({ body }) => body.includes(ahead[kind]))
      room.embargo(storyId, room.at(3 * HOUR))
      await room.run(MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'refused', handedOver: null, problem: { key: 'outbox.rejected' } })
      expect(room.posts()).toMatchObject([{ status: 'draft' }])
      room.desk.publishing.queue.retry(id)
      await room.run(MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'handed-over' })
      await room.run(2 * HOUR)
      expect(room.public).toEqual([])
    })

    it('an embargo that is set after a newer version was refused holds the older one, too', async () => {
      const storyId = await room.desk.story('One')
      room.publish(storyId, room.at(HOUR))
      await room.quiet()
      room.desk.edit(storyId, { headline: 'Two' })
      room.proxy.failNext('422', ({ body }) => body.includes('Two'))
      const second = room.publish(storyId, room.at(HOUR))
      await room.run(MINUTE)
      expect(room.item(second)).toMatchObject({ state: 'refused' })
      expect(room.item(second).handedOver).not.toBeNull()
      room.embargo(storyId, room.at(3 * HOUR))
      await room.run(2 * HOUR)
      expect(room.public).toEqual([])
      expect(room.item(second)).toMatchObject({ state: 'handed-over' })
    })

    it('is fired by the desk where the clocks differ', async () => {
      room.siteAhead = 90_000
      const id = room.publish(await room.desk.story('Apart'), room.at(HOUR))
      await room.quiet()
      expect(room.item(id)).toMatchObject({ state: 'scheduled', problem: { key: 'outbox.deskFiresClocks' } })
      expect(room.posts()).toEqual([])
    })

    it('is fired by the desk for what is public there already, and cannot be asked for', async () => {
      const storyId = await room.desk.story('First')
      room.publish(storyId, null)
      await room.quiet()
      room.desk.edit(storyId, { headline: 'Second' })
      expect(() => room.publish(storyId, room.at(HOUR), { firedBy: 'cms' })).toThrow(/first publication/)
      const id = room.publish(storyId, room.at(HOUR))
      await room.run(30 * MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'scheduled', firedBy: 'desk' })
      expect(room.posts()).toMatchObject([{ status: isPublic[kind], title: 'First' }])
      await room.run(31 * MINUTE)
      expect(room.posts()).toMatchObject([{ status: isPublic[kind], title: 'Second' }])
    })

    it('under an embargo is never told an earlier hour, and follows the embargo', async () => {
      const storyId = await room.desk.story('Embargoed')
      room.embargo(storyId, room.at(2 * HOUR + 500))
      const id = room.publish(storyId, room.at(HOUR))
      await room.quiet()
      const before = room.posts()[0]?.at ?? 0
      expect(before).toBeGreaterThanOrEqual(room.clock.now() + 2 * HOUR + 500)
      room.embargo(storyId, room.at(5 * HOUR))
      expect(room.item(id)).toMatchObject({ state: 'waiting', handedOver: new Date(before).toISOString() })
      await room.quiet()
      expect(room.item(id)).toMatchObject({ state: 'handed-over' })
      expect(room.posts()).toMatchObject([{ status: ahead[kind] }])
      expect(room.posts()[0]?.at).toBeGreaterThanOrEqual(room.clock.now() + 5 * HOUR)
      // Taken off: the hour that was approved stays.
      room.embargo(storyId, null)
      await room.quiet()
      expect(room.posts()[0]?.at).toBe(before)
      await room.run(2 * HOUR + 2 * MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'done' })
      expect(room.public).toHaveLength(1)
    })

    it('an embargo that moves without a line: what the site will do all the same is said', async () => {
      const storyId = await room.desk.story('Embargoed')
      const id = room.publish(storyId, room.at(HOUR))
      await room.quiet()
      const told = room.item(id).handedOver
      await room.proxy.stop()
      room.embargo(storyId, room.at(3 * HOUR))
      await room.run(2 * MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'waiting', handedOver: told, problem: { key: 'outbox.notReached' } })
      await room.proxy.start()
      await room.run(2 * MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'handed-over' })
      expect(room.posts()[0]?.at).toBeGreaterThan(room.clock.now() + 2 * HOUR)
    })

    it('taken back, it is Galley’s own draft there again, and goes out later as one post without a mark', async () => {
      const storyId = await room.desk.story('Bridge opens')
      const id = room.publish(storyId, room.at(HOUR))
      await room.quiet()
      await room.desk.publishing.queue.cancel(id)
      await room.quiet()
      expect(room.item(id)).toMatchObject({ state: 'cancelled', handedOver: null })
      expect(room.posts()).toMatchObject([{ status: 'draft', at: null }])
      expect(room.desk.stories.get(storyId).status).toBe('ready')
      await room.run(2 * HOUR)
      expect(room.public).toEqual([])
      const again = room.publish(storyId, null)
      await room.quiet()
      expect(room.item(again)).toMatchObject({ state: 'done' })
      expect(room.posts()).toMatchObject([{ status: isPublic[kind], slug: 'bridge-opens' }])
    })

    it('made a draft on the desk, it is taken back', async () => {
      const storyId = await room.desk.story('Bridge opens')
      const id = room.publish(storyId, room.at(HOUR))
      await room.quiet()
      const { revision: baseRevision } = room.desk.stories.get(storyId)
      room.desk.stories.setStatus({ id: storyId, baseRevision, changeId: newId() }, 'draft')
      await room.quiet()
      expect(room.item(id)).toMatchObject({ state: 'cancelled' })
      expect(room.posts()).toMatchObject([{ status: 'draft' }])
    })

    it('withdrawn before its hour, it never goes public', async () => {
      const storyId = await room.desk.story('Bridge opens')
      room.publish(storyId, room.at(HOUR))
      await room.quiet()
      const input = { storyId, targetIds: [room.targetId], reason: 'Wrong bridge', changeId: newId() }
      const [item] = room.desk.publishing.withdraw(input)
      await room.quiet()
      expect(room.item(item?.id ?? '')).toMatchObject({ state: 'done', receipt: { withdrawn: true } })
      expect(room.posts()).toMatchObject([{ status: 'draft' }])
      await room.run(2 * HOUR)
      expect(room.public).toEqual([])
    })

    it.each([
      ['published now', null, {}],
      ['at another hour', 4 * HOUR, {}],
      ['at another hour, by the desk', 4 * HOUR, { firedBy: 'desk' }]
    ] as const)('a newer version takes its place: %s', async (_what, ms, more) => {
      const storyId = await room.desk.story('One')
      const first = room.publish(storyId, room.at(HOUR))
      await room.quiet()
      room.desk.edit(storyId, { headline: 'Two' })
      expect(room.item(first)).toMatchObject({ behind: true })
      const id = room.publish(storyId, ms === null ? null : room.at(ms), more)
      await room.quiet()
      expect(room.item(first)).toMatchObject({ state: 'cancelled', problem: { key: 'outbox.superseded' } })
      if (ms === null) {
        expect(room.item(id)).toMatchObject({ state: 'done' })
        expect(room.posts()).toMatchObject([{ status: isPublic[kind], title: 'Two' }])
        expect(room.posts()[0]?.at).toBeLessThanOrEqual(room.clock.now())
        return
      }
      const byDesk = 'firedBy' in more
      expect(room.item(id)).toMatchObject({ state: byDesk ? 'scheduled' : 'handed-over' })
      expect(room.posts()).toMatchObject([{ status: byDesk ? 'draft' : ahead[kind] }])
      await room.run(2 * HOUR)
      expect(room.public).toEqual([])
      await room.run(3 * HOUR)
      expect(room.item(id)).toMatchObject({ state: 'done' })
      expect(room.posts()).toMatchObject([{ status: isPublic[kind], title: 'Two' }])
    })

    it('a newer version that is taken back too leaves nothing there to go public', async () => {
      const storyId = await room.desk.story('One')
      const first = room.publish(storyId, room.at(HOUR))
      await room.quiet()
      await room.proxy.stop()
      const second = room.publish(storyId, room.at(2 * HOUR))
      await room.desk.publishing.queue.cancel(second)
      await room.quiet()
      await room.proxy.start()
      await room.run(MINUTE)
      expect([room.item(first).state, room.item(second).state]).toEqual(['cancelled', 'cancelled'])
      expect(room.posts()).toMatchObject([{ status: 'draft' }])
      await room.run(3 * HOUR)
      expect(room.public).toEqual([])
    })

    it('a version approved while nobody knew that the older one had gone out is its update', async () => {
      const storyId = await room.desk.story('One')
      const first = room.publish(storyId, room.at(HOUR))
      await room.quiet()
      await room.proxy.stop()
      await room.away(2 * HOUR)
      room.desk.edit(storyId, { headline: 'Two' })
      const second = room.publish(storyId, null)
      await room.proxy.start()
      await room.run(2 * MINUTE)
      expect([room.item(first).state, room.item(second).state]).toEqual(['done', 'done'])
      expect(room.item(second).problem).toBeNull()
      expect(room.posts()).toMatchObject([{ status: isPublic[kind], title: 'Two' }])
      expect(room.public).toHaveLength(1)
    })

    it.each([
      ['changed', 'outbox.changedThere'],
      ['unscheduled', 'outbox.changedThere'],
      ['at another hour', 'outbox.hourMovedThere'],
      ['deleted', 'outbox.removedThere']
    ] as const)('%s there meanwhile is said, and nothing is forced', async (what, key) => {
      const id = room.publish(await room.desk.story('One'), room.at(3 * HOUR))
      await room.quiet()
      const moved = room.clock.now() + 2 * HOUR
      if (what === 'changed') room.editThere({ title: 'Theirs' })
      else if (what === 'unscheduled') room.editThere({ status: 'draft' })
      else if (what === 'at another hour') room.editThere({}, moved)
      else room.site.posts.length = 0
      const writes = (): number =>
        room.proxy.seen.filter(({ method }) => method === 'PUT' || method === 'POST' || method === 'DELETE').length
      const sent = writes()
      await room.run(31 * MINUTE)
      const item = room.item(id)
      expect(item).toMatchObject({ state: 'conflict', problem: { key } })
      expect(item.handedOver !== null).toBe(what === 'changed' || what === 'at another hour')
      expect(writes()).toBe(sent)
    })

    it('a lost request that the site carries out late, after the next one, is seen within minutes', async () => {
      const storyId = await room.desk.story('One')
      const id = room.publish(storyId, room.at(3 * HOUR))
      await room.run(3 * MINUTE)
      const old = room.posts()[0]?.at ?? 0
      room.embargo(storyId, room.at(5 * HOUR))
      await room.quiet()
      expect(room.item(id)).toMatchObject({ state: 'handed-over' })
      await room.run(MINUTE)
      room.editThere({}, old)
      await room.run(90_000)
      expect(room.item(id)).toMatchObject({
        state: 'conflict',
        handedOver: new Date(old).toISOString(),
        problem: { key: 'outbox.hourMovedThere', params: { at: old } }
      })
    })

    it('that the site does not fire is said after some minutes, and publishing it now helps', async () => {
      if (room.site instanceof FakeWordpress) room.site.cron = false
      else room.site.scheduler = false
      const storyId = await room.desk.story('One')
      const id = room.publish(storyId, room.at(HOUR))
      await room.run(HOUR + 6 * MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'handed-over', problem: { key: 'outbox.siteIsLate' } })
      expect(room.desk.publishing.standings(storyId)).toMatchObject([{ state: 'unknown' }])
      const now = room.publish(storyId, null)
      await room.run(MINUTE)
      expect(room.item(now)).toMatchObject({ state: 'done' })
      expect(room.public).toHaveLength(1)
    })

    it.each([
      ['before the clocks go forward', '2026-03-29T01:59'],
      ['after they went forward', '2026-03-29T03:01'],
      ['before the clocks go back', '2026-10-25T01:59'],
      ['after they went back', '2026-10-25T03:01']
    ])('at an hour %s is that instant', async (_what, local) => {
      const read = importedInstant(local, 'Europe/Vienna')?.instant
      if (!read) throw new Error('No such time')
      const hour = Date.parse(read.utc)
      room.clock.jump(hour - 6 * HOUR - room.clock.now())
      const id = room.publish(await room.desk.story('DST'), { utc: read.utc, zone: read.zone, origin: 'typed' })
      await room.quiet()
      expect(room.posts()).toMatchObject([{ status: ahead[kind], at: hour }])
      await room.away(7 * HOUR)
      await room.run(MINUTE)
      expect(room.item(id)).toMatchObject({ state: 'done', receipt: { at: new Date(hour).toISOString() } })
    })

    it('is what “would be sent” shows', async () => {
      const storyId = await room.desk.story('One')
      const { approving } = room.desk.publishing
      const fieldsOf = async (firedBy: 'cms' | 'desk') =>
        (await approving.requests({ storyId, targetId: room.targetId, at: room.at(HOUR), firedBy })).at(-1)?.fields
      expect(await fieldsOf('cms')).toContainEqual({ name: 'status', value: ahead[kind] })
      expect(await fieldsOf('desk')).toContainEqual({ name: 'status', value: isPublic[kind] })
    })

    const skipped = ['401', '403 after', '413', '422', 'silence before', 'silence after', 'slow drip', 'gzip bomb']
    const isUpdate = ({ method, body }: Seen): boolean =>
      (method === 'PUT' || method === 'POST') && (body.includes(ahead[kind]) || body.includes('"draft","slug"'))
    for (const fault of (Object.keys(faults) as FaultName[]).filter((name) => !skipped.includes(name)))
      it(`${fault}, when it is handed over, moved and called back: never public early, and one post`, async () => {
        const storyId = await room.desk.story('One', {}, true)
        room.proxy.failNext(fault, isUpdate)
        const id = room.publish(storyId, room.at(3 * HOUR))
        const settle = async (): Promise<void> => {
          for (let turn = 0; turn < 6; turn += 1) {
            await room.run(3 * MINUTE)
            if (['paused', 'refused'].includes(room.item(id).state)) room.desk.publishing.queue.retry(id)
          }
        }
        await settle()
        expect(room.proxy.pending).toBe(0)
        expect(room.item(id)).toMatchObject({ state: 'handed-over' })
        room.proxy.failNext(fault, isUpdate)
        room.embargo(storyId, room.at(5 * HOUR))
        await settle()
        expect(room.proxy.pending).toBe(0)
        expect(room.item(id)).toMatchObject({ state: 'handed-over' })
        expect(room.posts()[0]?.at).toBeGreaterThan(room.clock.now() + 4 * HOUR)
        room.proxy.failNext(fault, isUpdate)
        await room.desk.publishing.queue.cancel(id)
        await settle()
        expect(room.proxy.pending).toBe(0)
        expect(room.item(id)).toMatchObject({ state: 'cancelled' })
        expect(room.posts()).toMatchObject([{ status: 'draft' }])
        await room.run(6 * HOUR)
        expect(room.public).toEqual([])
      }, 60_000)
  })

type Move =
  | { readonly do: 'hour' | 'embargo'; readonly hours: number }
  | { readonly do: 'now' }
  | { readonly do: 'cancel' | 'kill' | 'edit' | 'line' | 'lose answers' | 'cut requests' }
const moves = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constantFrom('hour', 'embargo'), hours: fc.integer({ min: 1, max: 6 }) })
    },
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constantFrom('cancel', 'kill', 'edit', 'line', 'lose answers', 'cut requests')
      })
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('now') }) }
  ) as fc.Arbitrary<Move>,
  { minLength: 1, maxLength: 7 }
)

describe('whatever happens to a schedule', () => {
  it.each(['wordpress', 'ghost'] as const)(
    '%s: never public before what holds, at most one post, and the outbox tells how it ended',
    async (kind) => {
      let publics = 0
      await fc.assert(
        fc.asyncProperty(moves, async (list) => {
          const room = await new Room(kind).open()
          let hasLine = true
          const withLine = async (): Promise<void> => {
            if (!hasLine) await room.proxy.start()
            hasLine = true
          }
          const storyId = await room.desk.story('Story')
          /** Not to be public before: of the version approved last, and of the embargo. */
          let planned = room.clock.now() + 2 * HOUR
          let embargo = 0
          let id = room.publish(storyId, room.at(2 * HOUR))
          /** From then on the site knows of everything that was decided at the desk. */
          const settle = async (): Promise<void> => {
            await withLine()
            room.proxy.clear()
            await room.run(5 * MINUTE)
          }
          await room.quiet()
          for (const move of list) {
            // Whatever went public meanwhile was not public too early; what follows are updates, which others test.
            if (room.public.length > 0 || room.desk.publishing.standings(storyId).length > 0) break
            if (move.do === 'line') {
              if (hasLine) await room.proxy.stop()
              else await room.proxy.start()
              hasLine = !hasLine
            } else if (move.do === 'lose answers' || move.do === 'cut requests')
              room.proxy.failNext(
                move.do === 'lose answers' ? 'cut after' : 'cut before',
                ({ method }) => method !== 'GET'
              )
            else if (move.do === 'kill') await room.away(1_000)
            else if (move.do === 'edit') {
              room.desk.edit(storyId, { standfirst: `Since ${room.clock.now()}` })
              if (room.item(id).state !== 'cancelled')
                id = room.publish(storyId, planned === 0 ? null : room.at(planned - room.clock.now()))
            } else if (move.do === 'cancel') {
              await room.desk.publishing.queue.cancel(id)
              planned = Number.POSITIVE_INFINITY
            } else if (move.do === 'embargo') {
              embargo = room.clock.now() + move.hours * HOUR
              room.embargo(storyId, room.at(move.hours * HOUR))
            } else if (move.do === 'now' || move.do === 'hour') {
              planned = move.do === 'now' ? 0 : room.clock.now() + move.hours * HOUR
              id = room.publish(storyId, move.do === 'now' ? null : room.at(move.hours * HOUR))
            }
            await room.run(2 * MINUTE)
            // What the site would do is never less than what the window says.
            const said = room.desk.publishing.queue.openOf(storyId).flatMap(({ handedOver }) => handedOver ?? [])
            for (const { status, at } of room.posts())
              if (status === ahead[kind]) expect(said.map((one) => Date.parse(one))).toContain(at)
            if (move.do === 'hour' || move.do === 'embargo' || move.do === 'cancel') await settle()
          }
          await settle()
          const early = Math.max(planned, embargo)
          for (const { at } of room.public) expect(at).toBeGreaterThanOrEqual(early)
          await room.run(8 * HOUR)
          for (const { at } of room.public) expect(at).toBeGreaterThanOrEqual(early)
          const item = room.item(id)
          expect(room.posts().length).toBeLessThanOrEqual(1)
          expect(room.public.length).toBe(planned === Number.POSITIVE_INFINITY ? 0 : 1)
          expect(item.state).toBe(planned === Number.POSITIVE_INFINITY ? 'cancelled' : 'done')
          publics += room.public.length
          await room.close()
        }),
        { numRuns: 20 }
      )
      expect(publics).toBeGreaterThan(0)
    },
    240_000
  )
})

describe('a newsletter with a schedule', () => {
  it('is sent with what the desk fires', async () => {
    const room = await new Room('ghost').open()
    const storyId = await room.desk.story('Mailed')
    expect(() => room.publish(storyId, room.at(HOUR), { newsletter: 'morning', firedBy: 'cms' })).toThrow(/newsletter/)
    const id = room.publish(storyId, room.at(HOUR), { newsletter: 'morning' })
    await room.quiet()
    expect(room.item(id)).toMatchObject({ state: 'scheduled', firedBy: 'desk' })
    await room.run(HOUR + MINUTE)
    expect((room.site as FakeGhost).mailed).toEqual(['morning'])
    await room.close()
  })
})
