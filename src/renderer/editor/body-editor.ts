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
  /** Blocks per chunk; null for no chunks. */
  readonly chunkSize?: number | null
  readonly onPatch?: (patch: BodyPatch, step: BodyStep) => void
  /** Undo and redo cover more than the body: these are called instead of the editor's own. */
  readonly undoKeys?: UndoKeys
  /** Something failed inside; the editor continues from the last good state. */
  readonly onError?: (error: Error) => void
  readonly onLinkRequest?: () => void
  /** The link at the caret is to be edited. */
  readonly onLinkEdit?: () => void
  readonly onPasteProgress?: (progress: PasteProgress | null) => void
  /** Parts of what was pasted are not copy and were left out. */
  readonly onPasteLeftOut?: (leftOut: LeftOut) => void
  /** A plain-text paste was too long: this many characters were left out. */
  readonly onPasteCut?: (characters: number) => void
  /** Pictures pasted or dropped as bytes. Each already has a slot in the body; fill it with `updateImage`. */
  readonly onPastePictures?: (pictures: readonly PastedPicture[]) => void
}

/** The editor's own undo step to which a change belongs. */
export interface BodyStep {
  /** The step; null while there is none. */
  readonly live: object | null
  /** Where the caret was before the step; reads the block it was in. */
  place(): CaretPlace | null
}

/** Positions in a block's plain text, in characters. */
export interface CaretPlace {
  readonly blockId: BlockId
  readonly start: number
  readonly end: number
}

/** What the desk can do with the body. Each call costs what it touches, except `toBody` and `applyRemote`. */
export interface BodyEditorHandle {
  focus(where?: 'start' | 'end'): void
  undo(): void
  redo(): void
  readonly undoState: Watchable<UndoState>
  toggleMark(mark: Mark): void
  /** Turns the selected lines into what was chosen; a block without lines (a divider) is inserted. */
  setBlockType(choice: BlockChoice): void
  /**
   * Links the selection, changes the link at the caret, or inserts the address itself. False for an address no reader
   * may be sent to.
   */
  insertLink(href: string): boolean
  removeLink(): void
  insertImage(image: ImageUse): void
  /** Changes a picture in place: caption, credit, alt text or the picture itself. */
  updateImage(id: BlockId, change: Partial<ImageUse>): void
  /**
   * Removes a slot whose picture was refused, unless somebody has written in it. Undo does not bring it back either.
   */
  refuseImage(id: BlockId): void
  /** Brings a block into view, and puts the caret at its start or selects the given words. */
  revealBlock(id: BlockId, words?: { readonly start: number; readonly end: number }): void
  /**
   * Selects words of a block, scrolling no more than necessary. `quietly`: leaves the focus where it is and does not
   * scroll.
   */
  putCaret(id: BlockId, words: { readonly start: number; readonly end: number }, how?: 'quietly'): void
  /** The block with the caret and the range selected in it; null if there is no caret. */
  caretPlace(): CaretPlace | null
  /**
   * Undoes back to before that step, or redoes it, and returns the step that reverses that; null if the editor has
   * forgotten the step.
   */
  turnTo(step: object, way: 'back' | 'on'): object | null
  forgetRedo(): void
  /** Applies a patch to the body without making an undo step. Throws if the patch does not fit. */
  applyPatch(patch: BodyPatch): void
  /** The element that shows a text of a block, named as in `withTexts`; null if it is not shown. */
  textElement(id: BlockId, part: string): HTMLElement | null
  /** Selects characters in a text of a block, so that the person can continue there. */
  selectText(id: BlockId, part: string, start: number, end: number): void
  /** Replaces the blocks with the same ids; one undo step. */
  replaceBlocks(blocks: readonly Block[]): void
  /**
   * The blocks drawn between two heights of the window, in pixels; costs what is there, whatever the story's length.
   */
  blocksBetween(top: number, bottom: number): BlockId[]
  readonly selection: Watchable<SelectionState>
  readonly stats: StatsStore
  /** The whole body, read from the nodes; for recovery and tests. */
  toBody(): StoredBody
  /** Replaces the document with a body from elsewhere. Emits no patch, and undo starts afresh. */
  applyRemote(body: StoredBody): void
  setEditable(editable: boolean): void
  /** Cancels a paste under way; nothing of it stays. */
  cancelPaste(): void
  /** Inserts the rest of a paste under way at once. */
  finishPaste(): void
}

export interface BodyEditor extends BodyEditorHandle {
  readonly lexical: LexicalEditor
  readonly slash: SlashTrigger
  /** Inserts what was chosen in place of the slash; nothing for null. Undo restores what was typed. */
  chooseAtSlash(choice: BlockChoice | null): void
  dispose(): void
}
