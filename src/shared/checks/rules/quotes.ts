import { say } from '../../words/message.ts'
import type { Hit } from '../finding.ts'

/** The quotation marks of one text, as far as they do not balance by themselves. */
export interface QuoteState {
  readonly hits: readonly Hit[]
  /** A quotation that is still open at the end: right where the next paragraph goes on with it. */
  readonly open: Hit | null
  /** The text begins with an opening mark. */
  readonly startsOpen: boolean
}

/** Languages whose quotation opens low and closes with the mark that opens one in English. */
const LOW = /^(?:de|cs|sk|sl|bg|ru|uk|pl|ro|hu|lt|et|lv|sr|hr|bs|mk|is|ka)\b/
/** Languages with one mark at both ends, and those where either curly mark is used at either end. */
const EITHER = /^(?:sv|fi|ar|he|fa|ur)\b/

const MARKS = /["“”„«»「」『』]/g

/** Double quotation marks by the language of the text. Single ones are apostrophes too often to be counted. */
export function quotes(text: string, language: string): QuoteState {
  const marks = [...text.matchAll(MARKS)].map(({ 0: mark, index }) => ({ mark, index }))
  const startsOpen = /^\s*["“„«»「『]/.test(text)
  if (marks.length === 0) return { hits: [], open: null, startsOpen }
  const hits: Hit[] = []
  let open: Hit | null = null
  const hit = (index: number): Hit => ({
    rule: 'quotes',
    start: index,
    end: index + 1,
    said: say('checks.unbalancedQuote')
  })
  const curly = marks.filter(({ mark }) => '“”„'.includes(mark))
  const pairs: [typeof marks, string, string][] = [
    [marks.filter(({ mark }) => '「」'.includes(mark)), '「', '」'],
    [marks.filter(({ mark }) => '『』'.includes(mark)), '『', '』']
  ]
  const angled = marks.filter(({ mark }) => '«»'.includes(mark))
  // »So« as in German books, «so» as elsewhere: whichever comes first opens.
  pairs.push(angled[0]?.mark === '»' && LOW.test(language) ? [angled, '»', '«'] : [angled, '«', '»'])
  const isLow = LOW.test(language) || curly.some(({ mark }) => mark === '„')
  if (EITHER.test(language)) {
    if (curly.length % 2 === 1) open = hit(curly.at(-1)?.index ?? 0)
  } else if (isLow) {
    // „So“, „so”, and “so” in a name that is English.
    const depth: number[] = []
    for (const { mark, index } of curly) {
      if (mark === '„' || (mark === '“' && depth.length === 0)) depth.push(index)
      else if (depth.length > 0) depth.pop()
      else hits.push(hit(index))
    }
    if (depth.length > 0) open = hit(depth[0] ?? 0)
  } else {
    pairs.push([curly, '“', '”'])
  }
  for (const [found, opening, closing] of pairs) {
    let at: number | null = null
    for (const { mark, index } of found) {
      if (mark === opening && at === null) at = index
      else if (mark === closing && at !== null) at = null
      // Opened twice: the first never closed.
      else if (mark === opening) {
        hits.push(hit(at ?? index))
        at = index
      } else hits.push(hit(index))
    }
    if (at !== null) open ??= hit(at)
  }
  // 5'10" and a 27" screen are measures; a straight mark after a figure counts only where it makes a pair.
  const straight = marks.filter(({ mark }) => mark === '"')
  const sure = straight.filter(({ index }) => !/\d/.test(text.charAt(index - 1)))
  if (sure.length % 2 === 1 && straight.length === sure.length) open ??= hit(sure.at(-1)?.index ?? 0)
  return { hits, open, startsOpen }
}
