import type { OutboxState } from '../../../shared/contract/publishing.ts'
import { plainMessage, type WireError } from '../../../shared/rpc/errors.ts'
import type { Answer } from './targets/target.ts'
import { unreachable } from '../../../shared/lib/assert.ts'

/**
 * How one approved story gets to one CMS exactly once, as a pure function: delivery × event → delivery + what to do
 * next. The caller writes the delivery to disk before it does what comes next, so a process killed anywhere finds on
 * disk either "not sent" or "maybe sent". Maybe sent is never sent again before the CMS has been asked what it holds.
 */
export interface Delivery {
  readonly state: OutboxState
  /** The story may be on the CMS. */
  readonly maybeSent: boolean
  /** Pictures known to be there, counted in their order. */
  readonly mediaDone: number
  readonly mediaTotal: number
  /** SHA-256 of what was approved. */
  readonly sha256: string
  /** What it replaces: ETag and SHA-256 of our last version there. Null etag: the story is new there. */
  readonly etag: string | null
  readonly previous: string | null
  /** Milliseconds UTC; not a byte leaves before. */
  readonly notBefore: number | null
  readonly nextTryAt: number | null
  /** The CMS itself named `nextTryAt`. */
  readonly told: boolean
  readonly tries: number
  readonly withdraw: 'cancel' | 'supersede' | null
  readonly problem: WireError | null
}

export type Action =
  /** Ask the CMS for the time, which must agree that the hour has come. */
  | { readonly do: 'ask-time' }
  | { readonly do: 'find-media'; readonly index: number }
  | { readonly do: 'send-media'; readonly index: number }
  | { readonly do: 'send-article'; readonly ifMatch: string | null }
  /** What is there? After an unknown outcome, after "changed there", after our own accepted sending. */
  | { readonly do: 'look-up'; readonly why: 'unknown' | 'changed' | 'read-back' }
  /** Read back and equal: write the receipt. */
  | { readonly do: 'finish'; readonly etag: string; readonly url: string | null; readonly serverTime: number | null }

export type Event =
  /** Due, or the loop looks whether it is. */
  | { readonly kind: 'wake' }
  | { readonly kind: 'answer'; readonly to: Action; readonly answer: Answer }
  /** A person has seen to it, or the network is back. */
  | { readonly kind: 'retry' }
  | { readonly kind: 'withdraw'; readonly why: 'cancel' | 'supersede' }
  /** A person has seen both versions and wants ours; `etag` null where nothing is there. */
  | { readonly kind: 'overwrite'; readonly etag: string | null }
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

/** Waiting doubles from here … */
const FIRST_WAIT = 2_000
/** … up to here. */
const LONGEST_WAIT = 5 * 60_000
/** While there is no network: looked at this often. */
const OFFLINE_WAIT = 15_000
/** A wait the CMS asks for is believed up to here; a wait longer than this after a restart means that a clock moved. */
export const LONGEST_TOLD_WAIT = 24 * 60 * 60_000
/** How often a CMS whose clock is behind ours is asked again whether the hour has come. */
const TIME_CHECK = 5 * 60_000
/** So often a CMS may say "stored" and not show it before a person is asked. */
const READ_BACK_LIMIT = 5

export function next(delivery: Delivery, event: Event, moment: Moment): Next {
  switch (event.kind) {
    case 'wake':
      return isDue(delivery, moment.now) ? begin(delivery, moment.now) : { delivery, action: null }
    case 'answer':
      return answered(delivery, event.to, event.answer, moment)
    case 'retry':
      return { delivery: retried(delivery, moment.now), action: null }
    case 'withdraw':
      return { delivery: withdrawn(delivery, event.why, moment.now), action: null }
    case 'overwrite':
      return { delivery: overwritten(delivery, event.etag, moment.now), action: null }
    case 'release':
      return { delivery: released(delivery, event.notBefore, moment.now), action: null }
    // What already rests for a reason of its own keeps that reason.
    case 'pause':
      return {
        delivery:
          delivery.state === 'waiting' || delivery.state === 'scheduled'
            ? { ...delivery, state: 'paused', nextTryAt: null, problem: event.problem }
            : delivery,
        action: null
      }
    default:
      return unreachable(event)
  }
}

