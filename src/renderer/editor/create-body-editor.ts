import { LinkNode } from '@lexical/link'
import { registerRichText } from '@lexical/rich-text'
import {
  $getNodeByKey,
  $getRoot,
  $getSelection,
  $isNodeSelection,
  $isRangeSelection,
  $setSelection,
  COMMAND_PRIORITY_LOW,
  createEditor,
  DELETE_CHARACTER_COMMAND,
  FORMAT_TEXT_COMMAND,
  FOCUS_COMMAND,
  HISTORIC_TAG,
  HISTORY_MERGE_TAG,
  HISTORY_PUSH_TAG,
  INSERT_PARAGRAPH_COMMAND,
  KEY_ENTER_COMMAND,
  KEY_ESCAPE_COMMAND,
  mergeRegister,
  RootNode,
  SELECTION_CHANGE_COMMAND,
  SKIP_DOM_SELECTION_TAG,
  type EditorState,
  type EditorThemeClasses,
  type NodeKey
} from 'lexical'
import type { BlockId, StoredBody } from '../../shared/document/document.ts'
import { withPicture } from '../../shared/document/image-use.ts'
import type { BodyPatch } from '../../shared/document/patch.ts'
import { isSafeHref } from '../../shared/document/runs.ts'
import { applyPatchTo } from './apply-patch.ts'
import { registerArrows } from './arrows.ts'
import { $changeDepth, $enter, $joinAtEdge } from './block-commands.ts'
import { $editorBlockOf, allEditorBlocks } from './blocks/editor-blocks.ts'
import { focusFirstField } from './blocks/fields.ts'
import { $createImage, $isImageNode } from './blocks/image/ImageNode.ts'
import { KeptBlockNode } from './blocks/kept/KeptBlockNode.ts'
import { KeptRunNode } from './blocks/kept/KeptRunNode.ts'
import { BodyMirror } from './body-mirror.ts'
import { replaceBlocks, selectText, textElement } from './body-texts.ts'
import { $balanceChunk, $fillRoot, $wrapStrays, CHUNK_SIZE, ChunkNode } from './chunks.ts'
import { registerClipboard } from './clipboard/register-clipboard.ts'
import { $enterBeside, $settleCaret } from './caret.ts'
import { $insertRuns, $linkShown } from './clipboard/insert-blocks.ts'
import { $createBlock } from './document-codec.ts'
import { registerButtonKeys } from './button-keys.ts'
import { registerClicks } from './clicks.ts'
import { registerFocus } from './focus.ts'
import { BodyHistory } from './history.ts'
import { BlockIds, registerIds } from './ids.ts'
import { lineAtWork } from './linked-text.ts'
import { shareNodes } from './lexical-internals.ts'
import { $endWithShown, registerSelectionEnd } from './selection-end.ts'
import { $selectionState, noSelection, sameSelectionState, type SelectionState } from './selection-state.ts'
import { registerSelectedLook } from './selected-look.ts'
import { $selectWords, $wordsSelected } from './text-range.ts'
import { registerShortcuts } from './shortcuts.ts'
import { EditorStats } from './stats.ts'
import { Store } from './store.ts'
import { registerMarkdown } from './typing/register-markdown.ts'
import { registerLinkTyping } from './typing/register-link-typing.ts'
import { registerPunctuation } from './typing/register-punctuation.ts'
import { $dropSlash, SlashTrigger } from './typing/slash.ts'
import { textTheme } from './text-theme.ts'
import type { BodyEditor, BodyEditorOptions } from './body-editor.ts'
import { $drawFacts } from './draw-facts.ts'
import { $placeCaret } from './block-selection.ts'
import { $choose, $insertBeside } from './choose-block.ts'
import { $dropEmptySlot } from './empty-slot.ts'

const LOAD_TAG = 'galley-load'

