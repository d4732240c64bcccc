import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createEmptyHistoryState, registerHistory } from '@lexical/history'
import {
  $createParagraphNode,
  $createTextNode,
  $getRoot,
  createEditor,
  HISTORIC_TAG,
  type EditorState,
  type LexicalEditor,
  type LexicalNode,
  type ParagraphNode
} from 'lexical'
import { expect, test } from 'vitest'
import { $createChunk, $isChunk } from '../../src/renderer/editor/chunks.ts'
import { createBodyEditor } from '../../src/renderer/editor/create-body-editor.ts'
import {
  areSameNodes,
  childKeysOf,
  hasSameEnds,
  nodesOf,
  parentKeyOf,
  putBack,
  shareNodes,
  sizeOf
} from '../../src/renderer/editor/lexical-internals.ts'

// A test for each thing of Lexical's that its own promises do not cover. One that fails after an upgrade names what changed.

test('EditorState._nodeMap holds every node by key, and states share what was not written', () => {
  const { lexical, states } = written(['one', 'two'], ['one', 'two', 'three'])
  const [before, after] = states
  expect([...nodesOf(after).keys()].toSorted()).toEqual([...after.read(() => keysBelow($getRoot()))].toSorted())
  const kept = before.read(() => $getRoot().getFirstChildOrThrow<ParagraphNode>().getKey())
  expect(nodesOf(after).get(kept)).toBe(nodesOf(before).get(kept))
  expect(nodesOf(after).get('root')).not.toBe(nodesOf(before).get('root'))
  expect(areSameNodes(after, lexical.getEditorState())).toBe(true)
  expect(areSameNodes(before, after)).toBe(false)
})

test('LexicalNode.__parent, .__next and ElementNode.__first, .__last, .__size are those of the version the node is of', () => {
  const { states } = written(['one', 'two'], ['one', 'two', 'three'])
  for (const state of states) {
    const root = nodesOf(state).get('root') as ParagraphNode
    const keys = state.read(() => $getRoot().getChildrenKeys())
    expect(childKeysOf(root, nodesOf(state))).toEqual(keys)
    expect(sizeOf(root)).toBe(keys.length)
    expect(keys.map((key) => parentKeyOf(nodesOf(state).get(key) as LexicalNode))).toEqual(keys.map(() => 'root'))
    expect(parentKeyOf(root)).toBeNull()
  }
  const [before, after] = states.map((state) => nodesOf(state).get('root') as ParagraphNode)
  expect(before && after && hasSameEnds(before, after)).toBe(false)
  expect(before && hasSameEnds(before, before)).toBe(true)
})

test('LexicalEditor._keyToDOMMap is a map with clone(), which shares what was not written', () => {
  const lexical = createEditor({ onError: rethrow })
  expect(shareNodes(lexical)).toBe(true)
  expect(lexical.getEditorState().read(() => $getRoot().getChildrenSize())).toBe(0)
  write(lexical, ['one'])
  const before = nodesOf(lexical.getEditorState())
  write(lexical, ['one', 'two'])
  expect(before.size).toBeLessThan(nodesOf(lexical.getEditorState()).size)
})

test('LexicalEditor._pendingEditorState, ._dirtyType, ._dirtyElements and ._dirtyLeaves put a state in place and name what differs', () => {
  const { lexical, states } = written(['one', 'two'], ['one', 'two changed', 'three'])
  const [before] = states
  const told: { tags: readonly string[]; dirty: readonly string[] }[] = []
  lexical.registerUpdateListener(({ tags, dirtyElements, dirtyLeaves }) => {
    told.push({ tags: [...tags], dirty: [...dirtyElements.keys(), ...dirtyLeaves] })
  })
  putBack(lexical, before)
  expect(lexical.getEditorState().read(() => $getRoot().getTextContent())).toBe('one\n\ntwo')
  expect(told).toHaveLength(1)
  expect(told[0]?.tags).toContain(HISTORIC_TAG)
  const untouched = before.read(() => $getRoot().getFirstChildOrThrow().getKey())
  expect(told[0]?.dirty).toContain('root')
  expect(told[0]?.dirty).not.toContain(untouched)
  write(lexical, ['one', 'two', 'and on'])
  expect(before.read(() => $getRoot().getTextContent())).toBe('one\n\ntwo')
})

test('HistoryState: registerHistory keeps its steps in the undoStack, redoStack and current it is given', () => {
  const lexical = createEditor({ onError: rethrow })
  const steps = createEmptyHistoryState()
  const stop = registerHistory(lexical, steps, 0)
  write(lexical, ['one'])
  write(lexical, ['one', 'two'])
  write(lexical, ['one', 'two', 'three'])
  expect(steps.current?.editorState).toBe(lexical.getEditorState())
  expect(steps.undoStack.length).toBeGreaterThan(0)
  expect(steps.undoStack.at(-1)?.editorState.read(() => $getRoot().getChildrenSize())).toBe(2)
  expect(steps.redoStack).toEqual([])
  stop()
})

test('ElementNode: a chunk is no shadow root, cannot be empty, and has a line break managed for it that can be turned off', () => {
  const editor = createBodyEditor({ body: { version: 1, blocks: [] } })
  editor.lexical.update(
    () => {
      const chunk = $createChunk()
      expect($isChunk(chunk)).toBe(true)
      expect(chunk.isShadowRoot()).toBe(false)
      expect(chunk.canBeEmpty()).toBe(false)
      const slot = chunk.getDOMSlot({} as HTMLElement)
      expect(() => slot.setManagedLineBreak('decorator')).not.toThrow()
    },
    { discrete: true }
  )
  editor.dispose()
})

test('no other file of the editor touches what begins with an underscore', () => {
  const folder = join(import.meta.dirname, '../../src/renderer')
  const touching = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('lexical-internals.ts'))
    .filter((file) => /[\w)\]]\??\.__?[a-z]\w*/i.test(readFileSync(join(folder, file), 'utf8')))
  expect(touching).toEqual([])
})

function written(...texts: readonly string[][]): { lexical: LexicalEditor; states: [EditorState, EditorState] } {
  const lexical = createEditor({ onError: rethrow })
  const states = texts.map((paragraphs) => {
    write(lexical, paragraphs)
    return lexical.getEditorState()
  })
  return { lexical, states: states as [EditorState, EditorState] }
}

/** Brings the editor to these paragraphs, leaving alone those that are the same. */
function write(lexical: LexicalEditor, paragraphs: readonly string[]): void {
  lexical.update(
    () => {
      const there = $getRoot().getChildren<ParagraphNode>()
      for (const [index, text] of paragraphs.entries()) {
        const paragraph = there[index] ?? $createParagraphNode()
        if (!there[index]) $getRoot().append(paragraph)
        if (paragraph.getTextContent() !== text) paragraph.clear().append($createTextNode(text))
      }
    },
    { discrete: true }
  )
}

function keysBelow(node: LexicalNode): string[] {
  const children = 'getChildren' in node ? (node as ParagraphNode).getChildren() : []
  return [node.getKey(), ...children.flatMap(keysBelow)]
}

function rethrow(error: Error): never {
  throw error
}
