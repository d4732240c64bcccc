import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyPatch, BlockSequence, type BodyPatch } from '../../src/shared/document/patch.ts'
import type { StoredBody } from '../../src/shared/document/document.ts'
import { arbitraryBlock, arbitraryBody } from '../support/arbitrary-story.ts'

const body = (...ids: string[]): StoredBody => ({
  version: 1,
  blocks: ids.map((id) => ({ id, type: 'paragraph' as const, runs: [{ text: id }] }))
})
const ids = (value: StoredBody): string[] => value.blocks.map((block) => block.id)
const block = (id: string, text = id) => ({ id, type: 'paragraph' as const, runs: [{ text }] })

describe('a body patch', () => {
  it('inserts at the start, in the middle and at the end', () => {
    const patch: BodyPatch = [
      { op: 'insert', after: null, block: block('x') },
      { op: 'insert', after: 'a', block: block('y') },
      { op: 'insert', after: 'b', block: block('z') }
    ]
    expect(ids(applyPatch(body('a', 'b'), patch))).toEqual(['x', 'a', 'y', 'b', 'z'])
  })

  it('moves a block to the front and behind another', () => {
    expect(ids(applyPatch(body('a', 'b', 'c'), [{ op: 'move', id: 'c', after: null }]))).toEqual(['c', 'a', 'b'])
    expect(ids(applyPatch(body('a', 'b', 'c'), [{ op: 'move', id: 'a', after: 'b' }]))).toEqual(['b', 'a', 'c'])
  })

  it.each<[string, BodyPatch]>([
    ['replaces a block that is not there', [{ op: 'replace', block: block('q') }]],
    ['removes a block that is not there', [{ op: 'remove', id: 'q' }]],
    ['inserts behind one that is not there', [{ op: 'insert', after: 'q', block: block('x') }]],
    ['inserts an id twice', [{ op: 'insert', after: null, block: block('a') }]],
    ['moves a block behind itself', [{ op: 'move', id: 'a', after: 'a' }]]
  ])('is refused whole when it %s', (_what, wrong) => {
    const sequence = new BlockSequence(body('a', 'b'))
    const patch: BodyPatch = [
      { op: 'replace', block: block('a', 'new') },
      { op: 'remove', id: 'b' },
      { op: 'insert', after: 'a', block: block('n') },
      { op: 'move', id: 'n', after: null },
      ...wrong
    ]
    expect(() => sequence.apply(patch)).toThrow(expect.objectContaining({ code: 'conflict' }))
    expect(sequence.toBody()).toEqual(body('a', 'b'))
  })

  it('does what the same steps do to an array, whatever the steps', () => {
    fc.assert(
      fc.property(
        arbitraryBody(6),
        fc.array(fc.tuple(fc.nat(3), fc.nat(9), fc.nat(9), arbitraryBlock('placeholder')), { maxLength: 12 }),
        (start, steps) => {
          const sequence = new BlockSequence(start)
          let model = [...start.blocks]
          let fresh = 0
          for (const [kind, a, b, made] of steps) {
            const target = model.length > 0 ? model[a % model.length] : undefined
            const afterIndex = (b % (model.length + 1)) - 1
            const after = afterIndex < 0 ? null : (model[afterIndex]?.id ?? null)
            if (kind === 0) {
              const added = { ...made, id: `new${fresh++}` }
              sequence.apply([{ op: 'insert', after, block: added }])
              model = [...model.slice(0, afterIndex + 1), added, ...model.slice(afterIndex + 1)]
            } else if (target && kind === 1) {
              sequence.apply([{ op: 'remove', id: target.id }])
              model = model.filter((one) => one !== target)
            } else if (target && kind === 2) {
              const changed = { ...made, id: target.id }
              sequence.apply([{ op: 'replace', block: changed }])
              model = model.map((one) => (one === target ? changed : one))
            } else if (target && after !== target.id) {
              sequence.apply([{ op: 'move', id: target.id, after }])
              const rest = model.filter((one) => one !== target)
              const at = after === null ? 0 : rest.findIndex((one) => one.id === after) + 1
              model = [...rest.slice(0, at), target, ...rest.slice(at)]
            }
          }
          expect(sequence.toBody().blocks).toEqual(model)
        }
      )
    )
  })
})
