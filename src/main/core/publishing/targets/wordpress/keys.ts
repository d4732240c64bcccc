import type { WordpressPost } from './intent.ts'

/** Where the site's API is. */
export const SITE = 'site'
/** The draft as which a post begins. */
export const DRAFT = 'draft'

export function mediaKey(id: string): string {
  return `media:${id}`
}

export function storyKey(id: string): string {
  return `story:${id}`
}

export type Taxonomy = 'categories' | 'tags'

export function termKey(taxonomy: Taxonomy, name: string): string {
  return `term:${taxonomy}:${name}`
}

export function termOf(key: string): { readonly taxonomy: Taxonomy; readonly name: string } {
  const [, taxonomy, ...name] = key.split(':')
  return { taxonomy: taxonomy === 'tags' ? 'tags' : 'categories', name: name.join(':') }
}

export function termKeys({ category, tags }: Pick<WordpressPost, 'category' | 'tags'>): string[] {
  return [...(category === '' ? [] : [termKey('categories', category)]), ...tags.map((tag) => termKey('tags', tag))]
}
