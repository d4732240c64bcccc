import type { Saved } from '../../../shared/contract/stories.ts'
import type { Api } from '../../api/api.tsx'
import type { Outgoing } from './autosave.ts'

/** Sends one change of a story to the core. */
export function sendChange(
  { call: { stories } }: Api,
  id: string,
  { changeId, baseRevision, change, undo }: Outgoing
): Promise<Saved> {
  const base = { id, baseRevision, changeId, ...(undo && { undo }) }
  switch (change.kind) {
    case 'fields':
      return stories.patchFields({ ...base, fields: change.fields })
    case 'body':
      return stories.patchBody({ ...base, patch: change.patch })
    case 'status':
      return stories.setStatus({ id, baseRevision, changeId, status: change.status })
  }
}
