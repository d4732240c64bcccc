import { diffWordsWithSpace } from 'diff'

/** A stretch of text that both versions have, or only one of them. */
export interface WordChange {
  readonly kind: 'same' | 'gone' | 'new'
  readonly text: string
}

/** With more edits than this, the texts have so little in common that one simply replaces the other. */
const MOST_EDITS = 2000

/** What happened to a text, word by word; `same` and `gone` joined are the first text, `same` and `new` the second. */
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
 * If 1.2 becomes 2.1, one figure replaces another, and no "2" is common to both: the separators within a figure are
 * replaced by letters while comparing. The length stays the same.
 */
function wholeFigures(text: string): string {
  return text.replace(/(?<=\p{N})[.,:](?=\p{N})/gu, (mark) => LETTERS[mark] ?? mark)
}

/** Letters of medieval Welsh, which no newsroom uses. */
const LETTERS: Readonly<Record<string, string>> = { '.': '\u1efb', ',': '\u1efd', ':': '\u1eff' }
