import { z } from 'zod'
import { say } from '../../../../../shared/words/message.ts'
import type { Newsletter, Trouble } from '../target.ts'
import type { GhostApi } from './api.ts'

const Newsletters = z.object({
  newsletters: z.array(
    z.looseObject({
      slug: z.string().min(1).max(200),
      name: z.string(),
      count: z.looseObject({ active_members: z.int().min(0) }).optional()
    })
  )
})

/** The newsletters that are not archived, with the number of members who get each. */
export async function newslettersOn(
  api: GhostApi,
  signal?: AbortSignal
): Promise<{ kind: 'newsletters'; newsletters: Newsletter[] } | Trouble> {
  const query = { filter: 'status:active', include: 'count.active_members', limit: '50' }
  const reply = await api.ask({ method: 'GET', path: '/newsletters/', query, signal })
  if (reply.kind === 'nothing-there') return { kind: 'rejected', message: say('ghost.noApi') }
  if (reply.kind !== 'ok') return reply
  const parsed = Newsletters.safeParse(reply.value)
  if (!parsed.success) return { kind: 'odd', message: say('ghost.notGhost') }
  const newsletters = parsed.data.newsletters.map(({ slug, name, count }) => ({
    slug,
    name: name.slice(0, 200),
    members: count?.active_members ?? null
  }))
  return { kind: 'newsletters', newsletters }
}
