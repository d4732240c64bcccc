import type { OutboxItem } from '../../src/shared/contract/outbox.ts'
import { emptyImageUse, type ImageUse } from '../../src/shared/document/image-use.ts'
import type { Instant } from '../../src/shared/story/instant.ts'
import type { Clock } from '../../src/shared/lib/clock.ts'
import { memorySecrets } from '../../src/main/core/ports.ts'
import type { PublishingOptions } from '../../src/main/core/publishing/publishing-options.ts'
import type { TargetInput } from '../../src/main/core/publishing/targets/targets.ts'
import { Desk } from '../core/publishing/newsroom.ts'

export const operations = ['new', 'update', 'withdraw'] as const
/** What happens to a first publication that the CMS is to make at an hour. */
export const scheduleOperations = ['hand over', 'move', 'replace', 'call back'] as const
export type ScheduleOperation = (typeof scheduleOperations)[number]
export type Operation = (typeof operations)[number] | ScheduleOperation

/** One thing a person does with a story and a real CMS; doing it again changes nothing. */
export interface Work {
  /** Folder of the library. */
  readonly library: string
  readonly target: TargetInput
  readonly storyId: string
  /** In the headline, section, keyword and every picture's words, and nowhere else on the CMS. */
  readonly name: string
  readonly operation: Operation
  readonly changeId: string
  /** Of a schedule: when it is to be public after this operation, milliseconds UTC in whole seconds. */
  readonly hour?: number
  /** Milliseconds of silence after which the desk gives a request up. */
  readonly patience: number
}

/** Goes as the machine's does, and can be moved ahead over the waits of the outbox. */
export class SkippingClock implements Clock {
  #ahead = 0
  readonly #timers = new Set<{ readonly at: number; readonly callback: () => void }>()

  now(): number {
    return Date.now() + this.#ahead
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.now() + ms, callback }
    this.#timers.add(timer)
    const real = setTimeout(() => this.#fire(timer), ms)
    real.unref()
    return () => {
      clearTimeout(real)
      this.#timers.delete(timer)
    }
  }

  skip(ms: number): void {
    this.#ahead += Math.max(0, ms)
    const due = this.#timers.values().filter((timer) => timer.at <= this.now())
    for (const timer of due.toArray()) this.#fire(timer)
  }

  #fire(timer: { readonly at: number; readonly callback: () => void }): void {
    if (this.#timers.delete(timer)) timer.callback()
  }
}

export function openDesk({ library, patience }: Work, clock: Clock, more: Partial<PublishingOptions> = {}): Desk {
  const limits = { maxBytes: 1024 * 1024, idleMs: patience, totalMs: 3 * patience }
  return new Desk(library, clock, memorySecrets(), { limits, ...more })
}

/** How a story came to rest the first time, and in the end. */
export interface Came {
  readonly first: OutboxItem['state']
  readonly item: OutboxItem
}

/**
 * Does the work and lets the outbox run until it is done, pressing "try again" as a person would. `settled`: waits until
 * the CMS has dealt with what was sent, for the clock skips waits in which it would have.
 */
export async function perform(
  desk: Desk,
  clock: SkippingClock,
  work: Work,
  settled: () => Promise<void> = async () => undefined
): Promise<Came> {
  const known = (await desk.publishing.targets.list())[0]
  // The keychain of these tests forgets with the process.
  const target = await desk.publishing.saveTarget({ ...work.target, ...(known && { id: known.id }) })
  await desk.publishing.start()
  const id = await begin(desk, work, target.id)
  let first: OutboxItem['state'] | null = null
  for (let tries = 0; tries < 40; tries += 1) {
    await desk.publishing.quiet()
    const item = desk.item(id)
    if (item.state === 'sending') continue
    await settled()
    first ??= item.state
    if (hasCome(item, work)) return { first, item }
    // A schedule that this machine is to fire after all.
    if (work.hour !== undefined && item.state === 'scheduled') break
    if (item.state === 'waiting' || item.state === 'scheduled')
      // Past the moment by a second: its timer was set a little after the wait was reckoned.
      clock.skip(Date.parse(item.nextTryAt ?? item.notBefore ?? '') - clock.now() + 1_000)
    else if (tries < 10) desk.publishing.queue.retry(id)
    else break
  }
  throw new Error(`${work.operation} of ${work.name} did not end: ${JSON.stringify(desk.item(id))}`)
}

function hasCome({ state, handedOver }: OutboxItem, { operation, hour }: Work): boolean {
  if (operation === 'call back') return state === 'cancelled'
  if (hour === undefined) return state === 'done'
  return state === 'handed-over' && Date.parse(handedOver ?? '') === hour
}

async function begin(desk: Desk, work: Work, targetId: string): Promise<string> {
  const { storyId, name, operation, changeId, hour } = work
  if (operation === 'withdraw') {
    const [item] = desk.publishing.withdraw({ storyId, targetIds: [targetId], reason: 'Wrong story', changeId })
    if (!item) throw new Error('Nothing was queued')
    return item.id
  }
  if (operation === 'move' || operation === 'call back') {
    const [last] = desk.publishing.queue.list({ storyId })
    if (!last) throw new Error('Nothing was queued')
    const { times } = desk.stories.get(storyId).fields
    const embargo = instantOf(work)
    if (operation === 'call back') await desk.publishing.queue.cancel(last.id)
    else if (times.embargo?.utc !== embargo?.utc) desk.edit(storyId, { times: { ...times, embargo } })
    return last.id
  }
  const isFirst = operation === 'new' || operation === 'hand over'
  const headline = isFirst ? `${name} opens` : `${name} opens early`
  if (!exists(desk, storyId)) {
    // A schedule is tried without them: they come before it, as in any publication.
    const [leadImage, image] =
      hour === undefined ? [await use(desk, name, 'lead'), await use(desk, name, 'body')] : [null, null]
    desk.stories.create({
      id: storyId,
      fields: { headline, leadImage, section: `${name} desk`, keywords: [name], standfirst: 'After years of repairs.' },
      body: {
        version: 1,
        blocks: [
          { id: 'a', type: 'paragraph', runs: [{ text: `The council voted on ${name}.` }] },
          ...(image ? [{ id: 'b', type: 'image', image } as const] : [])
        ]
      }
    })
  }
  const queued = desk.publishing.queue.list({ storyId }).some((item) => item.headline === headline)
  if (!queued && desk.stories.get(storyId).fields.headline !== headline)
    desk.edit(storyId, {
      headline,
      ...(operation === 'update' && { leadImage: await use(desk, name, 'other lead') })
    })
  const { revision } = desk.stories.get(storyId)
  const input = { storyId, targetId, revision, changeId, at: instantOf(work) }
  return (await desk.publishing.approving.publishWithPictures(input)).id
}

function instantOf({ hour }: Work): Instant | null {
  return hour === undefined ? null : { utc: new Date(hour).toISOString(), zone: 'Europe/Vienna', origin: 'typed' }
}

async function use(desk: Desk, name: string, which: string): Promise<ImageUse> {
  const { id } = await desk.picture(`${name} ${which}`)
  return { ...emptyImageUse(id), caption: `${name}, ${which}`, credit: 'M. Ortner', alt: `${name}: ${which}` }
}

function exists(desk: Desk, id: string): boolean {
  try {
    return desk.stories.get(id).id === id
  } catch {
    return false
  }
}
