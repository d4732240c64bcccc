/**
 * Converts foreign text to ours: "\n" for every kind of line break, "\n\n" where a paragraph or page ends, and a space
 * for separators. Invisible characters are removed (controls, byte order marks, soft hyphens); words never are, and
 * never run together. What shapes a script stays: joiners, direction marks, and the invisible spaces of Thai, Khmer and
 * Burmese.
 */
export function cleanText(text: string): string {
  if (!UNCLEAN.test(text)) return text
  const clean = printableText(text).replace(/[\u00ad\ufeff]/g, '')
  return SPACELESS.test(clean) ? clean : clean.replaceAll('\u200b', '')
}

/**
 * Text for a page or a text file: all kinds of separators become breaks and spaces, and characters no file should
 * contain are removed.
 */
export function printableText(text: string): string {
  if (!UNPRINTABLE.test(text)) return text
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u000b\u0085\u2028]/g, '\n')
    .replace(/[\f\u2029]/g, '\n\n')
    .replace(/[\u001c-\u001f]/g, ' ')
    .replace(/[\u0000-\u0008\u000e-\u001b\u007f]/g, '')
}

const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f\u0085\u2028\u2029\ud800-\udfff]/
const UNCLEAN = /[\u0000-\u0008\u000b-\u001f\u007f\u0085\u00ad\u200b\u2028\u2029\ufeff\ud800-\udfff]/
/** Scripts that separate words with an invisible space or not at all. */
const SPACELESS = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]/
