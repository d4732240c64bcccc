import {
  $getNodeByKey,
  CLICK_COMMAND,
  COMMAND_PRIORITY_LOW,
  HISTORY_MERGE_TAG,
  HISTORY_PUSH_TAG,
  isHTMLElement,
  SKIP_DOM_SELECTION_TAG
} from 'lexical'
import { useEffect, useRef, useSyncExternalStore, type ReactNode } from 'react'
import type { ImageUse } from '../../../../shared/document/image-use.ts'
import { $selectNode } from '../../block-commands.ts'
import type { BodyEditor } from '../../create-body-editor.ts'
import { PlainText } from '../../PlainText.tsx'
import { $isImageNode, type ImageDecoration } from './ImageNode.ts'

export interface ImageViewProps {
  readonly editor: BodyEditor
  readonly decoration: ImageDecoration
  readonly editable: boolean
  readonly renderImage: ((image: ImageUse) => ReactNode) | undefined
  readonly onEditAlt: ((id: string, image: ImageUse) => void) | undefined
}

/** One picture as readers see it, with caption and credit edited in place. */
export function ImageView({
  editor,
  decoration: { key, id, image },
  editable,
  renderImage,
  onEditAlt
}: ImageViewProps) {
  const isSelected = useIsSelected(editor, key, id)
  const lastChange = useRef(0)
  const change = (part: Partial<ImageUse>) => {
    // A stretch of typing in a caption is one step of the story's undo; the caption has finer steps of its own.
    const goesOn = performance.now() - lastChange.current < 1000
    lastChange.current = performance.now()
    editor.lexical.update(
      () => {
        const node = $getNodeByKey(key)
        if ($isImageNode(node)) node.setImage({ ...node.getImage(), ...part })
      },
      { discrete: true, tag: [SKIP_DOM_SELECTION_TAG, goesOn ? HISTORY_MERGE_TAG : HISTORY_PUSH_TAG] }
    )
  }

  return (
    <figure className="body-figure" data-selected={isSelected ? '' : undefined}>
      <div className="body-figure-picture">{renderImage ? renderImage(image) : <Picture image={image} />}</div>
      <figcaption className="body-figcaption">
        <PlainText
          label="Caption"
          className="body-caption"
          placeholder="Caption"
          multiline
          value={image.caption}
          editable={editable}
          onChange={(caption) => change({ caption })}
        />
        <PlainText
          label="Credit"
          className="body-credit"
          placeholder="Credit"
          value={image.credit}
          editable={editable}
          onChange={(credit) => change({ credit })}
        />
        {onEditAlt && editable && (
          <button
            type="button"
            className="body-alt"
            data-missing={image.alt === '' ? '' : undefined}
            onClick={() => onEditAlt(id, image)}
          >
            {image.alt === '' ? 'Add alt text' : 'Alt text'}
          </button>
        )}
      </figcaption>
    </figure>
  )
}

function Picture({ image }: { readonly image: ImageUse }) {
  if (image.mediaId === null) return <div className="body-picture-to-come">Picture to come</div>
  const position = image.focalPoint ? `${image.focalPoint.x * 100}% ${image.focalPoint.y * 100}%` : undefined
  return (
    <img
      src={`/media/${image.mediaId}?w=1200`}
      alt={image.alt}
      draggable={false}
      loading="lazy"
      style={position === undefined ? undefined : { objectPosition: position }}
    />
  )
}

function useIsSelected(editor: BodyEditor, key: string, id: string): boolean {
  useEffect(
    () =>
      editor.lexical.registerCommand(
        CLICK_COMMAND,
        (event) => {
          const place = editor.lexical.getElementByKey(key)
          const node = $getNodeByKey(key)
          if (
            !node ||
            !isHTMLElement(event.target) ||
            !place?.contains(event.target) ||
            event.target.closest('.plain-text, button')
          )
            return false
          $selectNode(node)
          return true
        },
        COMMAND_PRIORITY_LOW
      ),
    [editor, key]
  )
  return useSyncExternalStore(editor.selection.subscribe, () => {
    const { blockType, blockId } = editor.selection.getSnapshot()
    return blockType === 'image' && blockId === id
  })
}
