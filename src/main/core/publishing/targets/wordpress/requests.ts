import { plannedAuthors } from '../authors.ts'
import type { Job, PlannedRequest } from '../target.ts'
import { contentAt, markOf, postOf } from './intent.ts'
import { mediaKey, SITE, storyKey, termKey, type Taxonomy } from './keys.ts'
import { addressAt } from './rest.ts'

/** The requests that would be sent to WordPress, by what is known about the site. */
export function requestsOf(job: Job, url: string): PlannedRequest[] {
  const post = postOf(job)
  const root = job.reference(SITE)?.address ?? `${url}/wp-json/`
  const fileOf = (id: string | null): string => post.pictures.find((one) => one.id === id)?.fileName ?? ''
  const pictures = post.pictures
    .filter(({ id }) => !job.reference(mediaKey(id)))
    .map(({ fileName, type, alt, caption }): PlannedRequest => ({
      method: 'POST',
      address: addressAt(root, '/media'),
      ifMissing: true,
      fields: [
        { name: 'file', value: `${fileName} (${type})` },
        { name: 'alt_text', value: alt },
        { name: 'caption', value: caption }
      ]
    }))
  const term = (taxonomy: Taxonomy, name: string): PlannedRequest[] =>
    job.reference(termKey(taxonomy, name))
      ? []
      : [
          {
            method: 'POST',
            address: addressAt(root, `/${taxonomy}`),
            ifMissing: true,
            fields: [{ name: 'name', value: name }]
          }
        ]
  const id = job.reference(storyKey(job.storyId))?.remoteId
  const draft: PlannedRequest = {
    method: 'POST',
    address: addressAt(root, '/posts', EDIT),
    ifMissing: true,
    fields: [
      { name: 'slug', value: markOf(job.storyId) },
      { name: 'status', value: 'draft' },
      { name: 'title', value: post.title }
    ]
  }
  return [
    ...pictures,
    ...(post.category === '' ? [] : term('categories', post.category)),
    ...post.tags.flatMap((name) => term('tags', name)),
    ...(id === undefined ? [draft] : []),
    {
      method: 'POST',
      address: addressAt(root, `/posts/${id ?? 'ID'}`, EDIT),
      ifMissing: false,
      fields: [
        { name: 'title', value: post.title },
        { name: 'content', value: contentAt(post, (one) => job.reference(mediaKey(one))?.address ?? fileOf(one)) },
        { name: 'excerpt', value: post.excerpt },
        { name: 'slug', value: post.slug },
        { name: 'status', value: job.hour === null ? post.status : 'future' },
        { name: 'tags', value: post.tags.join(', ') },
        ...(post.category === '' ? [] : [{ name: 'categories', value: post.category }]),
        { name: 'featured_media', value: fileOf(post.featured) },
        ...dateOf(job, post.date),
        ...plannedAuthors('author', post.authors)
      ]
    }
  ]
}

function dateOf(job: Job, date: string | null): { readonly name: string; readonly value: string }[] {
  const at = job.hour === null ? (job.base === null ? date : null) : new Date(job.hour).toISOString()
  return at === null ? [] : [{ name: 'date_gmt', value: at }]
}

const EDIT = { context: 'edit' } as const
