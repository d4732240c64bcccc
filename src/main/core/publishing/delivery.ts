import type { OutboxState } from '../../../shared/contract/outbox.ts'
import { hourTold } from './handing-over.ts'
import type { WireError } from '../../../shared/rpc/errors.ts'
import { STORY_STEP, type Difference, type Step, type Trouble } from './targets/target.ts'

/** One approved story on its way to one CMS: all that is known of how far it has come. */
export interface Delivery {
  readonly state: OutboxState
  /** The step of which nobody knows whether it took effect. */
  readonly pending: PendingStep | null
  /** What it replaces: change token and fingerprint of our last version there. Null token: the story is new there. */
  readonly base: string | null
  readonly previous: string | null
  /** Milliseconds UTC; nobody reads it before. Where this machine fires, not a byte leaves before. */
  readonly notBefore: number | null
  /** Who makes it public at that hour: the CMS, which gets it beforehand, or this machine. */
  readonly firedBy: FiredBy
  /**
   * The hour at which the CMS makes it public by itself, as it showed when it was last looked at, or was told first;
   * milliseconds UTC.
   */
  readonly handedOver: number | null
  readonly nextTryAt: number | null
  /** The CMS itself named `nextTryAt`. */
  readonly told: boolean
  readonly tries: number
  /** It is to be taken back: by a person, or because a newer version takes its place. */
  readonly takeBack: 'cancel' | 'supersede' | null
  readonly problem: WireError | null
}

export type FiredBy = 'cms' | 'desk'
export type PendingStep = Pick<Step, 'key' | 'name'>

export const STORY: PendingStep = { key: STORY_STEP, name: 'article' }

export type Action =
  /** Ask the CMS for the time, which must agree that the hour has come. */
  | { readonly do: 'ask-time' }
  /** Ask the CMS for the time before anything is sent: a clock that differs is said, and holds nothing up. */
  | { readonly do: 'compare-clocks' }
  /** Ask the driver which step comes next. `missing`: the step that was looked for and is not there. */
  | { readonly do: 'plan'; readonly missing: string | null }
  | { readonly do: 'step'; readonly step: Step }
  /** The CMS is not to publish it by itself any more: it becomes the draft again that it was made as. */
  | { readonly do: 'recall' }
  /**
   * What is there? After an unknown outcome, after "changed there", after all was sent, after it was called back; whether
   * the CMS has fired.
   */
  | { readonly do: 'look-up'; readonly why: LookedWhy | 'watch' }
  /** Read back and as approved: write the receipt. */
  | { readonly do: 'finish'; readonly proof: Proof }

export type LookedWhy = 'unknown' | 'changed' | 'read-back' | 'recalled'

/** What the receipt will say. */
export interface Proof {
  readonly token: string
  readonly fingerprint: string
  readonly url: string | null
  readonly differences: readonly Difference[]
  /** What the CMS's clock said, milliseconds UTC. */
  readonly serverTime: number | null
  /** It is not public yet: the hour at which the CMS makes it so, milliseconds UTC. */
  readonly publishesAt: number | null
  /** Since when it is public by the CMS's own word, milliseconds UTC. */
  readonly publishedAt: number | null
}

/** What came of an action. */
export type Outcome =
  /** `same`: as approved, but for what the CMS did by itself. */
  | {
      readonly kind: 'found'
      readonly same: boolean
      readonly unfinished: boolean
      readonly proof: Proof
    }
  | { readonly kind: 'absent'; readonly serverTime: number | null }
  /** What the CMS's clock says; null where it does not say. */
  | { readonly kind: 'time'; readonly serverTime: number | null }
  | { readonly kind: 'present' }
  | { readonly kind: 'stored' }
  | Trouble
  /** The receipt is on disk. */
  | { readonly kind: 'written' }

export type Event =
  /** Due, or the loop looks whether it is; `paused`: its target is paused by hand, and nothing begins to leave. */
  | { readonly kind: 'wake'; readonly paused: WireError | null }
  /** The driver's word; null: everything has been sent. */
  | { readonly kind: 'planned'; readonly step: Step | null }
  | { readonly kind: 'answer'; readonly to: Action; readonly answer: Outcome }
  /** A person has seen to it, or the network is back. */
  | { readonly kind: 'retry' }
  | { readonly kind: 'take-back'; readonly why: 'cancel' | 'supersede' }
  /** A person has seen both versions and wants ours; `base` null where nothing is there. */
  | { readonly kind: 'overwrite'; readonly base: string | null }
  /** The story's embargo was moved, set or taken off since it was approved; what holds now. */
  | { readonly kind: 'release'; readonly notBefore: number | null }
  /** The target was stopped for all of its stories. */
  | { readonly kind: 'pause'; readonly problem: WireError }

export interface Moment {
  /** Milliseconds UTC. */
  readonly now: number
  /** From 0 up to 1, for the jitter. */
  readonly random: number
}

export interface Next {
  readonly delivery: Delivery
  /** Null: nothing until the next event. */
  readonly action: Action | null
}

/** A wait the CMS asks for is believed up to here; a wait longer than this after a restart means that a clock moved. */
export const LONGEST_TOLD_WAIT = 24 * 60 * 60_000
/** How often a CMS whose clock is behind ours is asked again whether the hour has come. */
export const TIME_CHECK = 5 * 60_000

/** When the loop has to look again; null when only a person or an answer moves it on. */
export function dueAt(delivery: Delivery): number | null {
  switch (delivery.state) {
    case 'waiting':
      return delivery.nextTryAt ?? 0
    case 'scheduled':
      return delivery.handedOver === null ? Math.max(delivery.nextTryAt ?? 0, delivery.notBefore ?? 0) : 0
    case 'handed-over':
      return delivery.nextTryAt ?? 0
    // Under way in a process that is gone.
    case 'sending':
      return 0
    default:
      return null
  }
}

export function isDue(delivery: Delivery, now: number): boolean {
  switch (delivery.state) {
    // A wait longer than any that is ever made means that the clock went back meanwhile.
    case 'waiting':
      return passed(delivery.nextTryAt, now, LONGEST_TOLD_WAIT)
    case 'scheduled':
      if (delivery.handedOver !== null) return true
      return (delivery.notBefore ?? 0) <= now && passed(delivery.nextTryAt, now, TIME_CHECK)
    case 'handed-over':
      return passed(delivery.nextTryAt, now, LONGEST_TOLD_WAIT)
    case 'sending':
      return true
    default:
      return false
  }
}

/**
 * It may change something on the CMS: that it is about to be done is on disk before it is. Everything else only looks,
 * and is done again where a record of it was lost.
 */
export function changesThere(action: Action): boolean {
  return action.do === 'recall' || (action.do === 'step' && action.step.act === 'send')
}

export function isOpen(delivery: Pick<Delivery, 'state'>): boolean {
  return delivery.state !== 'done' && delivery.state !== 'cancelled'
}

function passed(at: number | null, now: number, longest: number): boolean {
  return at === null || at <= now || at - now > longest + 60_000
}

/** Its hour is ahead, and this machine fires. */
export function waitsHere({ firedBy, notBefore }: Delivery, now: number): boolean {
  return firedBy === 'desk' && notBefore !== null && now < notBefore
}

/** At which the CMS is to fire, where it is to. */
export function hourWanted({ notBefore }: Delivery): number | null {
  return notBefore === null ? null : hourTold(notBefore)
}
