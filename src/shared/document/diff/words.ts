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
  const changes = diffWordsWithSpace(before, after, {
    maxEditLength: MOST_EDITS,
    ...(segmenter && { intlSegmenter: segmenter })
  })
  if (changes) {
    return changes.map(({ value, added, removed }) => ({
      kind: added ? 'new' : removed ? 'gone' : 'same',
      text: value
    }))
  }
  const whole: WordChange[] = [
    { kind: 'gone', text: before },
    { kind: 'new', text: after }
  ]
  return whole.filter(({ text }) => text !== '')
}
