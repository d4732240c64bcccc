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
  /** An empty paragraph is an editor's blank line and gives nothing. */
  toHtml(block, options) {
    const inner = runsToHtml(block.runs)
    return inner === '' ? '' : `<p${runsAttributes(block, block.runs, options)}>${inner}</p>`
  },
  // A paragraph is what text is that belongs to no other block.
  fromHtml: null
})
