import type { PageLine } from './page.ts'
import { countSpaced, endsSentence } from './plain.ts'

/**
 * Running text rather than a label, a button or a headline of another story: it ends as a sentence does, or goes on for longer than
 * those do. A line that is one link leads away and is none; "Also read: Who pays?" is a headline behind its label.
 */
export function isSentence({ text, href }: PageLine): boolean {
  if (href !== undefined) return false
  const words = countSpaced(text.slice(0, 600))
  if (words >= 22) return true
  const isQuestion = /[?!؟？！]["”’»)\s]{0,5}$/u.test(text.slice(-12))
  if (isQuestion && /^[^:|]{2,30}[:|]/u.test(text)) return false
  return words >= 5 && endsSentence(text)
}

/** Speaks to readers of the site itself and of what it wants from them; nobody else is quoted. */
export function speaksOfSite(plainText: string): boolean {
  if (/["“”«»]|\b(?:said|says|told|added)\b/u.test(plainText)) return false
  return /\b(?:our|your|you|us|we|subscribe|subscriber|subscription|newsletter|newsletters|cookies?|inbox|click|website|javascript|rights reserved|permission|copyright|reproduction|reproduced|rewritten|terms|privacy|trust principles)\b|حقوق|تابعنا|اشترك|ملفات|rechte|rechten|droits|derechos|cookies/u.test(
    plainText
  )
}
