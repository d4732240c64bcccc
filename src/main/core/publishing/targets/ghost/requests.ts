import { plannedAuthors } from '../authors.ts'
import type { Job, PlannedRequest } from '../target.ts'
import { lexicalAt, markOf, postOf } from './intent.ts'
import { mediaKey, storyKey } from './post.ts'

function dateOf(job: Job, date: string | null): { readonly name: string; readonly value: string }[] {
  const at = job.hour === null ? (job.base === null ? date : null) : new Date(job.hour).toISOString()
  return at === null ? [] : [{ name: 'published_at', value: at }]
}

/** The requests that would be sent to Ghost, by what is known about the site. */
export function requestsOf(job: Job, url: string): PlannedRequest[] {
  const post = postOf(job)
  const at = (path: string, query = ''): string => `${url}/ghost/api/admin${path}${query}`
  const addressOf = (id: string | null): string =>
    (id === null ? undefined : job.reference(mediaKey(id))?.address) ??
    post.pictures.find((one) => one.id === id)?.fileName ??
    ''
  const pictures = post.pictures
    .filter(({ id }) => !job.reference(mediaKey(id)))
    .map(({ fileName, type }): PlannedRequest => ({
      method: 'POST',
      address: at('/images/upload/'),
      ifMissing: true,
      fields: [{ name: 'file', value: `${fileName} (${type})` }]
    }))
  const id = job.reference(storyKey(job.storyId))?.remoteId
  const draft: PlannedRequest = {
    method: 'POST',
    address: at('/posts/', '?formats=lexical'),
    ifMissing: true,
    fields: [
      { name: 'title', value: post.title },
      { name: 'slug', value: markOf(job.storyId) },
      { name: 'status', value: 'draft' }
    ]
  }
  const isMailed = job.base === null && post.newsletter !== null
  const newsletter = isMailed ? `&newsletter=${encodeURIComponent(post.newsletter ?? '')}` : ''
  return [
    ...pictures,
    ...(id === undefined ? [draft] : []),
    {
      method: 'PUT',
      address: at(`/posts/${id ?? 'ID'}/`, `?formats=lexical${newsletter}`),
      ifMissing: false,
      fields: [
        { name: 'title', value: post.title },
        { name: 'lexical', value: lexicalAt(post, addressOf) },
        { name: 'custom_excerpt', value: post.excerpt },
        { name: 'slug', value: post.slug },
        { name: 'status', value: job.hour === null ? post.status : 'scheduled' },
        { name: 'tags', value: post.tags.join(', ') },
        { name: 'feature_image', value: addressOf(post.featured) },
        { name: 'feature_image_alt', value: post.featuredAlt },
        { name: 'feature_image_caption', value: post.featuredCaption },
        ...dateOf(job, post.date),
        ...plannedAuthors('authors', post.authors)
      ]
    }
  ]
}
