import type { Contract } from '../../../shared/contract/contract.ts'
import type { GroupHandlers } from '../../../shared/rpc/define.ts'
import type { SpellingService } from './spelling.ts'

/** `folder`: where users put their own dictionaries. */
export function spellingHandlers(spelling: SpellingService, folder: string): GroupHandlers<Contract, 'spelling'> {
  return {
    words: ({ storyId }) => spelling.words(storyId),
    accept: ({ word, storyId }) => {
      spelling.accept(word, storyId)
      return {}
    },
    forget: ({ word }) => {
      spelling.forget(word)
      return {}
    },
    forgetAll: () => ({ words: spelling.forgetAll() }),
    take: ({ words }) => ({ added: spelling.take(words) }),
    folder: () => ({ folder })
  }
}
