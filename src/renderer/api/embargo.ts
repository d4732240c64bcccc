import type { ExitWay } from '../../shared/contract/exports.ts'
import { embargoAhead } from '../../shared/formats/standing.ts'
import type { Instant } from '../../shared/story/instant.ts'
import type { Api } from './api.tsx'
import type { OpenStory } from './open-story.ts'
import { createStore } from './store.ts'

export interface EmbargoQuestion {
  readonly until: Instant
  readonly way: ExitWay
  /** Null: it does not leave. */
  readonly answer: (reason: string | null) => void
}

/** Why copy under embargo is to leave; asked by a dialog over the desk. Null while nothing is asked. */
export const embargoQuestion = createStore<EmbargoQuestion | null>(null)

/** Undefined: nothing forbids it; null: it is not to leave after all. */
export async function reasonToLeave(story: OpenStory, way: ExitWay): Promise<string | undefined | null> {
  const until = embargoAhead(story.fields.get(), Date.now())
  if (!until) return undefined
  return new Promise((resolve) => {
    embargoQuestion.get()?.answer(null)
    embargoQuestion.set({
      until,
      way,
      answer(reason) {
        embargoQuestion.set(null)
        resolve(reason)
      }
    })
  })
}

/** Whether copy may leave by a way that the core does not see; that it does is logged there first. */
export async function mayLeave(api: Api, story: OpenStory, way: ExitWay): Promise<boolean> {
  const reason = await reasonToLeave(story, way)
  if (reason === undefined || reason === null) return reason === undefined
  // The core logs what leaves by the embargo it knows: one that was set a moment ago is on its way there.
  await story.flush()
  await api.call.exports.passEmbargo({ id: story.id, way, reason })
  return true
}
