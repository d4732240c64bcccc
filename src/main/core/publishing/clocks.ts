import { say, type Message } from '../../../shared/words/message.ts'
import type { Story } from '../../../shared/story/story.ts'

/** No server today has a correct clock before the first or after the second. */
const EARLIEST = Date.UTC(2024, 0)
const LATEST = Date.UTC(2100, 0)
/** Batteries fail and clocks fall back to any year; none runs ahead by this much (in milliseconds). */
const FARTHEST_AHEAD = 10 * 365 * 86_400_000
/** Clocks that differ by less than this, in milliseconds, count as equal. */
const TOLERANCE = 60_000

/** Whether a server's time is credible. Both in milliseconds UTC; `now` is this machine's clock. */
export function isPlausible(serverTime: number | null, now: number): serverTime is number {
  if (serverTime === null || serverTime < EARLIEST || serverTime >= LATEST) return false
  return now < EARLIEST || serverTime - now <= FARTHEST_AHEAD
}

/** How far this machine's clock is ahead of the server's, in milliseconds; null if that cannot be told. */
export function aheadOf(serverTime: number | null, now: number): number | null {
  return isPlausible(serverTime, now) ? now - serverTime : null
}

export function clocksAgree(ahead: number): boolean {
  return Math.abs(ahead) <= TOLERANCE
}

/** The result of comparing the clocks, to the minute. */
export function saidOfClocks(ahead: number): Message {
  if (clocksAgree(ahead)) return say('outbox.clocksAgree')
  return say('outbox.clocksDiffer', { ahead: Math.round(ahead / 60_000) * 60_000 })
}

/** The story as it leaves, with its time of change by the CMS's clock. `ahead` as returned by `aheadOf`. */
export function byCmsTime(story: Story, ahead: number | null): Story {
  if (ahead === null || clocksAgree(ahead)) return story
  return { ...story, changedAt: new Date(Date.parse(story.changedAt) - ahead).toISOString() }
}
