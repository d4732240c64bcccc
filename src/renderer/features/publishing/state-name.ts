import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import type { Strings } from '../../strings/strings.ts'

/**
 * How a delivery stands, in a word or two; taking a story down has words of its own. `isReplaced`: something newer is
 * there in its place.
 */
export function stateName(
  { states, withdrawStates, wasLive }: Pick<Strings['publishing'], 'states' | 'withdrawStates' | 'wasLive'>,
  { state, purpose }: Pick<OutboxItem, 'state' | 'purpose'>,
  isReplaced = false
): string {
  if (isReplaced && state === 'done' && purpose === 'publish') return wasLive
  const own: Readonly<Partial<Record<OutboxItem['state'], string>>> = purpose === 'withdraw' ? withdrawStates : {}
  return own[state] ?? states[state]
}
