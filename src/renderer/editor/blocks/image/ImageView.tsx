import { use, useEffect, useRef } from 'react'
import type { ImageUse } from '../../../../shared/document/image-use.ts'
import { useStrings } from '../../../strings/strings.ts'
import { PlainText } from '../../PlainText.tsx'
import type { BlockViewProps } from '../editor-block.ts'
import { undoOf } from '../../undo-keys.ts'
import { useBlockChange } from '../use-block-change.ts'
import { BlockViews } from '../view-context.ts'
import { $isImageNode } from './ImageNode.ts'

/** A picture as readers see it, with caption and credit edited in place. */
export function ImageView({ lexical, decoration: { key, id, content }, editable }: BlockViewProps) {
  const words = useStrings().story
  const image = content as ImageUse
  const { renderImage, onChoosePicture, onEditAlt } = use(BlockViews)
  const figure = useRef<HTMLElement>(null)
  const isChoosing = useRef(false)
  const choose = (): void => {
    isChoosing.current = true
    onChoosePicture?.(id)
  }
  // The button that asked for the picture disappears when the picture arrives; the caption is what comes next.
  useEffect(() => {
    if (isChoosing.current && image.mediaId !== null)
      figure.current?.querySelector<HTMLElement>('.body-caption')?.focus({ preventScroll: true })
    isChoosing.current = false
  }, [image.mediaId])
  const changeNode = useBlockChange(lexical, key, $isImageNode)
  const change = (part: Partial<ImageUse>, isStep: boolean) =>
    changeNode(isStep ? null : Object.keys(part).join(), (node) => node.setImage({ ...node.getImage(), ...part }))
  const keys = undoOf(lexical)

  return (
    <figure ref={figure} className="body-figure">
      <div className="body-figure-picture">
        {renderImage ? (
          renderImage(image)
        ) : (
          <Picture image={image} onChoose={editable && onChoosePicture ? choose : undefined} />
        )}
      </div>
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

interface PictureProps {
  readonly image: ImageUse
  readonly onChoose?: (() => void) | undefined
}

function Picture({ image, onChoose }: PictureProps) {
  const words = useStrings().story
  if (image.mediaId === null)
    return (
      <div className="body-picture-to-come">
        {words.pictureToCome}
        {image.address !== undefined && <span className="body-picture-address">{image.address}</span>}
        {onChoose && (
          <button type="button" className="body-picture-choose" onClick={onChoose}>
            {words.choosePicture}
          </button>
        )}
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
