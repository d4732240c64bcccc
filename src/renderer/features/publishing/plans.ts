import { useState } from 'react'
import type { FiredBy, OutboxItem, Standing } from '../../../shared/contract/outbox.ts'
import type { Target } from '../../../shared/contract/publishing.ts'
import { newId } from '../../../shared/lib/id.ts'
import { canFire } from '../../../shared/publishing/targets/index.ts'
import type { WireError } from '../../../shared/rpc/errors.ts'
import type { Instant } from '../../../shared/story/instant.ts'
import type { Api } from '../../api/api.tsx'
import { openItems } from '../../api/outbox.ts'
import { alreadyOnItsWay, hourOf, waitingFor, type Intended } from './publish-label.ts'

/** How an update is presented to readers. */
export type Change = 'update' | 'minor' | 'correction'

/** What the user chose for one target; anything absent keeps its default. */
export interface Choice {
  /** Null: now. */
  readonly hour?: Instant | null
  /** The hour field shows something other than `hour` that is not a settled hour yet. */
  readonly isHourOpen?: boolean
  readonly firedBy?: FiredBy
  readonly change?: Change
  /** Null: no mail is sent. */
  readonly newsletter?: string | null
}

/** How a story would be delivered to one target, and its state there. */
export interface Plan {
  readonly target: Target
  readonly at: Instant | null
  /** An hour, or now, is passed on; otherwise the core decides. */
  readonly isHourSaid: boolean
  /** The typed hour is incomplete or ambiguous. */
  readonly isHourOpen: boolean
  /** The site can publish it at the hour by itself. */
  readonly canFire: boolean
  /** Who publishes it at its hour. */
  readonly firedBy: FiredBy
  /** The user chose it here; otherwise the core follows what is already waiting. */
  readonly isFiredBySaid: boolean
  readonly change: Change
  readonly newsletter: string | null
  /** It is shown as ticked, or was unticked here; otherwise the core follows what is already waiting. */
  readonly isNewsletterSaid: boolean
  readonly standing: Standing | undefined
  readonly isLive: boolean
  /** As far as is known, the story has never been there. */
  readonly isFirst: boolean
  readonly isCurrent: boolean
  /** The state of a delivery already on its way with this very version; null if there is none. */
  readonly onItsWay: OutboxItem['state'] | null
  readonly isOffline: boolean
}

/** What a plan depends on: the story's deliveries and settings, the network and the time. */
export interface Situation {
  readonly items: readonly OutboxItem[]
  readonly standings: readonly Standing[]
  /** The hour the story is planned for, if one is set. */
  readonly planned: Instant | null
  readonly embargo: Instant | null
  readonly isOnline: boolean
  /** Milliseconds UTC. */
  readonly now: number
}

export function planOf(target: Target, choice: Choice, situation: Situation): Plan {
  const { items, standings, planned, embargo, isOnline, now } = situation
  const { hour } = choice
  const waiting = waitingFor(items, target.id)
  const standing = standings.find(({ targetId, state }) => targetId === target.id && state === 'live')
  const isLive = standing !== undefined
  const at = hour === undefined ? hourOf(items, { targetId: target.id, planned, isLive }, now) : hour
  // If a delivery that was to be mailed stopped on its way, its replacement is mailed too.
  const mailed = openItems(items).find((item) => item.targetId === target.id && item.newsletter !== null)
  const newsletter = choice.newsletter === undefined ? (mailed?.newsletter ?? null) : choice.newsletter
  const isFirst = !standings.some(({ targetId }) => targetId === target.id)
  // A story that only may have arrived there was never public there as far as is known.
  const wasThere = standings.some(({ targetId, receipt }) => targetId === target.id && receipt !== null)
  const canFireThere = canFire(target) && !wasThere && newsletter === null
  const usual = waiting && waiting.notBefore !== null ? waiting.firedBy : 'cms'
  return {
    target,
    at,
    canFire: canFireThere,
    firedBy: canFireThere ? (choice.firedBy ?? usual) : 'desk',
    isFiredBySaid: canFireThere && choice.firedBy !== undefined,
    isHourOpen: at !== null && choice.isHourOpen === true,
    isHourSaid: hour !== undefined || at !== null || waiting !== undefined,
    // Sending the same version again is no news to readers.
    change: standing?.current ? 'minor' : (choice.change ?? 'update'),
    newsletter: isFirst ? newsletter : null,
    isNewsletterSaid: isFirst && (newsletter !== null || choice.newsletter !== undefined),
    standing,
    isLive,
    isFirst,
    isCurrent: standing?.current ?? false,
    onItsWay: alreadyOnItsWay(items, {
      targetId: target.id,
      at,
      embargo,
      now,
      ...(isFirst && { newsletter }),
      ...(canFireThere && choice.firedBy && { firedBy: choice.firedBy })
    }),
    isOffline: !isOnline && target.kind !== 'practice'
  }
}