/** When the loop has to look again; null when only a person or an answer moves it on. */
export function dueAt(delivery: Delivery): number | null {
  switch (delivery.state) {
    case 'waiting':
      return delivery.nextTryAt ?? 0
    case 'scheduled':
      return Math.max(delivery.nextTryAt ?? 0, delivery.notBefore ?? 0)
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
      return (delivery.notBefore ?? 0) <= now && passed(delivery.nextTryAt, now, TIME_CHECK)
    case 'sending':
      return true
    default:
      return false
  }
}

export function isOpen(delivery: Pick<Delivery, 'state'>): boolean {
  return delivery.state !== 'done' && delivery.state !== 'cancelled'
}

function passed(at: number | null, now: number, longest: number): boolean {
  return at === null || at <= now || at - now > longest + 60_000
}

function begin(delivery: Delivery, now: number): Next {
  if (!delivery.maybeSent && !delivery.withdraw && delivery.notBefore !== null && now < delivery.notBefore) {
    return { delivery: { ...delivery, state: 'scheduled', nextTryAt: null, told: false, problem: null }, action: null }
  }
  const started: Delivery = { ...delivery, state: 'sending', nextTryAt: null, told: false, tries: delivery.tries + 1 }
  if (started.maybeSent) return { delivery: started, action: { do: 'look-up', why: 'unknown' } }
  if (started.withdraw) return { delivery: cancelled(started), action: null }
  if (started.notBefore !== null) return { delivery: started, action: { do: 'ask-time' } }
  return towardsArticle(started, now)
}

/**
 * The pictures that are missing, then the story. The hour may have been moved since this sending began, so it is looked
 * at before each of them;
 * `theirs`: what the CMS's clock says, where it was just asked.
 */
function towardsArticle(delivery: Delivery, now: number, theirs: number | null = null): Next {
  if (delivery.withdraw) return { delivery: cancelled(delivery), action: null }
  const { notBefore } = delivery
  if (notBefore !== null && Math.min(now, theirs ?? now) < notBefore) {
    const nextTryAt = now < notBefore || theirs === null ? null : now + Math.min(notBefore - theirs, TIME_CHECK)
    return {
      delivery: { ...delivery, state: 'scheduled', nextTryAt, told: false, tries: 0, problem: null },
      action: null
    }
  }
  if (delivery.mediaDone < delivery.mediaTotal)
    return { delivery, action: { do: 'find-media', index: delivery.mediaDone } }
  return { delivery: { ...delivery, maybeSent: true }, action: { do: 'send-article', ifMatch: delivery.etag } }
}

