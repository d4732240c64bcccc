/**
 * How well `query` fits `text`: every letter in order, better at the starts of words and in unbroken runs. Null when it does not fit.
 * Several words may come in any order.
 */
export function fuzzyScore(query: string, text: string): number | null {
  const haystack = fold(text)
  let score = 0
  for (const word of fold(query).split(/\s+/).filter(Boolean)) {
    const one = scoreWord(word, haystack)
    if (one === null) return null
    score += one
  }
  return score - haystack.length / 1000
}

function scoreWord(word: string, text: string): number | null {
  const whole = text.indexOf(word)
  if (whole >= 0) return 20 + word.length * 4 + (whole === 0 ? 12 : isStart(text, whole) ? 8 : 0)
  let at = -1
  let score = 0
  for (const letter of word) {
    const next = text.indexOf(letter, at + 1)
    if (next < 0) return null
    score += next === at + 1 ? 3 : isStart(text, next) ? 4 : -Math.min(2, (next - at) / 8)
    at = next
  }
  // Letters strewn over a text are no match a person meant.
  return score >= word.length ? score : null
}

function isStart(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}+/gu, '').toLocaleLowerCase().trim()
}
