import type { LibraryFacets, LibraryPage, SearchPage } from '../../../shared/contract/library.ts'
import type { CallContext } from '../../../shared/rpc/define.ts'
import { isByDay } from '../store/library-filter.ts'
import { readPage, type PageRequest } from '../store/library-pages.ts'
import type { FacetsRequest } from '../store/library-facets.ts'
import { withSites } from '../store/receipts.ts'
import type { LibraryReader } from '../store/reader/client.ts'
import type { SearchRequest } from '../store/search.ts'
import type { Store } from '../store/store.ts'
import type { LibraryIndex } from './library-index.ts'
import type { ListRows } from '../stories/list-rows.ts'

/**
 * Rows passed over on the saving thread before a page is worth the way to a worker: a few hundredths of a millisecond.
 */
const NEAR = 500

export interface LibraryServiceOptions {
  readonly store: Store
  readonly reader: LibraryReader
  readonly rows: Pick<ListRows, 'catchUp'>
  readonly index: Pick<LibraryIndex, 'catchUp'>
}

/**
 * The library list: pages, search and counts. A page by key takes a tenth of a millisecond anywhere in the list, less
 * than a round trip to a worker, and is read on this thread; what can take longer is read on another one than saves.
 */
export class LibraryService {
  readonly #store: Store
  readonly #reader: LibraryReader
  readonly #rows: Pick<ListRows, 'catchUp'>
  readonly #index: Pick<LibraryIndex, 'catchUp'>

  constructor({ store, reader, rows, index }: LibraryServiceOptions) {
    this.#store = store
    this.#reader = reader
    this.#rows = rows
    this.#index = index
  }

  page(request: PageRequest, { signal }: CallContext): LibraryPage | Promise<LibraryPage> {
    this.#rows.catchUp()
    const far =
      (request.start !== undefined && 'offset' in request.start && request.start.offset > NEAR) ||
      request.filter.author !== undefined ||
      isByDay(request.filter)
    return far
      ? this.#reader.page(request, { signal }).then((page) => this.#withSites(page))
      : this.#withSites(this.#store.read((db) => readPage(db, request)))
  }

  /** While a person types, each search cancels the previous one. */
  async search(request: SearchRequest, { signal, connectionId }: CallContext): Promise<SearchPage> {
    this.#index.catchUp()
    const page = await this.#reader.search(request, { signal, key: `${connectionId} ${request.order}` })
    const summaries = this.#store.read((db) =>
      withSites(
        db,
        page.hits.map(({ summary }) => summary)
      )
    )
    return { ...page, hits: page.hits.map((hit, at) => ({ ...hit, summary: summaries[at] ?? hit.summary })) }
  }

  #withSites(page: LibraryPage): LibraryPage {
    return { ...page, rows: this.#store.read((db) => withSites(db, page.rows)) }
  }

  async ids(
    { offset, ...request }: Omit<PageRequest, 'start'> & { readonly offset: number },
    { signal }: CallContext
  ): Promise<{ ids: string[] }> {
    this.#rows.catchUp()
    return { ids: [...(await this.#reader.ids({ ...request, start: { offset } }, { signal }))] }
  }

  facets(request: FacetsRequest, { signal }: CallContext): Promise<LibraryFacets> {
    this.#rows.catchUp()
    return this.#reader.facets(request, { signal })
  }

  counts({ signal }: CallContext): ReturnType<LibraryReader['counts']> {
    return this.#reader.counts({ signal })
  }
}
