import type { Contract } from '../../../shared/contract/contract.ts'
import type { GroupHandlers } from '../../../shared/rpc/define.ts'
import type { IntakeService } from './intake.ts'

export function intakeHandlers(intake: IntakeService): GroupHandlers<Contract, 'intake'> {
  return {
    review: (request, { signal }) => intake.review(request, signal),
    accept: (request, { connectionId, signal }) => intake.accept(request, connectionId, signal),
    raw: ({ storyId }) => intake.raw(storyId)
  }
}
