import { createHash } from 'node:crypto'
import type { Standing } from '../../../shared/contract/outbox.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import { newId } from '../../../shared/lib/id.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { emptyFields } from '../../../shared/story/fields.ts'
import { instantAt } from '../../../shared/story/instant.ts'
import type { Story } from '../../../shared/story/story.ts'
import { say } from '../../../shared/words/message.ts'
import {
  findOutboxChange,
  insertOutbox,
  listOpenOutboxOf,
  listOutbox,
  updateDelivery,
  type DeliveryRow,
  type OutboxRow
} from '../store/outbox.ts'
import { listLive, type Live } from '../store/receipts.ts'
import type { WritableDb } from '../store/sql.ts'
import type { Store } from '../store/store.ts'
import { listTargets, type StoredTarget } from '../store/targets.ts'
import type { StoriesService } from '../stories/stories.ts'
import { isOpen } from './delivery.ts'
import { withLook } from './late-request.ts'
import { applyDelivery, firstDelivery, handedOn, toDelivery } from './outbox-delivery.ts'
import { next } from './outbox-machine.ts'
import type { TargetsService } from './targets/targets.ts'

export interface WithdrawingOptions {
  readonly store: Store
  readonly stories: StoriesService
  readonly targets: TargetsService
  readonly clock: Clock
  readonly desk: () => { readonly zone: string; readonly siteUrl: string }
}

export interface WithdrawInput {
  readonly storyId: string
  readonly targetIds: readonly string[]
  /** Why, in a person's words; kept with the item and never sent. */
  readonly reason: string
  readonly changeId: string
}

interface Known {
  readonly target: StoredTarget
  readonly live: Live | undefined
  readonly open: readonly OutboxRow[]
}

/** Taking stories down: where one is, and queueing its removal. */
export class Withdrawing {
  readonly #options: WithdrawingOptions

  constructor(options: WithdrawingOptions) {
    this.#options = options
  }

