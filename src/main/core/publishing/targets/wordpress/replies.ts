import { say } from '../../../../../shared/words/message.ts'
import type { Answer } from '../target.ts'
import type { Replied } from './rest.ts'

/** Asks for what an editor sees: raw texts, and what is not public. */
export const EDIT = { context: 'edit' } as const
/** What is no reply of a WordPress. */
export const notWordpress = {
  kind: 'odd',
  message: say('wordpress.strangeReply')
} as const satisfies Answer

/** What a reply that is no success comes to. */
export function troubleOf(reply: Replied): Answer {
  if (reply.kind === 'ok') return notWordpress
  return reply.kind === 'nothing-there' ? { kind: 'rejected', message: say('wordpress.noApi') } : reply
}
