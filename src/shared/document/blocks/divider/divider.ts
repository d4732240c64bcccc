import type { z } from 'zod'
import { blockSchema, defineBlock, withoutPictures } from '../define-block.ts'

const schema = blockSchema('divider', {})
/** A break between two parts of a story, drawn as a rule. */
export type DividerBlock = z.infer<typeof schema>

/** How a divider is written in plain text, and read from it. */
export const DIVIDER_TEXT = '* * *'

export const divider = defineBlock({
  schema,
  upgrade: {},
  canonical: (block) => block,
  ...withoutPictures<DividerBlock>(),
  toHtml: () => '<hr>',
  toText: () => '',
  toPlainText: () => DIVIDER_TEXT,
  searchText: () => ({ body: '', captions: [] }),
  words: () => 0,
  links: () => [],
  withTexts: (block) => block,
  fromHtml: { tags: ['hr'], whole: () => ({ type: 'divider' as const }) }
})

/** True for a line of plain text that is a divider: three or more of the usual characters and nothing else. */
export function isDividerText(line: string): boolean {
  return /^[ \t]*(?:(?:\*[ \t]*){3,}|(?:[-–—_][ \t]*){3,}|(?:#[ \t]*){3,}|⁂[ \t]*)$/u.test(line)
}
