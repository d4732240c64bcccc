import { useEffect } from 'react'
import { useDeskZone } from '../../api/desk.tsx'
import { useCall } from '../../api/use-call.ts'
import { useStrings } from '../../strings/strings.ts'
import { moment } from '../../ui/format.ts'
import { Notice } from '../../ui/Notice.tsx'

/** While the sheet is open. WordPress itself renews its note of who is editing only once a minute. */
const AGAIN = 30_000

/** Warns that a colleague is editing the same story on the CMS, as far as the CMS says. */
export function AtWorkNotice({ storyId, targetId }: { readonly storyId: string; readonly targetId: string }) {
  const words = useStrings().preflight
  const zone = useDeskZone()
  const found = useCall((call, signal) => call.publishing.atWork({ storyId, targetId }, signal), [storyId, targetId])
  const { reload } = found
  useEffect(() => {
    const timer = setInterval(reload, AGAIN)
    return () => clearInterval(timer)
  }, [reload])
  if (!found.data) return null
  return <Notice tone="warn">{words.atWork(found.data.name, moment(found.data.at, zone))}</Notice>
}
