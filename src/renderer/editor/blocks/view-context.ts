import { createContext, type ReactNode } from 'react'
import type { ImageUse } from '../../../shared/document/image-use.ts'

/** What the desk provides to the views of blocks. */
export interface BlockViewContext {
  renderImage?: ((image: ImageUse) => ReactNode) | undefined
  /** Asks for the picture of an empty slot. */
  onChoosePicture?: ((id: string) => void) | undefined
  onEditAlt?: ((id: string, image: ImageUse) => void) | undefined
}

export const BlockViews = createContext<BlockViewContext>({})
