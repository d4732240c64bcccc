/**
 * Splits a text stream into lines. JSON never contains a raw line break, so each line is a message. Gives up after
 * `limit` characters without one.
 */
export function splitLines(
  take: (line: string) => void,
  limit: () => number,
  giveUp: () => void
): (chunk: string | Buffer) => void {
  let pieces: string[] = []
  let held = 0
  return (chunk) => {
    let rest = String(chunk)
    for (let at = rest.indexOf('\n'); at >= 0; at = rest.indexOf('\n')) {
      pieces.push(rest.slice(0, at))
      const line = pieces.join('')
      pieces = []
      held = 0
      rest = rest.slice(at + 1)
      if (line.length > limit()) return giveUp()
      take(line)
    }
    if (rest) pieces.push(rest)
    held += rest.length
    if (held > limit()) giveUp()
  }
}
