import { newId } from '../../shared/lib/id.ts'
import type { Api } from './api.tsx'
import { navigate } from './router.ts'
import { sayFailure } from './say-failure.ts'

/** Makes an empty story and opens it. The id is made here, so that asking twice after a lost answer makes one story. */
export async function createStory(api: Api): Promise<void> {
  try {
    const story = await api.call.stories.create({ id: newId() })
    navigate({ name: 'story', id: story.id })
  } catch (thrown) {
    sayFailure(thrown)
  }
}
