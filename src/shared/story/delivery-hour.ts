import type { Instant } from './instant.ts'

/** What holds a delivery back, as its outbox item has it. */
interface Held {
  readonly notBefore: string | null
  readonly planned: Instant | null
  readonly embargo: Instant | null
}

/** An hour, and the zone it is said in. */
export type Hour = Pick<Instant, 'utc' | 'zone'>

/**
 * The hour before which no reader gets a delivery, in the zone it was chosen in: the planned one, or the end of the
 * embargo that outlasts it. Every place that names the hour of a delivery asks here. Null if nothing holds it back.
 */
export function deliveryHour({ notBefore, planned, embargo }: Held): Hour | null {
  if (notBefore === null) return null
  const holds = [planned, embargo].find((hour) => hour !== null && isSameMoment(hour.utc, notBefore))
  return { utc: notBefore, zone: (holds ?? planned ?? embargo)?.zone ?? 'UTC' }
}

/** That hour while it is still to come. `now` in milliseconds UTC. */
export function deliveryHourAhead(item: Held, now: number): Hour | null {
  const hour = deliveryHour(item)
  return hour && Date.parse(hour.utc) > now ? hour : null
}

/** Moments are compared as such: one may be written in more than one way. */
export function isSameMoment(one: string | null, other: string | null): boolean {
  return one === null || other === null ? one === other : Date.parse(one) === Date.parse(other)
}
