import type { EditorThemeClasses, Klass, LexicalEditor, LexicalNode } from 'lexical'
import type { ComponentType } from 'react'
import type { KnownBlock } from '../../../shared/document/document.ts'

/**
 * One thing a person can choose in the toolbar, by a key or in a menu. Its label is in the strings, under its `choice`.
 */
export interface BlockOffer<Choice extends string = string> {
  readonly choice: Choice
  readonly icon: ComponentType
  /** Beside the list of styles also a button of its own. */
  readonly hasButton: boolean
  readonly keys: OfferKeys | null
  /** An empty node of that choice: for the text of a line to go into, or to be put in as it is. */
  $make(): LexicalNode
}

/** Ctrl or Cmd with Alt or Shift and one of these physical keys: every keyboard layout has them. */
export interface OfferKeys {
  readonly with: 'Alt' | 'Shift'
  readonly codes: readonly string[]
  /** As the command list shows it: Mod+Alt+2. */
  readonly shown: string
}

/** What the view of a block that React draws is drawn from. */
export interface BlockDecoration<Content = unknown> {
  readonly type: KnownBlock['type']
  /** The node's. */
  readonly key: string
  /** The block's. */
  readonly id: string
  readonly content: Content
}

export interface BlockViewProps {
  readonly lexical: LexicalEditor
  readonly decoration: BlockDecoration
  readonly editable: boolean
}

/**
 * One type of block in the editor: its nodes, how they are made of the stored block and read back, what a person can
 * choose, how it is drawn. Everything else in the editor asks the list of these and never for a type by name.
 */
export interface EditorBlock<
  B extends KnownBlock = KnownBlock,
  N extends LexicalNode = LexicalNode,
  Kind extends string = string,
  Choice extends string = string
> {
  /** The class of the node that stands for the block. */
  readonly node: Klass<N>
  /** The classes of the nodes inside it, its own and no other block's. */
  readonly inner: readonly Klass<LexicalNode>[]
  /** Where its text is: in the node itself, in items, or not for the caret to be in. */
  readonly holds: 'line' | 'items' | 'nothing'
  /** Enter on the selected block goes into its first field, not below it. */
  readonly enters: boolean
  readonly theme: EditorThemeClasses
  $create(block: B): N
  /** What the node holds of the block; the codec adds id, direction, language and what later versions know. */
  $read(node: N): Omit<B, 'id'>
  /** What the node is, for the toolbar to show: one of its choices, if it offers any. */
  $kind(node: N): Kind
  readonly offers: readonly BlockOffer<Choice>[]
  /** Draws a block that holds nothing; null where the node draws itself. */
  readonly View: ComponentType<BlockViewProps> | null
  /** Its listeners and commands; gives what takes them away. */
  register(lexical: LexicalEditor): () => void
}

export function defineEditorBlock<
  B extends KnownBlock,
  N extends LexicalNode,
  const Kind extends string,
  const Choice extends string = never
>(block: EditorBlock<B, N, Kind, Choice>): EditorBlock<B, N, Kind, Choice> {
  return block
}

/** For a block that listens to nothing. */
export function registersNothing(): () => void {
  return () => undefined
}

export function withAlt(digit: number): OfferKeys {
  return { with: 'Alt', codes: [`Digit${digit}`, `Numpad${digit}`], shown: `Mod+Alt+${digit}` }
}

export function withShift(digit: number): OfferKeys {
  return { with: 'Shift', codes: [`Digit${digit}`], shown: `Mod+Shift+${digit}` }
}
