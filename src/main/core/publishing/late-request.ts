import { say } from '../../../shared/words/message.ts'
import type { WireError } from '../../../shared/rpc/errors.ts'
import { lastStep } from '../store/late-looks.ts'
import type { OutboxRow } from '../store/outbox.ts'
import type { ReadableDb } from '../store/sql.ts'
import { isOpen, STORY, type Delivery, type Moment, type Outcome } from './delivery.ts'
import { SETTLED } from './handing-over.ts'
import { hourMoved, stillToReplace } from './outbox-look-up.ts'
import { problem } from './outbox-onwards.ts'
import { UNKNOWN_OUTCOMES } from './outbox-steps.ts'

/**
 * A request whose answer was lost may be carried out minutes later, after whatever was sent since. A delivery that ends
 * soon after one is looked at again: whether what it left there is what is there.
 */

/** So long after it was sent, at most, a request is taken to be carried out. */
const LATEST = 10 * 60_000
/**
 * What was taken back or withdrawn is looked at once more so long after the request: some servers, or what stands before
 * them, let one wait that long, and what readers must not see is worth the look.
 */
const MUCH_LATER = 60 * 60_000
/** A look that came to nothing is made again after so long … */
const AGAIN = 5 * 60_000
/** … and after so long where the CMS wants something else of a person first. */
const AGAIN_REFUSED = 60 * 60_000

/** Requests that change what readers see. */
const CHANGES = ['article', 'recall']
/** What the journal says of one that may have been carried out, or may be yet. */
const MAYBE = [
  ...UNKNOWN_OUTCOMES,
  'outbox.underWay',
  'cms.redirected',
  'cms.unknownStatus',
  'cms.down',
  'cms.asksToWait'
]

/** Nothing of it is to be public there. */
function staysAway({ purpose }: OutboxRow, { state }: Delivery): boolean {
  return purpose === 'withdraw' || state === 'cancelled'
}

/** When the last request for the story was sent there whose answer was lost; null: none was, as far back as matters. */
function lostAt(db: ReadableDb, row: OutboxRow, ended: Delivery, now: number): number | null {
  const from = new Date(now - (staysAway(row, ended) ? MUCH_LATER : LATEST)).toISOString()
  const at = lastStep(db, row, { steps: CHANGES, keys: MAYBE, from })
  return at === null ? null : Date.parse(at)
}

/**
 * The delivery with the look that is due after its end, where one is. None where a person has just seen what is there,
 * and decided; where another delivery takes its place, that one is looked at.
 */
export function withLook(
  db: ReadableDb,
  { row, before, after }: { readonly row: OutboxRow; readonly before: Delivery; readonly after: Delivery },
  now: number
): Delivery {
  if (isOpen(after) || !isOpen(before) || before.state === 'conflict' || after.takeBack === 'supersede') return after
  return lostAt(db, row, after, now) === null ? after : { ...after, nextTryAt: now + SETTLED }
}

/** After a look that found what it expected: when the next is due. Null: the last one was made. */
export function nextLateLook(db: ReadableDb, row: OutboxRow, ended: Delivery, now: number): number | null {
  const at = lostAt(db, row, ended, now)
  if (at === null) return null
  const due = [LATEST, ...(staysAway(row, ended) ? [MUCH_LATER] : [])].map((ms) => at + ms)
  return due.find((one) => one > now) ?? null
}

/** What a look came to. */
export type LateLook =
  /** Nobody could see what is there. */
  | { readonly kind: 'unseen'; readonly again: number }
  | { readonly kind: 'expected' }
  /** It was taken back, and is there for its hour again: the CMS is told once more. */
  | { readonly kind: 'recall'; readonly delivery: Delivery }
  /** A person has to know. `public`: what readers have now, as far as it is news; null: nothing of it. */
  | { readonly kind: 'stopped'; readonly delivery: Delivery; readonly public: 'ours' | 'withdrawn' | null }

/** `isPublic`: readers see what was found. */
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
  if (delivery.state === 'done') {
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
