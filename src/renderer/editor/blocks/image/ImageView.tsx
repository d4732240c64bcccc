import { use } from 'react'
import type { ImageUse } from '../../../../shared/document/image-use.ts'
import { useStrings } from '../../../strings/strings.ts'
import { PlainText } from '../../PlainText.tsx'
import type { BlockViewProps } from '../editor-block.ts'
import { undoOf } from '../../undo-keys.ts'
import { useBlockChange } from '../use-block-change.ts'
import { BlockViews } from '../view-context.ts'
import { $isImageNode } from './ImageNode.ts'

/** One picture as readers see it, with caption and credit edited in place. */
export function ImageView({ lexical, decoration: { key, id, content }, editable }: BlockViewProps) {
  const words = useStrings().story
  const image = content as ImageUse
  const { renderImage, onEditAlt } = use(BlockViews)
  const changeNode = useBlockChange(lexical, key, $isImageNode)
  const change = (part: Partial<ImageUse>, isStep: boolean) =>
    changeNode(isStep ? null : Object.keys(part).join(), (node) => node.setImage({ ...node.getImage(), ...part }))
  const keys = undoOf(lexical)

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
          undoKeys={keys}
          onChange={(caption, isStep) => change({ caption }, isStep)}
        />
        <PlainText
          label={words.credit}
          part="credit"
          className="body-credit"
          placeholder={words.creditHint}
          value={image.credit}
          editable={editable}
          undoKeys={keys}
          onChange={(credit, isStep) => change({ credit }, isStep)}
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