/** Publishing would send something. */
export function isToDo({ isCurrent, onItsWay }: Plan): boolean {
  return !isCurrent && onItsWay === null
}

/** False while the same copy is stopped by a conflict: nothing is sent before somebody has looked at what is there. */
export function mayChoose({ onItsWay }: Plan): boolean {
  return onItsWay !== 'conflict'
}

export function intended(
  { target, at, firedBy, isLive, isCurrent, onItsWay, isOffline }: Plan,
  embargo: Instant | null
): Intended {
  return { target: target.name, at, firedBy, embargo, isLive, isCurrent, onItsWay, isOffline }
}

/** The default targets: wherever the story is live or waiting, otherwise the first one. */
export function usualTargets(
  targets: readonly Target[],
  { items, standings }: Pick<Situation, 'items' | 'standings'>
): ReadonlySet<string> {
  const known = targets.filter(
    ({ id }) =>
      waitingFor(items, id) !== undefined ||
      standings.some(({ targetId, state }) => targetId === id && state !== 'withdrawn')
  )
  return new Set((known.length > 0 ? known : targets.slice(0, 1)).map(({ id }) => id))
}

/**
 * In the form that `publishTogether` takes, the earliest first. `now`: publish at once, although the hour has passed.
 */
export function deliveriesOf(
  plans: readonly Plan[],
  now: boolean
): Parameters<Api['call']['publishing']['publishTogether']>[0]['deliveries'] {
  return plans
    .toSorted((one, other) => (one.at ? Date.parse(one.at.utc) : 0) - (other.at ? Date.parse(other.at.utc) : 0))
    .map((plan) => ({
      targetId: plan.target.id,
      changeId: newId(),
      ...(now ? { at: null } : plan.isHourSaid && { at: plan.at }),
      // The core hands the hour to the site by default wherever the site can publish.
      ...(plan.canFire && (plan.firedBy === 'desk' || plan.isFiredBySaid) && { firedBy: plan.firedBy }),
      ...(plan.isLive && { change: plan.change }),
      ...(plan.isNewsletterSaid && { newsletter: plan.newsletter })
    }))
}

type ByTarget<T> = Readonly<Record<string, T>>

/**
 * What was chosen for each target, and why one was refused; a refusal stays until its choice changes or it is tried
 * again.
 */
export function useChoices() {
  const [choices, setChoices] = useState<ByTarget<Choice>>({})
  const [refusals, setRefusals] = useState<ByTarget<WireError>>({})
  return {
    choiceOf: (targetId: string): Choice => choices[targetId] ?? {},
    refusalOf: (targetId: string): WireError | null => refusals[targetId] ?? null,
    choose(targetId: string, news: Choice): void {
      setChoices((old) => ({ ...old, [targetId]: { ...old[targetId], ...news } }))
      setRefusals((old) => without(old, [targetId]))
    },
    /** They were accepted, so their choices are dropped. */
    taken: (targetIds: readonly string[]): void => setChoices((old) => without(old, targetIds)),
    refused: (news: ByTarget<WireError>): void => setRefusals((old) => ({ ...old, ...news })),
    /** Clears their refusals. */
    tried: (targetIds: readonly string[]): void => setRefusals((old) => without(old, targetIds))
  }
}

function without<T>(all: ByTarget<T>, targetIds: readonly string[]): ByTarget<T> {
  return Object.fromEntries(Object.entries(all).filter(([targetId]) => !targetIds.includes(targetId)))
}
