import { say } from '../../../shared/words/message.ts'
import type { WireError } from '../../../shared/rpc/errors.ts'
import { lastStep, listLater } from '../store/late-looks.ts'
import { hasActed, type OutboxRow } from '../store/outbox.ts'
import type { ReadableDb } from '../store/sql.ts'
import { isDue, isOpen, STORY, type Delivery, type Moment, type Outcome } from './delivery.ts'
import { SETTLED } from './handing-over.ts'
import { toDelivery } from './outbox-delivery.ts'
import { hourMoved, stillToReplace } from './outbox-look-up.ts'
import { problem } from './outbox-onwards.ts'
import { UNKNOWN_OUTCOMES } from './outbox-steps.ts'

/**
 * A request whose answer was lost may be carried out minutes later, after newer ones. A delivery that ends soon after
 * such a request is therefore checked again: whether the CMS still has what the delivery left there.
 */

/** The longest time after which a request is expected to be carried out. */
const LATEST = 10 * 60_000
/**
 * A delivery that was taken back or withdrawn is checked once more this long after the request: some servers, or
 * proxies in front of them, hold a request that long, and readers must not see such a story.
 */
const MUCH_LATER = 60 * 60_000
/** A failed look is repeated after this long … */
const AGAIN = 5 * 60_000
/** … or this long if the CMS needs something from a person first. */
const AGAIN_REFUSED = 60 * 60_000

/** Requests that change what readers see. */
const CHANGES = ['article', 'recall']
/** Journal entries of a request that was or still may be carried out. */
const MAYBE = [
  ...UNKNOWN_OUTCOMES,
  'outbox.underWay',
  'cms.redirected',
  'cms.unknownStatus',
  'cms.down',
  'cms.asksToWait'
]

/** The story must not be public there. */
function staysAway({ purpose }: OutboxRow, { state }: Delivery): boolean {
  return purpose === 'withdraw' || state === 'cancelled'
}

/**
 * When the last request for the story whose answer was lost was sent there; null if none was within the time that
 * matters.
 */
function lostAt(db: ReadableDb, row: OutboxRow, ended: Delivery, now: number): number | null {
  const from = new Date(now - (staysAway(row, ended) ? MUCH_LATER : LATEST)).toISOString()
  const at = lastStep(db, row, { steps: CHANGES, keys: MAYBE, from })
  return at === null ? null : Date.parse(at)
}

/**
 * The delivery with the next look after its end, if one is due. None is due if a person has just seen what is there and
 * decided, or if nothing of it ever left: the looks after an earlier one go on.
 */
export function withLook(
  db: ReadableDb,
  { row, before, after }: { readonly row: OutboxRow; readonly before: Delivery; readonly after: Delivery },
  now: number
): Delivery {
  if (isOpen(after) || !isOpen(before) || before.state === 'conflict') return after
  if (!hasActed(db, row)) return after
  return lostAt(db, row, after, now) === null ? after : { ...after, nextTryAt: now + SETTLED }
}

/**
 * A later delivery to the same CMS has taken the looks over: it looks itself, or has looked, or a person sees to it.
 * One that only waits for its hour or for a person has not, since the request may be carried out before that.
 */
export function isTakenOver(db: ReadableDb, row: OutboxRow, now: number): boolean {
  return listLater(db, row).some((later) => !rests(later, now) && (later.state !== 'cancelled' || hasActed(db, later)))
}

/** Nothing of it was sent, and nothing will be soon. */
export function rests(row: OutboxRow, now: number): boolean {
  if (row.pending || row.handedOver !== null) return false
  if (row.state === 'scheduled') return !isDue(toDelivery(row), now)
  if (row.state === 'waiting') return row.nextTryAt !== null && Date.parse(row.nextTryAt) > now + AGAIN
  return row.state === 'paused' || row.state === 'refused'
}

/** The time of the next look after one that found what it expected; null after the last. */
export function nextLateLook(db: ReadableDb, row: OutboxRow, ended: Delivery, now: number): number | null {
  const at = lostAt(db, row, ended, now)
  if (at === null) return null
  const due = [LATEST, ...(staysAway(row, ended) ? [MUCH_LATER] : [])].map((ms) => at + ms)
  return due.find((one) => one > now) ?? null
}

/** The result of a look. */
export type LateLook =
  /** The CMS could not be read. */
  | { readonly kind: 'unseen'; readonly again: number }
  | { readonly kind: 'expected' }
  /** It was taken back but has its hour again, so the CMS is told once more. */
  | { readonly kind: 'recall'; readonly delivery: Delivery }
  /** A person has to know. `public`: what readers see now, if that is new; null if they see nothing of it. */
  | { readonly kind: 'stopped'; readonly delivery: Delivery; readonly public: 'ours' | 'withdrawn' | null }

/** `isPublic`: readers see the version that was found. */
export function lookedAgain(
  delivery: Delivery,
  purpose: OutboxRow['purpose'],
  { answer, isPublic }: { readonly answer: Outcome; readonly isPublic: boolean },
  { now }: Moment
): LateLook {
  if (answer.kind !== 'found' && answer.kind !== 'absent') {
    const isLong = ['unauthorised', 'distrusted', 'rejected', 'redirected', 'unreadable'].includes(answer.kind)
    return { kind: 'unseen', again: now + (isLong ? AGAIN_REFUSED : AGAIN) }
  }
  const found = answer.kind === 'found' ? answer : null
  const ahead = found?.proof.publishesAt ?? null
  const stopped = (why: WireError, shown: 'ours' | 'withdrawn' | null = null): LateLook => ({
    kind: 'stopped',
    delivery: {
      ...delivery,
      state: 'conflict',
      takeBack: null,
      pending: null,
      nextTryAt: null,
      tries: 0,
      handedOver: ahead,
      problem: why
    },
    public: shown
  })
  // What was live, and whose next request was taken back, left what it was to replace.
  if (delivery.state === 'done' && !delivery.takeBack) {
    if (found?.same && ahead === null) return { kind: 'expected' }
    if (ahead !== null) return stopped(hourMoved(ahead))
    if (purpose === 'withdraw')
      return isPublic ? stopped(problem('conflict', say('outbox.publicAgain')), 'withdrawn') : { kind: 'expected' }
    return stopped(problem('conflict', say(found ? 'outbox.notWhatWasReadBack' : 'outbox.removedThere')))
  }
  if (ahead !== null && found?.same)
    return {
      kind: 'recall',
      delivery: {
        ...delivery,
        state: 'waiting',
        takeBack: 'cancel',
        pending: STORY,
        handedOver: ahead,
        nextTryAt: now,
        tries: 0,
        problem: null
      }
    }
  if (stillToReplace(delivery, found)) return { kind: 'expected' }
  if (ahead !== null) return stopped(hourMoved(ahead))
  if (!isPublic) return { kind: 'expected' }
  if (found?.same) return stopped(problem('conflict', say('outbox.publicAllTheSame')), 'ours')
  return stopped(problem('conflict', say(delivery.base === null ? 'outbox.anotherVersion' : 'outbox.changedThere')))
}
