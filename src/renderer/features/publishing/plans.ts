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

/** What an update is to its readers. */
export type Change = 'update' | 'minor' | 'correction'

/** What a person chose for one target; what is absent is as it would be by itself. */
export interface Choice {
  /** Null: now. */
  readonly hour?: Instant | null
  /** The field of the hour shows another than `hour`, which is not settled yet. */
  readonly isHourOpen?: boolean
  readonly firedBy?: FiredBy
  readonly change?: Change
  /** Null: no mail is sent. */
  readonly newsletter?: string | null
}

/** How a story would go to one target, and how it stands there. */
export interface Plan {
  readonly target: Target
  readonly at: Instant | null
  /** An hour is asked for, or now is; otherwise the core says when. */
  readonly isHourSaid: boolean
  /** What is typed as its hour is no hour yet, or may be either of two. */
  readonly isHourOpen: boolean
  /** The site can publish it at an hour by itself. */
  readonly canFire: boolean
  /** Who publishes it at its hour. */
  readonly firedBy: FiredBy
  /** It was chosen here; otherwise the core goes by what waits. */
  readonly isFiredBySaid: boolean
  readonly change: Change
  readonly newsletter: string | null
  /** It is shown as ticked, or was taken off here; otherwise the core goes by what waits. */
  readonly isNewsletterSaid: boolean
  readonly standing: Standing | undefined
  readonly isLive: boolean
  /** Nothing of it is known to be there or to have been. */
  readonly isFirst: boolean
  readonly isCurrent: boolean
  /** This very copy is on its way there already; null: it is not. */
  readonly onItsWay: OutboxItem['state'] | null
  readonly isOffline: boolean
}

/** What of the story, and of the moment, a plan depends on. */
export interface Situation {
  readonly items: readonly OutboxItem[]
  readonly standings: readonly Standing[]
  /** The hour the story is to run at, where that was settled before. */
  readonly planned: Instant | null
  readonly isOnline: boolean
  /** Milliseconds UTC. */
  readonly now: number
}

export function planOf(target: Target, choice: Choice, situation: Situation): Plan {
  const { items, standings, planned, isOnline, now } = situation
  const { hour } = choice
  const waiting = waitingFor(items, target.id)
  const standing = standings.find(({ targetId, state }) => targetId === target.id && state === 'live')
  const isLive = standing !== undefined
  const at = hour === undefined ? hourOf(items, { targetId: target.id, planned, isLive }, now) : hour
  // One that was stopped on its way is mailed too, with what takes its place.
  const mailed = openItems(items).find((item) => item.targetId === target.id && item.newsletter !== null)
  const newsletter = choice.newsletter === undefined ? (mailed?.newsletter ?? null) : choice.newsletter
  const isFirst = !standings.some(({ targetId }) => targetId === target.id)
  // What only may have arrived, or is being called back, was never public there.
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
    // The same once more is no news to readers.
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
      ...(isFirst && { newsletter }),
      ...(canFireThere && choice.firedBy && { firedBy: choice.firedBy })
    }),
    isOffline: !isOnline && target.kind !== 'practice'
  }
}

/** Something would leave. */
export function isToDo({ isCurrent, onItsWay }: Plan): boolean {
  return !isCurrent && onItsWay === null
}

export function intended(
  { target, at, firedBy, isLive, isCurrent, onItsWay, isOffline }: Plan,
  embargo: Instant | null
): Intended {
  return { target: target.name, at, firedBy, embargo, isLive, isCurrent, onItsWay, isOffline }
}

/** Where a story goes unless somebody says otherwise: wherever it is or waits to be, else to the first. */
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

/** As `publishTogether` takes it; what leaves first comes first. `now`: at once, although its hour has passed. */
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
      // The site is the core's choice wherever it can.
      ...(plan.canFire && (plan.firedBy === 'desk' || plan.isFiredBySaid) && { firedBy: plan.firedBy }),
      ...(plan.isLive && { change: plan.change }),
      ...(plan.isNewsletterSaid && { newsletter: plan.newsletter })
    }))
}

type ByTarget<T> = Readonly<Record<string, T>>

/** What was chosen for each target, and why one was not taken: that stays until it is chosen anew or tried again. */
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
    /** They went: what was chosen for them is done with. */
    taken: (targetIds: readonly string[]): void => setChoices((old) => without(old, targetIds)),
    refused: (news: ByTarget<WireError>): void => setRefusals((old) => ({ ...old, ...news })),
    /** Nothing is held against them any more. */
    tried: (targetIds: readonly string[]): void => setRefusals((old) => without(old, targetIds))
  }
}

function without<T>(all: ByTarget<T>, targetIds: readonly string[]): ByTarget<T> {
  return Object.fromEntries(Object.entries(all).filter(([targetId]) => !targetIds.includes(targetId)))
}
