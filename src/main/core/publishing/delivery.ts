import type { OutboxState } from '../../../shared/contract/outbox.ts'
import { hourTold } from './handing-over.ts'
import type { WireError } from '../../../shared/rpc/errors.ts'
import { STORY_STEP, type Difference, type Step, type Trouble } from './targets/target.ts'

/** One approved story on its way to one CMS: everything known about its progress. */
export interface Delivery {
  readonly state: OutboxState
  /** The step of which it is unknown whether it took effect. */
  readonly pending: PendingStep | null
  /** What it replaces: change token and fingerprint of our last version there. A null token: the story is new there. */
  readonly base: string | null
  readonly previous: string | null
  /** Milliseconds UTC; nobody can read it earlier. If this machine publishes it, nothing is sent earlier. */
  readonly notBefore: number | null
  /** Who makes it public at that hour: the CMS, which gets it beforehand, or this machine. */
  readonly firedBy: FiredBy
  /**
   * The hour at which the CMS will publish it by itself, as it showed when last looked at, or as it was first told;
   * milliseconds UTC.
   */
  readonly handedOver: number | null
  readonly nextTryAt: number | null
  /** The CMS itself specified `nextTryAt`. */
  readonly told: boolean
  readonly tries: number
  /** It is to be taken back: by a person, or because a newer version replaces it. */
  readonly takeBack: 'cancel' | 'supersede' | null
  readonly problem: WireError | null
  /** This version was seen live there. */
  readonly seen?: true
}

export type FiredBy = 'cms' | 'desk'
export type PendingStep = Pick<Step, 'key' | 'name'>

export const STORY: PendingStep = { key: STORY_STEP, name: 'article' }

export type Action =
  /** Ask the CMS for the time, which must confirm that the hour has come. */
  | { readonly do: 'ask-time' }
  /** Ask the CMS for the time before anything is sent; a clock that differs is reported, but holds nothing up. */
  | { readonly do: 'compare-clocks' }
  /** Ask the driver for the next step. `missing`: the step that was looked for and is not there. */
  | { readonly do: 'plan'; readonly missing: string | null }
  | { readonly do: 'step'; readonly step: Step }
  /** Stop the CMS from publishing it by itself: it becomes the draft it was created as. */
  | { readonly do: 'recall' }
  /**
   * Look at what is there: after an unknown outcome, after "changed there", after everything was sent, after a recall,
   * or to see whether the CMS has published it.
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
  /** It is not public yet: the hour at which the CMS will publish it, milliseconds UTC. */
  readonly publishesAt: number | null
  /** When it became public according to the CMS, milliseconds UTC. */
  readonly publishedAt: number | null
}

/** The result of an action. */
export type Outcome =
  /** `same`: as approved, apart from what the CMS changed by itself. */
  | {
      readonly kind: 'found'
      readonly same: boolean
      readonly unfinished: boolean
      readonly proof: Proof
    }
  | { readonly kind: 'absent'; readonly serverTime: number | null }
  /** The CMS's clock; null if it does not give the time. */
  | { readonly kind: 'time'; readonly serverTime: number | null }
  | { readonly kind: 'present' }
  | { readonly kind: 'stored' }
  | Trouble
  /** The receipt is on disk. */
  | { readonly kind: 'written' }

export type Event =
  /**
   * It is due, or the loop checks whether it is; `paused`: a person paused the target, and nothing may begin to leave.
   */
  | { readonly kind: 'wake'; readonly paused: WireError | null }
  /** The driver's next step; null: everything has been sent. */
  | { readonly kind: 'planned'; readonly step: Step | null }
  | { readonly kind: 'answer'; readonly to: Action; readonly answer: Outcome }
  /** A person has dealt with it, or the network is back. */
  | { readonly kind: 'retry' }
  | { readonly kind: 'take-back'; readonly why: 'cancel' | 'supersede' }
  /** A person has seen both versions and wants ours; `base` is null if nothing is there. */
  | { readonly kind: 'overwrite'; readonly base: string | null }
  /** The story's embargo was moved, set or removed after approval; the hour that applies now. */
  | { readonly kind: 'release'; readonly notBefore: number | null }
  /** The target was stopped for all of its stories. */
  | { readonly kind: 'pause'; readonly problem: WireError }

export interface Moment {
  /** Milliseconds UTC. */
  readonly now: number
  /** From 0 up to 1, for jitter. */
  readonly random: number
}

export interface Next {
  readonly delivery: Delivery
  /** Null: nothing until the next event. */
  readonly action: Action | null
}

/** The longest wait a CMS may ask for, in ms; a longer one found after a restart means that a clock was changed. */
export const LONGEST_TOLD_WAIT = 24 * 60 * 60_000
/** How often a CMS whose clock is behind ours is asked whether the hour has come, in ms. */
export const TIME_CHECK = 5 * 60_000

/** When the loop has to look again; null if only a person or a reply can move it on. */
export function dueAt(delivery: Delivery): number | null {
  switch (delivery.state) {
    case 'waiting':
      return delivery.nextTryAt ?? 0
    case 'scheduled':
      return delivery.handedOver === null ? Math.max(delivery.nextTryAt ?? 0, delivery.notBefore ?? 0) : 0
    case 'handed-over':
      return delivery.nextTryAt ?? 0
    // It was under way in a process that is gone.
    case 'sending':
      return 0
    // To be looked at once more.
    case 'done':
    case 'cancelled':
      return delivery.nextTryAt
    default:
      return null
  }
}

export function isDue(delivery: Delivery, now: number): boolean {
  switch (delivery.state) {
    // A wait longer than any that is ever set means that the clock was set back meanwhile.
    case 'waiting':
      return passed(delivery.nextTryAt, now, LONGEST_TOLD_WAIT)
    case 'scheduled':
      if (delivery.handedOver !== null) return true
      return (delivery.notBefore ?? 0) <= now && passed(delivery.nextTryAt, now, TIME_CHECK)
    case 'handed-over':
      return passed(delivery.nextTryAt, now, LONGEST_TOLD_WAIT)
    case 'sending':
      return true
    case 'done':
    case 'cancelled':
      return delivery.nextTryAt !== null && isLookDue(delivery.nextTryAt, now)
    default:
      return false
  }
}

/** Whether the time has come to look once more at a delivery that has ended. */
export function isLookDue(at: number, now: number): boolean {
  return passed(at, now, LONGEST_TOLD_WAIT)
}

/**
 * True if an action may change something on the CMS: it is then recorded on disk before it is done. All others only
 * look, and are repeated if their record is lost.
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

/** Its hour is ahead, and this machine publishes it. */
export function waitsHere({ firedBy, notBefore }: Delivery, now: number): boolean {
  return firedBy === 'desk' && notBefore !== null && now < notBefore
}

/** The hour at which the CMS should publish it, if it should. */
export function hourWanted({ notBefore }: Delivery): number | null {
  return notBefore === null ? null : hourTold(notBefore)
}
