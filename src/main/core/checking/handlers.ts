import type { Contract } from '../../../shared/contract/contract.ts'
import type { GroupHandlers } from '../../../shared/rpc/define.ts'
import type { Story } from '../../../shared/story/story.ts'
import type { CheckingService } from './checking.ts'

export interface CheckingHandlersOptions {
  readonly checking: CheckingService
  readonly getStory: (id: string) => Story
}

export function checkingHandlers({ checking, getStory }: CheckingHandlersOptions): GroupHandlers<Contract, 'checks'> {
  return {
    profile: () => checking.profile(),
    story: ({ id }) => ({ findings: checking.check(getStory(id)), problem: checking.profile().problem })
  }
}
