import type { WireError } from '../../../shared/rpc/errors.ts'
import { say, type Message } from '../../../shared/words/message.ts'

/** When a CMS that publishes a story by itself is told, and when it is looked at again. All in milliseconds UTC. */

/**
 * The CMS must have a story this long before its hour; if less is left, this machine publishes it. WordPress publishes
 * at once what has less than a minute left, its clock may be a minute ahead, and a request may take half a minute.
 */
export const LEAD = 5 * 60_000
/** How long after the hour it is first looked at. */
const SLACK = 15_000
/** After this long, a CMS is reported as late. */
const LATE = 3 * 60_000
/** How often it is looked at before the hour, in case somebody changed it there. */
const WATCH = 30 * 60_000
const LONGEST_WATCH = 5 * 60_000
/**
 * How soon after handing over, or after its end, it is first looked at. An earlier request whose reply was lost may still be running
 * there, for as long as the site allows, and put back an old hour or old text when it finishes.
 */
export const SETTLED = 2 * 60_000

/** The hour a CMS is told: rounded up to whole seconds, so never an earlier one. */
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

/** The first look after the CMS was seen to have it scheduled. */
export function firstLook(hour: number, now: number, random: number): number {
  return Math.min(now + SETTLED, nextLook(hour, now, 0, random))
}

export function isLate(hour: number, now: number): boolean {
  return now - hour >= LATE
}

/** Why this machine publishes it although the CMS was to. */
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
