import { laterOf, type Instant } from '../../../shared/story/instant.ts'
import { isSameMoment } from '../../../shared/story/delivery-hour.ts'
import type { FiredBy, OutboxItem } from '../../../shared/contract/outbox.ts'
import type { Strings } from '../../strings/strings.ts'
import { openItems } from '../../api/outbox.ts'
import { moment } from '../../ui/format.ts'

export interface Intended {
  readonly target: string
  /** The planned hour; null: now. */
  readonly at: Instant | null
  /** Who publishes it at that hour. */
  readonly firedBy?: FiredBy
  readonly embargo: Instant | null
  readonly isLive: boolean
  /** The live version is the one at the desk. */
  readonly isCurrent: boolean
  /** The state of a delivery already on its way with this very version for the same hour; null if there is none. */
  readonly onItsWay?: OutboxItem['state'] | null
  /** It cannot be sent at the moment. */
  readonly isOffline: boolean
}

type Words = Strings['publishing']

/** The label of the publish button. `now` in milliseconds UTC. */
export function publishLabel(words: Words, intended: Intended, now: number): string {
  const { target, isLive, isCurrent, onItsWay = null } = intended
  const when = whenOf(intended, now)
  if (onItsWay === 'conflict') return words.isInConflict(target)
  if (onItsWay === 'sending') return words.onItsWay(target)
  if (onItsWay === 'paused') return words.isPaused(target)
  if (onItsWay !== null) return when === null ? words.isQueued(target) : words.isScheduled(when, target)
  if (isLive && isCurrent) return words.nothingToUpdate
  return said(words, actOf(intended, now), target)
}

/**
 * The label of one button for all ticked targets; targets that get the same are named together. `now` in milliseconds
 * UTC.
 */
export function publishAllLabel(words: Words, all: readonly Intended[], now: number): string {
  const [only, ...others] = all
  if (!only) return words.chooseSites
  if (others.length === 0) return publishLabel(words, only, now)
  const todo = all.filter(({ isLive, isCurrent, onItsWay = null }) => onItsWay === null && !(isLive && isCurrent))
  const [one, ...more] = todo
  const met = all.find(({ onItsWay }) => onItsWay === 'conflict')
  if (!one && met) return words.isInConflict(met.target)
  if (!one) return all.every(({ isCurrent }) => isCurrent) ? words.nothingToUpdate : words.nothingToDo
  if (more.length === 0) return publishLabel(words, one, now)
  const groups = Map.groupBy(todo, (intended) => JSON.stringify(actOf(intended, now)))
  if (groups.size === 1) return said(words, actOf(one, now), words.sites(todo.length))
  if (groups.size > MOST_SAID) return words.eachAsChosen(todo.length)
  const clauses = [...groups.values()].flatMap((members) => {
    const [first, ...rest] = members
    if (!first) return []
    const { kind, when } = actOf(first, now)
    const where = rest.length === 0 ? first.target : words.sites(members.length)
    return kind === 'schedule' || kind === 'scheduleThere'
      ? words.clauses[kind](when, where)
      : words.clauses[kind](where)
  })
  return words.together(clauses)
}

/** Clauses that fit on a button. */
const MOST_SAID = 3

interface Act {
  readonly kind: 'publish' | 'queue' | 'update' | 'schedule' | 'scheduleThere'
  readonly when: string
}

function actOf(intended: Intended, now: number): Act {
  const when = whenOf(intended, now)
  if (when !== null) return { kind: intended.firedBy === 'cms' ? 'scheduleThere' : 'schedule', when }
  if (intended.isLive) return { kind: 'update', when: '' }
  return { kind: intended.isOffline ? 'queue' : 'publish', when: '' }
}

function said(words: Words, { kind, when }: Act, where: string): string {
  switch (kind) {
    case 'schedule':
      return words.scheduleFor(when, where)
    case 'scheduleThere':
      return words.scheduleThere(when, where)
    case 'update':
      return words.updateOn(where)
    case 'queue':
      return words.queueFor(where)
    case 'publish':
      return words.publishTo(where)
  }
}

