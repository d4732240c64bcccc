import { say } from '../../shared/words/message.ts'
import { usageError } from './exit-codes.ts'

/** A version's number, as listed by `galley history`. Throws a usage error for anything else. */
export function revisionOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw usageError(say('commandLine.notARevision', { text }))
  return Number(text)
}
