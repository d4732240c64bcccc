import type { Contract } from '../../../shared/contract/contract.ts'
import type { GroupHandlers } from '../../../shared/rpc/define.ts'
import type { RevisionsService } from './revisions.ts'

export function revisionsHandlers(revisions: RevisionsService): GroupHandlers<Contract, 'revisions'> {
  return {
    list: ({ storyId }) => revisions.list(storyId),
    get: ({ storyId, revision }) => revisions.get(storyId, revision),
    wordings: ({ storyId, blockId }) => revisions.wordings(storyId, blockId),
    name: ({ storyId, revision, name }) => revisions.name(storyId, revision, name),
    restore: ({ storyId, revision, part }, { connectionId }) => revisions.restore(storyId, revision, part, connectionId)
  }
}
