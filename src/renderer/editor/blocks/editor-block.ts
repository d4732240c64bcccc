import type { EditorThemeClasses, Klass, LexicalEditor, LexicalNode } from 'lexical'
import type { ComponentType } from 'react'
import type { KnownBlock } from '../../../shared/document/document.ts'

/**
 * One thing a person can choose in the toolbar, by key or in a menu. Its label is in the strings, under its `choice`.
 */
export interface BlockOffer<Choice extends string = string> {
  readonly choice: Choice
  readonly icon: ComponentType
  /** It has a button of its own as well as an entry in the list of styles. */
  readonly hasButton: boolean
  readonly keys: OfferKeys | null
  /** Makes an empty node of this choice, either to receive a line's text or to be inserted as it is. */
  $make(): LexicalNode
}

/** Ctrl or Cmd with Alt or Shift and one of these physical keys, which exist on every keyboard layout. */
export interface OfferKeys {
  readonly with: 'Alt' | 'Shift'
  readonly codes: readonly string[]
  /** As shown in the command list: Mod+Alt+2. */
  readonly shown: string
}

/** What the view of a block rendered by React gets. */
export interface BlockDecoration<Content = unknown> {
  readonly type: KnownBlock['type']
  /** The node's key. */
  readonly key: string
  /** The block's id. */
  readonly id: string
  readonly content: Content
}

export interface BlockViewProps {
  readonly lexical: LexicalEditor
  readonly decoration: BlockDecoration
  readonly editable: boolean
}

/**
 * The editor's side of one type of block: its nodes, how they are made from the stored block and read back, what a
 * person can choose, and how it is rendered. Everything else in the editor goes through the list of these and never
 * names a type.
 */
export interface EditorBlock<
  B extends KnownBlock = KnownBlock,
  N extends LexicalNode = LexicalNode,
  Kind extends string = string,
  Choice extends string = string
> {
  /** The class of the node that represents the block. */
  readonly node: Klass<N>
  /** The classes of the nodes inside it that no other block uses. */
  readonly inner: readonly Klass<LexicalNode>[]
  /** Where its text is: in the node itself, in items, or in fields that the body's caret does not enter. */
  readonly holds: 'line' | 'items' | 'nothing'
  /** Enter on the selected block moves into its first field, not below the block. */
  readonly enters: boolean
  readonly theme: EditorThemeClasses
  $create(block: B): N
  /** The block's content as read from the node; the codec adds id, direction, language and keys from later versions. */
  $read(node: N): Omit<B, 'id'>
  /** What the node is, to show in the toolbar: one of its choices, if it offers any. */
  $kind(node: N): Kind
  readonly offers: readonly BlockOffer<Choice>[]
  /** Renders a block that `holds` nothing; null if the node draws itself. */
  readonly View: ComponentType<BlockViewProps> | null
  /** Registers its listeners and commands; returns a function that removes them. */
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

/** For a block without listeners. */
export function registersNothing(): () => void {
  return () => undefined
}

export function withAlt(digit: number): OfferKeys {
  return { with: 'Alt', codes: [`Digit${digit}`, `Numpad${digit}`], shown: `Mod+Alt+${digit}` }
}

export function withShift(digit: number): OfferKeys {
  return { with: 'Shift', codes: [`Digit${digit}`], shown: `Mod+Shift+${digit}` }
}
