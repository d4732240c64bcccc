import type { OutboxItem } from '../../../shared/contract/publishing.ts'
import type { Strings } from '../../strings/strings.ts'

/** How a delivery stands, in a word or two; taking a story down has words of its own. */
export function stateName(
  { states, withdrawStates }: Pick<Strings['publishing'], 'states' | 'withdrawStates'>,
  { state, purpose }: Pick<OutboxItem, 'state' | 'purpose'>
): string {
  const own: Readonly<Partial<Record<OutboxItem['state'], string>>> = purpose === 'withdraw' ? withdrawStates : {}
  return own[state] ?? states[state]
}
