import fc from 'fast-check'
import { $createParagraphNode, $createTextNode, $getRoot, $isElementNode, $isTextNode, type LexicalNode } from 'lexical'
import { describe, expect, test } from 'vitest'
import { $blocksOf, $isChunk } from '../../src/renderer/editor/chunks.ts'
import type { BodyEditor } from '../../src/renderer/editor/body-editor.ts'
import { createBodyEditor } from '../../src/renderer/editor/create-body-editor.ts'
import { mergePatches } from '../../src/shared/document/diff/merge-patches.ts'
import { countWords } from '../../src/shared/lib/words.ts'
import { applyPatch, type BodyPatch } from '../../src/shared/document/patch.ts'
import { bodyToText } from '../../src/shared/document/to-text.ts'
import type { StoredBody } from '../../src/shared/document/document.ts'
import { storedBody } from './support/bodies.ts'

type Change = {
  do: 'move' | 'remove' | 'insert' | 'write' | 'swap' | 'clear' | 'undo' | 'redo' | 'copy'
  which: number
  where: number
}

const change: fc.Arbitrary<Change> = fc.record({
  do: fc.constantFrom(
    'move',
    'move',
    'remove',
    'insert',
    'insert',
    'write',
    'write',
    'swap',
    'clear',
    'undo',
    'redo',
    'copy'
  ),
  which: fc.nat({ max: 30 }),
  where: fc.nat({ max: 30 })
})

describe('the body editor', () => {
  for (const chunkSize of [2, 5, null]) {
    test(`patches are the document, whatever is done to it (chunks of ${chunkSize})`, () => {
      fc.assert(
        fc.property(
          storedBody,
          fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { maxLength: 15 }),
          (start, updates) => {
            const patches: BodyPatch[] = []
            const errors: Error[] = []
            const editor = createBodyEditor({
              body: start,
              chunkSize,
              onPatch: (patch) => patches.push(patch),
              onError: (error) => errors.push(error)
            })
            let saved: StoredBody = start
            let waiting: BodyPatch = []
            let told = 0
            for (const changes of updates) {
              perform(editor, changes)
              for (const patch of patches.slice(told)) waiting = mergePatches(waiting, patch)
              told = patches.length
              const body = editor.toBody()
              expect(errors).toEqual([])
              expect(applyPatch(saved, waiting)).toEqual(body)
              expect(new Set(body.blocks.map((block) => block.id)).size).toBe(body.blocks.length)
              checkChunks(editor, chunkSize)
              // Every other time the save goes through and the next one starts from there.
              if (told % 2 === 0) {
                saved = body
                waiting = []
              }
            }
            expect(patches.reduce(applyPatch, start)).toEqual(editor.toBody())
            editor.dispose()
          }
        ),
        { numRuns: 250 }
      )
    })
  }

  test('a move far across chunks is one operation', () => {
    const blocks = Array.from({ length: 200 }, (_, n) => ({ id: `b${n}`, type: 'paragraph', runs: [{ text: `${n}` }] }))
    const patches: BodyPatch[] = []
    const editor = createBodyEditor({
      body: { version: 1, blocks } as StoredBody,
      onPatch: (patch) => patches.push(patch)
    })
    editor.lexical.update(
      () => {
        const all = [...$blocksOf($getRoot())]
        const [first, last] = [all[3], all[180]]
        if (first && last) last.insertAfter(first)
      },
      { discrete: true }
    )
    expect(patches).toEqual([[{ op: 'move', id: 'b3', after: 'b180' }]])
    editor.dispose()
  })

  test('undo brings back ids, and what is copied gets new ones', () => {
    const editor = createBodyEditor({
      body: {
        version: 1,
        blocks: [
          { id: 'a', type: 'paragraph', runs: [{ text: 'x' }] },
          { id: 'b', type: 'paragraph', runs: [{ text: 'y' }] }
        ]
      }
    })
    editor.lexical.update(
      () => {
        ;[...$blocksOf($getRoot())][1]?.remove()
      },
      { discrete: true }
    )
    expect(editor.toBody().blocks.map((block) => block.id)).toEqual(['a'])
    expect(editor.undoState.getSnapshot()).toEqual({ canUndo: true, canRedo: false })
    editor.undo()
    expect(editor.toBody().blocks.map((block) => block.id)).toEqual(['a', 'b'])
    editor.redo()
    expect(editor.toBody().blocks.map((block) => block.id)).toEqual(['a'])
    editor.dispose()
  })

  test('a fault inside an update is reported, and nothing is lost', () => {
    const errors: string[] = []
    const patches: BodyPatch[] = []
    const body: StoredBody = { version: 1, blocks: [{ id: 'a', type: 'paragraph', runs: [{ text: 'kept' }] }] }
    const editor = createBodyEditor({
      body,
      onError: (error) => errors.push(error.message),
      onPatch: (patch) => patches.push(patch)
    })
    editor.lexical.update(
      () => {
        $getRoot().clear()
        throw new Error('a bug')
      },
      { discrete: true }
    )
    expect(errors).toEqual(['a bug'])
    expect(editor.toBody()).toEqual(body)
    editor.lexical.update(
      () => {
        $getRoot().getAllTextNodes()[0]?.setTextContent('kept and changed')
      },
      { discrete: true }
    )
    expect(patches.reduce(applyPatch, body)).toEqual(editor.toBody())
    expect(patches).toHaveLength(1)
    editor.dispose()
  })

  test('versions of a short story share its nodes: Lexical’s own copying map is there, and in use from the first key', () => {
    const body: StoredBody = {
      version: 1,
      blocks: [{ id: 'one', type: 'paragraph', runs: [{ text: 'A short story.' }] }]
    }
    const editor = createBodyEditor({ body })
    editor.lexical.update(
      () => {
        $getRoot().getAllTextNodes()[0]?.setTextContent('A shorter one.')
      },
      { discrete: true }
    )
    expect(editor.lexical.getEditorState()._nodeMap).not.toBeInstanceOf(Map)
    expect(editor.toBody().blocks).toMatchObject([{ id: 'one', runs: [{ text: 'A shorter one.' }] }])
    editor.dispose()
  })

  test('a long story has no count before all of it has been counted, whatever is typed meanwhile', async () => {
    const blocks = Array.from({ length: 450 }, (_, n) => ({
      id: `b${n}`,
      type: 'paragraph' as const,
      runs: [{ text: 'Three words each' }]
    }))
    const editor = createBodyEditor({ body: { version: 1, blocks } })
    expect(editor.stats.getSnapshot().words).toBeNull()
    editor.lexical.update(
      () => {
        $getRoot().getAllTextNodes()[0]?.setTextContent('Two words')
      },
      { discrete: true }
    )
    expect(editor.stats.getSnapshot().words).toBeNull()
    await expect.poll(() => editor.stats.getSnapshot().words).toBe(450 * 3 - 1)
    editor.dispose()
  })

  test('counted words are the words of the body, also while a long story is still being counted', async () => {
    await fc.assert(
      fc.asyncProperty(storedBody, fc.array(change, { maxLength: 8 }), async (start, changes) => {
        const editor = createBodyEditor({ body: start, chunkSize: 3 })
        perform(editor, changes)
        const words = await new Promise<number | null>((resolve) => {
          const check = () => resolve(editor.stats.getSnapshot().words)
          editor.stats.subscribe(check)
          // Longer than the counts wait; nothing may have changed at all.
          setTimeout(check, 1300)
        })
        expect(words).toBe(
          editor
            .toBody()
            .blocks.reduce((sum, block) => sum + countWords(bodyToText({ version: 1, blocks: [block] })), 0)
        )
        editor.dispose()
      }),
      { numRuns: 20 }
    )
  }, 60_000)
})

