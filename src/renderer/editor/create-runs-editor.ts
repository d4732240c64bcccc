import { $toggleLink, LinkNode } from '@lexical/link'
import { registerRichText } from '@lexical/rich-text'
import {
  $createParagraphNode,
  $getRoot,
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  COMMAND_PRIORITY_LOW,
  COMMAND_PRIORITY_NORMAL,
  createEditor,
  DROP_COMMAND,
  INSERT_PARAGRAPH_COMMAND,
  KEY_DOWN_COMMAND,
  KEY_ESCAPE_COMMAND,
  mergeRegister,
  PASTE_COMMAND,
  SKIP_DOM_SELECTION_TAG,
  type LexicalEditor
} from 'lexical'
import { isSafeHref, runsOf, type Run } from '../../shared/document/runs.ts'
import { sameJson } from '../../shared/lib/same-json.ts'
import { KeptRunNode } from './blocks/kept/KeptRunNode.ts'
import { fieldPaste } from './clipboard/plain-import.ts'
import { isForTheDesk } from './desk-keys.ts'
import { registerFocus } from './focus.ts'
import { $hrefAtCaret, type LinkedText } from './linked-text.ts'
import { $readRuns, $runNodes, $writeRuns } from './runs-codec.ts'
import { Store } from './store.ts'
import { registerLinkTyping } from './typing/register-link-typing.ts'
import { registerPunctuation } from './typing/register-punctuation.ts'
import { TYPING_TAG } from './typing/typed.ts'
import { registerUndoKeys, type UndoKeys } from './undo-keys.ts'
import { textTheme } from './text-theme.ts'

export interface RunsEditor {
  readonly lexical: LexicalEditor
  /** Takes over runs from outside; if the field already has them, it is left alone, caret included. */
  setRuns(runs: readonly Run[]): void
  selectEnd(): void
  readonly links: LinkedText
  dispose(): void
}

export interface RunsEditorOptions {
  readonly runs: readonly Run[]
  /** `isStep`: the change is an undo step by itself. */
  onChange(runs: Run[], isStep: boolean): void
  /** The field has no undo of its own: its steps are the story's. */
  readonly undoKeys: UndoKeys
  /** Sees each key before the field does; returns true if it handled the key. */
  onKey(event: KeyboardEvent): boolean
}

/** One line of formatted text inside a block: a table's cell, the words of a quotation. */
export function createRunsEditor({ runs, onChange, undoKeys, onKey }: RunsEditorOptions): RunsEditor {
  const lexical = createEditor({
    namespace: 'galley-runs',
    nodes: [LinkNode, KeptRunNode],
    theme: textTheme,
    onError: (error) => {
      throw error
    }
  })
  let known = runs
  const href = new Store<string | null>(null)
  const dispose = mergeRegister(
    registerRichText(lexical),
    registerFocus(lexical),
    registerLinkTyping(lexical),
    registerPunctuation(lexical),
    lexical.registerCommand(
      KEY_DOWN_COMMAND,
      (event) => {
        if (isForTheDesk(event)) return true
        if (event.isComposing || !onKey(event)) return false
        event.preventDefault()
        return true
      },
      COMMAND_PRIORITY_NORMAL
    ),
    lexical.registerCommand(INSERT_PARAGRAPH_COMMAND, () => true, COMMAND_PRIORITY_LOW),
    lexical.registerCommand(KEY_ESCAPE_COMMAND, () => true, COMMAND_PRIORITY_LOW),
    lexical.registerCommand(DROP_COMMAND, () => true, COMMAND_PRIORITY_LOW),
    registerUndoKeys(lexical, undoKeys),
    lexical.registerCommand(
      PASTE_COMMAND,
      (event) => {
        const data = 'clipboardData' in event ? event.clipboardData : null
        if (!data) return false
        event.preventDefault()
        const text = fieldPaste(data, lexical.getRootElement())
        const selection = $getSelection()
        if ($isRangeSelection(selection))
          selection.insertNodes($runNodes(runsOf(text.replace(/\s*[\r\n\t]+\s*/g, ' '))))
        return true
      },
      COMMAND_PRIORITY_LOW
    ),
    lexical.registerUpdateListener(({ editorState, dirtyElements, dirtyLeaves, tags }) => {
      href.set(editorState.read($hrefAtCaret))
      if (dirtyElements.size === 0 && dirtyLeaves.size === 0) return
      const next = editorState.read($runs)
      if (sameJson(next, known)) return
      known = next
      onChange(next, tags.has(TYPING_TAG))
    })
  )
  lexical.update(() => $write(runs), { discrete: true, tag: SKIP_DOM_SELECTION_TAG })

  return {
    lexical,
    setRuns: (next) => {
      if (sameJson(next, known)) return
      known = next
      const hasFocus = lexical.getRootElement()?.contains(document.activeElement) === true
      lexical.update(
        () => {
          $write(next)
          if (hasFocus) $getRoot().selectEnd()
        },
        { discrete: true, tag: hasFocus ? [] : SKIP_DOM_SELECTION_TAG }
      )
    },
    selectEnd: () => lexical.update(() => void $getRoot().selectEnd(), { discrete: true }),
    links: {
      href,
      insertLink: (address) => {
        if (!isSafeHref(address)) return false
        lexical.update(
          () => {
            const selection = $getSelection()
            if (!$isRangeSelection(selection)) return
            if (selection.isCollapsed() && $hrefAtCaret() === null)
              selection.insertNodes($runNodes([{ text: address, link: { href: address } }]))
            else $toggleLink(address)
          },
          { discrete: true }
        )
        return true
      },
      removeLink: () => lexical.update(() => $toggleLink(null), { discrete: true }),
      focus: () => lexical.focus(),
      root: () => lexical.getRootElement()
    },
    dispose: () => {
      dispose()
      lexical.setRootElement(null)
    }
  }
}

function $write(runs: readonly Run[]): void {
  const paragraph = $createParagraphNode()
  $writeRuns(paragraph, runs)
  $getRoot().clear().append(paragraph)
}

function $runs(): Run[] {
  const lines = $getRoot().getChildren().filter($isElementNode).map($readRuns)
  return lines.flatMap((line, index) => (index === 0 ? line : [{ text: ' ' }, ...line]))
}
