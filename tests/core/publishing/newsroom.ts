import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import type { OutboxItem } from '../../../src/shared/contract/outbox.ts'
import type { Target } from '../../../src/shared/contract/publishing.ts'
import type { FieldsPatch } from '../../../src/shared/story/fields.ts'
import { emptyImageUse } from '../../../src/shared/document/image-use.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import type { OpenSettings } from '../../../src/shared/publishing/targets/open.ts'
import type { Clock } from '../../../src/shared/lib/clock.ts'
import type { Push } from '../../../src/shared/rpc/wire.ts'
import type { Limits } from '../../../src/main/core/publishing/targets/bounded-fetch.ts'
import { Receiver } from '../../../src/main/practice-cms/receiver.ts'
import { Events } from '../../../src/main/core/events.ts'
import { memorySecrets, type SecretStore } from '../../../src/main/core/ports.ts'
import { StoriesService } from '../../../src/main/core/stories/stories.ts'
import { MediaService } from '../../../src/main/core/media/media.ts'
import { RenditionsService } from '../../../src/main/core/media/renditions.ts'
import type { PublishingOptions } from '../../../src/main/core/publishing/publishing-options.ts'
import { PublishingService } from '../../../src/main/core/publishing/publishing.ts'
import { Store } from '../../../src/main/core/store/store.ts'
import { FaultProxy } from '../../support/fault-proxy.ts'
import { ManualClock } from '../../support/manual-clock.ts'

/** Where nothing is silent on purpose: a machine may be busy for seconds, and a test must not take that for a silence. */
const LIMITS: Limits = { maxBytes: 1024 * 1024, idleMs: 20_000, totalMs: 40_000 }
/** Short enough to wait for in a test of silences, which all come right in the end. */
export const SHORT: Limits = { maxBytes: 1024 * 1024, idleMs: 300, totalMs: 800 }
export const SECRET = 'correct horse battery staple, signed by the desk'

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'galley-publishing-'))
}

/** The zone of the desk, and of the machine where a test sets that: an editor who travels takes both along. */
export const deskZone = {
  now: 'Europe/Vienna',
  travelTo(zone: string): void {
    deskZone.now = zone
    process.env['TZ'] = zone
  },
  goHome(): void {
    deskZone.now = 'Europe/Vienna'
    delete process.env['TZ']
  }
}

/** A desk's core, as far as publishing needs it, on a real library folder. */
export class Desk {
  readonly folder: string
  readonly clock: Clock
  readonly store: Store
  readonly stories: StoriesService
  readonly media: MediaService
  readonly renditions: RenditionsService
  readonly publishing: PublishingService
  readonly pushes: Push[] = []
  readonly log: string[] = []

  constructor(folder: string, clock: Clock, secrets: SecretStore, more: Partial<PublishingOptions> = {}) {
    this.folder = folder
    this.clock = clock
    this.store = Store.open(folder)
    const log = (line: string): void => {
      this.log.push(line)
    }
    const events = new Events(log)
    events.subscribe((push) => this.pushes.push(push))
    const desk = () => ({ zone: deskZone.now, language: 'en', siteUrl: '' })
    this.stories = new StoriesService({ store: this.store, clock, events, desk })
    this.media = new MediaService(this.store, clock)
    this.renditions = new RenditionsService({ store: this.store, media: this.media, clock })
    this.publishing = new PublishingService({
      store: this.store,
      stories: this.stories,
      requireChecked: () => undefined,
      media: this.renditions,
      clock,
      events,
      secrets,
      desk,
      log,
      limits: LIMITS,
      startPractice: Receiver.start,
      fetch: (input, init) => globalThis.fetch(input, init),
      random: () => 0.5,
      ...more
    })
  }

  /** A story of one paragraph, with a lead picture when `pictured`. */
  async story(headline: string, fields: FieldsPatch = {}, pictured = false): Promise<string> {
    const leadImage = pictured
      ? {
          ...emptyImageUse((await this.picture(headline)).id),
          caption: 'The bridge at dawn',
          credit: 'M. Ortner',
          alt: 'A bridge'
        }
      : null
    const story = this.stories.create({
      fields: { headline, leadImage, editorsNote: 'Call the mayor back: +43 1 555', ...fields },
      body: {
        version: 1,
        blocks: [{ id: 'a', type: 'paragraph', runs: [{ text: `The council voted on ${headline}.` }] }]
      }
    })
    if (pictured) await this.renditions.prepare(story)
    return story.id
  }

  async picture(seed: string) {
    const [r = 0, g = 0, b = 0] = createHash('sha256').update(seed).digest()
    return this.media.add(
      'bridge.png',
      await sharp({ create: { width: 60, height: 40, channels: 3, background: { r, g, b } } })
        .png()
        .toBuffer()
    )
  }