function answered(delivery: Delivery, to: Action, answer: Answer, moment: Moment): Next {
  if (delivery.state !== 'sending') return { delivery, action: null }
  const stop = (stopped: Delivery): Next => ({ delivery: stopped, action: null })

  // What keeps a story waiting or stops it is the same at every step; only what may be there by now differs.
  switch (answer.kind) {
    case 'unreachable':
      return stop(
        wait(
          to.do === 'send-article' ? { ...delivery, maybeSent: false } : delivery,
          moment.now + OFFLINE_WAIT * (0.8 + 0.4 * moment.random),
          problem('unreachable', answer.message, 'It goes out by itself as soon as the CMS can be reached.')
        )
      )
    case 'later': {
      const told = answer.waitMs !== null
      const ms =
        answer.waitMs === null ? backoff(delivery.tries, moment.random) : Math.min(answer.waitMs, LONGEST_TOLD_WAIT)
      return stop({
        ...wait(delivery, moment.now + ms, problem('busy', answer.message, 'It is tried again by itself.')),
        told
      })
    }
    case 'broken':
    case 'lost':
    case 'odd':
      return stop(
        wait(
          delivery,
          moment.now + backoff(delivery.tries, moment.random),
          problem(
            'unreachable',
            answer.message,
            delivery.maybeSent
              ? 'Galley looks up what arrived before anything is sent again.'
              : 'It is tried again by itself.'
          )
        )
      )
    case 'unauthorised':
      return stop({
        ...notSent(delivery, to),
        state: 'paused',
        problem: problem(
          'refused',
          answer.message,
          'Check the target’s secret and the clock of this machine, then retry.'
        )
      })
    case 'redirected':
      // Who answered may have stored it all the same: a retry looks first.
      return stop({
        ...delivery,
        state: 'refused',
        problem: problem('refused', answer.message, 'Correct the target’s address in the settings, then retry.')
      })
    case 'rejected':
      if (to.do === 'find-media') break
      return stop(
        delivery.withdraw && !notSent(delivery, to).maybeSent
          ? cancelled(delivery)
          : {
              ...notSent(delivery, to),
              state: 'refused',
              problem: problem('refused', answer.message, 'Change what it names, then publish again; or retry.')
            }
      )
    case 'unreadable':
      return stop({ ...notSent(delivery, to), state: 'refused', problem: answer.problem })
    default:
  }

  switch (to.do) {
    case 'ask-time': {
      const theirs = answer.kind === 'found' || answer.kind === 'absent' ? answer.serverTime : null
      if (theirs === null) {
        return stop({
          ...delivery,
          state: 'refused',
          problem: problem(
            'refused',
            'The CMS does not say what time it is, and an embargo is lifted only when both clocks agree.',
            'Take the release time off the story and publish it again when the hour has come.'
          )
        })
      }
      if (delivery.notBefore !== null && theirs < delivery.notBefore) {
        const ahead = Math.round((moment.now - theirs) / 60_000)
        return stop({
          ...delivery,
          state: 'scheduled',
          nextTryAt: moment.now + Math.min(delivery.notBefore - theirs, TIME_CHECK),
          tries: 0,
          problem:
            ahead < 1
              ? null
              : problem(
                  'refused',
                  `This machine’s clock is ${ahead} min ahead of the CMS, where the hour of release has not come.`,
                  'Set the clock of this machine. The story leaves when the CMS’s clock says so too.'
                )
        })
      }
      return towardsArticle(delivery, moment.now, theirs)
    }
    case 'find-media':
      return answer.kind === 'present'
        ? towardsArticle({ ...delivery, mediaDone: to.index + 1 }, moment.now)
        : { delivery, action: { do: 'send-media', index: to.index } }
    case 'send-media':
      if (answer.kind === 'changed')
        return stop({
          ...delivery,
          state: 'refused',
          problem: problem('refused', answer.message, 'Retry, or publish without that picture.')
        })
      return towardsArticle({ ...delivery, mediaDone: to.index + 1 }, moment.now)
    case 'send-article':
      return { delivery, action: { do: 'look-up', why: answer.kind === 'changed' ? 'changed' : 'read-back' } }
    case 'look-up':
      // Only "not there" says that nothing is there.
      if (answer.kind !== 'found' && answer.kind !== 'absent')
        return stop(
          wait(
            delivery,
            moment.now + backoff(delivery.tries, moment.random),
            problem('unreachable', 'The CMS gave an answer Galley does not know.', 'It is asked again by itself.')
          )
        )
      return lookedUp(delivery, to.why, answer, moment)
    case 'finish':
      return stop({ ...delivery, state: 'done', problem: null, nextTryAt: null })
    default:
      return unreachable(to)
  }
}

function lookedUp(delivery: Delivery, why: 'unknown' | 'changed' | 'read-back', answer: Answer, moment: Moment): Next {
  const found = answer.kind === 'found' ? answer : null
  if (found && found.sha256 === delivery.sha256)
    return { delivery, action: { do: 'finish', etag: found.etag, url: found.url, serverTime: found.serverTime } }

  // Nothing of ours has arrived: either the place is empty for a new story, or it holds what ours replaces.
  const asBefore = found
    ? delivery.etag !== null && (found.etag === delivery.etag || found.sha256 === delivery.previous)
    : delivery.etag === null
  const theirs = answer.kind === 'found' || answer.kind === 'absent' ? answer.serverTime : null
  if (asBefore && why === 'unknown') return towardsArticle({ ...delivery, maybeSent: false }, moment.now, theirs)
  if (asBefore && why === 'changed' && found && found.etag !== delivery.etag && delivery.tries < READ_BACK_LIMIT) {
    // The same words under another ETag: nobody's work is overwritten. Counted, for a CMS may give a new ETag with
    // every answer.
    return towardsArticle(
      { ...delivery, etag: found.etag, maybeSent: false, tries: delivery.tries + 1 },
      moment.now,
      theirs
    )
  }
  if (asBefore && why === 'read-back' && delivery.tries < READ_BACK_LIMIT) {
    return {
      delivery: wait(
        delivery,
        moment.now + backoff(delivery.tries, moment.random),
        problem('unreachable', 'The CMS took the story but does not show it yet.', 'Galley looks again by itself.')
      ),
      action: null
    }
  }
  if (delivery.withdraw) return { delivery: cancelled(delivery), action: null }
  return {
    delivery: {
      ...delivery,
      state: 'conflict',
      maybeSent: false,
      problem: conflictProblem(delivery, why, found !== null)
    },
    action: null
  }
}

