import {
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
  type Ref
} from 'react'
import { createPortal } from 'react-dom'
import type { LexicalEditor } from 'lexical'
import type { StoredBody } from '../../shared/document/document.ts'
import type { LeftOut } from '../../shared/document/from-html/html-reader.ts'
import type { ImageUse } from '../../shared/document/image-use.ts'
import type { BodyPatch } from '../../shared/document/patch.ts'
import type { BlockDecoration, EditorBlock } from './blocks/editor-block.ts'
import { editorBlocks } from './blocks/editor-blocks.ts'
import { BlockViews } from './blocks/view-context.ts'
import type { UndoKeys } from './undo-keys.ts'
import type { BodyEditor, BodyEditorHandle, BodyStep } from './body-editor.ts'
import { createBodyEditor } from './create-body-editor.ts'
import type { PastedPicture, PasteProgress } from './clipboard/register-clipboard.ts'
import { SlashMenu } from './typing/SlashMenu.tsx'
import type { BodyStats } from './stats.ts'
import './editor.css'

export interface BodyEditorViewProps {
  /** The body as the story was opened. Read once: give the editor a `key` per story. */
  readonly document: StoredBody
  readonly editable?: boolean
  readonly dir?: 'ltr' | 'rtl' | 'auto'
  readonly lang?: string
  /** The editor's accessible name. */
  readonly label?: string
  readonly placeholder?: string
  readonly className?: string
  /** Blocks per chunk; null for no chunks. Read once. */
  readonly chunkSize?: number | null
  /** Called after every change with only the blocks that changed. */
  onPatch(patch: BodyPatch, step: BodyStep): void
  /** Handles the undo keys; without it the body has its own undo. Read once. */
  readonly undoKeys?: UndoKeys
  /** Called at most once a second. `handle.stats` has the same as a store. */
  onStats?(stats: BodyStats): void
  onError?(error: Error): void
  /** Ctrl or Cmd+Shift+K. */
  onLinkRequest?(): void
  /** Ctrl or Cmd+K with the caret in a link. */
  onLinkEdit?(): void
  /** Asks for a picture at the caret. */
  onPictureRequest?(): void
  /** The button of an empty slot was pressed. */
  onChoosePicture?(id: string): void
  /** The alt text button of a picture was pressed. */
  onEditAlt?(id: string, image: ImageUse): void
  onPasteProgress?(progress: PasteProgress | null): void
  /**
   * Pictures pasted or dropped as bytes; without this, only their words are taken. Fill each slot with
   * `handle.updateImage(id, { mediaId })`.
   */
  onPastePictures?(pictures: readonly PastedPicture[]): void
  /** Parts of what was pasted are not copy and were left out. */
  onPasteLeftOut?(leftOut: LeftOut): void
  onPasteCut?(characters: number): void
  /** Renders the picture itself; without it, `<img src="/media/ID?w=1200">`. */
  renderImage?(image: ImageUse): ReactNode
  readonly handleRef?: Ref<BodyEditorHandle | null>
}

/**
 * A story's body, edited as readers will see it. React renders the frame and the pictures; a key never makes React
 * render.
 */
