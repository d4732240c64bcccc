import type { NewBlock as NewBlockOf } from '../blocks/from-html.ts'
import type { ListBlock } from '../blocks/list/list.ts'
import type { TableBlock } from '../blocks/table/table.ts'
import type { KnownBlock } from '../document.ts'

/** A block that is not in a story yet: it has no id. `dir` only if its text alone would read the other way. */
export type NewBlock = NewBlockOf<KnownBlock>
export type NewList = NewBlockOf<ListBlock>
export type NewTable = NewBlockOf<TableBlock>

/** A picture on the page. Its bytes are in `src` or elsewhere, and are never fetched. */
export interface NewPicture {
  readonly type: 'picture'
  /** As on the page: a `data:` address, any other address, or empty for a slot without a picture. */
  readonly src: string
  readonly alt: string
  caption: string
  credit: string
}

export type ReadBlock = NewBlock | NewPicture
