import type { z } from 'zod'
import { Runs } from '../../runs.ts'
import { blockSchema, defineBlock } from '../define-block.ts'
import { runsAttributes, runsToHtml } from '../markup.ts'
import { partsOfRuns } from '../runs-parts.ts'

const schema = blockSchema('quote', { runs: Runs })
export type QuoteBlock = z.infer<typeof schema>

export const quote = defineBlock({
  schema,
  upgrade: {},
  ...partsOfRuns<QuoteBlock>(),
  toHtml(block, options) {
    const inner = runsToHtml(block.runs)
    return inner === '' ? '' : `<blockquote${runsAttributes(block, block.runs, options)}><p>${inner}</p></blockquote>`
  },
  fromHtml: {
    tags: ['blockquote'],
    isAlso: (tag) => tag.hasClass('MsoQuote') || tag.hasClass('MsoIntenseQuote'),
    line: (runs) => ({ type: 'quote' as const, runs })
  }
})
