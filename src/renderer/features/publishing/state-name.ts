import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import type { Strings } from '../../strings/strings.ts'

/**
 * A delivery's state in a word or two, with separate words for taking a story down. `isReplaced`: something newer has
 * taken its place.
 */
export function stateName(
  {
    states,
    withdrawStates,
    wasLive,
    replaced,
    publicAllTheSame,
    standings
  }: Pick<
    Strings['publishing'],
    'states' | 'withdrawStates' | 'wasLive' | 'replaced' | 'publicAllTheSame' | 'standings'
  >,
  { state, purpose, problem, receipt }: Pick<OutboxItem, 'state' | 'purpose' | 'problem' | 'receipt'>,
  isReplaced = false
): string {
  if (state === 'done' && receipt?.since === 'changed' && !isReplaced) return standings.changed
  if (state === 'done' && receipt?.since === 'gone') return wasLive
  if (isReplaced && state === 'done' && purpose === 'publish') return wasLive
  // Nobody cancelled it: something newer is sent in its place.
  if (state === 'cancelled' && problem?.key === 'outbox.superseded') return replaced
  if (isPublicAllTheSame({ state, problem })) return publicAllTheSame
  const own: Readonly<Partial<Record<OutboxItem['state'], string>>> = purpose === 'withdraw' ? withdrawStates : {}
  return own[state] ?? states[state]
}

/** It was seen live before it stopped: it cannot be taken back, only left as it is. */
export function isLeft({ state, receipt }: Pick<OutboxItem, 'state' | 'receipt'>): boolean {
  return state === 'conflict' && receipt !== null
}

/** It was cancelled or withdrawn, but readers still see it. */
function isPublicAllTheSame({ state, problem }: Pick<OutboxItem, 'state' | 'problem'>): boolean {
  return state === 'conflict' && (problem?.key === 'outbox.publicAllTheSame' || problem?.key === 'outbox.publicAgain')
}
