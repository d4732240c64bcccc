import { cleanText } from '../clean-text.ts'
import type { Run } from '../runs.ts'
import type { Setting } from './setting.ts'

/** A line of copy being read: white space as a browser shows it, adjacent text with the same setting in one run. */
export class Line {
  #runs: Run[] = []
  #setting: Setting | null = null
  #isBlank = true

  get isEmpty(): boolean {
    return this.#runs.length === 0
  }

  /** Whether it contains a word. */
  get hasWords(): boolean {
    return this.#runs.some((run) => run.text.trim() !== '')
  }

  /** Whether there is nothing but space after the last break, or after the start. */
  get isBlank(): boolean {
    return this.#isBlank
  }

  /** Adds text with one setting, without line breaks. */
  add(text: string, setting: Setting): void {
    let added = text
    if (setting.space !== 'exact') {
      if (/[\t\n\f]| {2}/.test(added)) added = added.replace(/[ \t\n\f]+/g, ' ')
      if (added.startsWith(' ') && /(?:^|[ \n\t])$/.test(this.#runs.at(-1)?.text ?? '')) added = added.slice(1)
    }
    this.#push(added, setting)
  }

  /** Adds a line break; spaces before it are invisible and removed. */
  break(setting: Setting): void {
    const last = this.#runs.at(-1)
    if (last?.text.endsWith(' ') === true) last.text = last.text.replace(/(?<! ) +$/, '')
    this.#push('\n', setting)
    this.#isBlank = true
  }

  tab(setting: Setting, count = 1): void {
    this.#push('\t'.repeat(count), setting)
  }

  /** Ends the line and returns its runs, without invisible space at either end; empty if there are no words. */
  take(): Run[] {
    const runs = this.#runs.filter((run) => run.text !== '')
    this.#runs = []
    this.#setting = null
    this.#isBlank = true
    while (runs[0] && /^[ \t\u00a0]*\n/.test(runs[0].text)) {
      runs[0].text = runs[0].text.replace(/^(?:[ \t\u00a0]*\n)+/, '')
      if (runs[0].text !== '') break
      runs.shift()
    }
    for (let last = runs.at(-1); last; last = runs.at(-1)) {
      last.text = last.text.trimEnd()
      if (last.text !== '') break
      runs.pop()
    }
    return joinedRuns(runs)
  }

  #push(text: string, setting: Setting): void {
    if (text === '') return
    if (this.#isBlank && /[^ \t\n\u00a0]/.test(text)) this.#isBlank = false
    const last = this.#runs.at(-1)
    if (last && setting === this.#setting) {
      last.text += text
      return
    }
    const run: Run = { text }
    if (setting.marks.length > 0) run.marks = [...setting.marks]
    if (setting.link) run.link = setting.link
    this.#runs.push(run)
    this.#setting = setting
  }
}

/**
 * Splits foreign text: `text` receives what is on one line, `lineBreak` is called in between; two in a row separate
 * paragraphs.
 */
export function inPieces(text: string, setting: Setting, to: { text(piece: string): void; lineBreak(): void }): void {
  let source = setting.hasLooseSpaces ? text.replaceAll('\u00a0', ' ') : text
  // Where white space collapses, line breaks in the source are spaces; characters that are line breaks themselves are
  // not.
  if (setting.space === 'collapse' && /[\n\f]/.test(source)) source = source.replace(/[\n\f]/g, ' ')
  else if (setting.space === 'lines') source = source.replaceAll('\f', ' ')
  const clean = cleanText(source)
  if (!clean.includes('\n')) return to.text(clean)
  for (const [index, piece] of clean.split('\n').entries()) {
    if (index > 0) to.lineBreak()
    if (piece !== '') to.text(piece)
  }
}

/** Joins adjacent runs with the same formatting. */
export function joinedRuns(runs: readonly Run[]): Run[] {
  const result: Run[] = []
  for (const run of runs) {
    const last = result.at(-1)
    if (last && sameLink(last.link, run.link) && (last.marks ?? []).join() === (run.marks ?? []).join())
      last.text += run.text
    else result.push(run)
  }
  return result
}

function sameLink(one: Run['link'], other: Run['link']): boolean {
  return (
    one === other ||
    (one?.href === other?.href && one?.title === other?.title && (one === undefined) === (other === undefined))
  )
}
