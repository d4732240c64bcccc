import type { NewBlock as NewBlockOf } from '../blocks/from-html.ts'
import type { ListBlock } from '../blocks/list/list.ts'
import type { TableBlock } from '../blocks/table/table.ts'
import type { KnownBlock } from '../document.ts'

/** A block not yet in any story: it has no id. `dir` only where its text by itself would read the other way. */
export type NewBlock = NewBlockOf<KnownBlock>
export type NewList = NewBlockOf<ListBlock>
export type NewTable = NewBlockOf<TableBlock>

/** A picture the page shows. Its bytes are in `src` or somewhere else, and are never fetched. */
export interface NewPicture {
  readonly type: 'picture'
  /** As the page has it: a `data:` address, any other one, or empty for a slot without a picture. */
  readonly src: string
  readonly alt: string
  caption: string
  credit: string
}

export type ReadBlock = NewBlock | NewPicture
