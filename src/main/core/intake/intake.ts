import type { Story } from '../../../shared/story/story.ts'
import type { FieldsPatch } from '../../../shared/story/fields.ts'
import type { IntakeReview, LineRole } from '../../../shared/contract/intake.ts'
import type { Settings } from '../../../shared/contract/settings.ts'
import type { StoredBody } from '../../../shared/document/document.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { readIntake, type IntakeInput } from './read-intake.ts'
import { say } from '../../../shared/words/message.ts'

/**
 * Work of this many milliseconds is done before anything else that waits gets its turn; a keystroke's save is never
 * further away.
 */
const TURN = 12

export interface IntakeServiceOptions {
  readonly clock: Clock
  readonly settings: () => Pick<Settings, 'zone' | 'language' | 'intakeRules'>
  /** Stores a story with the raw page beside it, in one transaction. */
  readonly createStory: (story: IntakeStory, by: string | null) => Story
  /** The page a story came from; null for a story that came from none. */
  readonly findRaw: (storyId: string) => RawPage | null
}

export interface RawPage {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

export interface IntakeStory {
  readonly fields: FieldsPatch
  readonly body: StoredBody
  readonly raw: RawPage
}

export interface IntakeRequest {
  readonly source: IntakeInput
  readonly zone?: string | undefined
  readonly assignments: Readonly<Record<string, LineRole>>
}

export interface IntakeService {
  /** A proposal; nothing is stored. Rejects with the GalleyErrors of `readIntake`, or `cancelled`. */
  review(request: IntakeRequest, signal?: AbortSignal): Promise<IntakeReview>
  /** Makes the story the same request's review shows. */
  accept(request: IntakeRequest, by?: string | null, signal?: AbortSignal): Promise<Story>
  raw(storyId: string): RawPage | null
}

/** Takes in pages without getting in the way of saves: long ones are read in turns. */
export function createIntakeService(options: IntakeServiceOptions): IntakeService {
  async function review({ source, zone, assignments }: IntakeRequest, signal?: AbortSignal): Promise<IntakeReview> {
    const desk = options.settings()
    const steps = readIntake(source, {
      zone: zone ?? desk.zone,
      language: desk.language,
      rules: desk.intakeRules,
      assignments,
      now: options.clock.now()
    })
    return runInTurns(steps, signal)
  }

  return {
    review,
    async accept(request, by = null, signal) {
      const { fields, body, format } = await review(request, signal)
      const { name, type, bytes } = request.source
      const raw = {
        name: name === '' ? 'pasted' : name,
        type: type ?? (format === 'html' ? 'text/html' : 'text/plain'),
        bytes
      }
      return options.createStory({ fields, body, raw }, by)
    },
    raw: (storyId) => options.findRaw(storyId)
  }
}

async function runInTurns<T>(steps: Generator<void, T>, signal: AbortSignal | undefined): Promise<T> {
  let until = performance.now() + TURN
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (signal?.aborted === true) throw new GalleyError('cancelled', say('intake.stopped'))
    if (performance.now() < until) continue
    await new Promise((resolve) => setImmediate(resolve))
    until = performance.now() + TURN
  }
}
