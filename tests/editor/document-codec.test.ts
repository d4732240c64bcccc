import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBodyEditor } from '../../src/renderer/editor/create-body-editor.ts'
import { $createBlock, $readBlock } from '../../src/renderer/editor/document-codec.ts'
import { canonicalBlock } from '../../src/shared/document/diff/canonical-block.ts'
import { StoredBody, type Block } from '../../src/shared/document/document.ts'
import type { Run } from '../../src/shared/document/runs.ts'
import { storedBody } from './support/bodies.ts'

const golden = join(import.meta.dirname, 'golden')

/** Reads the body anew from nodes, with nothing remembered of how it was stored. */
function throughNodes(body: StoredBody): Block[] {
  const editor = createBodyEditor({ body: { version: 1, blocks: [] } })
  let blocks: Block[] = []
  editor.lexical.update(
    () => {
      blocks = body.blocks.map((block) => $readBlock($createBlock(block)))
    },
    { discrete: true }
  )
  editor.dispose()
  return blocks
}

describe('stored body and Lexical nodes', () => {
  for (const file of readdirSync(golden)) {
    test(`${file} comes back as it was`, () => {
      const body = StoredBody.parse(JSON.parse(readFileSync(join(golden, file), 'utf8')))
      expect(throughNodes(body)).toEqual(body.blocks)
      const editor = createBodyEditor({ body })
      expect(editor.toBody()).toEqual(body)
      editor.dispose()
    })
  }

  test('every block comes back in canonical form', () => {
    fc.assert(
      fc.property(storedBody, (body) => {
        expect(throughNodes(body)).toEqual(body.blocks.map(canonicalBlock))
      }),
      { numRuns: 400 }
    )
  })

  test('a body that is opened and not touched is given back exactly, however it was spelled', () => {
    fc.assert(
      fc.property(storedBody, fc.constantFrom(null, 3, 40), (body, chunkSize) => {
        const patches: unknown[] = []
        const editor = createBodyEditor({ body, chunkSize, onPatch: (patch) => patches.push(patch) })
        expect(editor.toBody()).toEqual(body)
        expect(patches).toEqual([])
        editor.dispose()
      }),
      { numRuns: 200 }
    )
  })

  test('canonical form reads the same, and is its own canonical form', () => {
    fc.assert(
      fc.property(storedBody, (body) => {
        for (const block of body.blocks) {
          const once = canonicalBlock(block)
          expect(canonicalBlock(once)).toEqual(once)
          if ('runs' in block && 'runs' in once) expect(text(once.runs as Run[])).toBe(text(block.runs as Run[]))
        }
      })
    )
  })
})

function text(runs: readonly Run[]): string {
  return runs.map((run) => run.text).join('')
}
