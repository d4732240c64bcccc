import { say, type Message } from '../../../shared/words/message.ts'
import type { WireError } from '../../../shared/rpc/errors.ts'
import { endOnce, removeStep } from '../store/outbox.ts'
import type { WritableDb } from '../store/sql.ts'
import { saidOfClocks } from './clocks.ts'
import type { Action, Outcome } from './delivery.ts'

/** The name of an action in a delivery's journal. */
export function stepName(action: Action): string {
  switch (action.do) {
    case 'ask-time':
    case 'compare-clocks':
      return 'time'
    case 'plan':
      return 'plan'
    case 'step':
      return action.step.name
    case 'look-up':
      return action.why === 'read-back' || action.why === 'recalled' ? 'read-back' : 'look-up'
    case 'recall':
      return 'recall'
    case 'finish':
      return 'receipt'
  }
}

/** What a failure says, without its kind. */
export function messageOf({ key, params }: WireError): Message {
  return { key, ...(params && { params }) }
}

/** The journal's outcomes for a step that was sent and whose effect is unknown. */
export const UNKNOWN_OUTCOMES: readonly string[] = [
  'outbox.interrupted',
  'cms.stopped',
  'cms.silent',
  'cms.cut',
  'cms.noSecureLine',
  'cms.brokeOff',
  'cms.farTooLong',
  'cms.ownError',
  'wordpress.notWordpress',
  'ghost.notGhost'
]

/** A step's result as stored in the journal. */
export function outcomeOf(answer: Outcome): Message {
  switch (answer.kind) {
    case 'found':
      return say('outbox.holdsAVersion')
    case 'absent':
    case 'time':
      return say('outbox.notThere')
    case 'present':
      return say('outbox.thereAlready')
    case 'stored':
      return say('outbox.accepted')
    case 'written':
      return say('outbox.receiptWritten')
    case 'unreadable':
      return messageOf(answer.problem)
    default:
      return answer.message
  }
}

/** A comparison with the same result as the last one, or with none, needs no line in the journal. */
export function endTimeStep(db: WritableDb, step: number, at: string, ahead: number | null): void {
  if (ahead === null) removeStep(db, step)
  else endOnce(db, step, at, saidOfClocks(ahead))
}
