import type { Contract } from '../../../shared/contract/contract.ts'
import type { GroupHandlers } from '../../../shared/rpc/define.ts'
import type { ArticlesService } from '../services/articles.ts'

export function articlesHandlers(articles: ArticlesService): GroupHandlers<Contract, 'articles'> {
  return {
    create: (input, { connectionId }) => articles.create(input, connectionId),
    get: ({ id }) => articles.get(id),
    summary: ({ id }) => articles.summary(id),
    patchBody: ({ patch, ...base }, { connectionId }) => articles.patchBody({ ...base, by: connectionId }, patch),
    patchFields: ({ fields, ...base }, { connectionId }) => articles.patchFields({ ...base, by: connectionId }, fields),
    setStatus: ({ status, ...base }, { connectionId }) => articles.setStatus({ ...base, by: connectionId }, status),
    duplicate: ({ id }, { connectionId }) => articles.duplicate(id, connectionId),
    trash({ ids }, { connectionId }) {
      articles.trash(ids, connectionId)
      return {}
    },
    settle: ({ id }) => articles.settle(id)
  }
}
