import { useState } from 'react'
import { Send } from 'lucide-react'
import type { Target } from '../../../shared/contract/publishing.ts'
import { newId } from '../../../shared/lib/id.ts'
import { sayFailure } from '../../api/actions.ts'
import { useApi } from '../../api/api.tsx'
import { openStory, useOpenStory } from '../../api/open-story.ts'
import { navigate } from '../../api/router.ts'
import { useMaybeStore } from '../../api/store.ts'
import { useCall } from '../../api/use-call.ts'
import { useEvent } from '../../api/use-event.ts'
import { inWords, useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Select } from '../../ui/Select.tsx'
import { toast } from '../../ui/Toast.tsx'
import { moment, OutboxCard } from './OutboxCard.tsx'
import { useStoryOutbox } from './outbox.ts'
import { useOnline } from './online.ts'
import './publishing.css'

/** Where a story goes and how far it has come: the inspector's Publish tab. */
export function PublishPanel({ storyId }: { readonly storyId: string }) {
  const api = useApi()
  const words = useStrings()
  const targets = useCall((call, signal) => call.publishing.targets({}, signal), [])
  const items = useStoryOutbox(storyId)
  useEvent('outboxChanged', () => targets.reload())
  if (targets.data?.length === 0) {
    return (
      <EmptyState
        title={words.publishing.noTargetTitle}
        actions={
          <div className="publish-first">
            <Button
              variant="primary"
              onPress={() => {
                api.call.publishing.startPractice({}).then(() => targets.reload(), sayFailure)
              }}
            >
              {words.publishing.startPractice}
            </Button>
            <Button variant="quiet" onPress={() => navigate({ name: 'settings' })}>
              {words.publishing.addTarget}
            </Button>
          </div>
        }
      >
        {words.publishing.noTargetText}
      </EmptyState>
    )
  }
  return (
    <div className="publish">
      {targets.error && <Notice tone="danger">{inWords(targets.error)}</Notice>}
      {targets.data && <PublishForm storyId={storyId} targets={targets.data} />}
      <div className="publish-items">
        {items.map((item) => (
          <OutboxCard key={item.id} item={item} />
        ))}
      </div>
    </div>
  )
}

function PublishForm({ storyId, targets }: { readonly storyId: string; readonly targets: readonly Target[] }) {
  const api = useApi()
  const words = useStrings()
  const story = useOpenStory()
  const online = useOnline()
  const fields = useMaybeStore(story?.fields)
  const revision = useMaybeStore(story?.revision)
  const items = useStoryOutbox(storyId)
  const [chosen, setChosen] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const target = targets.find((one) => one.id === chosen) ?? targets[0]
  const release = fields?.times.release ?? null
  const isLive = items.some((item) => item.targetId === target?.id && item.state === 'done')
  const local = target?.kind === 'practice'

  const publish = async (): Promise<void> => {
    const open = openStory.get()
    if (!open || !target) return
    setBusy(true)
    try {
      await open.flush()
      await api.call.publishing.publish({
        storyId,
        targetId: target.id,
        revision: open.revision.get(),
        changeId: newId()
      })
      toast({ tone: 'ok', text: words.publishing.queued })
    } catch (thrown) {
      sayFailure(thrown)
    } finally {
      setBusy(false)
    }
  }

  return (
    <section className="publish-form">
      <Select
        label={words.publishing.target}
        value={target?.id ?? null}
        onChange={setChosen}
        options={targets.map(({ id, name, url }) => ({ id, label: name, detail: url }))}
      />
      {release &&
        (Date.parse(release.at.utc) > Date.now() ? (
          <Notice tone="plain">{words.publishing.leaves(moment(release.at.utc, release.at.zone))}</Notice>
        ) : (
          <Notice tone="warn">{words.publishing.leavesNow(moment(release.at.utc, release.at.zone))}</Notice>
        ))}
      {!online && !local && <Notice tone="warn">{words.publishing.offline}</Notice>}
      <Button
        variant="primary"
        size="large"
        icon={<Send />}
        isDisabled={!story || !target}
        isPending={busy}
        onPress={() => {
          void publish()
        }}
      >
        {target
          ? isLive
            ? words.publishing.updateOn(target.name)
            : !online && !local
              ? words.publishing.queueFor(target.name)
              : words.publishing.publishTo(target.name)
          : words.publishing.button}
      </Button>
      {revision !== undefined && <p className="publish-note">{words.publishing.approves(revision)}</p>}
    </section>
  )
}
