import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import { deliveryHour, isSameMoment } from '../../../shared/story/delivery-hour.ts'
import type { Strings } from '../../strings/strings.ts'
import { hours, moment } from '../../ui/format.ts'
import { stateName } from './state-name.ts'

type Hours = Pick<OutboxItem, 'planned' | 'embargo'>
type Words = Strings['publishing']

/** What the hour does not come for until a person has dealt with it. */
const AT_REST: ReadonlySet<OutboxItem['state']> = new Set(['paused', 'conflict', 'refused'])

/**
 * The hours to show beside a delivery that waits: the planned one unless an embargo holds it longer, and the embargo
 * unless the plan is later.
 */
export function hoursShown({ planned, embargo, notBefore }: Hours & Pick<OutboxItem, 'notBefore'>): Hours {
  const isHeldLonger = planned && embargo && Date.parse(embargo.utc) > Date.parse(planned.utc)
  const isHeld = planned === null || (embargo && notBefore && isSameMoment(notBefore, embargo.utc))
  return { planned: isHeldLonger ? null : planned, embargo: isHeld ? embargo : null }
}

/** A delivery's hours in a line beside its story; if it has stopped, or its hour has passed, its state comes first. */
export function hoursBeside(item: OutboxItem, words: Words, now: number): readonly string[] {
  const { planned, embargo } = hoursShown(item)
  const isPast = item.notBefore === null || Date.parse(item.notBefore) <= now
  const state = AT_REST.has(item.state) || isPast ? [stateName(words, item)] : []
  const all = [
    ...(planned ? [words.planned(moment(planned.utc, planned.zone))] : []),
    ...(embargo ? [words.heldBack(moment(embargo.utc, embargo.zone))] : [])
  ]
  return all.map((hour) => [...state, hour].join(' · '))
}

/** The same on its card, which says the state. `zone` is the desk's. */
export function hoursOnCard(item: OutboxItem, words: Words, zone: string): readonly string[] {
  if (item.state === 'done' || item.state === 'cancelled') return []
  const { planned, embargo } = hoursShown(item)
  // Who fires it is said with the hour at which the site publishes.
  const isHourSaid = item.state === 'handed-over' && planned !== null && isSameMoment(planned.utc, item.handedOver)
  return [
    ...(planned && !isHourSaid ? [words.planned(hours(planned.utc, [planned.zone, zone, 'UTC']))] : []),
    ...(embargo ? [words.heldBack(hours(embargo.utc, [embargo.zone, zone, 'UTC']))] : [])
  ]
}

/**
 * Who publishes a delivery at its hour, and what the site does by itself whatever happens to this laptop; null if there
 * is nothing to say of that. `zone` is the desk's, `now` in milliseconds UTC.
 */
export function whoFires(
  item: OutboxItem,
  words: Pick<Strings, 'publishing' | 'outbox'>,
  { zone, now }: { readonly zone: string; readonly now: number }
): { readonly said: string; readonly isWarning?: true } | null {
  const { state, handedOver, problem, receipt } = item
  const said = words.publishing
  if (receipt?.firedBy === 'cms' && state === 'done') return { said: said.firedThere }
  if (state === 'done' || state === 'cancelled' || state === 'sending') return null
  // If the site could not be given the hour, the problem itself says so.
  if (handedOver === null) return state === 'scheduled' && problem === null ? { said: said.firesHere } : null
  const when = hours(handedOver, [deliveryHour(item)?.zone ?? zone, zone, 'UTC'])
  const left = Date.parse(handedOver) - now
  if (state !== 'handed-over')
    return { said: left > 0 ? said.stillPublishes(when) : said.mayBePublic(when), isWarning: true }
  return { said: left > 0 ? said.publishesThere(when, words.outbox.inTime(left)) : said.hasToBeSeen(when) }
}
