import { z } from 'zod'
import { Runs } from '../../runs.ts'
import { blockSchema, defineBlock } from '../define-block.ts'
import type { HtmlTag } from '../from-html.ts'
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
  // The headline is the page's level 1 heading, so a body starts at level 2.
  fromHtml: {
    tags: ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
    isAlso: (tag) => tag.get('role') === 'heading' || tag.hasClass('MsoTitle') || tag.hasClass('MsoSubtitle'),
    line: (runs, tag) => ({ type: 'heading' as const, level: levelOf(tag), runs })
  }
})

function levelOf(tag: HtmlTag): HeadingBlock['level'] {
  if (tag.hasClass('MsoSubtitle')) return 3
  const level = /^h[1-6]$/.test(tag.name) ? Number(tag.name[1]) : tag.number('aria-level', 2)
  if (level <= 2) return 2
  return level === 3 ? 3 : 4
}
