import { useState } from 'react'
import type { LostSaves, RecoveryNotice } from '../../../shared/contract/recovery.ts'
import { noticeLead } from '../../../shared/words/en/recovery.ts'
import { useApi } from '../../api/api.tsx'
import { useDeskZone } from '../../api/desk.tsx'
import { navigate } from '../../api/router.ts'
import { useCall } from '../../api/use-call.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useMoments } from './use-moment.ts'
import './recovery.css'

/** Tells at the first look at the desk what was damaged when the library was opened, what came back and what did not. */
export function OpeningNotices() {
  const words = useStrings().recovery
  const api = useApi()
  const [closed, setClosed] = useState(false)
  const { data } = useCall((call, signal) => call.recovery.state({}, signal), [])
  if (!data || data.notices.length === 0) return null
  const seen = (): void => {
    setClosed(true)
    // Where nothing can be written it is told again the next time, which is right.
    api.call.recovery.seen({}).catch(() => undefined)
  }
  return (
    <Dialog
      title={words.opened.title}
      isOpen={!closed}
      onClose={seen}
      role="alertdialog"
      actions={
        <>
          <Button
            onPress={() => {
              seen()
              navigate({ name: 'recovery' })
            }}
          >
            {words.opened.look}
          </Button>
          <Button variant="primary" onPress={seen}>
            {words.opened.understood}
          </Button>
        </>
      }
    >
      <NoticeList notices={data.notices} />
      {data.quarantine.files.length > 0 && (
        <p className="recovery-files">
          {words.files} <bdi dir="ltr">{data.quarantine.folder}</bdi>
        </p>
      )}
    </Dialog>
  )
}

function NoticeList({ notices }: { readonly notices: readonly RecoveryNotice[] }) {
  const zone = useDeskZone()
  return notices.map((notice) => {
    const { message, next } = noticeLead(notice, zone)
    return (
      <section key={notice.id} className="recovery-notice">
        <p>{message}</p>
        {notice.lost.length > 0 && <LostList lost={notice.lost} />}
        <p className="recovery-next">{next}</p>
      </section>
    )
  })
}

function LostList({ lost }: { readonly lost: readonly LostSaves[] }) {
  const words = useStrings().recovery.lost
  const { apart } = useMoments()
  return (
    <table className="recovery-table" aria-label={words.title}>
      <thead>
        <tr>
          <th scope="col">{words.title}</th>
          <th scope="col">{words.saved}</th>
          <th scope="col">{words.now}</th>
        </tr>
      </thead>
      <tbody>
        {lost.map(({ storyId, headline, saved, now }) => (
          <tr key={storyId}>
            <td>
              <bdi>{headline || words.untitled}</bdi>
            </td>
            <td>{apart(saved.at, now?.at)(saved.at)}</td>
            <td>{now ? apart(saved.at, now.at)(now.at) : words.gone}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
