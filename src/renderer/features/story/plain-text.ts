import type { StoredBody } from '../../../shared/document/document.ts'
import { bodyToText } from '../../../shared/document/to-text.ts'
import type { StoryFields } from '../../../shared/story/fields.ts'

/** All copy of a story, its texts separated by blank lines. */
export function plainText({ kicker, headline, standfirst, byline, leadImage }: StoryFields, body: StoredBody): string {
  const lead = [kicker, headline, standfirst, byline, leadImage?.caption, leadImage?.credit]
  return [...lead, bodyToText(body)].filter(Boolean).join('\n\n')
}
