import { z } from 'zod'
import { Text } from './text.ts'

/** The marks a run of text can have. Marks from later versions are kept as they are. */
export const marks = ['bold', 'italic', 'underline', 'strikethrough', 'code', 'subscript', 'superscript'] as const
export type Mark = (typeof marks)[number]

export function isMark(mark: string): mark is Mark {
  return (marks as readonly string[]).includes(mark)
}

/** The longest address, in characters; many programs accept no longer ones. */
const LONGEST_HREF = 4000

/** Addresses a reader may be sent to; anything else (javascript:, data:, file:) never gets into a body. */
export const LinkHref = z
  .string()
  .max(LONGEST_HREF)
  .refine(isSafeHref, 'is not a web, mail or phone address')
  // The same for the published JSON Schema, whose patterns have no flags.
  .meta({
    pattern:
      '^([Hh][Tt][Tt][Pp][Ss]?://[^\\s/?#]|[Mm][Aa][Ii][Ll][Tt][Oo]:[^\\s]|[Tt][Ee][Ll]:[^\\s])[^\\u0000-\\u001f\\u007f]*$'
  })

export function isSafeHref(href: string): boolean {
  return (
    href.length <= LONGEST_HREF &&
    /^(https?:\/\/[^\s/?#]|mailto:[^\s]|tel:[^\s])/i.test(href) &&
    !/[\u0000-\u001f\u007f]/.test(href)
  )
}

/**
 * An address as it may be written in a page: characters no address may contain (spaces, quotes, brackets) are
 * percent-encoded.
 */
export function writtenHref(href: string): string {
  return href.trim().replace(/[\s"<>\\^`{|}]/g, encodeURIComponent)
}

/** A stretch of text with one formatting. A line break inside a paragraph is "\n" in the text. */
export const Run = z.looseObject({
  text: z.string(),
  marks: z.array(z.string()).optional(),
  link: z.looseObject({ href: LinkHref, title: Text.optional() }).optional()
})
export type Run = z.infer<typeof Run>

export const Runs = z.array(Run)

export function textOfRuns(runs: readonly Run[]): string {
  let text = ''
  for (const run of runs) text += run.text
  return text
}

/** Plain text as runs; empty text gives none. */
export function runsOf(text: string): Run[] {
  return text === '' ? [] : [{ text }]
}

/** The runs between two positions, in UTF-16 units. */
export function sliceRuns(runs: readonly Run[], from: number, to: number): Run[] {
  const cut: Run[] = []
  let at = 0
  for (const run of runs) {
    const text = run.text.slice(Math.max(0, from - at), Math.max(0, to - at))
    if (text !== '' || (run.text === '' && at >= from && at <= to)) cut.push({ ...run, text })
    at += run.text.length
  }
  return cut
}

/** The runs without white space at either end, and without empty runs. */
export function trimRuns(runs: readonly Run[]): Run[] {
  const trimmed = runs.map((run) => ({ ...run }))
  for (let last = trimmed.at(-1); last; last = trimmed.at(-1)) {
    last.text = last.text.trimEnd()
    if (last.text !== '') break
    trimmed.pop()
  }
  const first = trimmed[0]
  if (first) first.text = first.text.trimStart()
  return trimmed.filter((run) => run.text !== '')
}
