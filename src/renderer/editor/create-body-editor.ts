import { LinkNode } from '@lexical/link'
import { registerRichText } from '@lexical/rich-text'
import {
  $createParagraphNode,
  $getNodeByKey,
  $getRoot,
  $getSelection,
  $isElementNode,
  $isNodeSelection,
  $isRangeSelection,
  $setSelection,
  COMMAND_PRIORITY_LOW,
  createEditor,
  DELETE_CHARACTER_COMMAND,
  FORMAT_TEXT_COMMAND,
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
  type LexicalEditor,
  type LexicalNode,
  type NodeKey
} from 'lexical'
import { directionOfText } from '../../shared/document/direction.ts'
import type { Block, BlockId, StoredBody } from '../../shared/document/document.ts'
import type { LeftOut } from '../../shared/document/from-html/html-reader.ts'
import { withPicture, type ImageUse } from '../../shared/document/image-use.ts'
import type { BodyPatch } from '../../shared/document/patch.ts'
import { isSafeHref, type Mark } from '../../shared/document/runs.ts'
import { applyPatchTo } from './apply-patch.ts'
import { registerArrows } from './arrows.ts'
import { $factsOf } from './block-state.ts'
import { $changeDepth, $enter, $joinAtEdge, $setBlockType } from './block-commands.ts'
import { $selectNode } from './block-selection.ts'
import { $editorBlockOf, allEditorBlocks, offerOf, type BlockChoice } from './blocks/editor-blocks.ts'
import { focusFirstField } from './blocks/fields.ts'
import { $createImage, $isImageNode } from './blocks/image/ImageNode.ts'
import { KeptBlockNode } from './blocks/kept/KeptBlockNode.ts'
import { KeptRunNode } from './blocks/kept/KeptRunNode.ts'
import { BodyMirror } from './body-mirror.ts'
import { replaceBlocks, selectText, textElement } from './body-texts.ts'
import { $balanceChunk, $fillRoot, $isChunk, $wrapStrays, CHUNK_SIZE, ChunkNode } from './chunks.ts'
import { registerClipboard, type PastedPicture, type PasteProgress } from './clipboard/register-clipboard.ts'
import { $enterBeside, $goOnBelow, $settleCaret } from './caret.ts'
import { $insertBlocks, $insertRuns, $leaveLine, $linkShown } from './clipboard/insert-blocks.ts'
import { $createBlock } from './document-codec.ts'
import { registerButtonKeys } from './button-keys.ts'
import { registerClicks } from './clicks.ts'
import { registerFocus } from './focus.ts'
import { BodyHistory } from './history.ts'
import { BlockIds, registerIds } from './ids.ts'
import { shareNodes } from './lexical-internals.ts'
import { $endWithShown, registerSelectionEnd } from './selection-end.ts'
import { $selectionState, noSelection, sameSelectionState, type SelectionState } from './selection-state.ts'
import { registerSelectedLook } from './selected-look.ts'
import { $selectWords, $wordsSelected } from './text-range.ts'
import { registerShortcuts } from './shortcuts.ts'
import { EditorStats, type StatsStore } from './stats.ts'
import { Store, type Watchable } from './store.ts'
import { registerMarkdown } from './typing/register-markdown.ts'
import { registerPunctuation } from './typing/register-punctuation.ts'
import { $dropSlash, SlashTrigger } from './typing/slash.ts'
import type { UndoKeys, UndoState } from './undo-keys.ts'
import { textTheme } from './text-theme.ts'

export interface BodyEditorOptions {
  readonly body: StoredBody
  readonly editable?: boolean
  /** Blocks per chunk; null for none. */
  readonly chunkSize?: number | null
  readonly onPatch?: (patch: BodyPatch, step: BodyStep) => void
  /** Undo and redo go over more than the body: these are asked instead of the editor's own. */
  readonly undoKeys?: UndoKeys
  /** Something went wrong inside; the editor goes on from the last good state. */
  readonly onError?: (error: Error) => void
  readonly onLinkRequest?: () => void
  /** The link with the caret is to be changed. */
  readonly onLinkEdit?: () => void
  readonly onPasteProgress?: (progress: PasteProgress | null) => void
  /**
   * Pictures that were pasted or dropped as bytes. Each has a slot in the body already; fill it with `updateImage(id, {
   * mediaId })`.
   */
  readonly onPasteLeftOut?: (leftOut: LeftOut) => void
  /** Plain text was more than fits in one paste: so many characters stayed out. */
  readonly onPasteCut?: (characters: number) => void
  readonly onPastePictures?: (pictures: readonly PastedPicture[]) => void
}

