import type { Contract } from '../../../shared/contract/contract.ts'
import type { GroupHandlers } from '../../../shared/rpc/define.ts'
import type { StoriesService } from './stories.ts'

export interface StoriesHandlersOptions {
  readonly stories: StoriesService
  /** Search is brought in step with a story that comes to rest. */
  readonly index: { atRest(id: string): void }
}

export function storiesHandlers({ stories, index }: StoriesHandlersOptions): GroupHandlers<Contract, 'stories'> {
  return {
    create: (input, { connectionId }) => stories.create(input, connectionId),
    get: ({ id }) => stories.get(id),
    summary: ({ id }) => stories.summary(id),
    patchBody: ({ patch, ...base }, { connectionId }) => stories.patchBody({ ...base, by: connectionId }, patch),
    patchFields: ({ fields, ...base }, { connectionId }) => stories.patchFields({ ...base, by: connectionId }, fields),
    setStatus: ({ status, ...base }, { connectionId }) => stories.setStatus({ ...base, by: connectionId }, status),
    duplicate: ({ id, headline }, { connectionId }) => stories.duplicate(id, connectionId, headline),
    trash({ ids }, { connectionId }) {
      stories.trash(ids, connectionId)
      return {}
    },
    settle({ id }) {
      const saved = stories.settle(id)
      index.atRest(id)
      return saved
    }
  }
}