function perform(editor: BodyEditor, changes: readonly Change[]): void {
  for (const { do: kind } of changes) {
    if (kind === 'undo') editor.undo()
    if (kind === 'redo') editor.redo()
  }
  editor.lexical.update(
    () => {
      for (const one of changes) $change(one)
    },
    { discrete: true, tag: 'history-push' }
  )
}

function $change({ do: kind, which, where }: Change): void {
  const blocks = [...$blocksOf($getRoot())]
  const block = blocks[which % Math.max(1, blocks.length)]
  const other = blocks[where % Math.max(1, blocks.length)]
  if (!block || !other) return
  switch (kind) {
    case 'move':
      return void (block.is(other) || (where % 2 ? other.insertAfter(block) : other.insertBefore(block)))
    case 'remove':
      return block.remove()
    case 'insert':
      return void other.insertAfter($createParagraphNode().append($createTextNode(`new ${which}`)))
    case 'swap':
      return void block.replace($createParagraphNode())
    case 'clear':
      return void (which === 0 && $getRoot().clear())
    case 'copy':
      return void ($isElementNode(block) && other.insertAfter($copyOf(block)))
    case 'write': {
      const text = $isElementNode(block) ? block.getAllTextNodes()[0] : undefined
      if ($isTextNode(text)) text.setTextContent(`${text.getTextContent()}${where}`)
    }
  }
}

/** A copy that carries the original's node state, its id among it. */
function $copyOf(block: LexicalNode): LexicalNode {
  const copy = $createParagraphNode().append($createTextNode('copy'))
  const state = block.getLatest().__state
  if (state) copy.getWritable().__state = state.getWritable(copy as never) as never
  return copy
}

function checkChunks(editor: BodyEditor, size: number | null): void {
  editor.lexical.getEditorState().read(() => {
    for (const child of $getRoot().getChildren()) {
      expect($isChunk(child)).toBe(size !== null)
      if ($isChunk(child)) {
        expect(child.getChildrenSize()).toBeGreaterThan(0)
        expect(child.getChildrenSize()).toBeLessThanOrEqual((size ?? 0) * 2)
      }
    }
  })
}
