import { readableAddress } from '../../../../../shared/lib/readable-address.ts'
import { say, type Message } from '../../../../../shared/words/message.ts'
import type { Difference } from '../target.ts'
import { plainText } from './plain-text.ts'

/** A post for comparison: what was approved, or what was read back. Lists are sorted. */
export interface PostFields {
  readonly title: string
  readonly content: string
  readonly excerpt: string
  readonly slug: string
  readonly status: string
  readonly categories: readonly number[]
  readonly tags: readonly number[]
  readonly featured: number
}

/**
 * Compares field by field. What WordPress changes by itself (a slug made unique, HTML an author may not use) is
 * reported and tolerated.
 */
export function differences(ours: PostFields, theirs: PostFields): Difference[] {
  const found: Difference[] = []
  const add = (field: string, note: Message, byServer: boolean): void => void found.push({ field, note, byServer })
  if (plainText(ours.title) !== plainText(theirs.title)) add('headline', say('wordpress.otherTitle'), false)
  if (plainText(ours.excerpt) !== plainText(theirs.excerpt)) add('standfirst', say('wordpress.otherExcerpt'), false)
  if (ours.content !== theirs.content) {
    const sameWords = plainText(ours.content) === plainText(theirs.content)
    const gone = lostElements(ours.content, theirs.content)
    if (!sameWords) add('body', say('wordpress.otherText'), false)
    else if (gone.includes('img')) add('body', say('wordpress.pictureGone'), false)
    else
      add(
        'body',
        gone.length === 0
          ? say('wordpress.htmlRewritten')
          : say('wordpress.htmlTakenOut', { elements: gone.join(', ') }),
        true
      )
  }
  // WordPress stores characters beyond ASCII percent-encoded: the same slug.
  const slug = readableAddress(theirs.slug)
  if (readableAddress(ours.slug) !== slug) add('slug', say('wordpress.slugMade', { slug }), true)
  if (ours.status !== theirs.status)
    add('status', say('wordpress.otherStatus', { theirs: theirs.status, ours: ours.status }), false)
  if (!ours.categories.every((id) => theirs.categories.includes(id)))
    add('section', say('wordpress.categoryLeftOut'), true)
  if (!ours.tags.every((id) => theirs.tags.includes(id))) add('keywords', say('wordpress.tagLeftOut'), true)
  if (ours.featured !== theirs.featured) add('picture', say('wordpress.otherFeatured'), false)
  return found
}

/** Names of elements of which there are fewer than before. */
function lostElements(ours: string, theirs: string): string[] {
  const count = (html: string): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const [, name = ''] of html.matchAll(/<([a-z][a-z0-9-]*)/gi))
      counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1)
    return counts
  }
  const left = count(theirs)
  return [...count(ours)].filter(([name, number]) => (left.get(name) ?? 0) < number).map(([name]) => name)
}
