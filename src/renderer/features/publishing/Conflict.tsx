import { Suspense, useState } from 'react'
import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import type { MergeView } from '../../../shared/contract/publishing.ts'
import { newId } from '../../../shared/lib/id.ts'
import type { Change } from './plans.ts'
import { ChangeKind } from './ChangeKind.tsx'
import { copiesOf } from '../../../shared/story/copy-there.ts'
import { mergeParts, toBeChosen, type MergeChoices } from '../../../shared/story/merge.ts'
import type { Story } from '../../../shared/story/story.ts'
import { useApi, type Api } from '../../api/api.tsx'
import { useOpenStory } from '../../api/open-story.ts'
import { sayFailure } from '../../api/say-failure.ts'
import { useSlots } from '../../api/slots.tsx'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { useFocusLeft } from '../../ui/use-focus-left.ts'
import { toast } from '../../ui/Toast.tsx'

/** The version on the CMS, and what would replace it. */
interface There {
  readonly etag: string
  readonly mayBeAnother?: true | undefined
  readonly hidden?: true | undefined
  readonly headline: string
  readonly text: string
  readonly copies: { readonly there: Story; readonly ours: Story }
  /** Null: the two versions can be shown but not merged. */
  readonly merge: MergeView | null
}

/** Shows both versions and their differences, so that the user sees the CMS's version before ours overwrites it. */
export function Conflict({ item }: { readonly item: OutboxItem }) {
  const api = useApi()
  const words = useStrings()
  const { CompareView, MergeView: Merge } = useSlots()
  const open = useOpenStory()
  const [there, setThere] = useState<There | 'gone' | null>(null)
  const [choices, setChoices] = useState<MergeChoices>({})
  const [change, setChange] = useState<Change | null>(null)
  const [isSending, setSending] = useState(false)
  const close = (): void => {
    setThere(null)
    setChoices({})
    setChange(null)
  }
  const show = async (): Promise<void> => {
    // The comparison uses the saved story, so save what is on the screen first.
    if (open?.id === item.storyId) await open.flush()
    setThere(await look(api, item))
  }
  const merge = there !== null && there !== 'gone' ? there.merge : null
  const chosen = change ?? merge?.change ?? null
  const publishMerged = async ({ etag, revision }: MergeView): Promise<void> => {
    setSending(true)
    try {
      const input = { id: item.id, etag, revision, choices, changeId: newId(), ...(chosen && { change: chosen }) }
      await api.call.publishing.publishMerged(input)
      close()
      toast({ tone: 'ok', text: words.publishing.merged })
    } catch (error) {
      sayFailure(error)
    } finally {
      setSending(false)
    }
  }
  const isOther = there !== null && there !== 'gone' && there.mayBeAnother === true
  const root = useFocusLeft<HTMLSpanElement>()
  return (
    <span ref={root} className="outbox-conflict">
      <Button size="small" onPress={() => void show().catch(sayFailure)}>
        {words.publishing.compare}
      </Button>
      <Dialog
        title={words.publishing.remoteTitle}
        lead={there === 'gone' ? undefined : merge ? words.merge.lead : words.publishing.remoteText}
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
            {merge && (
              <Button
                variant="primary"
                isDisabled={isSending || !isAllChosen(merge, choices)}
                onPress={() => void publishMerged(merge)}
              >
                {words.publishing.publishMerged}
              </Button>
            )}
          </>
        }
      >
        {there !== null && there !== 'gone' && there.hidden && item.purpose === 'publish' && (
          <Notice tone="warn">{words.publishing.remoteHidden}</Notice>
        )}
        {there === 'gone' ? (
          <p>{words.publishing.remoteGone}</p>
        ) : there && item.purpose === 'publish' ? (
          <Suspense>
            {merge && Merge ? (
              <>
                <Merge view={merge} choices={choices} onChange={setChoices} />
                {chosen && (
                  <ChangeKind
                    value={chosen}
                    isCorrected={merge.ours.fields.corrections.length > 0}
                    onChange={setChange}
                  />
                )}
              </>
            ) : (
              CompareView && (
                <CompareView
                  before={there.copies.there}
                  after={there.copies.ours}
                  names={{ before: words.publishing.onTheCms, after: words.publishing.ourVersion }}
                />
              )
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
    </span>
  )
}

async function look(api: Api, { id, storyId, revision, targetId, purpose }: OutboxItem): Promise<There | 'gone'> {
  const [remote, merge, ours, targets] = await Promise.all([
    api.call.publishing.remote({ id }),
    purpose === 'publish' ? api.call.publishing.merge({ id }) : null,
    api.call.revisions.get({ storyId, revision }),
    api.call.publishing.targets({})
  ])
  if (!remote) return 'gone'
  const kind = targets.find((target) => target.id === targetId)?.kind
  // Open endpoints have separate fields for byline and corrections.
  const copies = copiesOf(ours, remote, kind === 'wordpress' || kind === 'ghost')
  const both = remote.mayBeAnother ? null : merge
  // Ours may overwrite only the version that is shown.
  return { ...remote, copies, merge: both, etag: both?.etag ?? remote.etag }
}

function isAllChosen({ base, ours, theirs, onlyThere }: MergeView, choices: MergeChoices): boolean {
  return (
    toBeChosen(mergeParts(base, ours, theirs), choices).length === 0 &&
    onlyThere.every(({ id }) => choices[id] === 'mine')
  )
}
