import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import { GalleyError, type WireError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'
import {
  findOutboxChange,
  getOutbox,
  listOpenOutbox,
  listOpenOutboxOf,
  listOutbox,
  listOutboxBriefly,
  updateDelivery,
  type OutboxRow
} from '../store/outbox.ts'
import { toOutboxItem } from '../store/outbox-items.ts'
import type { WritableDb } from '../store/sql.ts'
import type { Store } from '../store/store.ts'
import { listEmbargoes } from '../store/stories.ts'
import { pauseTarget } from '../store/targets.ts'
import { applyDelivery, toDelivery } from './outbox-delivery.ts'
import { isOpen, type Event } from './delivery.ts'
import { next } from './outbox-machine.ts'
import type { OutboxRunner } from './outbox-runner.ts'
import { held } from './held.ts'
import { withLook } from './late-request.ts'
import type { PublishedStory } from './publishing-story.ts'
import { isByHand, type TargetsService } from './targets/targets.ts'

/** The most rows an outbox list returns. */
const LIST_LIMIT = 500
/** How many ended items are listed in addition to all open ones. */
const RECENT = 200

interface QueueOptions {
  readonly store: Store
  readonly clock: Clock
  readonly random: () => number
  readonly story: PublishedStory
  readonly targets: TargetsService
  readonly runner: OutboxRunner
}

interface OutboxFilter {
  readonly storyId?: string | undefined
  readonly open?: boolean | undefined
  /** All open items and the last that have ended, without steps. */
  readonly brief?: boolean | undefined
}

/** The items of the outbox: reading them, and what a person can do with one. */
export class OutboxQueue {
  readonly #options: QueueOptions

  constructor(options: QueueOptions) {
    this.#options = options
  }

  open(): OutboxRow[] {
    return this.#options.store.read(listOpenOutbox)
  }

  openOf(storyId: string): OutboxRow[] {
    return this.#options.store.read((db) => listOpenOutboxOf(db, storyId))
  }

  /** Throws `not_found`. */
  row(id: string): OutboxRow {
    const row = this.#options.store.read((db) => getOutbox(db, id))
    if (!row)
      throw new GalleyError('not_found', say('publishing.noSuchItem'), {
        detail: { id }
      })
    return row
  }

  item(id: string): OutboxItem {
    const row = this.row(id)
    const desk = this.#options.story.deskCopy(row)
    return this.#options.store.read((db) => toOutboxItem(db, row, desk))
  }

  /** The item that a change queued, if it was made already. */
  find(changeId: string): OutboxItem | null {
    const row = this.#options.store.read((db) => findOutboxChange(db, changeId))
    return row ? this.item(row.id) : null
  }

  list(filter: OutboxFilter): OutboxItem[] {
    const { store, story } = this.#options
    if (filter.brief)
      return store.read((db) =>
        listOutboxBriefly(db, RECENT)
          .filter(({ storyId }) => filter.storyId === undefined || storyId === filter.storyId)
          .map((row) => toOutboxItem(db, row, story.deskCopy(row), 0))
      )
    return store.read((db) => {
      const rows = filter.open
        ? (filter.storyId === undefined ? listOpenOutbox(db) : listOpenOutboxOf(db, filter.storyId)).toReversed()
        : listOutbox(db, filter.storyId, LIST_LIMIT)
      return rows.slice(0, LIST_LIMIT).map((row) => toOutboxItem(db, row, story.deskCopy(row), 50))
    })
  }

  /** Stories whose embargo has not ended, the next to end first. */
  embargoes(): ReturnType<typeof listEmbargoes> {
    const { store, clock } = this.#options
    return store.read((db) => listEmbargoes(db, new Date(clock.now()).toISOString(), LIST_LIMIT))
  }

  /** What the machine needs to know about the present moment. */
  moment(): { now: number; random: number } {
    return { now: this.#options.clock.now(), random: this.#options.random() }
  }

  /**
   * Applies the machine's decision to an item, in one write with `also`; an event that changes nothing is not written.
   */
  apply(id: string, event: Event, idempotencyKey?: string, also?: (db: WritableDb) => void): void {
    const row = this.row(id)
    const before = toDelivery(row)
    const { delivery: moved } = next(before, event, this.moment())
    if (moved === before) return
    const ended = held(moved, this.#pausedBy(row.targetId), this.moment())
    const delivery = this.#options.store.read((db) => withLook(db, { row, before, after: ended }, this.moment().now))
    const after: OutboxRow = {
      ...row,
      ...applyDelivery(row, delivery),
      ...(idempotencyKey !== undefined && { idempotencyKey })
    }
    const write = (db: WritableDb): void => {
      updateDelivery(db, row.seq, after)
      also?.(db)
    }
    if (isOpen(before) && !isOpen(delivery)) this.#options.story.takenBack(after, write)
    else this.#options.store.write('outbox', write)
    this.#options.runner.tell(id)
  }

  /**
   * Tries again now. If the item's target was stopped, all of that target's items continue; a target paused by hand
   * stays paused until it is resumed.
   */
  retry(id: string): OutboxItem {
    const row = this.row(id)
    if (row.state === 'paused' && !isByHand(this.#pausedBy(row.targetId))) this.free(row.targetId)
    else this.apply(id, { kind: 'retry' })
    this.#options.runner.poke()
    return this.item(id)
  }

  /** Cancels what has not been sent; what may have been sent is looked up first. */
  async cancel(id: string): Promise<OutboxItem> {
    this.row(id)
    this.apply(id, { kind: 'take-back', why: 'cancel' })
    this.#options.runner.poke()
    await this.#options.runner.rest(id)
    return this.item(id)
  }

  /** The network is back: whatever is waiting for it is tried now. */
  retryWaiting(): void {
    for (const row of this.open())
      if (row.state === 'waiting' || row.state === 'handed-over') this.apply(row.id, { kind: 'retry' })
    this.#options.runner.poke()
  }

  /**
   * Lets a target's items continue after a person has dealt with what stopped it. A target paused by hand stays paused,
   * unless that is what is to be lifted.
   */
  free(targetId: string, byHandToo = false): void {
    if (!byHandToo && isByHand(this.#pausedBy(targetId))) return
    this.#options.store.write('free target', (db) => pauseTarget(db, targetId, null))
    for (const row of this.open())
      if (row.targetId === targetId && row.state === 'paused') this.apply(row.id, { kind: 'retry' })
    this.#options.runner.poke()
  }

  #pausedBy(targetId: string): WireError | null {
    return this.#options.targets.find(targetId)?.paused ?? null
  }

  /** Tells the windows about an item's new state. */
  tell(id: string): void {
    this.#options.runner.tell(id)
  }

  /** Starts whatever is due. */
  poke(): void {
    this.#options.runner.poke()
  }
}
