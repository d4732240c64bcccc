import type { ImageUse } from '../../document/image-use.ts'
import { say } from '../../words/message.ts'
import type { Hit } from '../finding.ts'

/** Width of a picture in pixels; undefined where it is not known. */
export type WidthOf = (mediaId: string) => number | undefined

/** What a picture that is there should say of itself; a slot without one never leaves, and says that. */
export function pictureWords({ mediaId, alt, caption, credit }: ImageUse): Hit[] {
  if (mediaId === null) return [{ rule: 'slot', start: 0, end: 0, said: say('checks.pictureToCome') }]
  const hits: Hit[] = []
  if (alt.trim() === '') hits.push({ rule: 'alt', start: 0, end: 0, said: say('checks.noAlt') })
  if (caption.trim() === '') hits.push({ rule: 'caption', start: 0, end: 0, said: say('checks.noCaption') })
  if (credit.trim() === '') hits.push({ rule: 'credit', start: 0, end: 0, said: say('checks.noCredit') })
  return hits
}

/** Too few pixels for the place the page has for it. */
export function pictureSize({ mediaId }: ImageUse, least: number, widthOf: WidthOf): Hit[] {
  const width = mediaId === null ? undefined : widthOf(mediaId)
  if (width === undefined || width >= least) return []
  return [{ rule: 'pictureSize', start: 0, end: 0, said: say('checks.pictureSmall', { width, least }) }]
}
