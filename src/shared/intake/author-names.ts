import { authorsOf } from './bylines.ts'
import type { StoryFields } from '../story/fields.ts'

/** Who a story is by, each name once: its authors or, without any, the names in its byline. */
export function authorNames({ authors, byline }: Pick<StoryFields, 'authors' | 'byline'>): string[] {
  const found = authors.length > 0 || byline.length > 1000 ? authors : authorsOf(byline).authors
  return [...new Set(found.map(({ name }) => name.trim()).filter((name) => name !== ''))]
}
