import type { LexicalEditor } from 'lexical'
import type { Block, BlockId, StoredBody } from '../../shared/document/document.ts'
import type { LeftOut } from '../../shared/document/from-html/html-reader.ts'
import type { ImageUse } from '../../shared/document/image-use.ts'
import type { BodyPatch } from '../../shared/document/patch.ts'
import type { Mark } from '../../shared/document/runs.ts'
import type { BlockChoice } from './blocks/editor-blocks.ts'
import type { PastedPicture, PasteProgress } from './clipboard/register-clipboard.ts'
import type { SelectionState } from './selection-state.ts'
import type { StatsStore } from './stats.ts'
import type { Watchable } from './store.ts'
import type { SlashTrigger } from './typing/slash.ts'
import type { UndoKeys, UndoState } from './undo-keys.ts'

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
