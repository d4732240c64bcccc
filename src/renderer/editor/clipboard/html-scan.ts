/** Deeper than any page a person wrote; beyond it parsers and tree walks cost far more than the text is worth. */
export const MAX_DEPTH = 256
/** Characters of HTML; more is taken in as plain text. */
export const MAX_HTML = 8_000_000

/**
 * Elements that are never open, and those a parser closes by itself: written a thousand times in a row they are
 * neighbours, not a nest.
 */
const FLAT =
  /(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|dt|dd|tr|td|th|thead|tbody|tfoot|option|optgroup|colgroup|rp|rt)(?![^\s/>])/iy
const NAME = /[a-zA-Z]/y

/** Whether markup is safe to hand to a parser. One pass over the text, no tree. */
export function isReasonableHtml(html: string): boolean {
  if (html.length > MAX_HTML) return false
  let depth = 0
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
    const closes = html[at + 1] === '/'
    NAME.lastIndex = FLAT.lastIndex = at + (closes ? 2 : 1)
    if (!NAME.test(html) || FLAT.test(html)) continue
    if (closes) depth = Math.max(0, depth - 1)
    else if (++depth > MAX_DEPTH) return false
  }
  return true
}

/**
 * The text of markup that is too much for a parser: tags out, line breaks where blocks end, common entities read.
 * Linear.
 */
export function textOfHtml(html: string): string {
  return html
    .replace(/<(script|style|template|head|noscript)\b[^>]{0,5000}>[^]*?<\/\1\s*>/gi, '')
    .replace(/<!--[^]*?-->/g, '')
    .replace(/<(?:br)\b[^>]{0,5000}>/gi, '\n')
    .replace(
      /<\/(?:p|div|h[1-6]|li|tr|blockquote|section|article|figure|figcaption|ul|ol|table|dt|dd|pre)\s*>/gi,
      '\n\n'
    )
    .replace(/<\/?[a-zA-Z!][^>]{0,5000}>/g, '')
    .replace(/&nbsp;/g, '\u00a0')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#(\d{1,7});/g, (whole, code) => character(Number(code), whole))
    .replace(/&#x([0-9a-f]{1,6});/gi, (whole, code) => character(parseInt(code, 16), whole))
    .replace(/&amp;/g, '&')
}

function character(code: number, whole: string): string {
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole
}
