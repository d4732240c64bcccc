import { z } from 'zod'
import type { Answer, Learned } from '../target.ts'
import { termOf } from './keys.ts'
import { plainText } from './plain-text.ts'
import { NOT_MADE } from './post.ts'
import { notWordpress, troubleOf } from './replies.ts'
import type { WordpressRest } from './rest.ts'

const Term = z.looseObject({ id: z.int(), name: z.string() })

/** A category or tag by its name, ignoring case. */
export async function findTerm(rest: WordpressRest, key: string, signal?: AbortSignal): Promise<Answer> {
  const { taxonomy, name } = termOf(key)
  const reply = await rest.ask({
    method: 'GET',
    path: `/${taxonomy}`,
    query: { search: searchable(name), per_page: '100' },
    signal
  })
  if (reply.kind !== 'ok') return troubleOf(reply)
  const terms = z.array(Term).safeParse(reply.value)
  if (!terms.success) return notWordpress
  // Names are returned with HTML entities.
  const found = terms.data.find((term) => plainText(term.name).toLowerCase() === name.toLowerCase())
  return found
    ? { kind: 'present', learned: [learnedTerm(key, found.id)] }
    : { kind: 'absent', serverTime: reply.serverTime }
}

/** Creates one; if this user may not, that is recorded too. */
export async function sendTerm(rest: WordpressRest, key: string, signal?: AbortSignal): Promise<Answer> {
  const { taxonomy, name } = termOf(key)
  const reply = await rest.ask({ method: 'POST', path: `/${taxonomy}`, json: { name }, signal })
  if (reply.kind === 'rejected' && reply.code === 'term_exists' && reply.termId !== null)
    return { kind: 'stored', learned: [learnedTerm(key, reply.termId)] }
  if (reply.kind === 'unauthorised' && reply.status === 403)
    return { kind: 'stored', learned: [learnedTerm(key, NOT_MADE)] }
  if (reply.kind !== 'ok') return troubleOf(reply)
  const term = Term.safeParse(reply.value)
  return term.success ? { kind: 'stored', learned: [learnedTerm(key, term.data.id)] } : notWordpress
}

/** WordPress stores and searches names with HTML entities, so the longest part without any is searched for. */
function searchable(name: string): string {
  const pieces = name.split(/[&<>"']/).map((piece) => piece.trim())
  return pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '') || name
}

function learnedTerm(key: string, id: number | typeof NOT_MADE): Learned {
  return { local: key, remoteId: String(id), address: null, token: null }
}
