import { newId } from '../../shared/lib/id.ts'
import { toast } from '../ui/Toast.tsx'
import type { Api } from './api.tsx'
import { navigate } from './router.ts'
import { inWords } from '../strings/strings.ts'
import { toWireError } from '../../shared/rpc/errors.ts'

/** Makes an empty story and opens it. The id is made here, so that asking twice after a lost answer makes one story. */
export async function createStory(api: Api): Promise<void> {
  try {
    const story = await api.call.stories.create({ id: newId() })
    navigate({ name: 'story', id: story.id })
  } catch (thrown) {
    sayFailure(thrown)
  }
}

/** Says a failure at the foot of the desk, with what to do next. */
export function sayFailure(thrown: unknown): void {
  toast({ tone: 'danger', text: inWords(toWireError(thrown)) })
}
