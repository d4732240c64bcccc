import { blocks } from '../blocks/blocks.ts'
import type { BlockFromHtml, HtmlTag } from '../blocks/from-html.ts'
import type { KnownBlock } from '../document.ts'
import type { Run } from '../runs.ts'
import type { HtmlElement } from './html-element.ts'
import type { NewBlock } from './new-block.ts'

/** What a line of text becomes at the reader's position. */
export interface LineKind {
  readonly type: KnownBlock['type']
  readonly make: (runs: Run[]) => NewBlock
}

/** For text that no block claims. */
export const PARAGRAPH: LineKind = { type: 'paragraph', make: (runs) => ({ type: 'paragraph', runs }) }

interface Rule extends Omit<BlockFromHtml<KnownBlock>, 'line' | 'whole'> {
  readonly type: KnownBlock['type']
  readonly line?: ((runs: Run[], tag: HtmlTag) => NewBlock) | undefined
  readonly whole?: ((tag: HtmlTag) => NewBlock) | undefined
}

/** The rules of all block types, except those the reader assembles itself. */
const RULES: readonly Rule[] = blocks.flatMap(({ fromHtml, schema }): Rule[] =>
  fromHtml === null || fromHtml === 'reader'
    ? []
    : [{ ...(fromHtml as Omit<Rule, 'type'>), type: schema.shape.type.value }]
)
const BY_TAG = new Map(RULES.flatMap((rule) => rule.tags.map((tag) => [tag, rule] as const)))

/** The rule for an element; undefined if it is not a block, or one the reader handles itself. */
export function ruleOf(element: HtmlElement): Rule | undefined {
  const named = BY_TAG.get(element.name)
  if (named || !(element.has('role') || element.has('class'))) return named
  return RULES.find((rule) => rule.isAlso?.(element))
}

/** What a line of text in the element becomes; null if the element does not determine it. */
export function kindIn(element: HtmlElement): LineKind | null {
  const rule = ruleOf(element)
  const line = rule?.line
  return rule && line ? { type: rule.type, make: (runs) => line(runs, element) } : null
}
