import { fitting } from '../text.ts'
import type { HtmlElement } from './html-element.ts'
import type { NewPicture } from './new-block.ts'

/** In pixels; smaller pictures are ornaments, icons or tracking pixels, not part of a story. */
const SMALLEST = 32
/** The longest `data:` address, in characters, that may be a placeholder dot. */
const LONGEST_DOT = 2000
const DOT = /^data:image\/gif;base64,R0lGOD[A-Za-z0-9+/]{2}AQAB/
/** Data that starts like base64; what cannot be read at all is not a picture. */
const BYTES = /^data:image\/(?:png|jpe?g|gif|webp|avif|heic|heif|tiff|bmp)(?:;[\w=-]+){0,3};base64,\s*[a-z0-9+/]{4}/i

/** What an image on a page is to a story: a picture, text (an emoji drawn as an image), or nothing. */
export function pictureOf(element: HtmlElement): NewPicture | string | null {
  const alt = element.get('alt').replace(/\s+/g, ' ').trim()
  if (isEmoji(alt) || element.get('data-stringify-type') === 'emoji') return alt
  const src = sourceOf(element)
  if (src === '' || isOrnament(element)) return null
  return { type: 'picture', src, alt: fitting(alt), caption: '', credit: '' }
}

/** Whether the picture's bytes are included. */
export function hasBytes(src: string): boolean {
  return BYTES.test(src)
}

/**
 * Where the picture is; empty if there is none. A page that loads pictures late shows a dot or an empty drawing until
 * then.
 */
function sourceOf(element: HtmlElement): string {
  const src = element.get('src').trim()
  if (src !== '' && !/^data:/i.test(src)) return src
  const late = element.get('data-src').trim()
  if (/^https?:/i.test(late) && src.length < LONGEST_DOT) return late
  return hasBytes(src) && !DOT.test(src) ? src : ''
}

function isOrnament(element: HtmlElement): boolean {
  return [element.number('width', SMALLEST), element.number('height', SMALLEST)].some((pixels) => pixels < SMALLEST)
}

function isEmoji(alt: string): boolean {
  return alt !== '' && alt.length <= 40 && /^(?:\p{RGI_Emoji}|\s)+$/v.test(alt)
}
