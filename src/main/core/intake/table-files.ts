import { say, type Message } from '../../../shared/words/message.ts'
import { countSpaced, endsSentence } from '../../../shared/intake/plain.ts'

/** Rows examined. */
const ROWS = 200
const SEPARATORS = [',', ';', '\t', '|'] as const

/**
 * CSV, TSV and the like: every line is a row of about as many cells, with no space after the separator. In a story, the
 * headline or a paragraph does not fit, and commas are followed by spaces.
 */
export function tableKind(lines: readonly string[]): Message | null {
  // A line that names the separator to spreadsheet programs.
  const from = /^sep=.$/i.test(lines[0] ?? '') ? 1 : 0
  return SEPARATORS.some((separator) => isTable(rowsOf(lines.slice(from), separator), separator))
    ? say('foreign.table')
    : null
}

/** Splits lines into rows; quoted cells may contain separators and line ends. */
function rowsOf(lines: readonly string[], separator: string): string[][] {
  const rows: string[][] = []
  let open = ''
  for (const line of lines) {
    if (rows.length >= ROWS) break
    const text = open === '' ? line : `${open}\n${line}`
    // The length is limited, since a stray quote would join all lines that follow.
    const isOpen = text.includes(`"`) && (text.match(/"/g)?.length ?? 0) % 2 === 1 && text.length < 4000
    open = isOpen ? text : ''
    if (!isOpen && text.trim() !== '') rows.push(cellsOf(text, separator))
  }
  return rows
}

function cellsOf(row: string, separator: string): string[] {
  const cells: string[] = []
  let from = 0
  let isQuoted = false
  for (let at = 0; at <= row.length; at++) {
    if (row[at] === '"' && (isQuoted || row.slice(from, at).trim() === '')) isQuoted = !isQuoted
    else if (row[at] === '"') isQuoted = false
    if (at === row.length || (row[at] === separator && !isQuoted)) {
      cells.push(row.slice(from, at))
      from = at + 1
    }
  }
  return cells
}

function isTable(rows: readonly (readonly string[])[], separator: string): boolean {
  const [head, ...others] = rows
  if (!head || others.length === 0 || head.length < 2) return false
  if (rows.some((cells) => cells.length < 2)) return false
  const alike = rows.filter((cells) => cells.length === head.length).length
  const isRagged = rows.length >= 4 && rows.every(({ length }) => length >= 3)
  if (alike < rows.length * 0.8 && !isRagged) return false
  const cells = rows.flat().filter((cell) => cell.trim() !== '')
  // Two columns may also be a transcript or a timeline, so more is required.
  const isNarrow = head.length === 2
  if (isNarrow && (rows.length < 3 || cells.length < rows.length * 1.5)) return false
  // Lines that begin with the separator are indented paragraphs.
  if (rows.filter(([first = '']) => first.trim() === '').length > rows.length * 0.5) return false
  if (cells.some((cell) => /^\s*:?-{1,}:?\s*$/.test(cell) && separator === '|')) return false
  if (separator !== '\t' && spaced(rows) > cells.length * 0.1) return false
  if (separator === ',' && (isFigures(head) || rows.filter(isDecimal).length >= rows.length * 0.5)) return false
  if (cells.filter(isClause).length > cells.length * 0.4) return false
  const isSaid = (cell: string): boolean => countSpaced(cell) >= 4 && endsSentence(cell)
  const long = cells.filter((cell) => countSpaced(cell) > 12 || isSaid(cell)).length
  return (
    long <= cells.length * (isNarrow ? 0.1 : 0.34) && head.every((cell) => countSpaced(cell) <= 12 && !isSaid(cell))
  )
}

/** How many separators are followed by a space, as in running text. */
function spaced(rows: readonly (readonly string[])[]): number {
  return rows.reduce((sum, [, ...cells]) => sum + cells.filter((cell) => /^\s+\S/.test(cell)).length, 0)
}

/** "Inflation steigt auf 2,3 Prozent": every comma is inside a figure of running text. */
function isDecimal(cells: readonly string[]): boolean {
  return (
    cells.slice(1).every((cell, n) => /\d$/.test(cells[n] ?? '') && /^\d/.test(cell)) &&
    countSpaced(cells.join(',')) >= 3
  )
}

/** Some words of a script that has no spaces: a part of a sentence rather than what a cell holds. */
function isClause(cell: string): boolean {
  return (cell.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu)?.length ?? 0) >= 6
}

/** "1,200,000 dollars": commas between thousands, not between cells. */
function isFigures([first = '', ...others]: readonly string[]): boolean {
  return (
    /(?:^|\s|[$€£])\d{1,3}$/.test(first) &&
    others.every((cell) => /^\d{3}(?!\d)/.test(cell)) &&
    countSpaced(others.at(-1) ?? '') > 1
  )
}
