import type { LibraryPage, SearchPage } from '../../../shared/contract/library.ts'
import type { CallContext } from '../../../shared/rpc/define.ts'
import type { PageRequest } from '../store/library-pages.ts'
import type { LibraryReader } from '../store/reader/client.ts'
import type { SearchRequest } from '../store/search.ts'
import type { LibraryIndex } from './library-index.ts'

/** The library list: pages, search and counts, all read away from the thread that saves. */
export class LibraryService {
  readonly #reader: LibraryReader
  readonly #index: Pick<LibraryIndex, 'catchUp'>

  constructor(reader: LibraryReader, index: Pick<LibraryIndex, 'catchUp'>) {
    this.#reader = reader
    this.#index = index
  }

  page(request: PageRequest, { signal }: CallContext): Promise<LibraryPage> {
    return this.#reader.page(request, { signal })
  }

  /** While a person types, each search of theirs makes the one before it void. */
  search(request: SearchRequest, { signal, connectionId }: CallContext): Promise<SearchPage> {
    this.#index.catchUp()
    return this.#reader.search(request, { signal, key: `${connectionId} ${request.order}` })
  }

  counts({ signal }: CallContext): ReturnType<LibraryReader['counts']> {
    return this.#reader.counts({ signal })
  }
}
