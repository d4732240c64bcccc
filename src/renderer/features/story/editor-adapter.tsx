import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { ImageUse } from '../../../shared/document/image-use.ts'
import { newBlockId, type Block, type StoredBody } from '../../../shared/document/document.ts'
import type { BodyPatch } from '../../../shared/document/patch.ts'
import { blockToText } from '../../../shared/document/to-text.ts'
import { runsOf } from '../../../shared/document/runs.ts'
import { countWords } from '../../../shared/lib/words.ts'
import type { StoryStats } from '../../api/open-story.ts'
import { createStore, type Readable } from '../../api/store.ts'

export type BlockStyle = 'paragraph' | 'heading2' | 'heading3' | 'heading4' | 'quote' | 'bulleted' | 'numbered'

export interface EditorState {
  readonly block: BlockStyle
  readonly bold: boolean
  readonly italic: boolean
  /** The address under the caret; null where there is no link. */
  readonly link: string | null
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly focused: boolean
}

export interface EditorHandle {
  readonly state: Readable<EditorState>
  format(mark: 'bold' | 'italic'): void
  setBlock(style: BlockStyle): void
  setLink(href: string | null): void
  insertImage(use: ImageUse): void
  undo(): void
  redo(): void
  focus(): void
  scrollTo(blockId: string): void
}

export const idleEditorState: EditorState = { block: 'paragraph', bold: false, italic: false, link: null, canUndo: false, canRedo: false, focused: false }

export interface ArticleEditorProps {
  readonly document: StoredBody
  readonly editable: boolean
  readonly dir: 'ltr' | 'rtl'
  readonly lang: string
  readonly label: string
  readonly placeholder?: string
  readonly onPatch: (patch: BodyPatch) => void
  readonly onStats: (stats: StoryStats) => void
  readonly handleRef: (handle: EditorHandle | null) => void
}

export function ArticleEditor({ document, editable, dir, lang, label, placeholder, onPatch, onStats, handleRef }: ArticleEditorProps) {
  const [blocks, setBlocks] = useState<readonly Block[]>(document.blocks)
  useEffect(() => {
    const state = createStore(idleEditorState)
    const none = (): void => undefined
    handleRef({ state, format: none, setBlock: none, setLink: none, insertImage: none, undo: none, redo: none, focus: none, scrollTo: none })
    return () => handleRef(null)
  }, [handleRef])
  useEffect(() => {
    const text = blocks.map(blockToText).join('\n')
    onStats({ words: countWords(text), characters: text.length, outline: blocks.filter((block) => block.type === 'heading').map((block) => ({ blockId: block.id, level: 2, text: blockToText(block) })) })
  }, [blocks, onStats])
  const change = (at: number, text: string): void => {
    const block = blocks[at]
    if (!block) return
    const next = { ...block, runs: runsOf(text) } as Block
    setBlocks(blocks.with(at, next))
    onPatch([{ op: 'replace', block: next }])
  }
  const add = (): void => {
    const block: Block = { id: newBlockId(), type: 'paragraph', runs: [] }
    onPatch([{ op: 'insert', after: blocks.at(-1)?.id ?? null, block }])
    setBlocks([...blocks, block])
  }
  return (
    <div className="g-article" dir={dir} lang={lang} role="group" aria-label={label}>
      {blocks.map((block, at) => <textarea key={block.id} className={`plain-text g-block-${block.type}`} aria-label={label} readOnly={!editable} value={blockToText(block)} onChange={(event) => change(at, event.target.value)} />)}
      {editable && blocks.length === 0 && <button type="button" onClick={add}>{placeholder}</button>}
    </div>
  )
}

export interface PlainTextProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly multiline?: boolean
  readonly placeholder?: string
  readonly className?: string
  readonly dir?: 'ltr' | 'rtl' | 'auto'
  readonly lang?: string
  readonly readOnly?: boolean
  readonly onEnter?: () => void
}

export function PlainText({ label, value, onChange, multiline = false, placeholder, className = '', dir, lang, readOnly = false, onEnter }: PlainTextProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !multiline && !event.nativeEvent.isComposing) { event.preventDefault(); onEnter?.() }
  }
  return <textarea ref={field} rows={1} aria-label={label} className={`plain-text ${className}`} value={value} placeholder={placeholder} dir={dir} lang={lang} readOnly={readOnly} onKeyDown={onKeyDown} onChange={(event) => onChange(multiline ? event.target.value : event.target.value.replace(/\s*\n\s*/g, ' '))} />
}
