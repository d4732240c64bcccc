import type { ListBlock } from '../document/blocks/list/list.ts'
import type { TableBlock } from '../document/blocks/table/table.ts'
import type { Block } from '../document/document.ts'
import { sliceRuns, textOfRuns, trimRuns, type Run } from '../document/runs.ts'
import type { LineRole } from '../contract/intake.ts'
import type { LineRow, PageLine } from './page.ts'
import type { LinePart } from './parts.ts'
import { withoutInvisible } from './plain.ts'

export type BodyRole = Extract<LineRole, 'body' | 'heading' | 'quote' | 'listItem'>

/** Builds a body out of lines. Block ids come from line numbers: the same page gives the same body. */
export class BodyBuilder {
  readonly blocks: Block[] = []
  #lastLine = -2
  #lastRole: BodyRole | null = null
  #table: OpenTable | null = null

  add(n: number, line: PageLine, role: BodyRole, parts: readonly LinePart[]): void {
    const runs = runsOfLine(line, parts)
    if (textOfRuns(runs) === '') return
    // A rule separates two parts of the story; a rule next to something left out belongs to that.
    const isParted = this.#lastLine >= 0 && this.#lastLine === line.ruleAfter
    if (isParted) this.blocks.push({ id: `in${String(n)}rule`, type: 'divider' })
    const last = this.blocks.at(-1)
    const goesOn = !isParted && line.join && this.#lastLine === n - 1 && this.#lastRole === role ? endOf(last) : null
    if (goesOn) append(goesOn, line.join === 'break' ? '\n' : ' ', runs)
    else if (
      !isParted &&
      role === 'listItem' &&
      this.#lastRole === 'listItem' &&
      isList(last) &&
      goesOnWith(last, line)
    )
      addItem(last, line, runs)
    else if (role === 'body' && line.row && !isParted && this.#lastRole === 'body' && this.#isOpen(line.row))
      this.#addRow(line, line.row)
    else if (role === 'body' && line.row) this.#beginTable(`in${String(n)}`, line, line.row)
    else this.blocks.push(blockOf(`in${String(n)}`, line, role, runs))
    this.#lastLine = n
    this.#lastRole = role
  }

  /** A single row is a paragraph, as on the page; with the next row it becomes a table. */
  #beginTable(id: string, line: PageLine, row: LineRow): void {
    const texts = textsOfRow(line, row)
    const written = texts.filter((runs) => runs.length > 0)
    const runs = written.flatMap((own, at) => (at === 0 ? own : [{ text: '\t' }, ...own]))
    const block = blockOf(id, line, 'body', runs)
    this.blocks.push(block)
    this.#table = { number: row.table, block, first: { row, texts } }
  }

  #isOpen(row: LineRow): boolean {
    const { number, block } = this.#table ?? {}
    if (number !== row.table || this.blocks.at(-1) !== block) return false
    return block?.type !== 'table' || (block as TableBlock).rows.length < MOST_ROWS
  }

  #addRow(line: PageLine, row: LineRow): void {
    if (!this.#table) return
    const { block, first, number } = this.#table
    const table = block.type === 'table' ? (block as TableBlock) : tableOf(block.id, first)
    table.rows.push(rowOf(textsOfRow(line, row)))
    if (row.isHead || row.cells[0]?.isName !== true) table.headerColumn = false
    this.blocks[this.blocks.length - 1] = table
    this.#table = { number, first, block: table }
  }

  /** A kept line outside the body ends a list. */
  interrupt(): void {
    this.#lastRole = null
  }
}

/** The most a table block allows, far more than anybody reads. */
const MOST_ROWS = 1000

interface ReadRow {
  readonly row: LineRow
  readonly texts: readonly Run[][]
}

/** The table that the next row may belong to: its block, which is a paragraph while it has only one row. */
interface OpenTable {
  readonly number: number
  readonly block: Block
  readonly first: ReadRow
}