  /** `isCurrent`: whether the desk's copy is the same as that revision. */
  standings(storyId: string, isCurrent: (revision: number) => boolean): Standing[] {
    return this.#known(storyId).flatMap(({ target, live, open }): Standing[] => {
      const now = new Date(this.#options.clock.now()).toISOString()
      const onItsWay = onItsWayOf(open, now)
      if (!live && onItsWay === null) return []
      const state = live && !live.receipt.withdrawn ? 'live' : (onItsWay ?? 'withdrawn')
      const receipt = live?.receipt ?? null
      const current = state === 'live' && receipt !== null && !receipt.since && isCurrent(receipt.revision)
      return [{ targetId: target.id, targetName: target.name, state, current, receipt }]
    })
  }

  /**
   * Queues one item for each target that shows the story or may come to, in one transaction; what waits there unsent is
   * cancelled. `changed`: every item that is new or moved.
   */
  queue(input: WithdrawInput): { readonly queued: readonly string[]; readonly changed: readonly string[] } {
    const { store, targets } = this.#options
    const ids = [...new Set(input.targetIds)]
    const repeated = ids.flatMap((id) => store.read((db) => findOutboxChange(db, changeIdFor(input, id)))?.id ?? [])
    if (repeated.length > 0) return { queued: repeated, changed: [] }

    const known = this.#known(input.storyId)
    const places = ids.map((id) => {
      const { name } = targets.get(id)
      const place = known.find(({ target }) => target.id === id)
      const isThere = place && ((place.live && !place.live.receipt.withdrawn) || place.open.length > 0)
      if (!place || !isThere) throw new GalleyError('refused', say('publishing.notThere', { name }))
      return place
    })
    const story = this.#story(input.storyId)
    const queued: string[] = []
    const changed: string[] = []
    store.write('withdraw', (db) => {
      for (const place of places) {
        let handed: Pick<DeliveryRow, 'base' | 'previous' | 'handedOver'> | null = null
        for (const row of place.open) {
          const moment = this.#moment()
          const before = toDelivery(row)
          const { delivery } = next(before, { kind: 'take-back', why: 'supersede' }, moment)
          const after = applyDelivery(row, withLook(db, { row, before, after: delivery }, moment.now))
          updateDelivery(db, row.seq, after)
          if (!isOpen(after) && after.handedOver !== null) handed = handedOn(after)
          changed.push(row.id)
        }
        queued.push(this.#insert(db, place, story, { input, handed }))
      }
    })
    return { queued, changed: [...changed, ...queued] }
  }

  #insert(
    db: WritableDb,
    { target, live }: Known,
    story: Story,
    {
      input,
      handed
    }: { readonly input: WithdrawInput; readonly handed: Pick<DeliveryRow, 'base' | 'previous' | 'handedOver'> | null }
  ): string {
    const { clock, targets, desk } = this.#options
    const id = newId(clock.now())
    const intent = targets.driver(target.kind).prepare(story, {
      settings: target.settings,
      url: target.url,
      siteUrl: desk().siteUrl,
      picture: noPicture,
      purpose: 'withdraw'
    })
    const idempotencyKey = newId(clock.now())
    insertOutbox(db, {
      ...firstDelivery({ idempotencyKey, target, live: live?.receipt, notBefore: null, hold: null, firedBy: 'desk' }),
      ...handed,
      id,
      changeId: changeIdFor(input, target.id),
      storyId: input.storyId,
      targetId: target.id,
      targetName: target.name,
      headline: story.fields.headline,
      revision: live?.receipt.revision ?? story.revision,
      contentType: intent.contentType,
      payload: intent.text,
      sha256: intent.sha256,
      media: intent.media,
      queuedAt: new Date(clock.now()).toISOString(),
      notBefore: null,
      planned: null,
      embargo: null,
      purpose: 'withdraw',
      reason: input.reason.trim()
    })
    return id
  }

  #known(storyId: string): Known[] {
    return this.#options.store.read((db) => {
      const live = listLive(db, storyId)
      const open = listOpenOutboxOf(db, storyId)
      return listTargets(db).map((target) => ({
        target,
        live: live.find(({ targetId }) => targetId === target.id),
        open: open.filter(({ targetId }) => targetId === target.id)
      }))
    })
  }

  /**
   * The desk's copy; if it is gone or damaged, as much as the outbox knows, because what is live must still come down.
   */
  #story(id: string): Story {
    const { store, stories, clock, desk } = this.#options
    try {
      return stories.glance(id)
    } catch (error) {
      const last = store.read((db) => listOutbox(db, id, 1))[0]
      if (!(error instanceof GalleyError) || !last) throw error
      const created = instantAt(clock.now(), desk().zone, 'clock')
      return {
        id,
        revision: last.revision,
        status: 'killed',
        changedAt: created.utc,
        fields: { ...emptyFields(created), headline: last.headline },
        body: { version: 1, blocks: [] }
      }
    }
  }

  #moment(): { now: number; random: number } {
    return { now: this.#options.clock.now(), random: 0 }
  }
}

/** What is under way there that no receipt covers; null: nothing. `now`: UTC. */
function onItsWayOf(open: readonly OutboxRow[], now: string): 'unknown' | 'recalled' | 'moved' | null {
  const states = open.map(({ pending, purpose, handedOver, takeBack, base }) => {
    const isAhead = handedOver !== null && handedOver > now
    if (isAhead && (takeBack === 'cancel' || purpose === 'withdraw')) return 'recalled'
    // The scheduled version was seen there: only what it is told next is unknown.
    if (isAhead && base !== null && (pending !== null || takeBack !== null)) return 'moved'
    return purpose === 'publish' && (pending !== null || (handedOver !== null && !isAhead)) ? 'unknown' : null
  })
  return (['unknown', 'recalled', 'moved'] as const).find((state) => states.includes(state)) ?? null
}

/** A separate id for each target, always the same for the same change. */
function changeIdFor({ changeId }: WithdrawInput, targetId: string): string {
  const hex = createHash('sha256').update(`${changeId} ${targetId}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

function noPicture(): never {
  throw new Error('A withdrawal carries no picture')
}
