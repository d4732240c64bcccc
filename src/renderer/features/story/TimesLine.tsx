import { useStrings } from '../../strings/strings.ts'
import { dateTimeIn } from '../../ui/format.ts'
import { offsetName } from '../../ui/zoned-time.ts'
import type { Instant } from '../../../shared/story/instant.ts'
import type { StorySession } from './story-session.ts'
import { useField } from '../../api/use-field.ts'

/** Published and last updated, as readers will see them: in the zone each was meant in. */
export function TimesLine({ session }: { readonly session: StorySession }) {
  const words = useStrings().story
  const [times] = useField(session, 'times')
  const { firstPublished, lastUpdated, release } = times
  if (!firstPublished && !release) return <p className="page-times">{words.notPublished}</p>
  return (
    <p className="page-times" dir="auto">
      {firstPublished && (
        <span>
          {words.published} <Moment at={firstPublished} />
        </span>
      )}
      {lastUpdated && (
        <span>
          {words.updated} <Moment at={lastUpdated} />
        </span>
      )}
      {!firstPublished && release && (
        <span>
          {release.kind === 'embargoed' ? words.embargoedUntil : words.scheduledFor} <Moment at={release.at} />
        </span>
      )}
    </p>
  )
}

function Moment({ at }: { readonly at: Instant }) {
  return (
    <time dateTime={at.utc} dir="ltr">
      {dateTimeIn(at.utc, at.zone)} {offsetName(Date.parse(at.utc), at.zone)}
    </time>
  )
}
