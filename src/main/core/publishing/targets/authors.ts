import { z } from 'zod'
import { peopleOf } from '../../../../shared/formats/news-article.ts'
import type { CmsAuthors } from '../../../../shared/publishing/targets/target-kind.ts'
import { sameName } from '../../../../shared/publishing/same-name.ts'
import type { StoryFields } from '../../../../shared/story/fields.ts'
import type { Answer, Job, Person, PlannedField, Step } from './target.ts'

/** Most people of one byline that are looked for. */
const LONGEST = 20
/** There is nobody of that name: the story goes under the account that Galley signs in with. */
const NOBODY = ''

/** Somebody the byline names, and who that is on the CMS where the desk has said so; null: whoever has that name. */
export const BylineAuthor = z.object({ name: z.string(), id: z.string().nullable() })
export type BylineAuthor = z.infer<typeof BylineAuthor>

export function bylineAuthors(fields: StoryFields, mapped: CmsAuthors): BylineAuthor[] {
  return peopleOf(fields)
    .slice(0, LONGEST)
    .map((name) => {
      const key = Object.keys(mapped).find((one) => sameName(one, name))
      return { name, id: key === undefined ? null : (mapped[key] ?? null) }
    })
}

export function authorKey(name: string): string {
  return `author:${name}`
}

export function authorOf(key: string): string {
  return key.slice(authorKey('').length)
}

/** Looks for the first author of whom it is not known yet who that is; null: it is known of as many as are needed. */
export function nextAuthor(authors: readonly BylineAuthor[], job: Job, most: number): Step | null {
  let known = 0
  for (const { name, id } of authors) {
    if (known >= most) return null
    const key = authorKey(name)
    const reference = job.reference(key)
    if (id === null && !reference?.fresh) return { key, name: 'authors', act: 'find', once: false }
    if ((id ?? reference?.remoteId ?? NOBODY) !== NOBODY) known += 1
  }
  return null
}

/** Whom the CMS is told, in the order of the byline; empty: the account that Galley signs in with. */
export function authorIds(authors: readonly BylineAuthor[], job: Job): string[] {
  const ids = authors.map(({ name, id }) => id ?? job.reference(authorKey(name))?.remoteId ?? NOBODY)
  return [...new Set(ids.filter((id) => id !== NOBODY))]
}

/** The authors as a request would name them: those who are known to be somebody there, and who may be by their names. */
export function plannedAuthors(field: string, authors: readonly BylineAuthor[]): PlannedField[] {
  const named = authors.filter(({ id }) => id !== NOBODY)
  if (named.length === 0) return []
  const byName = named.some(({ id }) => id === null)
  return [{ name: field, value: named.map(({ name }) => name).join(', '), ...(byName && { byName: true as const }) }]
}

/** What was found for an author: nobody is an answer too, for no story waits for a name. */
export function foundAuthor(key: string, people: readonly Person[]): Answer {
  const person = people.find(({ name }) => sameName(name, authorOf(key)))
  return { kind: 'present', learned: [{ local: key, remoteId: person?.id ?? NOBODY, address: null, token: null }] }
}
