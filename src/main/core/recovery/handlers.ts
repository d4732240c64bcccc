import type { Contract } from '../../../shared/contract/contract.ts'
import type { GroupHandlers } from '../../../shared/rpc/define.ts'
import type { RecoveryService } from './recovery.ts'

export function recoveryHandlers(recovery: RecoveryService): GroupHandlers<Contract, 'recovery'> {
  return {
    state: () => recovery.state(),
    seen() {
      recovery.seen()
      return {}
    },
    backups: (_input, { signal }) => recovery.backups(signal),
    async backUp() {
      await recovery.backUp()
      return {}
    },
    stories: ({ backup, text }) => recovery.stories(backup, text),
    story: ({ backup, storyId }) => recovery.story(backup, storyId),
    restore: ({ backup, storyId }, { connectionId }) => recovery.restore(backup, storyId, connectionId),
    async restoreAll({ backup, jobId }, { connectionId, signal }) {
      return { restored: await recovery.restoreAll(backup, jobId, connectionId, signal) }
    },
    versions: ({ storyId }) => recovery.versions(storyId),
    version: ({ storyId, version }) => recovery.version(storyId, version),
    mend: ({ storyId, version }, { connectionId }) => recovery.mend(storyId, version, connectionId)
  }
}
