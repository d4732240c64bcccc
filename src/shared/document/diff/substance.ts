import { diffArrays } from 'diff'

/** A change of meaning in a text: the sentences around it, and what kind of thing changed. */
export interface TextSubstance {
  readonly before: string
  readonly after: string
  readonly of: 'figure' | 'name' | 'words'
}

interface Word {
  readonly from: number
  readonly to: number
  /** The word as compared, without what is only typography. */
  readonly key: string
  /** Capitalised where no sentence begins. */
  readonly isName: boolean
}

/**
 * What the second text tells a reader differently, in whole sentences: each passage runs from where both texts begin a
 * sentence to where both begin the next. Empty if they differ only in typography or spelling. Spaces, case, quotation
 * marks, dashes and full stops are typography; a question mark is not. One letter added, dropped or swapped with its
 * neighbour, or s for z, inside a word of four letters or more is spelling, unless the word is a figure or a name; at
 * the end of a word it is not, because endings carry number and tense.
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
  /** Places where a sentence begins in both texts, with the same before them in both. */
  const begins: Place[] = []
  let [at, to] = [0, 0]
  let [gone, come] = [0, 0]
  const look = (place: Place): void => {
    if (beginsAt(before, old, place.old) && beginsAt(after, now, place.now)) begins.push(place)
  }
  const settle = (): void => {
    if (gone + come === 0) return
    const span = { gone: { from: at - gone, to: at }, come: { from: to - come, to } }
    if (!isSpelling(old.slice(at - gone, at), now.slice(to - come, to))) told.push(span)
    look({ old: span.gone.from, now: span.come.from })
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
      for (let n = 0; n < count; n += 1) look({ old: at + n, now: to + n })
      at += count
      to += count
    }
  }
  settle()
  begins.push({ old: old.length, now: now.length })
  return passagesOf(told, begins).map(({ gone, come }) => {
    const touched = told
      .filter((span) => span.gone.from >= gone.from && span.gone.to <= gone.to)
      .filter((span) => span.come.from >= come.from && span.come.to <= come.to)
      .flatMap((span) => [...old.slice(span.gone.from, span.gone.to), ...now.slice(span.come.from, span.come.to)])
    return {
      before: quoted(before, old, gone),
      after: quoted(after, now, come),
      of: touched.some(({ key }) => isFigure(key)) ? 'figure' : touched.some(({ isName }) => isName) ? 'name' : 'words'
    }
  })
}

/** Whether a reader is told anything different. */
export function hasSubstance(before: string, after: string): boolean {
  return substancesOf(before, after).length > 0
}

interface Told {
  readonly gone: Span
  readonly come: Span
}

/** The same place in both texts, as the number of words before it. */
interface Place {
  readonly old: number
  readonly now: number
}

/** The differences with the sentences around them; differences in the same sentences make one passage. */
function passagesOf(told: readonly Told[], begins: readonly Place[]): Told[] {
  const passages: Told[] = []
  let known = -1
  for (const { gone, come } of told) {
    const start = begins.findLastIndex((place) => place.old <= gone.from && place.now <= come.from)
    const end = begins.find((place, at) => at > start && place.old >= gone.to && place.now >= come.to)
    if (start === known && passages.length > 0) continue
    known = start
    const from = begins[start] ?? { old: 0, now: 0 }
    if (!end) continue
    passages.push({ gone: { from: from.old, to: end.old }, come: { from: from.now, to: end.now } })
  }
  return passages
}

/** True if a sentence begins with this word, or the text ends here. */
function beginsAt(text: string, words: readonly Word[], at: number): boolean {
  const [last, next] = [words[at - 1], words[at]]
  if (!last || !next) return true
  const between = text.slice(last.to, next.from)
  if (between.includes('\n')) return true
  const word = text.slice(last.from, last.to)
  const isStopped = /[?؟？]/u.test(word) || /[.!…。！؟？]/u.test(between)
  // “Stop!” he said; at 8 p.m. on Friday.
  if (!isStopped || /^[\p{Ll}\p{N}]/u.test(text.slice(next.from))) return false
  // Only a full stop may belong to the word before it: A. Meier, Dr. Meier, U.S. Navy, 3. Mai.
  if (/[?!…。！؟？]/u.test(word + between)) return true
  return !/^(?:\p{L}|\p{N}{1,2}|.*\.\p{L}+)$/u.test(word) && !TITLES.has(word.toLowerCase())
}

const TITLES: ReadonlySet<string> = new Set(
  'mr mrs ms dr prof st gen sen rep gov lt col capt sgt jr sr no nr mme mlle hr fr ing mag bzw ca vs'.split(' ')
)

/** The text as quoted: if it is long, only its first sentences. */
export function shortened(text: string): string {
  const words = wordsIn(text)
  if (words.length <= LONGEST) return text.trim()
  let end = 0
  for (let at = 1; at <= words.length && (at <= LONGEST || end === 0); at += 1) if (beginsAt(text, words, at)) end = at
  if (end === words.length && end <= MOST) return text.trim()
  const span = { from: 0, to: end <= MOST ? end : MOST }
  return `${text.slice(0, endOf(text, words, span)).trim()} …`
}

/** A range of words, by index. */
interface Span {
  readonly from: number
  readonly to: number
}

/** With more edits than this, the whole text counts as replaced. */
const MOST_EDITS = 2000
/** How many words are quoted at most, and how many if a single sentence is longer than that. */
const LONGEST = 40
const MOST = 80

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

/** A slip inside the word: its first and last letters are the same. */
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

const OPENING = '"“‘«„([¿¡'

/** The whole sentences, with the marks that open and close them. */
function quoted(text: string, words: readonly Word[], span: Span): string {
  const first = words[span.from]
  if (!first || span.from === span.to) return ''
  let from = first.from
  while (from > 0 && OPENING.includes(text.charAt(from - 1))) from -= 1
  return shortened(text.slice(from, endOf(text, words, span)))
}

/** The position after the span's last word and the marks that close it. */
function endOf(text: string, words: readonly Word[], { to }: Span): number {
  const last = words[to - 1]
  if (!last) return 0
  return last.to + (/^["”’»“)\].!…。！]+/u.exec(text.slice(last.to, words[to]?.from))?.[0].length ?? 0)
}
