import {
  $applyNodeReplacement,
  $getState,
  $setState,
  createState,
  DecoratorNode,
  type LexicalEditor,
  type LexicalNode
} from 'lexical'
import { emptyImageUse, type ImageUse } from '../../../../shared/document/image-use.ts'
import { $factsOf } from '../../block-state.ts'
import type { BlockDecoration } from '../editor-block.ts'

const empty = emptyImageUse()
const imageState = createState('image', { parse: (value) => (value === undefined ? empty : (value as ImageUse)) })

/** One picture of the story with caption, credit and alt text. */
export class ImageNode extends DecoratorNode<BlockDecoration<ImageUse>> {
  override $config() {
    return this.config('galley-image', { extends: DecoratorNode, stateConfigs: [imageState] })
  }

  override createDOM(): HTMLElement {
    const element = document.createElement('div')
    element.className = 'body-image'
    element.contentEditable = 'false'
    return element
  }

  override updateDOM(): false {
    return false
  }

  override isInline(): false {
    return false
  }

  override decorate(_editor: LexicalEditor): BlockDecoration<ImageUse> {
    return { type: 'image', key: this.getKey(), id: $factsOf(this).id, content: this.getImage() }
  }

  override getTextContent(): string {
    const image = this.getImage()
    return [image.caption, image.credit].filter(Boolean).join('\n')
  }

  getImage(): ImageUse {
    return $getState(this, imageState)
  }

  setImage(image: ImageUse): void {
    $setState(this, imageState, image)
  }
}

export function $createImage(image: ImageUse): ImageNode {
  const node = $applyNodeReplacement(new ImageNode())
  node.setImage(image)
  return node
}

export function $isImageNode(node: LexicalNode | null | undefined): node is ImageNode {
  return node instanceof ImageNode
}
