import type { PageLine } from './page.ts'
import { countSpaced, endsSentence } from './plain.ts'

/**
 * Running text rather than a label, a button or a headline of another story: it ends like a sentence, or is longer than
 * those are. A line that is one link is not running text; "Also read: Who pays?" is a headline behind its label.
 */
export function isSentence({ text, href }: PageLine): boolean {
  if (href !== undefined) return false
  const words = countSpaced(text.slice(0, 600))
  if (words >= 22) return true
  const isQuestion = /[?!؟？！]["”’»)\s]{0,5}$/u.test(text.slice(-12))
  if (isQuestion && /^[^:|]{2,30}[:|]/u.test(text)) return false
  return words >= 5 && endsSentence(text)
}

/** Speaks to readers about the site itself and what it wants from them, without quoting anybody. */
export function speaksOfSite(plainText: string): boolean {
  if (/["“”«»]|\b(?:said|says|told|added)\b/u.test(plainText)) return false
  return /\b(?:our|your|you|us|we|subscribe|subscriber|subscription|newsletter|newsletters|cookies?|inbox|click|website|javascript|rights reserved|permission|copyright|reproduction|reproduced|rewritten|terms|privacy|trust principles)\b|حقوق|تابعنا|اشترك|ملفات|rechte|rechten|droits|derechos|cookies/u.test(
    plainText
  )
}