  async target(
    url: string,
    secret: string | null = SECRET,
    format: OpenSettings['format'] = 'galley',
    name = 'City desk CMS'
  ): Promise<Target> {
    return this.publishing.saveTarget({ name, kind: 'open', url, settings: { format }, secret })
  }

  async saveWrongSecret(id: string, url: string): Promise<Target> {
    return this.publishing.saveTarget({ id, name: 'City desk CMS', kind: 'open', url, secret: 'not the one' })
  }

  publish(storyId: string, targetId: string, changeId: string = newId(), newsletter?: string | null): OutboxItem {
    return this.publishing.approving.publish({
      storyId,
      targetId,
      revision: this.stories.get(storyId).revision,
      changeId,
      newsletter
    })
  }

  edit(storyId: string, fields: FieldsPatch): void {
    this.stories.patchFields(
      { id: storyId, baseRevision: this.stories.get(storyId).revision, changeId: newId() },
      fields
    )
  }

  item(id: string): OutboxItem {
    const item = this.publishing.queue.list({}).find((one) => one.id === id)
    if (!item) throw new Error('There is no such item')
    return item
  }

  async close(): Promise<void> {
    await this.publishing.close()
    this.stories.settleAll()
    await this.media.close()
    this.store.close()
  }
}

/** Another machine's clock: it goes as ours does, and is off by so many milliseconds. */
class OffClock implements Clock {
  offset = 0
  readonly #ours: Clock

  constructor(ours: Clock) {
    this.#ours = ours
  }

  now(): number {
    return this.#ours.now() + this.offset
  }

  after(ms: number, callback: () => void): () => void {
    return this.#ours.after(ms, callback)
  }
}

/** A desk, a real receiver, and a proxy between them that goes wrong when told to. */
export class Newsroom {
  readonly folder: string
  readonly clock: ManualClock
  readonly receiverClock: OffClock
  readonly secrets: SecretStore
  readonly proxy: FaultProxy
  readonly receiver: Receiver
  desk: Desk

  private constructor(
    parts: {
      folder: string
      clock: ManualClock
      receiverClock: OffClock
      secrets: SecretStore
      receiver: Receiver
      proxy: FaultProxy
    },
    more: Partial<PublishingOptions>
  ) {
    this.folder = parts.folder
    this.clock = parts.clock
    this.receiverClock = parts.receiverClock
    this.secrets = parts.secrets
    this.receiver = parts.receiver
    this.proxy = parts.proxy
    this.desk = new Desk(join(parts.folder, 'library'), parts.clock, parts.secrets, more)
  }

  /** `secret` null: nothing is signed, so that the clocks of desk and receiver may differ by more than minutes. */
  static async open(more: Partial<PublishingOptions> = {}, secret: string | null = SECRET): Promise<Newsroom> {
    const folder = temporaryFolder()
    const clock = new ManualClock()
    const receiverClock = new OffClock(clock)
    const receiver = await Receiver.start({ folder: join(folder, 'cms'), secret, clock: receiverClock })
    const proxy = new FaultProxy(receiver.url)
    await proxy.start()
    const room = new Newsroom({ folder, clock, receiverClock, secrets: memorySecrets(), receiver, proxy }, more)
    await room.desk.publishing.start()
    return room
  }

  get endpoint(): string {
    return `${this.proxy.url}/api`
  }

  /** The desk is closed and opened again on the same library. */
  async restart(more: Partial<PublishingOptions> = {}): Promise<void> {
    await this.desk.close()
    this.desk = new Desk(join(this.folder, 'library'), this.clock, this.secrets, more)
    await this.desk.publishing.start()
  }

  /** Lets time go by, in steps, until the item rests for good or a person is needed. */
  async run(id: string, longestMs = 60 * 60_000): Promise<OutboxItem> {
    const end = this.clock.now() + longestMs
    for (;;) {
      await this.desk.publishing.quiet()
      const item = this.desk.item(id)
      if (!['waiting', 'sending', 'scheduled'].includes(item.state) || this.clock.now() >= end) return item
      this.clock.advance(
        Math.max(1, Math.min(item.nextTryAt ? Date.parse(item.nextTryAt) - this.clock.now() : 1_000, 60_000))
      )
    }
  }

  /** How often the receiver has accepted a version of the story. */
  accepted(storyId: string): number {
    return this.receiver.shelf.ledger().filter((line) => line.id === storyId).length
  }

  async close(): Promise<void> {
    await this.desk.close()
    await this.proxy.stop()
    await this.receiver.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
