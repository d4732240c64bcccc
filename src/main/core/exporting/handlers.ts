import type { Contract } from '../../../shared/contract/contract.ts'
import type { GroupHandlers } from '../../../shared/rpc/define.ts'
import type { Platform } from '../ports.ts'
import type { ExportingService } from './exporting.ts'
import type { StoryImportService } from '../intake/story-import.ts'

export interface ExportsHandlersOptions {
  readonly exporting: ExportingService
  readonly storyImport: StoryImportService
  readonly platform: Pick<Platform, 'chooseFolder'>
}

export function exportsHandlers({
  exporting,
  storyImport,
  platform
}: ExportsHandlersOptions): GroupHandlers<Contract, 'exports'> {
  return {
    write: (request, { signal }) => exporting.write(request, signal),
    render: ({ id, format }) => exporting.render(id, format),
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
