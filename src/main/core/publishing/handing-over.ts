import type { WireError } from '../../../shared/rpc/errors.ts'
import { say, type Message } from '../../../shared/words/message.ts'

/**
 * The hours of a story that the CMS itself makes public: when it is told, and when it is looked at again. All in
 * milliseconds UTC.
 */

/**
 * So long before its hour the CMS must have it; nearer, this machine fires. WordPress publishes at once what has less
 * than a minute left, its clock may be a minute ahead, and a request may be on its way for half a minute.
 */
export const LEAD = 5 * 60_000
/** After the hour it is looked at first. */
const SLACK = 15_000
/** A CMS that is so late is said to be late. */
const LATE = 3 * 60_000
/** Before the hour it is looked at so often, whether somebody changed it there. */
const WATCH = 30 * 60_000
const LONGEST_WATCH = 5 * 60_000
/**
 * So soon after it was handed over it is looked at first: an earlier request whose answer was lost may still be at work
 * there, for as long as a site lets one be, and put an old hour or old words back when it is done.
 */
const SETTLED = 2 * 60_000

/** What a CMS is told of an hour: it knows whole seconds, and is never told an earlier one. */
export function hourTold(notBefore: number): number {
  return Math.ceil(notBefore / 1000) * 1000
}

export function isTooNear(notBefore: number, now: number): boolean {
  return notBefore - now < LEAD
}

/** `tries`: looks since the hour. `random`: from 0 up to 1. */
export function nextLook(hour: number, now: number, tries: number, random: number): number {
  if (now < hour) return Math.min(now + WATCH, hour + SLACK)
  return Math.round(now + Math.min(LONGEST_WATCH, SLACK * 2 ** Math.min(tries, 10)) * (0.8 + 0.4 * random))
}

/** Once the CMS was seen to have it for its hour. */
export function firstLook(hour: number, now: number, random: number): number {
  return Math.min(now + SETTLED, nextLook(hour, now, 0, random))
}

export function isLate(hour: number, now: number): boolean {
  return now - hour >= LATE
}

/** Why this machine fires although the CMS was to. */
export function deskFires(why: 'near' | 'no-clock' | 'clocks'): WireError {
  const said: Message =
    why === 'near'
      ? say('outbox.deskFiresNear')
      : why === 'no-clock'
        ? say('outbox.deskFiresNoClock')
        : say('outbox.deskFiresClocks')
  return { code: 'refused', ...said }
}

export function saysDeskFires(problem: WireError | null): problem is WireError {
  return problem?.key.startsWith('outbox.deskFires') ?? false
}
