import { z } from 'zod'
import { say } from '../../../../../shared/words/message.ts'
import type { Person, Trouble } from '../target.ts'
import type { GhostApi } from './api.ts'

const Users = z.object({ users: z.array(z.looseObject({ id: z.string().max(100), name: z.string() })) })
/** The most users in one reply. */
const PAGE = 100
/** Nobody chooses from more pages than this. */
const PAGES = 10

/** Everybody who can be an author there. */
export async function peopleOn(
  api: GhostApi,
  signal?: AbortSignal
): Promise<{ kind: 'people'; people: Person[] } | Trouble> {
  const people: Person[] = []
  for (let page = 1; page <= PAGES; page += 1) {
    const query = { limit: String(PAGE), page: String(page), order: 'name ASC', fields: 'id,name' }
    const reply = await api.ask({ method: 'GET', path: '/users/', query, signal })
    if (reply.kind === 'nothing-there') return { kind: 'rejected', message: say('ghost.noApi') }
    if (reply.kind !== 'ok') return reply
    const parsed = Users.safeParse(reply.value)
    if (!parsed.success) return { kind: 'odd', message: say('ghost.notGhost') }
    people.push(...parsed.data.users.map(({ id, name }) => ({ id, name: name.slice(0, 200) })))
    if (parsed.data.users.length < PAGE) break
  }
  return { kind: 'people', people }
}