/** Which step of the editor's own undo a change belongs to. */
export interface BodyStep {
  /** The step; null while there is none. */
  readonly live: object | null
  /** Where the caret was before the step; costs a look at its block. */
  place(): CaretPlace | null
}

/** Characters of a block's words. */
export interface CaretPlace {
  readonly blockId: BlockId
  readonly start: number
  readonly end: number
}

/** What the desk does to the body. Everything here costs what it touches, except `toBody` and `applyRemote`. */
export interface BodyEditorHandle {
  focus(where?: 'start' | 'end'): void
  undo(): void
  redo(): void
  readonly undoState: Watchable<UndoState>
  toggleMark(mark: Mark): void
  /** Makes the selected lines what was chosen; of a block without lines (a divider) puts in one. */
  setBlockType(choice: BlockChoice): void
  /**
   * Links the selection, or the link the caret is in, or inserts the address itself. False for an address no reader may
   * be sent to.
   */
  insertLink(href: string): boolean
  removeLink(): void
  insertImage(image: ImageUse): void
  /** Changes a picture in place: caption, credit, alt text, the picture itself. */
  updateImage(id: BlockId, change: Partial<ImageUse>): void
  /**
   * Takes away a slot whose picture was refused, unless somebody has written into it. Undo does not bring it back
   * either.
   */
  refuseImage(id: BlockId): void
  /** Brings a block into view and puts the caret at its start. */
  revealBlock(id: BlockId, words?: { readonly start: number; readonly end: number }): void
  /**
   * Puts the caret on words of a block, and scrolls no more than it must. `quietly`: the focus stays where it is, and
   * nothing scrolls.
   */
  putCaret(id: BlockId, words: { readonly start: number; readonly end: number }, how?: 'quietly'): void
  /** The block the caret is in, and the words of it that are selected; null where there is no caret. */
  caretPlace(): CaretPlace | null
  /**
   * Goes back to before that step, or on to behind it, and gives the step that takes all of it the other way; null where
   * the editor has forgotten it.
   */
  turnTo(step: object, way: 'back' | 'on'): object | null
  forgetRedo(): void
  /** Changes the body as a patch says, as no step of the editor's own. Throws where the patch does not fit. */
  applyPatch(patch: BodyPatch): void
  /** The element a text of a block is drawn in, named as `withTexts` names it; null where it is not shown. */
  textElement(id: BlockId, part: string): HTMLElement | null
  /** Selects characters of a text of a block, for the person to go on there. */
  selectText(id: BlockId, part: string, start: number, end: number): void
  /** Puts blocks in the place of those with their ids: one step of undo. */
  replaceBlocks(blocks: readonly Block[]): void
  /** The blocks that are drawn between two heights of the window, in pixels; costs what is there, not what the story is. */
  blocksBetween(top: number, bottom: number): BlockId[]
  readonly selection: Watchable<SelectionState>
  readonly stats: StatsStore
  /** The whole body read from the nodes; for recovery and tests. */
  toBody(): StoredBody
  /** Replaces the document with a body that came from elsewhere. No patch is emitted and undo starts anew. */
  applyRemote(body: StoredBody): void
  setEditable(editable: boolean): void
  /** Ends a paste that is still being worked in; nothing of it stays. */
  cancelPaste(): void
  /** Brings in at once what is left of a paste that is still being worked in. */
  finishPaste(): void
}

