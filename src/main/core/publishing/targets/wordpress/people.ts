import { z } from 'zod'
import { say } from '../../../../../shared/words/message.ts'
import { authorOf, foundAuthor } from '../authors.ts'
import type { Answer, Person, Trouble } from '../target.ts'
import { plainText } from './plain-text.ts'
import type { Replied, WordpressRest } from './rest.ts'
import { troubleIn } from './usage.ts'

const Users = z.array(z.looseObject({ id: z.int(), name: z.string() }))
/** The most users in one reply. */
const PAGE = 100
/** Nobody chooses from more pages than this. */
const PAGES = 10

/** Everybody who may write posts there, which even an author's account may list. */
export async function peopleOn(
  rest: WordpressRest,
  signal?: AbortSignal
): Promise<{ kind: 'people'; people: Person[] } | Trouble> {
  const people: Person[] = []
  for (let page = 1; page <= PAGES; page += 1) {
    const query = { orderby: 'name', per_page: String(PAGE), page: String(page) }
    const reply = await users(rest, query, signal)
    if (reply.kind !== 'ok') return troubleIn(reply)
    const some = peopleIn(reply.value)
    if (!some) return { kind: 'odd', message: say('wordpress.strangeReply') }
    people.push(...some)
    if (some.length < PAGE) break
  }
  return { kind: 'people', people }
}

/** On a site that does not list its users, as many do not, nobody is found. */
export async function findAuthor(rest: WordpressRest, key: string, signal?: AbortSignal): Promise<Answer> {
  const reply = await users(rest, { search: authorOf(key).replace(/\s+/g, ' '), per_page: String(PAGE) }, signal)
  if (reply.kind === 'rejected' || reply.kind === 'unauthorised' || reply.kind === 'nothing-there')
    return foundAuthor(key, [])
  if (reply.kind !== 'ok') return reply
  return foundAuthor(key, peopleIn(reply.value) ?? [])
}

/** The account may not name anybody else as author, or there is no such user any more. */
export function isAuthorRefused(reply: Replied): boolean {
  return (
    (reply.kind === 'rejected' || reply.kind === 'unauthorised') &&
    /^rest_(?:cannot_edit_others|invalid_author)$/.test(reply.code)
  )
}

function users(rest: WordpressRest, query: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<Replied> {
  return rest.ask({ method: 'GET', path: '/users', query: { who: 'authors', _fields: 'id,name', ...query }, signal })
}

function peopleIn(value: unknown): Person[] | null {
  const parsed = Users.safeParse(value)
  return parsed.success
    ? parsed.data.map(({ id, name }) => ({ id: String(id), name: plainText(name).slice(0, 200) }))
    : null
}
