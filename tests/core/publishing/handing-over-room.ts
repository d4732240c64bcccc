import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { OutboxItem } from '../../../src/shared/contract/outbox.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import type { Instant } from '../../../src/shared/story/instant.ts'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import { FakeGhost } from '../../peers/fake-ghost.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import { FaultProxy } from '../../support/fault-proxy.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { Desk, temporaryFolder } from './newsroom.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE

/** A desk, and a site of one kind behind a line that goes wrong when told to. */
export class Room {
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
export const ahead = { wordpress: 'future', ghost: 'scheduled' } as const
export const isPublic = { wordpress: 'publish', ghost: 'published' } as const
