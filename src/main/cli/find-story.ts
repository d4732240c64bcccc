import type { StorySummary } from '../../shared/story/fields.ts'
import { slugify } from '../../shared/story/slug.ts'
import { statuses } from '../../shared/story/status.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import type { Connection } from '../../shared/rpc/client.ts'
import { GalleyError } from '../../shared/rpc/errors.ts'
import { clean } from './output.ts'
import { say } from '../../shared/words/message.ts'

const FULL_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/** A shorter beginning of an id would match half a library. */
const MIN_PREFIX = 4

/**
 * Finds the story meant by an id, the beginning of one, a slugline or a slug. Throws `not_found`, or `invalid_input`
 * listing the candidates.
 */
export async function findStory({ call }: Connection<Contract>, reference: string): Promise<StorySummary> {
  if (FULL_ID.test(reference)) return call.stories.summary({ id: reference.toLowerCase() })
  const byId: StorySummary[] = []
  const byName: StorySummary[] = []
  const isPrefix = reference.length >= MIN_PREFIX && /^[0-9a-f-]+$/i.test(reference)
  for await (const row of everyStory({ call } as Connection<Contract>)) {
    if (isPrefix && row.id.startsWith(reference.toLowerCase())) byId.push(row)
    else if (row.slugline === reference || slugify(row.headline) === reference) byName.push(row)
  }
  let found = byId.length > 0 ? byId : byName
  if (found.length === 0) found = await withSlug({ call } as Connection<Contract>, reference)
  const [story, ...others] = found
  if (!story) throw new GalleyError('not_found', say('commandLine.noSuchStory', { reference: clean(reference) }))
  if (others.length > 0) {
    const names = found.slice(0, 5).map(({ id, headline }) => `  ${id}  ${clean(headline)}`)
    throw new GalleyError(
      'invalid_input',
      say('commandLine.whichStory', { reference: clean(reference), count: found.length, stories: names.join('\n') })
    )
  }
  return story
}

/** Every story, most recently changed first. */
export async function* everyStory(
  { call }: Connection<Contract>,
  filter: Parameters<typeof call.library.page>[0]['filter'] = { statuses: [...statuses] }
): AsyncGenerator<StorySummary> {
  let after: string | null = null
  do {
    const start: { after: string } | undefined = after === null ? undefined : { after }
    const page = await call.library.page({
      filter,
      sort: 'changed',
      descending: true,
      limit: 500,
      ...(start && { start })
    })
    yield* page.rows
    after = page.next
  } while (after !== null)
}

/** The list does not include slugs, so this searches for the slug's words, which its story usually contains. */
async function withSlug({ call }: Connection<Contract>, slug: string): Promise<StorySummary[]> {
  const { hits } = await call.library.search({
    text: `${slug.replaceAll('-', ' ')} `,
    filter: { statuses: [...statuses] },
    order: 'newest',
    limit: 50
  })
  const found: StorySummary[] = []
  for (const { summary } of hits)
    if ((await call.stories.get({ id: summary.id })).fields.slug === slug) found.push(summary)
  return found
}
