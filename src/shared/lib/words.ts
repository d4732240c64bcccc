/**
 * Counts words the way a newsroom does: runs of letters and digits, hyphens and apostrophes inside a word do not split
 * it, and in scripts written without spaces (Chinese, Japanese, Thai) each character counts as half a word, rounded up.
 */
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’‑–:.,-][\p{L}\p{N}\p{M}]+)*/gu
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu

export function countWords(text: string): number {
  if (text === '') return 0
  const unspaced = text.match(UNSPACED)?.length ?? 0
  const rest = unspaced > 0 ? text.replace(UNSPACED, ' ') : text
  return (rest.match(WORD)?.length ?? 0) + Math.ceil(unspaced / 2)
}

/** Reading time in whole minutes at 230 words a minute; at least 1 for any text. */
export function readingMinutes(words: number): number {
  return words === 0 ? 0 : Math.max(1, Math.round(words / 230))
}