export interface BodyEditor extends BodyEditorHandle {
  readonly lexical: LexicalEditor
  readonly slash: SlashTrigger
  /** Puts what was chosen in the place of the slash; null for nothing. Undo gives back what was typed. */
  chooseAtSlash(choice: BlockChoice | null): void
  dispose(): void
}

const LOAD_TAG = 'galley-load'

/** The body editor without anything that draws: hand `lexical` a root element, or run it headless. */
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
      // Lexical draws everything anew after a fault and then says that nothing changed.
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
  /** Not a step of its own: undo goes from what is there now to what was there before the paste. */
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
    // Escape closes what is open, or nothing; Lexical's own takes the focus away, and what is typed next would be lost.
    lexical.registerCommand(KEY_ESCAPE_COMMAND, () => true, COMMAND_PRIORITY_LOW),
    lexical.registerNodeTransform(ChunkNode, (chunk) => {
      if (chunkSize !== null) $balanceChunk(chunk, chunkSize)
    }),
    registerArrows(lexical),
    registerSelectionEnd(lexical),
    registerButtonKeys(lexical),
    registerClicks(lexical),
    registerFocus(lexical),
    registerMarkdown(lexical),
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
      // Undo and redo put a whole state in place and do not say what differs.
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

/**
 * Direction and language of a block: its own, or what its first letter says, or the story's where it has none yet; as
 * exports have it. Lexical itself only looks at children of the root.
 */
function $drawFacts(node: LexicalNode, _previous: LexicalNode | null, element: HTMLElement): void {
  if ($isChunk(node)) {
    element.removeAttribute('dir')
    return
  }
  const parent = node.getParent()
  if (!parent || (parent.getType() !== 'root' && !$isChunk(parent))) return
  const { dir: own, lang } = $factsOf(node)
  const dir = own ?? $directionOf(node)
  if (dir === undefined) element.removeAttribute('dir')
  else if (element.dir !== dir) element.dir = dir
  if (lang !== undefined) element.lang = lang
  else if (element.hasAttribute('lang')) element.removeAttribute('lang')
}

/** Of the first words in it that have one, so that a list costs what its first line does. */
function $directionOf(node: LexicalNode): 'ltr' | 'rtl' | undefined {
  if (!$isElementNode(node)) return directionOfText(node.getTextContent())
  for (let child = node.getFirstChild(); child !== null; child = child.getNextSibling()) {
    const found = $directionOf(child)
    if (found !== undefined) return found
  }
  return undefined
}

/** Makes the selected lines what was chosen, or puts in a block that has no line. */
function $choose(lexical: LexicalEditor, choice: BlockChoice): void {
  const { holds, enters, $make } = offerOf(choice)
  if (holds !== 'nothing') {
    $endWithShown($getSelection())
    return $setBlockType(choice)
  }
  const node = $make()
  $insertBeside(node)
  // What is typed next goes on below a divider, and into the first field of a table.
  if (!enters) return $goOnBelow()
  const key = node.getKey()
  // React draws the fields when the update is over.
  setTimeout(() => focusFirstField(lexical.getElementByKey(key)))
}

function $insertBeside(node: LexicalNode): void {
  $leaveLine()
  $insertBlocks([node])
}

/** A slot that somebody has written into is left: a caption is copy. */
function $dropEmptySlot(node: LexicalNode | null): void {
  if (!$isImageNode(node)) return
  const { mediaId, caption, credit, alt } = node.getImage()
  if (mediaId !== null || caption !== '' || credit !== '' || alt !== '') return
  const selection = $getSelection()
  const wasSelected = $isNodeSelection(selection) && selection.has(node.getKey())
  const neighbour = node.getPreviousSibling() ?? node.getNextSibling()
  if (!neighbour) {
    const line = $createParagraphNode()
    node.replace(line)
    if (wasSelected) line.selectStart()
    return
  }
  node.remove()
  if (!wasSelected) return
  if ($isElementNode(neighbour)) neighbour.selectEnd()
  else $placeCaret(neighbour)
}

function $placeCaret(node: LexicalNode): void {
  if ('selectStart' in node && typeof node.selectStart === 'function') node.selectStart()
  else $selectNode(node)
}
