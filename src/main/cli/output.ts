/** Standard output carries only the result; everything said to the person goes to standard error. */
export interface Output {
  readonly json: boolean
  /** One result: a line of JSON, or the text derived from it. */
  result(value: unknown, text: () => string): void
  /** Rows of one kind: lines of JSON, or a table. */
  table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): void
  /** For the person: progress, warnings, what to do next. */
  say(line: string): void
  /** Progress, updated in place; only on a terminal. */
  progress(line: string): void
}

export interface Column<Row> {
  readonly title: string
  value(row: Row): string
  /** May be shortened to fit a terminal. */
  readonly wide?: boolean
}

export interface Streams {
  readonly out: { write(text: string): unknown; readonly columns?: number; readonly isTTY?: boolean }
  readonly error: { write(text: string): unknown; readonly isTTY?: boolean }
}

export function createOutput(json: boolean, streams: Streams): Output {
  const print = (line: string): void => {
    streams.out.write(`${line}\n`)
  }
  let progressing = false
  const endProgress = (): void => {
    if (progressing) streams.error.write('\r\u001b[K')
    progressing = false
  }
  return {
    json,
    result(value, text) {
      endProgress()
      print(json ? JSON.stringify(value) : text())
    },
    table(rows, columns) {
      endProgress()
      if (json) for (const row of rows) print(JSON.stringify(row))
      else if (rows.length > 0)
        for (const line of layOut(rows, columns, streams.out.isTTY ? (streams.out.columns ?? 80) : null)) print(line)
    },
    say(line) {
      endProgress()
      streams.error.write(`${line}\n`)
    },
    progress(line) {
      if (!streams.error.isTTY) return
      streams.error.write(`\r\u001b[K${line}`)
      progressing = true
    }
  }
}

/**
 * Lays out columns of even width; if the terminal is too narrow, the `wide` one is cut. Control characters in other
 * people's text are never passed on.
 */
function layOut<Row>(rows: readonly Row[], columns: readonly Column<Row>[], width: number | null): string[] {
  const cells = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map((column) => clean(column.value(row))))
  ]
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => display(line[at] ?? ''))))
  const wide = columns.findIndex((column) => column.wide)
  if (width !== null && wide >= 0) {
    const others = widths.reduce((sum, one, at) => sum + (at === wide ? 0 : one + 2), 0)
    widths[wide] = Math.max(12, Math.min(widths[wide] ?? 0, width - others))
  }
  const shown = columns.every(({ title }) => title === '') ? cells.slice(1) : cells
  return shown.map((line) =>
    line
      .map((cell, at) => fit(cell, widths[at] ?? 0, at === columns.length - 1))
      .join('  ')
      .trimEnd()
  )
}

export function clean(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ')
}

const FULL_WIDTH =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

/** How many terminal cells a text takes. */
function display(text: string): number {
  let cells = 0
  for (const character of text) cells += /\p{M}/u.test(character) ? 0 : FULL_WIDTH.test(character) ? 2 : 1
  return cells
}

function fit(text: string, width: number, last: boolean): string {
  if (display(text) <= width) return last ? text : text + ' '.repeat(width - display(text))
  let kept = ''
  for (const character of text) {
    if (display(kept + character) > width - 1) break
    kept += character
  }
  return `${kept}…${' '.repeat(Math.max(0, width - 1 - display(kept)))}`
}
