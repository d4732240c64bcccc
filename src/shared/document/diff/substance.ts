import { diffArrays } from 'diff'

/** What of a text says something else than before: the words around it, and what kind of thing it is. */
export interface TextSubstance {
  readonly before: string
  readonly after: string
  readonly of: 'figure' | 'name' | 'words'
}

interface Word {
  readonly from: number
  readonly to: number
  /** As it is compared: without what is only typography. */
  readonly key: string
  /** Written with a capital where a sentence does not begin. */
  readonly isName: boolean
}

/**
 * What a reader is told otherwise by the second text, passage by passage: what has many words between it that stayed is
 * quoted by itself. Empty where the two differ in typography or spelling alone. Spaces,
 * case, quotation marks, dashes and stops are typography, a question mark is not. One letter more, less or in its
 * neighbour's place, or s for z, inside a word of four letters or more is spelling, where the word is neither a figure nor
 * a name: its ends carry number and tense.
 */
export function substancesOf(before: string, after: string): readonly TextSubstance[] {
  const [old, now] = [wordsIn(before), wordsIn(after)]
  const parts = diffArrays(
    old.map(({ key }) => key),
    now.map(({ key }) => key),
    { maxEditLength: MOST_EDITS }
  )
  if (!parts) return [{ before: shortened(before), after: shortened(after), of: 'words' }]
  const told: Told[] = []
  let [at, to] = [0, 0]
  let [gone, come] = [0, 0]
  const settle = (): void => {
    const span = { gone: { from: at - gone, to: at }, come: { from: to - come, to } }
    if (gone + come > 0 && !isSpelling(old.slice(at - gone, at), now.slice(to - come, to))) told.push(span)
    gone = come = 0
  }
  for (const { count, added, removed } of parts) {
    if (removed) {
      gone += count
      at += count
    } else if (added) {
      come += count
      to += count
    } else {
      settle()
      at += count
      to += count
    }
  }
  settle()
  const endsBetween = (one: Told, next: Told): boolean =>
    hasSentenceEnd(after.slice(now[one.come.to - 1]?.to ?? 0, now[next.come.from]?.from ?? after.length))
  return passagesOf(told, endsBetween).map(({ gone, come }) => {
    const touched = told
      .filter((span) => span.gone.from >= gone.from && span.gone.to <= gone.to)
      .flatMap((span) => [...old.slice(span.gone.from, span.gone.to), ...now.slice(span.come.from, span.come.to)])
    return {
      // A sentence that was only put in, or only taken out, is quoted by itself.
      before: gone.from === gone.to && isSentence(after, now, come) ? '' : around(before, old, gone),
      after: come.from === come.to && isSentence(before, old, gone) ? '' : around(after, now, come),
      of: touched.some(({ key }) => isFigure(key)) ? 'figure' : touched.some(({ isName }) => isName) ? 'name' : 'words'
    }
  })
}

/** Whether a reader is told anything otherwise. */
export function hasSubstance(before: string, after: string): boolean {
  return substancesOf(before, after).length > 0
}

interface Told {
  readonly gone: Span
  readonly come: Span
}

/** What stands in one sentence, so close together that the words quoted beside it would meet, is one passage. */
function passagesOf(told: readonly Told[], endsBetween: (one: Told, next: Told) => boolean): Told[] {
  const passages: Told[] = []
  for (const span of told) {
    const last = passages.at(-1)
    if (!last || span.gone.from - last.gone.to > 2 * BESIDE || endsBetween(last, span)) passages.push(span)
    else
      passages[passages.length - 1] = {
        gone: { from: last.gone.from, to: span.gone.to },
        come: { from: last.come.from, to: span.come.to }
      }
  }
  return passages
}

function isSentence(text: string, words: readonly Word[], { from, to }: Span): boolean {
  const first = words[from]
  const last = words[to - 1]
  if (!first || !last || !beginsSentence(text, first.from)) return false
  return to === words.length || hasSentenceEnd(text.slice(last.to, words[to]?.from))
}

function hasSentenceEnd(text: string): boolean {
  return /[.!?…؟。！？]/u.test(text)
}

