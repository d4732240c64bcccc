import { say } from '../../../../../shared/words/message.ts'
import type { Answer } from '../target.ts'
import type { Replied } from './rest.ts'

/** Requests what an editor sees: raw text, and what is not public. */
export const EDIT = { context: 'edit' } as const
/** Anything that is not a reply of a WordPress site. */
export const notWordpress = {
  kind: 'odd',
  message: say('wordpress.strangeReply')
} as const satisfies Answer

/** What an unsuccessful reply means. */
export function troubleOf(reply: Replied): Answer {
  if (reply.kind === 'ok') return notWordpress
  return reply.kind === 'nothing-there' ? { kind: 'rejected', message: say('wordpress.noApi') } : reply
}
