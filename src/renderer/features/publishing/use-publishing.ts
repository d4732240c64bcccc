import { useState } from 'react'
import { toWireError, type WireError } from '../../../shared/rpc/errors.ts'
import { instantAt, type Instant } from '../../../shared/story/instant.ts'
import { useApi } from '../../api/api.tsx'
import { openStory } from '../../api/open-story.ts'
import { deliveriesOf, type Plan, type useChoices } from './plans.ts'
import { useAdvised } from './StoryFindings.tsx'

/** An hour of release that had passed when a target was published to. */
export interface Passed {
  readonly plan: Plan
  readonly hour: Instant
}

/** Publishing to what is ticked: looked through first, sent together, and what came of each. */
export function usePublishing(storyId: string, choices: ReturnType<typeof useChoices>, isSeveral: boolean) {
  const api = useApi()
  const [busy, setBusy] = useState(false)
  /** Why nothing was taken, and the revision that this was said of. */
  const [refused, setRefused] = useState<{ readonly error: WireError; readonly revision: number } | null>(null)
  const [passed, setPassed] = useState<readonly Passed[]>([])
  /** How often somebody was to be led to what holds publishing up. */
  const [timesHeld, setTimesHeld] = useState(0)
  /** What waits for an answer to what is advised. */
  const [asked, setAsked] = useState<readonly Plan[]>([])
  const advised = useAdvised()

  function refuse(thrown: unknown): void {
    setRefused({ error: toWireError(thrown), revision: openStory.get()?.revision.get() ?? 0 })
  }

  /** `now`: at once, although its hour has passed. */
  async function publish(plans: readonly Plan[], now = false): Promise<void> {
    const open = openStory.get()
    if (open?.id !== storyId || plans.length === 0) return
    setBusy(true)
    setRefused(null)
    choices.tried(plans.map(({ target }) => target.id))
    try {
      await open.flush()
      const answers = await api.call.publishing.publishTogether({
        storyId,
        revision: open.revision.get(),
        deliveries: deliveriesOf(plans, now)
      })
      const taken = answers.filter(({ problem }) => problem === null)
      choices.taken(taken.map(({ targetId }) => targetId))
      const problems = answers.flatMap(({ targetId, problem }) => (problem ? [[targetId, problem] as const] : []))
      // An hour that has passed is asked about; of several, its card says so until that is answered.
      choices.refused(Object.fromEntries(problems.filter(([, problem]) => isSeveral || passedHour(problem) === null)))
      const hours = problems.flatMap(([targetId, problem]) => {
        const plan = plans.find(({ target }) => target.id === targetId)
        const hour = passedHour(problem)
        return plan && hour ? [{ plan, hour }] : []
      })
      setPassed((old) => [...old, ...hours])
    } catch (thrown) {
      refuse(thrown)
    } finally {
      setBusy(false)
    }
  }

  /** By the story that is stored, not by what was last looked at here. */
  async function askOrPublish(plans: readonly Plan[]): Promise<void> {
    const open = openStory.get()
    if (!open) return
    setBusy(true)
    try {
      await open.flush()
      const found = (await api.call.checks.story({ id: storyId })).findings
      if (found.some(({ level }) => level === 'required')) {
        setTimesHeld((times) => times + 1)
        return
      }
      setAsked(plans)
      if (advised.ask(found)) return
    } catch (thrown) {
      refuse(thrown)
      return
    } finally {
      setBusy(false)
    }
    await publish(plans)
  }

  return {
    busy,
    timesHeld,
    passed: passed[0] ?? null,
    /** Why nothing was taken, while that is still what is on the desk. */
    refusalAt: (revision: number | undefined): WireError | null =>
      refused !== null && refused.revision === revision ? refused.error : null,
    asking: advised.asking,
    closeAsking: advised.close,
    publish,
    askOrPublish,
    publishAsked(): void {
      advised.accept()
      void publish(asked)
    },
    closePassed: (): void => setPassed((old) => old.slice(1)),
    publishPassed(): void {
      const [first] = passed
      if (first) void publish([first.plan], true)
    }
  }
}

/** The hour of release that the core says has passed; null for any other failure. */
function passedHour({ detail }: WireError): Instant | null {
  const { passed, zone } = detail ?? {}
  return typeof passed === 'string' && typeof zone === 'string' ? instantAt(Date.parse(passed), zone, 'typed') : null
}
