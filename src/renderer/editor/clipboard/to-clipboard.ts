import { isKnown, type Block } from '../../../shared/document/document.ts'
import type { Run } from '../../../shared/document/runs.ts'
import { blockToText } from '../../../shared/document/to-text.ts'
import type { SelectedContent } from './selection-blocks.ts'

/** How our own blocks travel from one story to another without loss. */
export const BLOCKS_MIME = 'application/x-galley-blocks'

/** What is selected in every form another program may ask for: plain text, clean HTML, and our own blocks. */
export function clipboardForms({ blocks, inline }: SelectedContent): Readonly<Record<string, string>> {
  return {
    'text/plain': inline
      ? inline.map((run) => run.text).join('')
      : blocks.map(blockToText).filter(Boolean).join('\n\n'),
    'text/html': inline ? htmlOfRuns(inline) : blocks.map(htmlOfBlock).join('\n'),
    [BLOCKS_MIME]: JSON.stringify(inline ? { inline } : { blocks })
  }
}

function htmlOfBlock(block: Block): string {
  const voice = `${block.lang ? ` lang="${escape(block.lang)}"` : ''}${block.dir ? ` dir="${block.dir}"` : ''}`
  if (!isKnown(block)) return `<p${voice}>${escape(blockToText(block)).replaceAll('\n', '<br>')}</p>`
  switch (block.type) {
    case 'paragraph':
      return `<p${voice}>${htmlOfRuns(block.runs)}</p>`
    case 'heading':
      return `<h${block.level}${voice}>${htmlOfRuns(block.runs)}</h${block.level}>`
    case 'quote':
      return `<blockquote${voice}><p>${htmlOfRuns(block.runs)}</p></blockquote>`
    case 'list':
      return htmlOfList(block, voice)
    case 'image': {
      const credit = block.image.credit === '' ? '' : ` <small>${escape(block.image.credit)}</small>`
      return `<figure${voice}><figcaption>${escape(block.image.caption)}${credit}</figcaption></figure>`
    }
  }
}

function htmlOfList(block: Extract<Block, { type: 'list' }>, voice: string): string {
  const tag = block.ordered ? 'ol' : 'ul'
  let html = ''
  let depth = -1
  const items = block.items as readonly { runs: readonly Run[]; depth: number }[]
  for (const item of items) {
    if (item.depth > depth) html += `<${tag}${depth === -1 ? voice : ''}><li>`.repeat(item.depth - depth)
    else html += `</li></${tag}>`.repeat(depth - item.depth) + '</li><li>'
    html += htmlOfRuns(item.runs)
    depth = item.depth
  }
  return html + `</li></${tag}>`.repeat(depth + 1)
}

const tags: Readonly<Record<string, string>> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  subscript: 'sub',
  superscript: 'sup'
}

function htmlOfRuns(runs: readonly Run[]): string {
  return runs
    .map((run) => {
      let html = escape(run.text).replaceAll('\n', '<br>')
      for (const mark of [...(run.marks ?? [])].reverse()) {
        const tag = tags[mark]
        if (tag !== undefined) html = `<${tag}>${html}</${tag}>`
      }
      return run.link
        ? `<a href="${escape(run.link.href)}"${run.link.title === undefined ? '' : ` title="${escape(run.link.title)}"`}>${html}</a>`
        : html
    })
    .join('')
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
