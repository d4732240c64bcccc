import { useState } from 'react'
import { toWireError, type WireError } from '../../../shared/rpc/errors.ts'
import { instantAt, type Instant } from '../../../shared/story/instant.ts'
import { useApi } from '../../api/api.tsx'
import { openStory } from '../../api/open-story.ts'
import { deliveriesOf, type Plan, type useChoices } from './plans.ts'
import { useAdvised } from './StoryFindings.tsx'

/** An hour of release that had already passed when the story was sent to a target. */
export interface Passed {
  readonly plan: Plan
  readonly hour: Instant
}

/** Publishes to the ticked targets: checks first, sends them together, and keeps the result of each. */
export function usePublishing(storyId: string, choices: ReturnType<typeof useChoices>, isSeveral: boolean) {
  const api = useApi()
  const [busy, setBusy] = useState(false)
  /** Why publishing was refused, and at which revision. */
  const [refused, setRefused] = useState<{ readonly error: WireError; readonly revision: number } | null>(null)
  const [passed, setPassed] = useState<readonly Passed[]>([])
  /** How often the user has been sent to what blocks publishing. */
  const [timesHeld, setTimesHeld] = useState(0)
  /** The plans that wait for the user's reply to the advice. */
  const [asked, setAsked] = useState<readonly Plan[]>([])
  const advised = useAdvised()

  function refuse(thrown: unknown): void {
    setRefused({ error: toWireError(thrown), revision: openStory.get()?.revision.get() ?? 0 })
  }

  /** `now`: publish at once, although the hour has passed. */
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
      // A passed hour opens a dialog. With several targets, the card shows it too until the user has replied.
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

  /** Checks the stored story, not the findings last shown here. */
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
    /** Why publishing was refused, as long as the story has not changed since. */
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

/** The hour of release that the core reports as passed; null for any other failure. */
function passedHour({ detail }: WireError): Instant | null {
  const { passed, zone } = detail ?? {}
  return typeof passed === 'string' && typeof zone === 'string' ? instantAt(Date.parse(passed), zone, 'typed') : null
}
