import type { ImageBlock } from '../../../../shared/document/blocks/image/image.ts'
import { defineEditorBlock, registersNothing } from '../editor-block.ts'
import { $createImage, ImageNode } from './ImageNode.ts'
import { ImageView } from './ImageView.tsx'
import './image.css'

export const imageBlock = defineEditorBlock({
  node: ImageNode,
  inner: [],
  holds: 'nothing',
  enters: false,
  theme: {},
  $create: (block: ImageBlock) => $createImage(block.image),
  $read: (node) => ({ type: 'image', image: node.getImage() }),
  $kind: () => 'image',
  // A picture has to be chosen from the disk or the library first, for which the desk has a button of its own.
  offers: [],
  View: ImageView,
  register: registersNothing
})
