import type { Contract } from '../../../shared/contract/contract.ts'
import type { GroupHandlers } from '../../../shared/rpc/define.ts'
import type { RevisionsService } from '../services/revisions.ts'

export function revisionsHandlers(revisions: RevisionsService): GroupHandlers<Contract, 'revisions'> {
  return {
    list: ({ articleId }) => revisions.list(articleId),
    get: ({ articleId, revision }) => revisions.get(articleId, revision),
    restore: ({ articleId, revision }, { connectionId }) => revisions.restore(articleId, revision, connectionId)
  }
}