/** A text as it is quoted: its first words, where it is long. */
export function shortened(text: string): string {
  const words = wordsIn(text)
  const last = words[LONGEST - 1]
  return words.length > LONGEST && last ? `${text.slice(0, last.to)} …` : text.trim()
}

/** Words, by position. */
interface Span {
  readonly from: number
  readonly to: number
}

/** More edits than this, and the one text stands in place of the other. */
const MOST_EDITS = 2000
/** Words that are quoted at most, and words beside what differs. */
const LONGEST = 40
const BESIDE = 3

const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|(?<![\p{L}\p{N}])[-−](?=\p{N})|[\p{L}\p{M}\p{N}]+(?:[.,:'’\-‐‑][\p{L}\p{M}\p{N}]+)*|\p{Sc}|[%‰?؟？]/gu

function wordsIn(text: string): Word[] {
  return [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    from: index,
    to: index + word.length,
    key: keyOf(word),
    isName: /^\p{Lu}/u.test(word) && !beginsSentence(text, index)
  }))
}

function beginsSentence(text: string, index: number): boolean {
  const before = text
    .slice(Math.max(0, index - 6), index)
    .trimEnd()
    .replace(/["'“‘«([]$/u, '')
    .trimEnd()
  return before === '' || /[.!?:…؟]["'”’»)\]]?$/u.test(before)
}

function keyOf(word: string): string {
  return word
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\u00AD\u200B-\u200F]/gu, '')
    .replaceAll('’', "'")
    .replaceAll(/[‐‑−]/gu, '-')
    .replaceAll(/[؟？]/gu, '?')
    .replaceAll(/[\u0660-\u0669\u06F0-\u06F9]/gu, (figure) => String((figure.codePointAt(0) ?? 0) & 0xf))
}

function isFigure(key: string): boolean {
  return /[\p{N}\p{Sc}%‰]|^-$/u.test(key)
}

function isSpelling(old: readonly Word[], now: readonly Word[]): boolean {
  // One word or two: any one, anyone; e-mail, email.
  if (bare(old) === bare(now) && ![...old, ...now].some(({ key }) => isFigure(key))) return true
  return (
    old.length === now.length &&
    old.every((word, n) => {
      const other = now[n]
      return (
        other !== undefined &&
        !(word.isName && other.isName) &&
        !isFigure(word.key) &&
        !isFigure(other.key) &&
        isTypo(word.key, other.key)
      )
    })
  )
}

function bare(words: readonly Word[]): string {
  return words.map(({ key }) => key.replaceAll(/[-']/gu, '')).join('')
}

/** One slip inside the word: its first and its last letter stay. */
function isTypo(one: string, other: string): boolean {
  if (one === other) return true
  const [a, b] = [[...one], [...other]]
  if (Math.min(a.length, b.length) < 4 || a[0] !== b[0] || a.at(-1) !== b.at(-1)) return false
  let from = 0
  while (a[from] === b[from]) from += 1
  let end = 0
  while (end < Math.min(a.length, b.length) - from && a.at(-1 - end) === b.at(-1 - end)) end += 1
  const [x, y] = [a.slice(from, a.length - end).join(''), b.slice(from, b.length - end).join('')]
  const swapped = x.length === 2 && [...x].reverse().join('') === y
  const spelt = (x === 's' && y === 'z') || (x === 'z' && y === 's')
  return swapped || spelt || (x === '' && y.length === 1) || (y === '' && x.length === 1)
}

/** The words of the span with some beside them, so that they can be understood when quoted. */
function around(text: string, words: readonly Word[], { from, to }: Span): string {
  let [start, end] = [from, to]
  // Whole sentences beside it are not what it is about; where nothing stood, it takes both sides to see the place.
  const goesOn = (at: number): boolean =>
    from === to || !hasSentenceEnd(text.slice(words[at - 1]?.to ?? 0, words[at]?.from))
  while (start > Math.max(0, from - BESIDE) && goesOn(start)) start -= 1
  while (end < Math.min(words.length, to + BESIDE) && goesOn(end)) end += 1
  const first = words[start]
  const last = words[end - 1]
  if (!first || !last) return ''
  return shortened(text.slice(first.from, last.to))
}
