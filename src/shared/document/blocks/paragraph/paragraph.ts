import type { z } from 'zod'
import { Runs } from '../../runs.ts'
import { blockSchema, defineBlock } from '../define-block.ts'
import { runsAttributes, runsToHtml } from '../markup.ts'
import { partsOfRuns } from '../runs-parts.ts'

const schema = blockSchema('paragraph', { runs: Runs })
export type ParagraphBlock = z.infer<typeof schema>

export const paragraph = defineBlock({
  schema,
  upgrade: {},
  ...partsOfRuns<ParagraphBlock>(),
  /** An empty paragraph is a blank line in the editor and produces nothing. */
  toHtml(block, options) {
    const inner = runsToHtml(block.runs)
    return inner === '' ? '' : `<p${runsAttributes(block, block.runs, options)}>${inner}</p>`
  },
  // The HTML reader makes paragraphs of any text that belongs to no other block.
  fromHtml: null
})
