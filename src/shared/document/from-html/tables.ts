import { PARAGRAPH } from './block-rules.ts'
import type { GatheredBlocks } from './gathered-blocks.ts'
import type { HtmlElement } from './html-element.ts'
import { joinedRuns } from './line.ts'
import { isSeen, type Setting } from './setting.ts'
import { lineOfRow, MOST_COLUMNS, MOST_ROWS, TableColumns, tableOf, textsOfRow, type Cell } from './table-rows.ts'

/** The current table and row. Each `enter…` returns what to do when the element ends. */
export class Tables {
  readonly #copy: GatheredBlocks
  #table: TableColumns | null = null
  #row: { cells: Cell[] } | null = null

  constructor(copy: GatheredBlocks) {
    this.#copy = copy
  }

  /** True if a table is open and none of its rows is. */
  get isBetweenRows(): boolean {
    return this.#table !== null && this.#row === null
  }

  enterTable(element: HtmlElement, setting: Setting): () => void {
    this.#copy.endOfBlock()
    const table = new TableColumns(/^(?:presentation|none)$/.test(element.get('role')))
    const leave = this.#aside(table)
    const start = this.#copy.blocks.length
    return () => {
      this.#copy.endOfBlock()
      leave()
      if (table.rows.size > 0) this.#putTables(table, start, setting)
    }
  }

  enterHead(): (() => void) | null {
    const table = this.#table
    if (!table) return null
    table.isInHead = true
    return () => {
      table.isInHead = false
    }
  }

  /** Sets the current row aside for an element inside it that contains no cells. */
  enterWithoutRow(): () => void {
    return this.#aside(this.#table)
  }

  enterRow(setting: Setting): () => void {
    this.#copy.endOfBlock()
    // An item contains only lines; the row becomes one of them.
    if (this.#copy.lists.item || !isSeen(setting)) return () => this.#copy.endOfBlock()
    const before = this.#row
    const row = { cells: [] as Cell[] }
    this.#row = row
    const start = this.#copy.blocks.length
    const columns = this.#table ?? new TableColumns(false)
    const { isInHead } = columns
    return () => {
      this.#copy.flush()
      this.#row = before
      const texts = textsOfRow(row.cells, columns)
      if (!texts) return
      const runs = lineOfRow(texts)
      const inCells = new Set(row.cells.flatMap(({ blocks }) => blocks))
      // Misplaced markup leaves words between the cells; browsers show them above.
      const between = this.#copy.blocks.splice(start).filter((block) => !inCells.has(block))
      this.#copy.lists.end()
      this.#copy.blocks.push(...between)
      if (!runs.some((run) => run.text.trim() !== '')) return
      this.#copy.putText(PARAGRAPH, joinedRuns(runs), setting)
      const line = this.#copy.blocks.at(-1)
      const isHead = isInHead || row.cells.every(({ isName }) => isName)
      if (line) columns.rows.set(line, { texts, isHead, isNamed: row.cells[0]?.isName ?? false })
    }
  }

  enterCell(element: HtmlElement, setting: Setting): (() => void) | null {
    const row = this.#row
    if (!row) {
      // Cells without a row: a tab keeps their words apart.
      if (!this.#copy.line.isBlank) this.#copy.line.tab(setting)
      return null
    }
    this.#copy.flush()
    const start = this.#copy.blocks.length
    const columns = Math.min(MOST_COLUMNS, Math.max(1, element.number('colspan', 1)))
    const rows = Math.min(MOST_ROWS, Math.max(1, element.number('rowspan', 1)))
    return () => {
      this.#copy.flush()
      this.#copy.releasePictures()
      this.#copy.lists.end()
      if (this.#row === row)
        row.cells.push({ blocks: this.#copy.blocks.slice(start), columns, rows, isName: element.name === 'th' })
    }
  }

  /** Makes tables of consecutive rows. What is between them stays there and splits the table in two. */
  #putTables({ rows }: TableColumns, start: number, setting: Setting): void {
    const lines = this.#copy.blocks.splice(start)
    let from = 0
    while (from < lines.length) {
      const next = lines.findIndex((line, at) => at >= from && !rows.has(line))
      const to = next < 0 ? lines.length : next
      const together = lines.slice(from, to)
      const table = tableOf(together.flatMap((line) => rows.get(line) ?? []))
      if (table) this.#copy.putTable(table, setting)
      else this.#copy.blocks.push(...together)
      if (next >= 0) this.#copy.blocks.push(...lines.slice(next, next + 1))
      from = to + 1
    }
  }

  #aside(inside: TableColumns | null): () => void {
    const { table, row } = { table: this.#table, row: this.#row }
    this.#table = inside
    this.#row = null
    return () => {
      this.#table = table
      this.#row = row
    }
  }
}
