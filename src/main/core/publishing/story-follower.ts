import { isoWithOffset } from '../../../shared/formats/zoned-time.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import type { StorySummary } from '../../../shared/story/fields.ts'
import { say } from '../../../shared/words/message.ts'
import { addDeskStep, heldUntil, updateDelivery, type OutboxRow } from '../store/outbox.ts'
import type { Store } from '../store/store.ts'
import type { StoriesService } from '../stories/stories.ts'
import { applyDelivery, toDelivery } from './outbox-delivery.ts'
import { next } from './outbox-machine.ts'
import type { OutboxQueue } from './outbox-queue.ts'
import { isTakenBack, type PublishedStory } from './publishing-story.ts'

interface FollowerOptions {
  readonly store: Store
  readonly stories: StoriesService
  readonly clock: Clock
  readonly queue: OutboxQueue
  readonly story: PublishedStory
}

const IS_COPY = 'the copy'
/**
 * Words. Comparing a longer story with what waits blocks saving for up to tens of milliseconds, so not at every save.
 */
const LONG = 300
/** How long after a save a long story is compared, in milliseconds. */
const COMPARED_AFTER = 1_000

/** Keeps what waits in the outbox in step with its story: taken back with it, and held by its embargo. */
export class StoryFollower {
  readonly #options: FollowerOptions
  /** How each item compares with the desk's copy, as last reported to the windows; items that match it are left out. */
  readonly #told = new Map<string, string>()
  /** Long stories about to be compared: the function that cancels it. */
  readonly #comparing = new Map<string, () => void>()

  constructor(options: FollowerOptions) {
    this.#options = options
  }

  /**
   * If a person takes a story back, its unsent versions are taken back too; if its embargo is moved, they are moved,
   * held or released.
   */
  follow({ id, status, releaseAt, words }: StorySummary): void {
    const queued = this.#waiting(id)
    if (queued.length === 0) return
    if (isTakenBack(status)) {
      for (const row of queued) {
        // Somebody else's version, which the site would publish anyway: it must keep asking for a person.
        if (row.state === 'conflict' && row.handedOver !== null) continue
        this.#options.queue.apply(row.id, { kind: 'take-back', why: 'cancel' })
      }
      this.#options.queue.poke()
      return
    }
    for (const row of queued) if (releaseAt !== (row.hold?.utc ?? null)) this.#moveRelease(row)
    if (words <= LONG) this.#compare(id)
    else if (!this.#comparing.has(id)) {
      const cancel = this.#options.clock.after(COMPARED_AFTER, () => {
        this.#comparing.delete(id)
        try {
          this.#compare(id)
        } catch {
          // The library cannot be read right now; the next save tries again.
        }
      })
      this.#comparing.set(id, cancel)
    }
  }

  /** Cancels all pending comparisons. */
  stop(): void {
    for (const cancel of this.#comparing.values()) cancel()
    this.#comparing.clear()
  }

  #waiting(storyId: string): OutboxRow[] {
    return this.#options.queue.openOf(storyId).filter((row) => row.purpose === 'publish' && !row.takeBack)
  }

  /** Tells the windows if the desk's copy and the waiting versions have come to differ, or to match again. */
  #compare(storyId: string): void {
    for (const row of this.#waiting(storyId)) {
      const { current, behind } = this.#options.story.deskCopy(row)
      const known = this.#told.get(row.id) ?? IS_COPY
      const next = current ? IS_COPY : behind ? 'behind' : 'let go'
      if (known === next) continue
      this.#told.set(row.id, next)
      this.#options.queue.tell(row.id)
    }
  }

  /** The later of the approved embargo and the story's present one applies; the item's journal records the change. */
  #moveRelease(row: OutboxRow): void {
    const { clock, store } = this.#options
    const hold = this.#options.story.embargoNow(row)
    const moved: OutboxRow = { ...row, hold }
    const until = heldUntil(moved)
    const { delivery } = next(
      toDelivery(row),
      { kind: 'release', notBefore: until === null ? null : Date.parse(until) },
      this.#options.queue.moment()
    )
    const outcome =
      hold === null
        ? say(until === null ? 'outbox.embargoTakenOff' : 'outbox.embargoTakenOffHourStays')
        : say(until === hold.utc ? 'outbox.embargoMoved' : 'outbox.embargoMovedHourStays', {
            at: isoWithOffset(hold),
            zone: hold.zone
          })
    store.write('move release', (db) => {
      updateDelivery(db, row.seq, { ...moved, ...applyDelivery(moved, delivery) })
      addDeskStep(db, row.seq, new Date(clock.now()).toISOString(), 'release', outcome)
    })
    this.#options.queue.tell(row.id)
    this.#options.queue.poke()
  }

  /** Lets an approved version go as it is, although the desk's copy has changed. */
  keep(id: string): OutboxItem {
    const row = this.#options.queue.row(id)
    const keptRevision = this.#options.stories.revision(row.storyId)
    this.#options.store.write('keep version', (db) => updateDelivery(db, row.seq, { ...row, keptRevision }))
    this.#told.set(id, 'let go')
    this.#options.queue.tell(id)
    return this.#options.queue.item(id)
  }
}
