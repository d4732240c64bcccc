import type { StoryFields } from '../story/fields.ts'
import type { Settings } from '../contract/settings.ts'

/** What an exported page takes from the desk's settings. */
export type DeskSite = Pick<Settings, 'deskName' | 'siteUrl' | 'channels' | 'related' | 'relatedTitle'> &
  Partial<Pick<Settings, 'logoUrl'>>

/** Where the story will be on the web; undefined until the desk has a site and the story a slug. */
export function canonicalUrl(site: Pick<DeskSite, 'siteUrl'>, fields: Pick<StoryFields, 'slug'>): string | undefined {
  const path = fields.slug
    .split('/')
    .filter(Boolean)
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join('/')
  return site.siteUrl === '' || path === '' ? undefined : `${site.siteUrl.replace(/(?<!\/)\/+$/, '')}/${path}`
}

/**
 * The web address of something that a page refers to, once the page is published on the desk's site. Undefined for what
 * is inside the page, and until the desk has a site.
 */
export function absoluteAddress(
  src: string | undefined,
  site: Pick<DeskSite, 'siteUrl'>,
  fields: Pick<StoryFields, 'slug'>
): string | undefined {
  if (src === undefined || src.startsWith('data:')) return undefined
  if (/^https?:/i.test(src)) return src
  const base = canonicalUrl(site, fields) ?? site.siteUrl
  return URL.parse(src, base)?.href
}
