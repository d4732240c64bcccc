import type { z } from 'zod'
import { countWords } from '../../../lib/words.ts'
import { canonicalRuns } from '../../diff/canonical-runs.ts'
import { Runs, textOfRuns } from '../../runs.ts'
import { Text } from '../../text.ts'
import { blockSchema, changedText, defineBlock, linksOfRuns, withoutPictures } from '../define-block.ts'
import { runsAttributes, runsToHtml, textToHtml } from '../markup.ts'

const schema = blockSchema('attributed-quote', { runs: Runs, speaker: Text })
/** A quotation with its speaker's name as readers see it: "Amal Haddad, harbour master". */
export type AttributedQuoteBlock = z.infer<typeof schema>

export const attributedQuote = defineBlock({
  schema,
  upgrade: {},
  ...withoutPictures<AttributedQuoteBlock>(),
  canonical: (block) => ({ ...block, runs: canonicalRuns(block.runs) }),
  // As the HTML standard suggests for a quotation with its source: a figure whose caption names the source.
  toHtml(block, options) {
    const inner = runsToHtml(block.runs)
    if (inner === '' && block.speaker === '') return ''
    const quote = `<blockquote><p>${inner}</p></blockquote>`
    const speaker = block.speaker === '' ? '' : `<figcaption>${textToHtml(block.speaker)}</figcaption>`
    return `<figure class="quote"${runsAttributes(block, block.runs, options)}>${quote}${speaker}</figure>`
  },
  toText,
  toPlainText: (block) => lines(block, '— '),
  searchText: (block) => ({ body: toText(block), captions: [] }),
  words: (block) => countWords(toText(block)),
  links: (block) => linksOfRuns(block.runs),
  withTexts: (block, change) => ({
    ...block,
    runs: [...change(block.runs, 'words')],
    speaker: changedText(block.speaker, 'speaker', change)
  }),
  fromHtml: null
})

function toText(block: AttributedQuoteBlock): string {
  return lines(block, '')
}

function lines({ runs, speaker }: AttributedQuoteBlock, dash: string): string {
  return [textOfRuns(runs), speaker && `${dash}${speaker}`].filter(Boolean).join('\n')
}
