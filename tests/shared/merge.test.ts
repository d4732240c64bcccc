import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Block } from '../../src/shared/document/document.ts'
import { blockToText } from '../../src/shared/document/to-text.ts'
import { emptyFields } from '../../src/shared/story/fields.ts'
import { instantAt } from '../../src/shared/story/instant.ts'
import {
  mergeParts,
  merged,
  toBeChosen,
  type Copy,
  type MergeChoices,
  type MergeSide
} from '../../src/shared/story/merge.ts'

const fields = emptyFields(instantAt(0, 'UTC', 'clock'))
const paragraph = (id: string, text: string): Block => ({ id, type: 'paragraph', runs: [{ text }] })
const copyOf = (blocks: readonly Block[], headline = 'Headline', keywords: string[] = []): Copy => ({
  fields: { ...fields, headline, keywords },
  body: { version: 1, blocks: [...blocks] }
})
const textsOf = ({ body }: Copy): string[] => body.blocks.map(blockToText)

/** One side's work: what it does to a block of the base, in order, and what it writes between them. */
type Edit = { readonly at: number } & (
  | { readonly do: 'rewrite' }
  | { readonly do: 'remove' }
  | { readonly do: 'add'; readonly shared: boolean }
  | { readonly do: 'move'; readonly to: number }
)
const edit = (mayMove: boolean): fc.Arbitrary<Edit> =>
  fc.oneof(
    fc.record({ do: fc.constant('rewrite' as const), at: fc.nat(20) }),
    fc.record({ do: fc.constant('remove' as const), at: fc.nat(20) }),
    fc.record({ do: fc.constant('add' as const), at: fc.nat(20), shared: fc.boolean() }),
    ...(mayMove ? [fc.record({ do: fc.constant('move' as const), at: fc.nat(20), to: fc.nat(20) })] : [])
  )

function worked(base: readonly Block[], edits: readonly Edit[], who: string): { blocks: Block[]; written: string[] } {
  const blocks = [...base]
  const written: string[] = []
  for (const [n, one] of edits.entries()) {
    const at = one.at % Math.max(1, blocks.length)
    const known = blocks[at]
    if (one.do === 'add') {
      // Some of it both sides write, word by word.
      const text = one.shared ? `Written by both, number ${one.at}.` : `New by ${who}, number ${n}.`
      if (blocks.some((block) => blockToText(block) === text)) continue
      blocks.splice(at, 0, paragraph(`${who}-${n}`, text))
    } else if (!known) continue
    else if (one.do === 'rewrite') blocks[at] = paragraph(known.id, `Rewritten by ${who}, number ${n}.`)
    else if (one.do === 'remove') blocks.splice(at, 1)
    else {
      blocks.splice(at, 1)
      blocks.splice(one.to % (blocks.length + 1), 0, known)
    }
  }
  for (const block of blocks) if (!base.includes(block)) written.push(blockToText(block))
  return { blocks, written }
}

const sides = fc
  .record({
    size: fc.nat(8),
    mine: fc.array(edit(true), { maxLength: 8 }),
    theirs: fc.array(edit(false), { maxLength: 8 })
  })
  .map(({ size, mine, theirs }) => {
    const base = Array.from({ length: size }, (_, n) => paragraph(`p${n}`, `Paragraph ${n} as it was.`))
    return { base, mine: worked(base, mine, 'us'), theirs: worked(base, theirs, 'them') }
  })

describe('merging two versions of a story', () => {
  it('loses nothing that either has written, where both are chosen', () => {
    let clashes = 0
    fc.assert(
      fc.property(sides, ({ base, mine, theirs }) => {
        const [b, m, t] = [copyOf(base), copyOf(mine.blocks), copyOf(theirs.blocks)]
        const parts = mergeParts(b, m, t)
        const open = toBeChosen(parts, {})
        clashes += open.length
        // Of a paragraph that one side took out and the other rewrote, what was rewritten.
        const choices = Object.fromEntries(
          open.map((part): [string, MergeSide] => [
            part.id,
            part.choices.includes('both') ? 'both' : part.mine === null ? 'theirs' : 'mine'
          ])
        )
        const texts = textsOf(merged(b, m, t, choices))
        for (const text of [...mine.written, ...theirs.written])
          expect(texts.filter((one) => one === text)).toHaveLength(1)
        const ids = merged(b, m, t, choices).body.blocks.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
      }),
      { numRuns: 2000 }
    )
    expect(clashes).toBeGreaterThan(100)
  })

  it('is the one or the other version, where that one is chosen for every part', () => {
    fc.assert(
      fc.property(sides, ({ base, mine, theirs }) => {
        const [b, m, t] = [copyOf(base), copyOf(mine.blocks, 'Ours'), copyOf(theirs.blocks, 'Theirs')]
        const all = (side: MergeSide): MergeChoices =>
          Object.fromEntries(mergeParts(b, m, t).map(({ id }) => [id, side]))
        expect(merged(b, m, t, all('mine'))).toEqual(m)
        const taken = merged(b, m, t, all('theirs'))
        expect(taken.fields.headline).toBe('Theirs')
        expect(textsOf(taken).toSorted()).toEqual(textsOf(t).toSorted())
      }),
      { numRuns: 1000 }
    )
  })

  it('takes by itself what one side alone has changed, and asks for nothing there', () => {
    fc.assert(
      fc.property(sides, ({ base, theirs }) => {
        const [b, t] = [copyOf(base), copyOf(theirs.blocks, 'Theirs')]
        expect(toBeChosen(mergeParts(b, b, t), {})).toEqual([])
        expect(textsOf(merged(b, b, t, {}))).toEqual(textsOf(t))
        expect(merged(b, t, b, {})).toEqual(t)
      }),
      { numRuns: 1000 }
    )
  })

  it('keeps the words of both headlines, and each keyword once, where both are wanted', () => {
    const b = copyOf([], 'Bridge', ['Bridge'])
    const m = copyOf([], 'Bridge opens', ['Bridge', 'Harbour'])
    const t = copyOf([], 'New bridge', ['Bridge', 'Ferry'])
    const both = merged(b, m, t, { 'field:headline': 'both', 'field:keywords': 'both' })
    expect(both.fields).toMatchObject({ headline: 'Bridge opens New bridge', keywords: ['Bridge', 'Harbour', 'Ferry'] })
  })

  it('never takes the times of theirs', () => {
    const b = copyOf([paragraph('a', 'One.')])
    const t = { ...b, fields: { ...b.fields, times: { ...b.fields.times, embargo: instantAt(9, 'UTC', 'typed') } } }
    expect(mergeParts(b, b, t)).toEqual([])
    expect(merged(b, b, t, {}).fields.times.embargo).toBeNull()
  })
})
