import { diffWordsWithSpace } from 'diff'

/** A stretch of text that both versions have, or that one of them has. */
export interface WordChange {
  readonly kind: 'same' | 'gone' | 'new'
  readonly text: string
}

/** More edits than this, and the two texts have so little in common that the one stands in place of the other. */
const MOST_EDITS = 2000

/** What became of a text, word by word; joined, `same` and `gone` are the first text, `same` and `new` the second. */
export function diffWords(before: string, after: string): readonly WordChange[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }]
  const segmenter = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(before + after)
    ? new Intl.Segmenter(undefined, { granularity: 'word' })
    : undefined
  const changes = segmenter
    ? diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS, intlSegmenter: segmenter })
    : diffWordsWithSpace(wholeFigures(before), wholeFigures(after), { maxEditLength: MOST_EDITS })
  if (changes) {
    let [from, to] = [0, 0]
    return changes.map(({ value: { length }, added, removed }) => {
      const text = added ? after.slice(to, to + length) : before.slice(from, from + length)
      if (!added) from += length
      if (!removed) to += length
      return { kind: added ? 'new' : removed ? 'gone' : 'same', text }
    })
  }
  const whole: WordChange[] = [
    { kind: 'gone', text: before },
    { kind: 'new', text: after }
  ]
  return whole.filter(({ text }) => text !== '')
}

/**
 * 1.2 that became 2.1 is one figure in place of another, and no "2" that both have: what parts a figure's digits stands
 * as a letter while the two are compared. As long as the text it is made of.
 */
function wholeFigures(text: string): string {
  return text.replace(/(?<=\p{N})[.,:](?=\p{N})/gu, (mark) => LETTERS[mark] ?? mark)
}

/** Letters of old Welsh, which no newsroom sets. */
const LETTERS: Readonly<Record<string, string>> = { '.': '\u1efb', ',': '\u1efd', ':': '\u1eff' }
