import type { z } from 'zod'
import { Runs } from '../../runs.ts'
import { blockSchema, defineBlock } from '../define-block.ts'
import { runsAttributes, runsToHtml } from '../markup.ts'
import { partsOfRuns } from '../runs-parts.ts'

const schema = blockSchema('pull-quote', { runs: Runs })
/** A sentence from the story, set large. */
export type PullQuoteBlock = z.infer<typeof schema>

export const pullQuote = defineBlock({
  schema,
  upgrade: {},
  ...partsOfRuns<PullQuoteBlock>(),
  toHtml(block, options) {
    const inner = runsToHtml(block.runs)
    if (inner === '') return ''
    const voice = runsAttributes(block, block.runs, options)
    return `<figure class="pull-quote"${voice}><blockquote><p>${inner}</p></blockquote></figure>`
  },
  fromHtml: null
})