export function BodyEditorView({
  document: body,
  editable = true,
  dir = 'auto',
  lang,
  label = 'Body',
  placeholder,
  className,
  chunkSize,
  renderImage,
  onChoosePicture,
  onEditAlt,
  handleRef,
  undoKeys,
  ...events
}: BodyEditorViewProps) {
  const element = useRef<HTMLDivElement>(null)
  const latest = useRef(events)
  const opened = useRef({ body, chunkSize, editable, undoKeys, takesPictures: events.onPastePictures !== undefined })
  const [editor, setEditor] = useState<BodyEditor | null>(null)
  const views = useMemo(() => ({ renderImage, onChoosePicture, onEditAlt }), [renderImage, onChoosePicture, onEditAlt])
  useLayoutEffect(() => {
    latest.current = events
  })

  useLayoutEffect(() => {
    const { body, chunkSize, editable, undoKeys, takesPictures } = opened.current
    const made = createBodyEditor({
      body,
      editable,
      ...(chunkSize === undefined ? {} : { chunkSize }),
      ...(undoKeys && { undoKeys }),
      onPatch: (patch, step) => latest.current.onPatch(patch, step),
      onError: (error) => (latest.current.onError ? latest.current.onError(error) : console.error(error)),
      onLinkRequest: () => latest.current.onLinkRequest?.(),
      onLinkEdit: () => latest.current.onLinkEdit?.(),
      onPasteProgress: (progress) => latest.current.onPasteProgress?.(progress),
      onPasteLeftOut: (leftOut) => latest.current.onPasteLeftOut?.(leftOut),
      onPasteCut: (characters) => latest.current.onPasteCut?.(characters),
      ...(takesPictures
        ? { onPastePictures: (pictures: readonly PastedPicture[]) => latest.current.onPastePictures?.(pictures) }
        : {})
    })
    const tellStats = () => latest.current.onStats?.(made.stats.getSnapshot())
    const stop = made.stats.subscribe(tellStats)
    if (element.current) keepOutOfCommits(element.current)
    made.lexical.setRootElement(element.current)
    setEditor(made)
    tellStats()
    return () => {
      stop()
      made.dispose()
      setEditor(null)
    }
  }, [])

  useImperativeHandle<BodyEditorHandle | null, BodyEditorHandle | null>(handleRef, () => editor, [editor])
  useLayoutEffect(() => {
    editor?.setEditable(editable)
  }, [editor, editable])

  return (
    <>
      <div
        ref={element}
        className={className === undefined ? 'article-body' : `article-body ${className}`}
        role="textbox"
        aria-label={label}
        aria-multiline
        aria-readonly={!editable}
        contentEditable={editable}
        suppressContentEditableWarning
        data-placeholder={placeholder}
        dir={dir === 'auto' ? undefined : dir}
        lang={lang}
      />
      {editor && (
        <BlockViews value={views}>
          <BlockViewList editor={editor} editable={editable} />
          <SlashMenu
            editor={editor}
            onPicture={events.onPictureRequest && (() => latest.current.onPictureRequest?.())}
          />
        </BlockViews>
      )}
    </>
  )
}

/**
 * Before every commit, anywhere on the desk, React records the selection of a focused editable element by walking all
 * of its text: 4 to 11 ms at 100,000 words. It recognises editable elements by this property. The body's selection is
 * handled by Lexical alone, so it is hidden from React.
 */
function keepOutOfCommits(root: HTMLElement): void {
  Object.defineProperty(root, 'contentEditable', {
    configurable: true,
    get: () => 'inherit',
    set: (value: string) => {
      root.setAttribute('contenteditable', value)
    }
  })
}

interface BlockViewListProps {
  readonly editor: BodyEditor
  readonly editable: boolean
}

/** Every block React renders, in the element Lexical keeps for it. Renders only when one of them changes. */
function BlockViewList({ editor: { lexical }, editable }: BlockViewListProps) {
  const store = useMemo(() => decoratorStore(lexical), [lexical])
  const decorations = useSyncExternalStore(store.subscribe, store.getSnapshot)
  return Object.entries(decorations).map(([key, decoration]) => {
    const place = lexical.getElementByKey(key)
    const { View }: EditorBlock = editorBlocks[decoration.type]
    return (
      place && View && createPortal(<View lexical={lexical} decoration={decoration} editable={editable} />, place, key)
    )
  })
}

function decoratorStore(lexical: LexicalEditor) {
  let snapshot = lexical.getDecorators<BlockDecoration>()
  return {
    subscribe: (listener: () => void) =>
      lexical.registerDecoratorListener<BlockDecoration>((decorators) => {
        snapshot = { ...decorators }
        listener()
      }),
    getSnapshot: () => snapshot
  }
}
