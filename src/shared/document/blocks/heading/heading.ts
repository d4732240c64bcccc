import { z } from 'zod'
import { Runs } from '../../runs.ts'
import { blockSchema, defineBlock } from '../define-block.ts'
import { lineReader } from '../from-html.ts'
import { runsAttributes, runsToHtml } from '../markup.ts'
import { partsOfRuns } from '../runs-parts.ts'

const schema = blockSchema('heading', { level: z.union([z.literal(2), z.literal(3), z.literal(4)]), runs: Runs })
export type HeadingBlock = z.infer<typeof schema>

export const heading = defineBlock({
  schema,
  upgrade: {},
  ...partsOfRuns<HeadingBlock>(),
  toHtml(block, options) {
    const inner = runsToHtml(block.runs)
    const tag = `h${block.level}`
    return inner === '' ? '' : `<${tag}${runsAttributes(block, block.runs, options)}>${inner}</${tag}>`
  },
  // The headline is the page's first level; a body begins at the second.
  fromHtml: lineReader<HeadingBlock>(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'], (runs, { tag }) => ({
    type: 'heading',
    level: levelOfTag(tag),
    runs
  }))
})

function levelOfTag(tag: string): HeadingBlock['level'] {
  if (tag === 'h1' || tag === 'h2') return 2
  return tag === 'h3' ? 3 : 4
}
