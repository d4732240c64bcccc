import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import type { Strings } from '../../strings/strings.ts'

/**
 * How a delivery stands, in a word or two; taking a story down has words of its own. `isReplaced`: something newer is
 * there in its place.
 */
export function stateName(
  {
    states,
    withdrawStates,
    wasLive,
    replaced,
    publicAllTheSame
  }: Pick<Strings['publishing'], 'states' | 'withdrawStates' | 'wasLive' | 'replaced' | 'publicAllTheSame'>,
  { state, purpose, problem }: Pick<OutboxItem, 'state' | 'purpose' | 'problem'>,
  isReplaced = false
): string {
  if (isReplaced && state === 'done' && purpose === 'publish') return wasLive
  // Nobody took it back: something newer goes in its place.
  if (state === 'cancelled' && problem?.key === 'outbox.superseded') return replaced
  if (isPublicAllTheSame({ state, problem })) return publicAllTheSame
  const own: Readonly<Partial<Record<OutboxItem['state'], string>>> = purpose === 'withdraw' ? withdrawStates : {}
  return own[state] ?? states[state]
}

/** It was taken back or withdrawn, and readers see it all the same. */
export function isPublicAllTheSame({ state, problem }: Pick<OutboxItem, 'state' | 'problem'>): boolean {
  return state === 'conflict' && (problem?.key === 'outbox.publicAllTheSame' || problem?.key === 'outbox.publicAgain')
}
