import { z } from 'zod'
import { peopleOf } from '../../../../shared/formats/news-article.ts'
import type { CmsAuthors } from '../../../../shared/publishing/targets/target-kind.ts'
import { sameName } from '../../../../shared/publishing/same-name.ts'
import type { StoryFields } from '../../../../shared/story/fields.ts'
import type { Answer, Job, Person, PlannedField, Step } from './target.ts'

/** The most people in one byline that are looked up. */
const LONGEST = 20
/** There is nobody of that name: the story is published under Galley's own account. */
const NOBODY = ''

/** Somebody in the byline, and who that is on the CMS if the desk has said so; null: whoever has that name. */
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

/** The step that looks up the first author not looked up yet; null once as many are known as are needed. */
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

/** The authors sent to the CMS, in byline order; empty: the account Galley signs in with. */
export function authorIds(authors: readonly BylineAuthor[], job: Job): string[] {
  const ids = authors.map(({ name, id }) => id ?? job.reference(authorKey(name))?.remoteId ?? NOBODY)
  return [...new Set(ids.filter((id) => id !== NOBODY))]
}

/** The authors as a request would name them: those known on the CMS, and those who may be found there by name. */
export function plannedAuthors(field: string, authors: readonly BylineAuthor[]): PlannedField[] {
  const named = authors.filter(({ id }) => id !== NOBODY)
  if (named.length === 0) return []
  const byName = named.some(({ id }) => id === null)
  return [{ name: field, value: named.map(({ name }) => name).join(', '), ...(byName && { byName: true as const }) }]
}

/** What was found for an author: nobody is a result too, because no story waits for a name. */
export function foundAuthor(key: string, people: readonly Person[]): Answer {
  const person = people.find(({ name }) => sameName(name, authorOf(key)))
  return { kind: 'present', learned: [{ local: key, remoteId: person?.id ?? NOBODY, address: null, token: null }] }
}
