import { nextStatuses, type Status } from '../../../shared/story/status.ts'
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
        label: words.statusShort[choice],
        icon: <span className="g-dot" data-status={choice} aria-hidden />
      }))}
    />
  )
}
