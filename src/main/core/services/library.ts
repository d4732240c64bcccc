import type { LibraryPage, SearchPage } from '../../../shared/contract/library.ts'
import type { CallContext } from '../../../shared/rpc/define.ts'
import type { PageRequest } from '../store/library-pages.ts'
import type { LibraryReader } from '../store/reader/client.ts'
import type { SearchRequest } from '../store/search.ts'

/** The library list: pages, search and counts, all read away from the thread that saves. */
export class LibraryService {
  readonly #reader: LibraryReader

  constructor(reader: LibraryReader) {
    this.#reader = reader
  }

  page(request: PageRequest, { signal }: CallContext): Promise<LibraryPage> {
    return this.#reader.page(request, { signal })
  }

  /** While a person types, each search of theirs makes the one before it void. */
  search(request: SearchRequest, { signal, connectionId }: CallContext): Promise<SearchPage> {
    return this.#reader.search(request, { signal, key: `${connectionId} ${request.order}` })
  }

  counts({ signal }: CallContext): ReturnType<LibraryReader['counts']> {
    return this.#reader.counts({ signal })
  }
}
