import { PARAGRAPH } from './block-rules.ts'
import type { GatheredBlocks } from './gathered-blocks.ts'
import type { HtmlElement } from './html-element.ts'
import { joinedRuns } from './line.ts'
import { isSeen, type Setting } from './setting.ts'
import { lineOfRow, MOST_COLUMNS, MOST_ROWS, TableColumns, type Cell } from './table-rows.ts'

/** The table and row that are open. Each of `enter…` returns what is to be done when the element ends. */
export class Tables {
  readonly #copy: GatheredBlocks
  #table: TableColumns | null = null
  #row: { cells: Cell[] } | null = null

  constructor(copy: GatheredBlocks) {
    this.#copy = copy
  }

  /** A table is open, and no row of it. */
  get isBetweenRows(): boolean {
    return this.#table !== null && this.#row === null
  }

  enterTable(element: HtmlElement): () => void {
    this.#copy.endOfBlock()
    const leave = this.#aside(new TableColumns(/^(?:presentation|none)$/.test(element.get('role'))))
    return () => {
      this.#copy.endOfBlock()
      leave()
    }
  }

  /** Sets the row at hand aside for an element inside it that has no cells. */
  enterWithoutRow(): () => void {
    return this.#aside(this.#table)
  }

  enterRow(setting: Setting): () => void {
    this.#copy.endOfBlock()
    // In an item there are only lines; the row is one of them.
    if (this.#copy.lists.item || !isSeen(setting)) return () => this.#copy.endOfBlock()
    const before = this.#row
    const row = { cells: [] as Cell[] }
    this.#row = row
    const start = this.#copy.blocks.length
    const columns = this.#table ?? new TableColumns(false)
    return () => {
      this.#copy.flush()
      this.#row = before
      const runs = lineOfRow(row.cells, columns)
      if (!runs) return
      const inCells = new Set(row.cells.flatMap(({ blocks }) => blocks))
      // Misplaced markup leaves words between the cells; browsers show them above.
      const between = this.#copy.blocks.splice(start).filter((block) => !inCells.has(block))
      this.#copy.lists.end()
      this.#copy.blocks.push(...between)
      if (runs.some((run) => run.text.trim() !== '')) this.#copy.putText(PARAGRAPH, joinedRuns(runs), setting)
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
      if (this.#row === row) row.cells.push({ blocks: this.#copy.blocks.slice(start), columns, rows })
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
