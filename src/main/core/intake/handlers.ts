import type { Contract } from '../../../shared/contract/contract.ts'
import type { GroupHandlers } from '../../../shared/rpc/define.ts'
import type { Platform } from '../ports.ts'
import { encodingOf } from './decode.ts'
import { outsideFiles } from './outside-files.ts'
import type { IntakeService } from './intake.ts'

export function intakeHandlers(
  intake: IntakeService,
  platform: Pick<Platform, 'chooseFiles' | 'openedFile'>
): GroupHandlers<Contract, 'intake'> {
  const outside = outsideFiles(platform)
  return {
    chooseFiles: () => outside.choose(),
    openedFile: ({ ticket }) => outside.opened(ticket),
    review: (request, { signal }) => intake.review(request, signal),
    accept: (request, { connectionId, signal }) => intake.accept(request, connectionId, signal),
    known: ({ wire }, { signal }) => intake.known(wire, signal),
    origin: ({ storyId }) => intake.origin(storyId),
    raw: ({ storyId }) => {
      const raw = intake.raw(storyId)
      return raw && { ...raw, encoding: encodingOf(raw.bytes, raw.type) }
    }
  }
}
