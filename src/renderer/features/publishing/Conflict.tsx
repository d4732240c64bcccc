import { Suspense, useState } from 'react'
import type { OutboxItem } from '../../../shared/contract/publishing.ts'
import { copiesOf } from '../../../shared/story/copy-there.ts'
import type { Story } from '../../../shared/story/story.ts'
import { useApi, type Api } from '../../api/api.tsx'
import { sayFailure } from '../../api/say-failure.ts'
import { useSlots } from '../../api/slots.tsx'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'

/** What the CMS holds, beside what would take its place. */
interface There {
  readonly etag: string
  readonly mayBeAnother?: true | undefined
  readonly headline: string
  readonly text: string
  readonly copies: { readonly there: Story; readonly ours: Story }
}

/** Both versions before a choice: what the CMS holds is shown, and what differs from ours, before ours may go over it. */
export function Conflict({ item }: { readonly item: OutboxItem }) {
  const api = useApi()
  const words = useStrings()
  const { CompareView } = useSlots()
  const [there, setThere] = useState<There | 'gone' | null>(null)
  const close = (): void => setThere(null)
  const isOther = there !== null && there !== 'gone' && there.mayBeAnother === true
  return (
    <>
      <Button size="small" onPress={() => void look(api, item).then(setThere, sayFailure)}>
        {words.publishing.compare}
      </Button>
      <Dialog
        title={words.publishing.remoteTitle}
        lead={there === 'gone' ? undefined : words.publishing.remoteText}
        isOpen={there !== null}
        onClose={close}
        width="large"
        actions={
          <>
            <Button onPress={close}>{words.common.close}</Button>
            {isOther && (
              <Button
                variant="quiet"
                onPress={() => {
                  api.call.publishing.publishAsNew({ id: item.id }).then(close, sayFailure)
                }}
              >
                {words.publishing.asNew}
              </Button>
            )}
            {there !== null && (
              <Button
                variant="danger"
                onPress={() => {
                  api.call.publishing
                    .overwrite({ id: item.id, etag: there === 'gone' ? '' : there.etag })
                    .then(close, sayFailure)
                }}
              >
                {item.purpose === 'withdraw'
                  ? words.publishing.withdrawAnyway
                  : there === 'gone'
                    ? words.publishing.publishAgain
                    : words.publishing.overwrite}
              </Button>
            )}
          </>
        }
      >
        {there === 'gone' ? (
          <p>{words.publishing.remoteGone}</p>
        ) : there && item.purpose === 'publish' ? (
          <Suspense>
            {CompareView && (
              <CompareView
                before={there.copies.there}
                after={there.copies.ours}
                names={{ before: words.publishing.onTheCms, after: words.publishing.ourVersion }}
              />
            )}
          </Suspense>
        ) : (
          there && (
            <div className="outbox-remote" dir="auto">
              <h3>{there.headline}</h3>
              {there.text.split('\n\n').map((paragraph, at) => (
                <p key={at}>{paragraph}</p>
              ))}
            </div>
          )
        )}
      </Dialog>
    </>
  )
}

async function look(api: Api, { id, storyId, revision, targetId }: OutboxItem): Promise<There | 'gone'> {
  const [remote, ours, targets] = await Promise.all([
    api.call.publishing.remote({ id }),
    api.call.revisions.get({ storyId, revision }),
    api.call.publishing.targets({})
  ])
  if (!remote) return 'gone'
  const kind = targets.find((target) => target.id === targetId)?.kind
  // An open endpoint has places of their own for byline and corrections.
  return { ...remote, copies: copiesOf(ours, remote, kind === 'wordpress' || kind === 'ghost') }
}
