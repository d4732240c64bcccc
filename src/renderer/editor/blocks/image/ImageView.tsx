import { $getNodeByKey, HISTORY_MERGE_TAG, HISTORY_PUSH_TAG, SKIP_DOM_SELECTION_TAG } from 'lexical'
import { use, useRef } from 'react'
import type { ImageUse } from '../../../../shared/document/image-use.ts'
import { useStrings } from '../../../strings/strings.ts'
import { PlainText } from '../../PlainText.tsx'
import type { BlockViewProps } from '../editor-block.ts'
import { BlockViews } from '../view-context.ts'
import { $isImageNode } from './ImageNode.ts'

/** One picture as readers see it, with caption and credit edited in place. */
export function ImageView({ lexical, decoration: { key, id, content }, editable }: BlockViewProps) {
  const words = useStrings().story
  const image = content as ImageUse
  const { renderImage, onEditAlt } = use(BlockViews)
  const lastChange = useRef(0)
  const change = (part: Partial<ImageUse>) => {
    // A stretch of typing in a caption is one step of the story's undo; the caption has finer steps of its own.
    const goesOn = performance.now() - lastChange.current < 1000
    lastChange.current = performance.now()
    lexical.update(
      () => {
        const node = $getNodeByKey(key)
        if ($isImageNode(node)) node.setImage({ ...node.getImage(), ...part })
      },
      { discrete: true, tag: [SKIP_DOM_SELECTION_TAG, goesOn ? HISTORY_MERGE_TAG : HISTORY_PUSH_TAG] }
    )
  }

  return (
    <figure className="body-figure">
      <div className="body-figure-picture">{renderImage ? renderImage(image) : <Picture image={image} />}</div>
      <figcaption className="body-figcaption">
        <PlainText
          label={words.caption}
          part="caption"
          className="body-caption"
          placeholder={words.captionHint}
          multiline
          value={image.caption}
          editable={editable}
          onChange={(caption) => change({ caption })}
        />
        <PlainText
          label={words.credit}
          part="credit"
          className="body-credit"
          placeholder={words.creditHint}
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
            {image.alt === '' ? words.addAlt : words.alt}
          </button>
        )}
      </figcaption>
    </figure>
  )
}

function Picture({ image }: { readonly image: ImageUse }) {
  const words = useStrings().story
  if (image.mediaId === null)
    return (
      <div className="body-picture-to-come">
        {words.pictureToCome}
        {image.address !== undefined && <span className="body-picture-address">{image.address}</span>}
      </div>
    )
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
