import { nextStatuses, type Status } from '../../../shared/story/status.ts'
import { onSites, statusOnSites, underWay } from '../../api/on-sites.ts'
import { useStoryOutbox } from '../../api/outbox.ts'
import { useCall } from '../../api/use-call.ts'
import { useStore } from '../../api/store.ts'
import { useStrings } from '../../strings/strings.ts'
import { Select } from '../../ui/Select.tsx'
import '../../ui/status.css'
import type { StorySession } from './story-session.ts'

/** The story's status, and the ones an editor may set next. Scheduled and published are only reached by publishing. */
export function StatusSelect({
  session,
  isDisabled
}: {
  readonly session: StorySession
  readonly isDisabled: boolean
}) {
  const words = useStrings()
  const status = useStore(session.status)
  const items = useStoryOutbox(session.id)
  const moved = items.map(({ id, state }) => `${id} ${state}`).join()
  const { data } = useCall(
    (call, signal) => call.stories.summary({ id: session.id }, signal),
    [session.id, moved, status]
  )
  const said = onSites(status, data?.sites, underWay(items).get(session.id))
  const choices: readonly Status[] = [status, ...nextStatuses(status).filter((next) => next !== status)]
  return (
    <Select
      look="quiet"
      label={words.story.statusLabel}
      value={status}
      onChange={(next) => session.setStatus(next)}
      isDisabled={isDisabled}
      options={choices.map((choice) => ({
        id: choice,
        label: choice === status ? statusOnSites(words, said) : words.statusShort[choice],
        icon: <span className="g-dot" data-status={choice === status ? said.status : choice} aria-hidden />
      }))}
    />
  )
}
