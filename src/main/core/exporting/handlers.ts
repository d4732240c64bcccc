import type { Contract } from '../../../shared/contract/contract.ts'
import type { GroupHandlers } from '../../../shared/rpc/define.ts'
import type { Platform } from '../ports.ts'
import type { EmbargoGate } from './embargo-gate.ts'
import type { ExportingService } from './exporting.ts'
import type { StoryImportService } from '../intake/story-import.ts'

export interface ExportsHandlersOptions {
  readonly exporting: ExportingService
  readonly gate: EmbargoGate
  readonly storyImport: StoryImportService
  readonly platform: Pick<Platform, 'chooseFolder'>
}

export function exportsHandlers({
  exporting,
  gate,
  storyImport,
  platform
}: ExportsHandlersOptions): GroupHandlers<Contract, 'exports'> {
  return {
    write: (request, { signal }) => exporting.write(request, signal),
    render: (request) => exporting.render(request),
    async passEmbargo({ id, way, reason }) {
      gate.pass(await exporting.story(id), way, reason)
      return {}
    },
    exits: ({ id }) => gate.exits(id),
    async chooseFolder() {
      return { folder: await platform.chooseFolder() }
    },
    async reveal({ folder }) {
      await exporting.reveal(folder)
      return {}
    },
    importJson: ({ name, text }, { connectionId }) => storyImport.add(name, text, connectionId)
  }
}
