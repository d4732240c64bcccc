import { emptyBody, type StoredBody } from '../document/document.ts'
import { picturesOf } from '../document/pictures.ts'
import type { StoryFields } from './fields.ts'

/** What a story that goes out had better have. None of it holds a publication up. */
export const advised = ['standfirst', 'section', 'altText', 'credit', 'picture'] as const
export type Advised = (typeof advised)[number]

/**
 * What of it a story has not: alt text and credit of any of its pictures, `picture` where a slot waits for one. In the
 * order of `advised`, each once.
 */
export function missingOf(fields: StoryFields, body: StoredBody = emptyBody()): Advised[] {
  const uses = [...(fields.leadImage ? [fields.leadImage] : []), ...picturesOf(body)]
  const shown = uses.filter(({ mediaId }) => mediaId !== null)
  const missing: Readonly<Record<Advised, boolean>> = {
    standfirst: fields.standfirst.trim() === '',
    section: fields.section.trim() === '',
    altText: shown.some(({ alt }) => alt.trim() === ''),
    credit: shown.some(({ credit }) => credit.trim() === ''),
    picture: uses.length > shown.length
  }
  return advised.filter((one) => missing[one])
}