function tableOf(id: string, { row, texts }: ReadRow): TableBlock {
  return { id, type: 'table', headerRow: row.isHead, headerColumn: true, rows: [rowOf(texts)] }
}

function rowOf(texts: readonly Run[][]): TableBlock['rows'][number] {
  return { cells: texts.map((runs) => ({ runs })) }
}

/** The words of each cell, without what separates the cells in the line. */
function textsOfRow({ text, runs = [{ text }] }: PageLine, { cells }: LineRow): Run[][] {
  return cells.map(({ from, to }) =>
    trimRuns(sliceRuns(runs, from, to).map((run) => ({ ...run, text: clean(run.text) })))
  )
}

function blockOf(id: string, line: PageLine, role: BodyRole, runs: Run[]): Block {
  switch (role) {
    case 'body':
      return { id, type: 'paragraph', runs }
    case 'quote':
      return { id, type: 'quote', runs }
    case 'heading':
      return { id, type: 'heading', level: line.tag === 'h3' ? 3 : /^h[456]$/.test(line.tag ?? '') ? 4 : 2, runs }
    case 'listItem':
      return {
        id,
        type: 'list',
        ordered: line.ordered ?? false,
        ...(line.number !== undefined && line.number !== 1 && line.depth === 0 && { start: line.number }),
        items: [{ runs, depth: line.depth ?? 0 }]
      }
  }
}

/** The line is an item of this list: one within an item, or the next one by the number that readers see. */
function goesOnWith(list: ListBlock, line: PageLine): boolean {
  const depth = line.depth ?? 0
  const isOrdered = line.ordered ?? false
  if (depth > 0 && list.items[0]?.depth === 0) return true
  if (list.ordered !== isOrdered) return false
  const items = list.items.filter((item) => item.depth === 0).length
  return !isOrdered || depth > 0 || line.number === undefined || line.number === (list.start ?? 1) + items
}

function addItem(list: ListBlock, line: PageLine, runs: Run[]): void {
  const depth = line.depth ?? 0
  const isOrdered = line.ordered ?? false
  const last = list.items.at(-1)
  // A second paragraph of an item has no number of its own.
  if (isOrdered && line.within !== undefined && line.number === undefined && last?.depth === depth)
    append(last.runs, '\n', runs)
  else list.items.push({ runs, depth, ...(isOrdered !== list.ordered && { ordered: isOrdered }) })
}

/**
 * The runs to which a continuation of the last line is appended; null for a block that does not end with running text,
 * such as a table.
 */
function endOf(block: Block | undefined): Run[] | null {
  if (isList(block)) return block.items.at(-1)?.runs ?? null
  return block && 'runs' in block && Array.isArray(block.runs) ? (block.runs as Run[]) : null
}

function append(target: Run[], joint: string, runs: readonly Run[]): void {
  const last = target.at(-1)
  if (last) target[target.length - 1] = { ...last, text: last.text + joint }
  target.push(...runs)
}

function isList(block: Block | undefined): block is ListBlock {
  return block?.type === 'list'
}

/** The line's words with their formatting, without its marks. */
function runsOfLine(line: PageLine, parts: readonly LinePart[]): Run[] {
  if (line.runs) return line.runs.map((run) => ({ ...run, text: clean(run.text) })).filter((run) => run.text !== '')
  const text = clean(
    parts
      .filter(({ kind }) => kind !== 'mark')
      .map((part) => part.text)
      .join(' ')
  ).trim()
  return text === '' ? [] : [{ text }]
}

/** Collapses spaces and tabs to one space, and removes characters that mean nothing on a page. */
export function clean(text: string): string {
  if (!/[\u0000-\u001f\u007f\u0085\u2028\u2029\u00ad\u200b-\u200d\u2060\ufeff]| {2}/.test(text)) return text
  return withoutInvisible(text)
    .replace(/[\t\v\f\u001c-\u001f\u0085\u2028\u2029 ]+/g, ' ')
    .replace(/[\u0000-\u0008\u000e-\u001b\u007f]/g, '')
}
