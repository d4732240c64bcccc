import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergePatches, PendingPatch } from '../../../src/shared/document/diff/merge-patches.ts'
import type { Block, StoredBody } from '../../../src/shared/document/document.ts'
import { applyPatch, BlockSequence, type BodyPatch, type PatchOperation } from '../../../src/shared/document/patch.ts'

const paragraph = (id: string, text = id): Block => ({ id, type: 'paragraph', runs: [{ text }] })
const body = (...ids: string[]): StoredBody => ({ version: 1, blocks: ids.map((id) => paragraph(id)) })

describe('folding what waits to be saved', () => {
  test('a block replaced five times is one replace', () => {
    const patches: BodyPatch[] = [1, 2, 3, 4, 5].map((n) => [{ op: 'replace', block: paragraph('a', `text ${n}`) }])
    expect(patches.reduce(mergePatches, [])).toEqual([{ op: 'replace', block: paragraph('a', 'text 5') }])
  })

  test('a block inserted and then written in is one insert', () => {
    expect(
      mergePatches(
        [{ op: 'insert', after: 'a', block: paragraph('n', '') }],
        [{ op: 'replace', block: paragraph('n', 'words') }]
      )
    ).toEqual([{ op: 'insert', after: 'a', block: paragraph('n', 'words') }])
  })

  test('a block inserted and removed is nothing', () => {
    expect(mergePatches([{ op: 'insert', after: 'a', block: paragraph('n') }], [{ op: 'remove', id: 'n' }])).toEqual([])
  })

  test('a block changed and removed is one remove', () => {
    expect(
      mergePatches(
        [
          { op: 'replace', block: paragraph('a', 'x') },
          { op: 'move', id: 'a', after: 'b' }
        ],
        [{ op: 'remove', id: 'a' }]
      )
    ).toEqual([{ op: 'remove', id: 'a' }])
  })

  test('a paste of many blocks taken back is nothing', () => {
    const pasted: BodyPatch = Array.from({ length: 200 }, (_, n) => ({
      op: 'insert',
      after: n === 0 ? 'a' : `p${n - 1}`,
      block: paragraph(`p${n}`)
    }))
    const undone: BodyPatch = Array.from({ length: 200 }, (_, n) => ({ op: 'remove', id: `p${n}` }))
    expect(mergePatches(pasted, undone)).toEqual([])
  })

  test('what was placed after a block that is gone again keeps its place', () => {
    const merged = mergePatches(
      [
        { op: 'insert', after: 'a', block: paragraph('x') },
        { op: 'insert', after: 'x', block: paragraph('y') }
      ],
      [{ op: 'remove', id: 'x' }]
    )
    expect(merged).toEqual([{ op: 'insert', after: 'a', block: paragraph('y') }])
  })

  test('neither argument is changed, and taking empties what waits', () => {
    const first: BodyPatch = [{ op: 'replace', block: paragraph('a', '1') }]
    const pending = new PendingPatch()
    pending.add(first)
    pending.add([{ op: 'replace', block: paragraph('a', '2') }])
    expect(first).toEqual([{ op: 'replace', block: paragraph('a', '1') }])
    expect(pending.isEmpty).toBe(false)
    expect(pending.take()).toHaveLength(1)
    expect(pending.isEmpty).toBe(true)
    expect(pending.take()).toEqual([])
  })

  test('any folding does exactly what the patches did one by one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 6 }),
        fc.array(
          fc.record({
            op: fc.constantFrom('insert', 'insert', 'replace', 'remove', 'move', 'bring back'),
            which: fc.nat(),
            where: fc.nat()
          }),
          { maxLength: 40 }
        ),
        fc.nat({ max: 40 }),
        (size, wishes, cut) => {
          const start = body(...Array.from({ length: size }, (_, n) => `b${n}`))
          const operations = realise(start, wishes)
          const expected = applyPatch(start, operations)
          expect(applyPatch(start, mergePatches([], operations))).toEqual(expected)
          const merged = mergePatches(operations.slice(0, cut), operations.slice(cut))
          expect(applyPatch(start, merged)).toEqual(expected)
          expect(applyPatch(start, operations.map((operation) => [operation]).reduce(mergePatches, []))).toEqual(
            expected
          )
          expect(merged.length).toBeLessThanOrEqual(Math.max(1, operations.length * 2))
        }
      ),
      { numRuns: 3000 }
    )
  })

  test('typing, splitting and joining leave no more operations than blocks they touched', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            op: fc.constantFrom('insert', 'replace', 'replace', 'remove'),
            which: fc.nat({ max: 3 }),
            where: fc.nat({ max: 3 })
          }),
          { maxLength: 30 }
        ),
        (wishes) => {
          const start = body('b0', 'b1')
          const operations = realise(start, wishes)
          const touched = new Set(
            operations.map((operation) => ('block' in operation ? operation.block.id : operation.id))
          )
          expect(mergePatches([], operations).length).toBeLessThanOrEqual(2 * touched.size)
        }
      )
    )
  })
})

/** Wishes made into operations that fit the body as it is by then. */
function realise(start: StoredBody, wishes: readonly { op: string; which: number; where: number }[]): PatchOperation[] {
  const sequence = new BlockSequence(start)
  const gone: string[] = []
  const operations: PatchOperation[] = []
  let made = 0
  for (const { op, which, where } of wishes) {
    const ids = sequence.toBody().blocks.map((block) => block.id)
    const id = ids[which % Math.max(1, ids.length)]
    const places: (string | null)[] = [null, ...ids]
    const after = places[where % places.length] ?? null
    let operation: PatchOperation | undefined
    if (op === 'insert') operation = { op: 'insert', after, block: paragraph(`n${made++}`) }
    else if (op === 'bring back' && gone.length > 0)
      operation = {
        op: 'insert',
        after,
        block: paragraph(gone.splice(which % gone.length, 1)[0] ?? '', `back ${where}`)
      }
    else if (id === undefined) continue
    else if (op === 'replace') operation = { op: 'replace', block: paragraph(id, `text ${where}`) }
    else if (op === 'remove') operation = { op: 'remove', id }
    else if (op === 'move' && after !== id) operation = { op: 'move', id, after }
    if (!operation) continue
    if (operation.op === 'remove') gone.push(operation.id)
    sequence.apply([operation])
    operations.push(operation)
  }
  return operations
}
