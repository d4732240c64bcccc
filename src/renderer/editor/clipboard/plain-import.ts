import { isDividerText } from '../../../shared/document/blocks/divider/divider.ts'
import { cleanText } from '../../../shared/document/clean-text.ts'
import type { NewBlock } from '../../../shared/document/from-html/new-block.ts'
import { runsOf } from '../../../shared/document/runs.ts'

/** The most characters of plain text taken in one paste: some three million words. More would freeze the window. */
const MAX_PLAIN = 20_000_000
/** The same for a field: no more than the window can lay out at once. */
const MAX_FIELD_PASTE = 100_000
/** Characters. A browser lays out a paragraph as a whole, so a longer one is split at a space or a line break. */
const LONGEST_PARAGRAPH = 100_000

/** As much of a text as fits, cut at a space if one is near, and how many characters were left out. */
export function fitPlain(text: string, most = MAX_PLAIN): { readonly text: string; readonly left: number } {
  if (text.length <= most) return { text, left: 0 }
  const end = endOfWord(text, 0, most)
  return { text: text.slice(0, end), left: text.length - end }
}

/** Fired on a field into which a paste did not fit; `detail` is how many characters were left out. */
export const PASTE_CUT = 'galley-paste-cut'

/** What is pasted into a field: as much as fits, without control characters. */
export function fieldPaste(data: DataTransfer, field: HTMLElement | null): string {
  const { text, left } = fitPlain(data.getData('text/plain'), MAX_FIELD_PASTE)
  if (left > 0) field?.dispatchEvent(new CustomEvent(PASTE_CUT, { bubbles: true, detail: left }))
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
}

/**
 * Plain text as paragraphs: blank lines separate them, a single line break stays one. Control characters are removed,
 * words never are.
 */
export function blocksOfPlainText(text: string): NewBlock[] {
  return cleanText(text)
    .split(/\n[ \t]*\n\s*/)
    .map((paragraph) => paragraph.replace(/^\n+|(?<!\s)\s+$/g, ''))
    .filter((paragraph) => paragraph.trim() !== '')
    .flatMap(inParts)
    .map((paragraph) =>
      isDividerText(paragraph) ? { type: 'divider' } : { type: 'paragraph', runs: runsOf(paragraph) }
    )
}

function inParts(paragraph: string): string[] {
  const parts: string[] = []
  for (let at = 0; at < paragraph.length;) {
    const end = endOfWord(paragraph, at, LONGEST_PARAGRAPH)
    parts.push(paragraph.slice(at, end))
    at = end
  }
  return parts
}

/** Where to cut a text from `at` within this many characters: after a space, or else between letters. */
function endOfWord(text: string, at: number, most: number): number {
  const end = at + most
  if (end >= text.length) return text.length
  const near = text.slice(end - Math.min(most, 1000), end)
  const space = Math.max(near.lastIndexOf(' '), near.lastIndexOf('\n'))
  if (space >= 0) return end - near.length + space + 1
  // Never between the two halves of one character.
  return /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end - 1 : end
}
