/**
 * How well `query` fits `text`: as a piece of it, or as initials and beginnings of its words. Null when it does not
 * fit. Several words may come in any order.
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
  // Else only as initials or runs from the starts of words: letters strewn over a text are no match a person meant.
  let at = -1
  let score = 0
  for (const letter of word) {
    const goesOn = at >= 0 && text[at + 1] === letter
    const next = goesOn ? at + 1 : nextStart(text, letter, at + 1)
    if (next < 0) return null
    score += goesOn ? 3 : 4
    at = next
  }
  return score
}

function nextStart(text: string, letter: string, from: number): number {
  for (let at = text.indexOf(letter, from); at >= 0; at = text.indexOf(letter, at + 1)) if (isStart(text, at)) return at
  return -1
}

function isStart(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLocaleLowerCase()
    .trim()
}
