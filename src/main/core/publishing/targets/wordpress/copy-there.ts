import { readableAddress } from '../../../../../shared/lib/readable-address.ts'
import { fitting } from '../../../../../shared/document/text.ts'
import type { FieldsPatch } from '../../../../../shared/story/fields.ts'
import type { Story } from '../../../../../shared/story/story.ts'
import type { OnlyThere } from '../../../../../shared/contract/publishing.ts'
import { onlyInHtml } from '../only-there.ts'
import type { CopyThere, Job, RemoteCopy } from '../target.ts'
import { postIn } from './intent.ts'
import { termKey } from './keys.ts'
import { plainText } from './plain-text.ts'
import { NOT_MADE, PostContent } from './post.ts'

/** A post as copy. A tag that this library did not create has only an id there, and no name here. */
export function copyThere(remote: RemoteCopy, { fields }: Story, job: Job, sent: string | null): CopyThere | null {
  const post = PostContent.safeParse(remote.content)
  if (!post.success) return null
  const { title, excerpt, content, slug, tags, categories, featured_media: featured } = post.data
  const numberOf = (taxonomy: 'categories' | 'tags', name: string): number | null => {
    const id = job.reference(termKey(taxonomy, name.trim()))?.remoteId ?? NOT_MADE
    return id === NOT_MADE ? null : Number(id)
  }
  const keywords = fields.keywords.filter((name) => {
    const id = numberOf('tags', name)
    return id === null || tags.includes(id)
  })
  const otherTags = tags.filter((id) => !fields.keywords.some((name) => numberOf('tags', name) === id))
  const section = fields.section === '' ? null : numberOf('categories', fields.section)
  const otherSections = section === null ? [] : categories.filter((id) => id !== section)
  const [headline, standfirst] = [plainText(title.raw), plainText(excerpt.raw)]
  const changed: FieldsPatch = {
    ...(headline !== plain(fields.headline) && { headline: fitting(headline) }),
    ...(standfirst !== plain(fields.standfirst) && { standfirst: fitting(standfirst) }),
    ...(isOtherSlug(fields.slug, slug) && { slug: fitting(readableAddress(slug)) }),
    ...(keywords.length !== fields.keywords.length && { keywords })
  }
  return {
    fields: changed,
    body: { html: content.raw, sent: sent === null ? null : (postIn(sent)?.content ?? null) },
    hasLines: true,
    lead: featured === 0 ? null : { remoteId: String(featured) },
    onlyThere: [
      ...counted('tags', otherTags),
      ...(section !== null && !categories.includes(section) ? counted('sections', otherSections) : []),
      ...onlyInHtml(content.raw)
    ]
  }
}

function counted(kind: 'tags' | 'sections', ids: readonly number[]): OnlyThere[] {
  return ids.length === 0 ? [] : [{ id: '', kind, name: String(ids.length) }]
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** A number that WordPress appended to make the slug unique is not a change. */
function isOtherSlug(ours: string, theirs: string): boolean {
  const [one, other] = [readableAddress(ours), readableAddress(theirs)]
  return one !== '' && one !== other && !(other.startsWith(`${one}-`) && /^\d+$/.test(other.slice(one.length + 1)))
}
