import type { Clock } from '../../../shared/lib/clock.ts'
import type { WireError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'
import type { Events } from '../events.ts'
import { updateDelivery } from '../store/outbox.ts'
import type { Store } from '../store/store.ts'
import { listTargets, pauseTarget } from '../store/targets.ts'
import { held } from './held.ts'
import { applyDelivery, toDelivery } from './outbox-delivery.ts'
import type { OutboxQueue } from './outbox-queue.ts'
import type { TargetsService } from './targets/targets.ts'

interface PausingOptions {
  readonly store: Store
  readonly clock: Clock
  readonly events: Events
  readonly targets: TargetsService
  readonly queue: OutboxQueue
}

/** Lets a person hold what leaves for a CMS, and resume it. */
export class Pausing {
  readonly #options: PausingOptions

  constructor(options: PausingOptions) {
    this.#options = options
  }

  /** Holds what has not begun to leave, for one target or for all; what is under way is finished. */
  pause(targetId?: string): void {
    const { store, clock, events, queue } = this.#options
    const ids = new Set(this.#targets(targetId))
    const problem: WireError = { code: 'cancelled', ...say('outbox.pausedByHand') }
    const paused: string[] = []
    store.write('pause', (db) => {
      for (const id of ids) pauseTarget(db, id, problem)
      for (const row of queue.open()) {
        if (!ids.has(row.targetId)) continue
        const before = toDelivery(row)
        const after = held(before, problem, { now: clock.now(), random: 0 })
        if (after === before) continue
        updateDelivery(db, row.seq, applyDelivery(row, after))
        paused.push(row.id)
      }
    })
    events.emit('targetsChanged', {})
    for (const id of paused) queue.tell(id)
  }

  /** Lets the items of one target, or all, continue, whatever had stopped them. */
  resume(targetId?: string): void {
    for (const id of this.#targets(targetId)) this.#options.queue.free(id, true)
    this.#options.events.emit('targetsChanged', {})
  }

  /** Throws `not_found`. */
  #targets(targetId: string | undefined): readonly string[] {
    if (targetId !== undefined) return [this.#options.targets.get(targetId).id]
    return this.#options.store.read(listTargets).map(({ id }) => id)
  }
}