function conflictProblem(delivery: Delivery, why: 'unknown' | 'changed' | 'read-back', there: boolean): WireError {
  const both = 'Compare both versions, then put yours over it or leave what is there. Nothing was overwritten.'
  if (!there) {
    return delivery.etag === null
      ? problem(
          'conflict',
          'The CMS says it has the story, but does not show it.',
          'Look on the CMS; then send it anew or leave it.'
        )
      : problem(
          'conflict',
          'The story is no longer on the CMS: somebody removed it there.',
          'Send it anew, or leave it removed.'
        )
  }
  if (why === 'read-back') return problem('conflict', 'What the CMS shows is not what was approved.', both)
  return delivery.etag === null
    ? problem('conflict', 'The CMS already holds another version of this story.', both)
    : problem('conflict', 'The story was changed on the CMS since Galley last saw it.', both)
}

/** A plain no to our sending means it is not there; whatever was unknown before was looked up first. */
function notSent(delivery: Delivery, to: Action): Delivery {
  return to.do === 'send-article' ? { ...delivery, maybeSent: false } : delivery
}

function wait(delivery: Delivery, until: number, why: WireError): Delivery {
  if (delivery.withdraw && !delivery.maybeSent) return cancelled(delivery)
  return { ...delivery, state: 'waiting', nextTryAt: Math.round(until), problem: why }
}

function cancelled(delivery: Delivery): Delivery {
  return {
    ...delivery,
    state: 'cancelled',
    nextTryAt: null,
    maybeSent: false,
    problem:
      delivery.withdraw === 'supersede'
        ? problem('cancelled', 'A newer version of the story took its place before this one was sent.')
        : null
  }
}

function retried(delivery: Delivery, now: number): Delivery {
  switch (delivery.state) {
    // A time the CMS named is kept, whoever is in a hurry.
    case 'waiting':
      return delivery.told ? delivery : { ...delivery, nextTryAt: now }
    case 'paused':
    case 'refused':
      return { ...delivery, state: 'waiting', nextTryAt: now, told: false, tries: 0, problem: null }
    // What is there now decides, not what was there then.
    case 'conflict':
      return { ...delivery, state: 'waiting', nextTryAt: now, told: false, tries: 0, problem: null, maybeSent: true }
    default:
      return delivery
  }
}

function withdrawn(delivery: Delivery, why: 'cancel' | 'supersede', now: number): Delivery {
  if (!isOpen(delivery)) return delivery
  const marked: Delivery = { ...delivery, withdraw: why }
  if (delivery.state === 'sending') return marked
  if (!delivery.maybeSent) return cancelled(marked)
  return { ...marked, state: 'waiting', nextTryAt: now, told: false }
}

/** What waits for the network waits for the hour now; what may be there already can only be looked up. */
function released(delivery: Delivery, notBefore: number | null, now: number): Delivery {
  if (!isOpen(delivery) || notBefore === delivery.notBefore) return delivery
  const moved: Delivery = { ...delivery, notBefore }
  if (delivery.state === 'scheduled') return { ...moved, nextTryAt: null, problem: null }
  const holds =
    delivery.state === 'waiting' && !delivery.maybeSent && !delivery.withdraw && notBefore !== null && now < notBefore
  return holds ? { ...moved, state: 'scheduled', nextTryAt: null, told: false, problem: null } : moved
}

function overwritten(delivery: Delivery, etag: string | null, now: number): Delivery {
  if (delivery.state !== 'conflict') return delivery
  return {
    ...delivery,
    state: 'waiting',
    etag,
    previous: null,
    maybeSent: false,
    nextTryAt: now,
    told: false,
    tries: 0,
    problem: null
  }
}

/** 2 s, 4 s, 8 s … 5 min, each give or take a fifth so that many laptops do not come back at one moment. */
function backoff(tries: number, random: number): number {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(Math.max(tries - 1, 0), 20)) * (0.8 + 0.4 * random)
}

function problem(code: WireError['code'], message: string, nextStep?: string): WireError {
  return { code, ...plainMessage(message, nextStep) }
}
