import { z } from 'zod'
import type { AtWork } from '../target.ts'
import type { WordpressRest } from './rest.ts'

/** Both times are UTC, although the server gives no zone. */
const Saved = z.looseObject({ modified_gmt: z.string() })
const Autosave = Saved.extend({ author: z.int() })
const User = z.looseObject({ name: z.string() })

/**
 * Who has unsaved text in a post. REST does not reveal the lock that WordPress's own editors see, but it does reveal
 * the autosave its editor makes every minute while somebody writes. Saving the post ends it.
 */
export async function atWorkOn(rest: WordpressRest, id: string, signal?: AbortSignal): Promise<AtWork | null> {
  const query = { context: 'edit', _fields: 'modified_gmt' }
  const post = await rest.ask({ method: 'GET', path: `/posts/${id}`, query, signal })
  const saved = post.kind === 'ok' ? Saved.safeParse(post.value).data : undefined
  if (!saved) return null
  const kept = await rest.ask({
    method: 'GET',
    path: `/posts/${id}/autosaves`,
    query: { context: 'edit', _fields: 'author,modified_gmt' },
    signal
  })
  const newest = (kept.kind === 'ok' ? (z.array(Autosave).safeParse(kept.value).data ?? []) : [])
    .filter((one) => one.modified_gmt > saved.modified_gmt)
    .reduce<z.infer<typeof Autosave> | null>(
      (last, one) => (last && last.modified_gmt > one.modified_gmt ? last : one),
      null
    )
  const at = Date.parse(`${newest?.modified_gmt}Z`)
  if (!newest || Number.isNaN(at)) return null
  // An author's account may not read a colleague by id, but may list everybody who writes.
  const users = await rest.ask({
    method: 'GET',
    path: '/users',
    query: { who: 'authors', include: String(newest.author), _fields: 'name' },
    signal
  })
  const names = users.kind === 'ok' ? z.array(User).safeParse(users.value).data : undefined
  return { name: names?.[0]?.name.slice(0, 200) || null, at }
}
