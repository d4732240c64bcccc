import type { Contract } from '../../../shared/contract/contract.ts'
import type { GroupHandlers } from '../../../shared/rpc/define.ts'
import type { ManyStories } from './many.ts'
import type { StoriesService } from './stories.ts'
import type { Trash } from './trash.ts'

export interface StoriesHandlersOptions {
  readonly stories: StoriesService
  readonly many: ManyStories
  readonly trash: Trash
  /** Updates the search index for a story that comes to rest. */
  readonly index: { atRest(id: string): void }
}

export function storiesHandlers({
  stories,
  many,
  trash,
  index
}: StoriesHandlersOptions): GroupHandlers<Contract, 'stories'> {
  return {
    create: (input, { connectionId }) => stories.create(input, connectionId),
    get: ({ id }) => stories.get(id),
    summary: ({ id }) => stories.summary(id),
    patchBody: ({ patch, ...base }, { connectionId }) => stories.patchBody({ ...base, by: connectionId }, patch),
    patchFields: ({ fields, ...base }, { connectionId }) => stories.patchFields({ ...base, by: connectionId }, fields),
    undoHeights: ({ id }) => stories.undoHeights(id),
    undoSteps: ({ id }) => stories.undoSteps(id),
    setStatus: ({ status, ...base }, { connectionId }) => stories.setStatus({ ...base, by: connectionId }, status),
    duplicate: ({ id, headline }, { connectionId }) => stories.duplicate(id, connectionId, headline),
    trash({ ids }, { connectionId }) {
      for (const id of ids) many.requireFree(id)
      stories.trash(ids, connectionId)
      return {}
    },
    changeMany: ({ ids, change }, { connectionId }) => many.change(ids, change, connectionId),
    undoMany: ({ changes }, { connectionId }) => many.undo(changes, connectionId),
    duplicateMany: ({ ids, called, untitled }, { connectionId }) =>
      many.duplicate(ids, (headline) => called.replace('{}', () => headline || untitled), connectionId),
    erase: ({ ids }) => trash.erase(ids),
    emptyTrash: ({ days, jobId }, { signal }) => trash.empty(days, jobId, signal),
    trashed: ({ days }) => trash.count(days),
    settle({ id }) {
      const saved = stories.settle(id)
      index.atRest(id)
      return saved
    }
  }
}
