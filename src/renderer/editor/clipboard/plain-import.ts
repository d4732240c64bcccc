import { isDividerText } from '../../../shared/document/blocks/divider/divider.ts'
import { cleanText } from '../../../shared/document/clean-text.ts'
import type { NewBlock } from '../../../shared/document/from-html/new-block.ts'
import { runsOf } from '../../../shared/document/runs.ts'

/** Characters of plain text that are taken in at once: some three million words. Reading more would freeze the window. */
const MAX_PLAIN = 20_000_000
/** The same for a field: no more than the window can lay out at once. */
const MAX_FIELD_PASTE = 100_000
/** A browser lays a paragraph out as a whole: a longer one is parted at a space, a blank line or a break. */
const LONGEST_PARAGRAPH = 100_000

/** What fits of a text, up to a space where there is one near, and how many characters do not. */
export function fitPlain(text: string, most = MAX_PLAIN): { readonly text: string; readonly left: number } {
  if (text.length <= most) return { text, left: 0 }
  const end = endOfWord(text, 0, most)
  return { text: text.slice(0, end), left: text.length - end }
}

/** Happens to a field of which a paste did not fit; `detail`: how many characters were left out. */
export const PASTE_CUT = 'galley-paste-cut'

/** What is pasted into a field: as much of it as fits, without control characters. */
export function fieldPaste(data: DataTransfer, field: HTMLElement | null): string {
  const { text, left } = fitPlain(data.getData('text/plain'), MAX_FIELD_PASTE)
  if (left > 0) field?.dispatchEvent(new CustomEvent(PASTE_CUT, { bubbles: true, detail: left }))
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
}

/**
 * Plain text as paragraphs: a blank line parts them, a single line break stays one. Control characters go, words never
 * do.
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

/** Where to cut a text that goes on from `at`, after so many characters at most: behind a space, else between letters. */
function endOfWord(text: string, at: number, most: number): number {
  const end = at + most
  if (end >= text.length) return text.length
  const near = text.slice(end - Math.min(most, 1000), end)
  const space = Math.max(near.lastIndexOf(' '), near.lastIndexOf('\n'))
  if (space >= 0) return end - near.length + space + 1
  // Never between the halves of one character.
  return /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end - 1 : end
}