/** The hour that applies: the later of the planned one and the embargo, ignoring any that has passed. */
function whenOf({ at, embargo }: Intended, now: number): string | null {
  const later = heldBackTo({ at, embargo }, now)
  return later && moment(later.utc, later.zone)
}

function heldBackTo({ at, embargo }: Pick<Intended, 'at' | 'embargo'>, now: number): Instant | null {
  const later = laterOf(at, embargo)
  return later && Date.parse(later.utc) > now ? later : null
}

/**
 * When a story is published on a target if the user chooses no hour. In this order: the story's own planned hour; the
 * hour its delivery there waits for; the hour of a delivery there that stopped, if still to come; the earliest hour it
 * waits for on other targets. That last one does not apply if the story is live there or a delivery there has stopped.
 * The core's `publish` follows the same rule. `now` in milliseconds UTC.
 */
export function hourOf(
  items: readonly Pick<OutboxItem, 'targetId' | 'state' | 'purpose' | 'planned'>[],
  {
    targetId,
    planned,
    isLive = false
  }: { readonly targetId: string | undefined; readonly planned: Instant | null; readonly isLive?: boolean },
  now: number
): Instant | null {
  if (planned) return planned
  const waiting = waitingFor(items, targetId)
  if (waiting) return waiting.planned
  const stopped = openItems(items).filter((item) => item.targetId === targetId && item.purpose === 'publish')
  if (isLive || stopped.length > 0) return firstAhead(stopped, now)
  return firstAhead(
    items.filter((item) => waitingFor([item], item.targetId)),
    now
  )
}

function firstAhead(items: readonly Pick<OutboxItem, 'planned'>[], now: number): Instant | null {
  return items
    .flatMap(({ planned }) => (planned && Date.parse(planned.utc) > now ? planned : []))
    .reduce<Instant | null>((first, one) => (first && Date.parse(first.utc) <= Date.parse(one.utc) ? first : one), null)
}

/** The state of a delivery to a target that approving again for that hour would only repeat; null if there is none. */
export function alreadyOnItsWay(
  items: readonly Pick<
    OutboxItem,
    'targetId' | 'state' | 'purpose' | 'current' | 'planned' | 'notBefore' | 'newsletter' | 'firedBy'
  >[],
  {
    targetId,
    at,
    embargo,
    now,
    newsletter,
    firedBy
  }: {
    readonly targetId: string
    readonly at: Instant | null
    /** The story's. A delivery keeps the one it was approved with: once that is lifted, approving again frees it. */
    readonly embargo: Instant | null
    /** Milliseconds UTC. */
    readonly now: number
    /** The newsletter a first publication would be mailed as; absent for an update. */
    readonly newsletter?: string | null
    /** Who should publish it; absent: no matter who. */
    readonly firedBy?: FiredBy
  }
): OutboxItem['state'] | null {
  // Sending the same version again would run into the same conflict: the version there has to be looked at first.
  const isMet = items.some(
    (item) => item.targetId === targetId && item.purpose === 'publish' && item.state === 'conflict' && item.current
  )
  if (isMet) return 'conflict'
  const item = waitingFor(items, targetId)
  if (!item?.current) return null
  if (firedBy !== undefined && at !== null && firedBy !== item.firedBy) return null
  if (newsletter !== undefined && newsletter !== item.newsletter) return null
  const waitsFor = item.notBefore !== null && Date.parse(item.notBefore) > now ? item.notBefore : null
  if (!isSameMoment(heldBackTo({ at, embargo }, now)?.utc ?? null, waitsFor)) return null
  return isSameMoment(item.planned?.utc ?? null, at?.utc ?? null) ? item.state : null
}

/** The delivery that waits for or is on its way to a target. */
export function waitingFor<Item extends Pick<OutboxItem, 'targetId' | 'state' | 'purpose'>>(
  items: readonly Item[],
  targetId: string | undefined
): Item | undefined {
  return items.find((item) => item.targetId === targetId && item.purpose === 'publish' && isWaiting(item.state))
}

const WAITING: ReadonlySet<OutboxItem['state']> = new Set(['waiting', 'scheduled', 'handed-over', 'sending', 'paused'])
function isWaiting(state: OutboxItem['state']): boolean {
  return WAITING.has(state)
}
