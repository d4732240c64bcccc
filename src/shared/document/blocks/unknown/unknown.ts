import { z } from 'zod'
import { countWords } from '../../../lib/words.ts'
import { Runs } from '../../runs.ts'
import { blockShape, withoutPictures, type BlockParts } from '../define-block.ts'
import { attribute, blockAttributes, runsToHtml, textToHtml, type HtmlOptions } from '../markup.ts'

const schema = z.looseObject({ ...blockShape, type: z.string().max(100) })
/** A block from a later version or somebody's extension: kept as it is, and shown as "kept, not editable here". */
export type UnknownBlock = z.infer<typeof schema>

/**
 * How a block of an unknown type is read. Its words are the same everywhere: they are exported, found and counted, and
 * count as a body when publishing.
 */
export const unknown: BlockParts<UnknownBlock> & { readonly schema: typeof schema } = {
  schema,
  upgrade: {},
  canonical: (block) => block,
  ...withoutPictures<UnknownBlock>(),
  toHtml,
  toText: unknownText,
  toPlainText: unknownText,
  searchText: (block) => ({ body: unknownText(block), captions: [] }),
  words: (block) => countWords(unknownText(block)),
  links: () => [],
  // Nobody can edit it here.
  withTexts: (block) => block,
  fromHtml: null
}

/** Its words in a paragraph that names its type, so that nothing disappears unnoticed. */
function toHtml(block: UnknownBlock, options: HtmlOptions): string {
  const runs = Runs.safeParse(block['runs'])
  const words = unknownText(block)
  const onlyRuns = runs.success && runs.data.map((run) => run.text).join('') === words
  return `<p${attribute('data-galley-type', block.type)}${blockAttributes(block, words, options)}>${onlyRuns ? runsToHtml(runs.data) : textToHtml(words)}</p>`
}

/**
 * Every word an unknown block holds for readers, whatever its structure: runs joined, everything else one per line, in
 * stored order. Ids, types and addresses do not count as words.
 */
function unknownText(block: UnknownBlock): string {
  const lines: string[] = []
  collect(block, '', 0, lines)
  return lines.join('\n')
}

const DEEPEST = 40
const NOT_WORDS = new Set([
  'id',
  'type',
  'dir',
  'lang',
  'language',
  'direction',
  'marks',
  'mediaId',
  'href',
  'url',
  'src',
  'link',
  'version',
  'kind',
  'style',
  'format'
])

/** An address or a digest alone, whatever its key is called. */
const NO_WORDS = /^(?:[a-z][a-z\d+.-]*:\/\/\S+|[\da-f]{64})$/i

function collect(value: unknown, key: string, depth: number, lines: string[]): void {
  if (depth > DEEPEST || NOT_WORDS.has(key)) return
  if (typeof value === 'string') {
    // Markup of an embed is not text; the words between its tags are.
    const text =
      key === 'html'
        ? value
            .replace(/<[^<>]*>/g, ' ')
            .replace(/\s+/g, ' ')
            .trim()
        : value
    if (text !== '' && !NO_WORDS.test(text)) lines.push(text)
    return
  }
  if (typeof value !== 'object' || value === null) return
  const runs = key === 'runs' ? Runs.safeParse(value) : undefined
  if (runs?.success) {
    const text = runs.data.map((run) => run.text).join('')
    if (text !== '') lines.push(text)
    return
  }
  for (const [name, inner] of Object.entries(value)) collect(inner, Array.isArray(value) ? '' : name, depth + 1, lines)
}
