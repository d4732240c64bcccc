import { useStrings } from '../../strings/strings.ts'
import { moment } from '../../ui/format.ts'
import type { Instant } from '../../../shared/story/instant.ts'
import type { StorySession } from './story-session.ts'
import { useField } from '../../api/use-field.ts'
import { useStore } from '../../api/store.ts'
import { hoursToCome } from './times-shown.ts'

/** Published and last updated as readers will see them, each in the zone it was entered in. */
export function TimesLine({ session }: { readonly session: StorySession }) {
  const words = useStrings().story
  const [times] = useField(session, 'times')
  const status = useStore(session.status)
  const { firstPublished, lastUpdated } = times
  const { embargo: held, planned } = hoursToCome({ status, fields: { times } }, Date.now())
  if (!firstPublished && !held && !planned) return <p className="page-times">{words.notPublished}</p>
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
      {held && (
        <span>
          {words.embargoedUntil} <Moment at={held} />
        </span>
      )}
      {planned && (
        <span>
          {words.scheduledFor} <Moment at={planned} />
        </span>
      )}
    </p>
  )
}

function Moment({ at }: { readonly at: Instant }) {
  return (
    <time dateTime={at.utc} dir="ltr">
      {moment(at.utc, at.zone)}
    </time>
  )
}
