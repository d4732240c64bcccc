import { directionOfText } from '../direction.ts'
import { textOfRuns, type Run } from '../runs.ts'
import type { LineKind } from './block-rules.ts'
import { inPieces, Line } from './line.ts'
import { Lists } from './lists.ts'
import type { NewPicture, NewTable, ReadBlock } from './new-block.ts'
import { isSeen, type Setting } from './setting.ts'

/** The reader's position in the copy: how text is formatted there, and what a line of it becomes. */
export interface Place {
  readonly setting: Setting
  readonly kind: LineKind
}

/** The blocks read so far, and the line being collected for the next. */
export class GatheredBlocks {
  readonly blocks: ReadBlock[] = []
  readonly line = new Line()
  readonly lists = new Lists()
  readonly #place: Place
  readonly #pieces = {
    text: (piece: string) => this.line.add(piece, this.#place.setting),
    lineBreak: () => this.breakLine()
  }
  /** Pictures found inside a line; they are placed after it. */
  #pending: NewPicture[] = []

  /** `place` is read each time it is needed. */
  constructor(place: Place) {
    this.#place = place
  }

  text(text: string): void {
    inPieces(text, this.#place.setting, this.#pieces)
  }

  picture(picture: NewPicture): void {
    if (this.line.isEmpty && !this.lists.item) this.put(picture)
    else this.#pending.push(picture)
  }

  put(block: ReadBlock): void {
    this.lists.end()
    this.blocks.push(block)
  }

  putText(kind: LineKind, runs: Run[], setting: Setting): void {
    const dir = directionOf(runs, setting)
    const isAllBold =
      kind.type === 'heading' && runs.every((run) => run.text.trim() === '' || run.marks?.includes('bold'))
    this.put({ ...kind.make(isAllBold ? runs.map(withoutBold) : runs), ...(dir !== undefined && { dir }) })
  }

  putTable(table: NewTable, setting: Setting): void {
    const dir = directionOf(
      table.rows.flatMap(({ cells }) => cells.flatMap(({ runs }) => runs)),
      setting
    )
    this.put({ ...table, ...(dir !== undefined && { dir }) })
  }

  /** A line break; the second of two ends the block, because two separate paragraphs. */
  breakLine(): void {
    const { setting, kind } = this.#place
    if (!isSeen(setting)) return
    if (this.line.isBlank && !this.line.isEmpty && !this.lists.item && kind.type !== 'heading') return this.flush()
    this.line.break(setting)
  }

  /** Ends the current block, or inside a list item, whose blocks are lines of the item, the current line. */
  endOfBlock(): void {
    if (!this.lists.item) return this.flush()
    if (!this.line.isBlank) this.line.break(this.#place.setting)
  }

  /** Ends the line being collected, and puts it where it belongs. */
  flush(): void {
    const { setting, kind } = this.#place
    const runs = this.line.take()
    if (runs.length > 0) {
      if (this.lists.item) this.lists.put(runs, this.blocks, directionOf(runs, setting))
      else this.putText(kind, runs, setting)
    }
    if (!this.lists.item && !this.lists.isOpen) this.releasePictures()
  }

  releasePictures(): void {
    const pending = this.#pending
    this.#pending = []
    for (const picture of pending) this.put(picture)
  }
}

/** A block's explicit direction; undefined if its text reads that way anyway. */
function directionOf(runs: readonly Run[], setting: Setting): 'ltr' | 'rtl' | undefined {
  if (setting.dir === undefined) return undefined
  const own = directionOfText(textOfRuns(runs))
  return setting.dir === (own ?? 'ltr') ? undefined : setting.dir
}

function withoutBold(run: Run): Run {
  const { marks, ...rest } = run
  const left = marks?.filter((mark) => mark !== 'bold') ?? []
  return left.length > 0 ? { ...rest, marks: left } : rest
}