/** The body editor without any view: give `lexical` a root element, or run it headless. */
export function createBodyEditor(options: BodyEditorOptions): BodyEditor {
  const chunkSize = options.chunkSize === undefined ? CHUNK_SIZE : options.chunkSize
  const report = (error: unknown) => options.onError?.(error instanceof Error ? error : new Error(String(error)))
  let mirror: BodyMirror | null = null
  let isSuspect = false
  const lexical = createEditor({
    namespace: 'galley-body',
    editable: options.editable ?? true,
    nodes: [
      ...allEditorBlocks.flatMap(({ node, inner }) => [node, ...inner]),
      LinkNode,
      KeptBlockNode,
      KeptRunNode,
      ChunkNode
    ],
    theme,
    onError: (error) => {
      // After a fault, Lexical redraws everything and then reports that nothing changed.
      isSuspect = true
      report(error)
    },
    dom: { $decorateDOM: $drawFacts }
  })
  shareNodes(lexical)
  let seen: EditorState | null = null
  const ids = new BlockIds((id) => mirror?.keyOf(id))
  const stats = new EditorStats(() => mirror?.blocks() ?? [])
  const selection = new Store<SelectionState>(noSelection, sameSelectionState)

  function load(body: StoredBody): void {
    mirror = null
    lexical.update(
      () => {
        const root = $getRoot()
        root.clear()
        $setSelection(null)
        $fillRoot(root, body.blocks.map($createBlock), chunkSize)
      },
      { discrete: true, skipTransforms: true, tag: [LOAD_TAG, HISTORY_MERGE_TAG, SKIP_DOM_SELECTION_TAG] }
    )
    seen = lexical.getEditorState()
    mirror = seen.read(() => new BodyMirror(body))
    stats.reset(body.blocks)
    history.start()
  }

  function observe(editorState: EditorState, dirty: readonly NodeKey[] | null): void {
    if (!mirror || !seen || editorState === seen) return
    const known = mirror
    const prevEditorState = seen
    seen = editorState
    let patch: BodyPatch = []
    try {
      patch = editorState.read(() => known.$patch({ editorState, prevEditorState, dirtyKeys: dirty }))
    } catch (error) {
      report(error)
      patch = editorState.read(() => known.$resync(editorState))
    }
    ids.settle()
    if (patch.length === 0) return
    stats.apply(patch)
    const step = history.step()
    options.onPatch?.(patch, { live: step, place: () => step?.editorState.read($wordsSelected) ?? null })
  }

  const refused = new Set<BlockId>()
  /** Not a step of its own: undo goes from the present state to the one before the paste. */
  function dropRefused(): void {
    const keys = [...refused].flatMap((id) => mirror?.keyOf(id) ?? [])
    if (keys.length === 0) return
    lexical.update(
      () => {
        for (const key of keys) $dropEmptySlot($getNodeByKey(key))
      },
      { discrete: true, tag: [HISTORY_MERGE_TAG, SKIP_DOM_SELECTION_TAG] }
    )
    history.forgetEmptyStep()
  }

  const history = new BodyHistory(lexical, options.undoKeys)
  const clipboard = registerClipboard(lexical, {
    onProgress: options.onPasteProgress,
    onPictures: options.onPastePictures,
    onLeftOut: options.onPasteLeftOut,
    onCut: options.onPasteCut,
    onError: report,
    history,
    chunkSize
  })
  const slash = new SlashTrigger(lexical)
  const dispose = mergeRegister(
    slash.unregister,
    registerRichText(lexical),
    history.unregister,
    lexical.registerCommand(
      INSERT_PARAGRAPH_COMMAND,
      () => {
        const range = $getSelection()
        if (!$isRangeSelection(range)) return false
        $enter(range)
        return true
      },
      COMMAND_PRIORITY_LOW
    ),
    lexical.registerCommand(
      DELETE_CHARACTER_COMMAND,
      (backward) => {
        const range = $getSelection()
        return $isRangeSelection(range) && $joinAtEdge(range, backward)
      },
      COMMAND_PRIORITY_LOW
    ),
    registerIds(lexical, ids, [...allEditorBlocks.map(({ node }) => node), KeptBlockNode]),
    ...allEditorBlocks.map((block) => block.register(lexical)),
    lexical.registerNodeTransform(RootNode, (root) => {
      $wrapStrays(root, chunkSize)
      $settleCaret()
    }),
    lexical.registerCommand(
      SELECTION_CHANGE_COMMAND,
      () => {
        $settleCaret()
        return false
      },
      COMMAND_PRIORITY_LOW
    ),
    lexical.registerCommand(
      KEY_ENTER_COMMAND,
      (event) => {
        const range = $getSelection()
        if (!$isNodeSelection(range)) return false
        event?.preventDefault()
        const [node] = range.getNodes()
        if (node && event?.shiftKey !== true && $editorBlockOf(node)?.enters === true)
          return focusFirstField(lexical.getElementByKey(node.getKey()))
        return $enterBeside(event?.shiftKey ?? false)
      },
      COMMAND_PRIORITY_LOW
    ),
    // Escape closes whatever is open, or does nothing. Lexical's default drops the focus, and what is typed next would
    // be lost.
    lexical.registerCommand(KEY_ESCAPE_COMMAND, () => true, COMMAND_PRIORITY_LOW),
    lexical.registerNodeTransform(ChunkNode, (chunk) => {
      if (chunkSize !== null) $balanceChunk(chunk, chunkSize)
    }),
    registerArrows(lexical),
    registerSelectionEnd(lexical),
    registerButtonKeys(lexical),
    registerClicks(lexical),
    registerFocus(lexical),
    lexical.registerCommand(
      FOCUS_COMMAND,
      () => {
        lineAtWork.set(null)
        return false
      },
      COMMAND_PRIORITY_LOW
    ),
    registerMarkdown(lexical),
    registerLinkTyping(lexical),
    registerPunctuation(lexical),
    registerSelectedLook(lexical),
    registerShortcuts(lexical, {
      onLinkRequest: options.onLinkRequest,
      editLink: () => {
        if (!options.onLinkEdit || $selectionState().link === null) return false
        options.onLinkEdit()
        return true
      },
      setBlockType: (choice) => $choose(lexical, choice),
      changeDepth: (by) => {
        $endWithShown($getSelection())
        return $changeDepth(by)
      },
      onWriting: () => {
        $enterBeside(false)
      }
    }),
    clipboard.unregister,
    lexical.registerUpdateListener(({ editorState, prevEditorState, dirtyElements, dirtyLeaves, tags }) => {
      if (tags.has(LOAD_TAG)) return
      if (tags.has(HISTORIC_TAG) && refused.size > 0) queueMicrotask(dropRefused)
      // Undo and redo put a whole state in place and do not report what differs.
      const said = !isSuspect && !tags.has(HISTORIC_TAG) && (dirtyElements.size > 1 || dirtyLeaves.size > 0)
      const dirty = said && prevEditorState === seen ? [...dirtyElements.keys(), ...dirtyLeaves] : null
      if (isSuspect || dirtyElements.size > 0 || dirtyLeaves.size > 0 || prevEditorState !== seen)
        observe(editorState, dirty)
      else seen = editorState
      isSuspect = false
      selection.set(editorState.read($selectionState))
    })
  )
  load(options.body)

  const update = (change: () => void) => lexical.update(change, { discrete: true })

  return {
    lexical,
    slash,
    chooseAtSlash: (choice) => {
      const at = slash.state.getSnapshot()
      if (!at) return
      slash.close()
      lexical.update(
        () => {
          $dropSlash(at)
          if (choice !== null) $choose(lexical, choice)
        },
        { discrete: true, tag: HISTORY_PUSH_TAG }
      )
    },
    dispose: () => {
      clipboard.finish()
      dispose()
      stats.dispose()
      lexical.setRootElement(null)
    },
    focus: (where) => lexical.focus(undefined, { defaultSelection: where === 'end' ? 'rootEnd' : 'rootStart' }),
    undo: () => history.undo(),
    redo: () => history.redo(),
    undoState: history.state,
    toggleMark: (mark) => {
      lexical.dispatchCommand(FORMAT_TEXT_COMMAND, mark)
    },
    setBlockType: (choice) => update(() => $choose(lexical, choice)),
    insertLink: (href) => {
      if (!isSafeHref(href)) return false
      update(() => {
        const range = $getSelection()
        if (!$isRangeSelection(range)) return
        if (range.isCollapsed() && $selectionState().link === null) $insertRuns([{ text: href, link: { href } }])
        else $linkShown(href)
      })
      return true
    },
    removeLink: () => update(() => $linkShown(null)),
    insertImage: (image) => update(() => $insertBeside($createImage(image))),
    updateImage: (id, change) =>
      update(() => {
        const key = mirror?.keyOf(id)
        const node = key === undefined ? null : $getNodeByKey(key)
        if (!$isImageNode(node)) return
        const { mediaId, ...words } = change
        const image = node.getImage()
        node.setImage({
          ...(mediaId ? withPicture(image, mediaId) : { ...image, mediaId: mediaId ?? image.mediaId }),
          ...words
        })
      }),
    refuseImage: (id) => {
      refused.add(id)
      dropRefused()
    },
    turnTo: (step, way) => history.turnTo(step, way),
    forgetRedo: () => history.forgetRedo(),
    applyPatch: (patch) => {
      clipboard.finish()
      applyPatchTo(lexical, patch, (id) => mirror?.keyOf(id))
    },
    caretPlace: () => lexical.getEditorState().read($wordsSelected),
    revealBlock: (id, words) => {
      const key = mirror?.keyOf(id)
      if (key === undefined) return
      update(() => {
        const node = $getNodeByKey(key)
        if (node && !(words && $selectWords(node, words.start, words.end))) $placeCaret(node)
      })
      lexical.getElementByKey(key)?.scrollIntoView({ block: 'center' })
      lexical.focus()
    },
    putCaret: (id, words, how) => {
      const key = mirror?.keyOf(id)
      if (key === undefined) return
      lexical.update(
        () => {
          const node = $getNodeByKey(key)
          if (node && !$selectWords(node, words.start, words.end)) $placeCaret(node)
        },
        { discrete: true, tag: how === 'quietly' ? SKIP_DOM_SELECTION_TAG : [] }
      )
      if (how === 'quietly') return
      lexical.getElementByKey(key)?.scrollIntoView({ block: 'nearest' })
      lexical.focus()
    },
    textElement: (id, part) => {
      const key = mirror?.keyOf(id)
      return key === undefined ? null : textElement(lexical, key, part)
    },
    selectText: (id, part, start, end) => {
      const key = mirror?.keyOf(id)
      if (key !== undefined) selectText(lexical, key, part, start, end)
    },
    replaceBlocks: (blocks) => {
      clipboard.finish()
      const found = blocks.flatMap((block) => {
        const key = mirror?.keyOf(block.id)
        return key === undefined ? [] : [{ key, block }]
      })
      if (found.length > 0) replaceBlocks(lexical, found)
    },
    blocksBetween: (top, bottom) => mirror?.blocksBetween(lexical, top, bottom) ?? [],
    selection,
    stats,
    toBody: () => {
      const known = mirror
      if (!known) throw new Error('the editor has no body')
      return lexical.getEditorState().read(() => known.$toBody())
    },
    applyRemote: load,
    setEditable: (editable) => lexical.setEditable(editable),
    cancelPaste: clipboard.cancel,
    finishPaste: clipboard.finish
  }
}

const theme = {
  ...(Object.assign({}, ...allEditorBlocks.map((block) => block.theme)) as EditorThemeClasses),
  ...textTheme
}
