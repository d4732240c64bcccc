import type { Contract } from '../../../shared/contract/contract.ts'
import type { GroupHandlers } from '../../../shared/rpc/define.ts'
import type { LibraryService } from './library.ts'

export function libraryHandlers(library: LibraryService): GroupHandlers<Contract, 'library'> {
  return {
    page: (input, context) => library.page(input, context),
    search: (input, context) => library.search(input, context),
    ids: (input, context) => library.ids(input, context),
    facets: (input, context) => library.facets(input, context),
    counts: (_input, context) => library.counts(context)
  }
}
