import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paragraphsOf } from '../../../src/main/core/publishing/targets/ghost/compare.ts'
import { htmlOfLexical } from '../../../src/main/core/publishing/targets/ghost/copy-there.ts'
import { nodesOf } from '../../../src/main/core/publishing/targets/ghost/lexical.ts'
import type { ListBlock } from '../../../src/shared/document/blocks/list/list.ts'
import { blocksOfHtml } from '../../../src/shared/document/from-html/blocks-of-html.ts'
import { blockToHtml } from '../../../src/shared/document/to-html.ts'

type Item = ListBlock['items'][number]

const item = (text: string, depth = 0, more: Partial<Item> = {}): Item => ({ runs: [{ text }], depth, ...more })
const list = (items: Item[], more: Partial<ListBlock> = {}): ListBlock => ({
  id: 'l',
  type: 'list',
  ordered: false,
  items,
  ...more
})

/** A list in short: tag and start, then its items. */
function outline(node: unknown): unknown {
  const { type, text, tag, start, value, children = [] } = node as Record<string, unknown> & { children?: unknown[] }
  if (type === 'list') return [`${String(tag)}${start === 1 ? '' : ` from ${String(start)}`}`, ...children.map(outline)]
  if (type !== 'listitem') return text
  const [only] = children as { type: string }[]
  return only?.type === 'list' ? outline(only) : `${String(value)} ${children.map(outline).join('')}`
}

describe('a list on Ghost', () => {
  it.each([
    ['bullets', list([item('Bread'), item('Salt')]), ['ul', '1 Bread', '2 Salt']],
    [
      'numbers from seven',
      list([item('Bread'), item('Salt')], { ordered: true, start: 7 }),
      ['ol from 7', '7 Bread', '8 Salt']
    ],
    [
      'levels, one of them skipped, and back',
      list([item('Bread'), item('Rye', 2), item('Dark', 3), item('Oat', 1), item('Salt')]),
      ['ul', '1 Bread', ['ul', '1 Rye', ['ul', '1 Dark'], '2 Oat'], '2 Salt']
    ],
    ['deep from the first item', list([item('Rye', 2), item('Bread', 0)]), ['ul', '1 Rye', '2 Bread']]
  ])('%s', (_name, block, expected) => {
    const [node] = nodesOf(block, {})
    expect(outline(node)).toEqual(expected)
  })

  it('with both kinds of marker on one level is a card, for Ghost takes the second list out of its item', () => {
    const mixed = list([item('Bread'), item('Rye', 1), item('Knead', 1, { ordered: true })])
    expect(nodesOf(mixed, {})).toEqual([{ type: 'html', version: 1, html: blockToHtml(mixed, {}) }])
  })

  it('reads back as the page of the story does, so that nothing about it counts as changed there', () => {
    const anItem = fc.record(
      {
        runs: fc.array(fc.record({ text: fc.lorem({ maxCount: 3 }) }), { minLength: 1, maxLength: 1 }),
        depth: fc.integer({ min: 0, max: 4 }),
        ordered: fc.boolean()
      },
      { requiredKeys: ['runs', 'depth'] }
    )
    const lists = fc.record(
      {
        ordered: fc.boolean(),
        items: fc.array(anItem, { minLength: 1, maxLength: 7 }),
        start: fc.integer({ min: 0, max: 40 })
      },
      { requiredKeys: ['ordered', 'items'] }
    )
    const read = (html: string): unknown[] => blocksOfHtml(html).map(({ id: _id, ...rest }) => rest)
    fc.assert(
      fc.property(lists, ({ items, ...more }) => {
        const block = list(items, more)
        const { html, cards } = htmlOfLexical({ root: { children: nodesOf(block, {}) } })
        expect(cards).toEqual([])
        expect(read(html)).toEqual(read(blockToHtml(block, {})))
      })
    )
  })

  it('is shown in the compare view with a line for each item', () => {
    const children = nodesOf(list([item('Bread'), item('Rye', 1), item('Salt')]), {})
    expect(paragraphsOf({ root: { children } })).toEqual(['Bread\nRye\nSalt'])
  })
})
