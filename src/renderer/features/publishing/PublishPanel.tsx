import { Suspense, useEffect, useMemo, useState, type ReactNode } from 'react'
import { Send } from 'lucide-react'
import type { Finding } from '../../../shared/checks/finding.ts'
import type { Target } from '../../../shared/contract/publishing.ts'
import { newId } from '../../../shared/lib/id.ts'
import { GalleyError, toWireError, type WireError } from '../../../shared/rpc/errors.ts'
import { instantAt, type Instant } from '../../../shared/story/instant.ts'
import { sayFailure } from '../../api/say-failure.ts'
import { useApi } from '../../api/api.tsx'
import { openStory, useOpenStory } from '../../api/open-story.ts'
import { navigate } from '../../api/router.ts'
import { useSettings } from '../../api/desk.tsx'
import { useMaybeStore } from '../../api/store.ts'
import { useCall } from '../../api/use-call.ts'
import { useEvent } from '../../api/use-event.ts'
import { inWords, useStrings } from '../../strings/strings.ts'
import { useChecks } from '../../api/checks.ts'
import { useSlots } from '../../api/slots.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DateTimeField } from '../../ui/DateTimeField.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { moment } from '../../ui/format.ts'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Select } from '../../ui/Select.tsx'
import { NewsletterChoice } from './NewsletterChoice.tsx'
import { LiveCopy } from './LiveCopy.tsx'
import { OutboxCard } from './OutboxCard.tsx'
import { Preflight } from './Preflight.tsx'
import { PassedHourDialog } from './PassedHourDialog.tsx'
import { nowAndEarlier, useStoryOutbox } from '../../api/outbox.ts'
import { alreadyOnItsWay, hourOf, publishLabel, waitingFor } from './publish-label.ts'
import { WouldBeSent } from './WouldBeSent.tsx'
import { useStandings } from './standings.ts'
import { useOnline } from './online.ts'
import { WithdrawButton } from './WithdrawButton.tsx'
import './publishing.css'

/** Where a story goes and how far it has come: the inspector's Publish tab. */
export function PublishPanel({ storyId, onGo }: { readonly storyId: string; readonly onGo?: () => void }) {
  const api = useApi()
  const words = useStrings()
  const targets = useCall((call, signal) => call.publishing.targets({}, signal), [])
  const items = useStoryOutbox(storyId)
  useEvent('targetsChanged', () => targets.reload())
  const { now, earlier } = useMemo(() => nowAndEarlier(items), [items])
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
      {targets.data && (
        <PublishForm storyId={storyId} targets={targets.data} {...(onGo && { onGo })}>
          <div className="publish-items" aria-live="polite" aria-relevant="additions">
            {now.map((item) => (
              <OutboxCard key={item.id} item={item} />
            ))}
            {earlier.length > 0 && (
              <details className="publish-earlier">
                <summary>{words.publishing.earlier(earlier.length)}</summary>
                <div className="publish-items">
                  {earlier.map((item) => (
                    <OutboxCard key={item.id} item={item} isEarlier />
                  ))}
                </div>
              </details>
            )}
          </div>
        </PublishForm>
      )}
    </div>
  )
}

interface PublishFormProps {
  readonly storyId: string
  readonly targets: readonly Target[]
  /** Called when the story is gone back to. */
  readonly onGo?: () => void
  /** What stands between the form and its button: how far the story has come. */
  readonly children: ReactNode
}

function PublishForm({ storyId, targets, onGo, children }: PublishFormProps) {
  const api = useApi()
  const words = useStrings()
  const story = useOpenStory()
  const online = useOnline()
  const fields = useMaybeStore(story?.fields)
  const revision = useMaybeStore(story?.revision)
  const stats = useMaybeStore(story?.stats)
  /** Taken down: it is made a draft before it can go anywhere again. */
  const isWithdrawn = useMaybeStore(story?.status) === 'killed'
  const emptySlots =
    (fields?.leadImage?.mediaId === null ? 1 : 0) +
    (stats?.images.filter(({ image }) => image.mediaId === null).length ?? 0)
  const items = useStoryOutbox(storyId)
  const [chosen, setChosen] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const target = targets.find((one) => one.id === chosen) ?? targets[0]
  const { zone } = useSettings()
  const { embargo = null, planned = null } = fields?.times ?? {}
  const isHeld = embargo !== null && Date.parse(embargo.utc) > Date.now()
  const [hour, setHour] = useState<Instant | null | undefined>(undefined)
  const [change, setChange] = useState<'update' | 'minor'>('update')
  const [newsletter, setNewsletter] = useState<string | null>(null)
  useEffect(() => setNewsletter(null), [target?.id])
  const [passed, setPassed] = useState<Instant | null>(null)
  const waiting = waitingFor(items, target?.id)
  const at = hour === undefined ? hourOf(items, { targetId: target?.id, planned }, Date.now()) : hour
  const onItsWay =
    target && revision !== undefined ? alreadyOnItsWay(items, { targetId: target.id, revision, at }) : null
  const standings = useStandings(storyId, items, revision)
  const standing = standings.find(({ targetId, state }) => targetId === target?.id && state === 'live')
  const isLive = standing !== undefined
  const isFirst = !standings.some(({ targetId }) => targetId === target?.id)
  const isCurrent = standing?.current ?? false
  const { FindingList } = useSlots()
  const { findings } = useChecks(story)
  const required = findings?.filter(({ level }) => level === 'required') ?? []
  const advised = findings?.filter(({ level }) => level === 'advised') ?? []
  /** How often somebody was to be led to what holds publishing up; it may be listed only then. */
  const [timesHeld, setTimesHeld] = useState(0)
  /** Why it was not taken; gone with the next change, or another try. */
  const [refusal, setRefusal] = useState<WireError | null>(null)
  useEffect(() => setRefusal(null), [revision, target?.id, at])
  /** What is asked about. */
  const [asking, setAsking] = useState<readonly Finding[]>([])
  /** What a person has let go already is not asked about again. */
  const [accepted, setAccepted] = useState('')
  const shown = standings.filter(({ state }) => state !== 'withdrawn')
  const local = target?.kind === 'practice'
  const practice = useCall((call, signal) => call.publishing.practice({}, signal), [target?.id])
  useEvent('outboxChanged', () => practice.reload())
  useEvent('targetsChanged', () => practice.reload())
  const isStopped = local && practice.data?.running === false
  const clock = useCall(
    async (call, signal) => (target ? call.publishing.clock({ targetId: target.id }, signal) : { ahead: null }),
    [target?.id]
  )
  const ahead = clock.data?.ahead ?? 0

  const publish = async (now = false): Promise<void> => {
    const open = openStory.get()
    if (!open || !target) return
    setBusy(true)
    setRefusal(null)
    try {
      await open.flush()
      await api.call.publishing.publish({
        storyId,
        targetId: target.id,
        revision: open.revision.get(),
        changeId: newId(),
        ...(now ? { at: null } : (hour !== undefined || at || waiting) && { at }),
        ...(isLive && { change }),
        ...(isFirst && newsletter !== null && { newsletter })
      })
      setHour(undefined)
      setChange('update')
      setNewsletter(null)
    } catch (thrown) {
      const hourPassed = passedHour(thrown)
      if (hourPassed) setPassed(hourPassed)
      else setRefusal(toWireError(thrown))
    } finally {
      setBusy(false)
    }
  }

  /** By the story that is stored, not by what was last looked at here. */
  const askOrPublish = async (): Promise<void> => {
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
      if (found.length > 0 && JSON.stringify(found) !== accepted) {
        setAsking(found)
        return
      }
    } catch (thrown) {
      setRefusal(toWireError(thrown))
      return
    } finally {
      setBusy(false)
    }
    await publish()
  }

  return (
    <section className="publish-form">
      <Select
        label={words.publishing.target}
        value={target?.id ?? null}
        onChange={setChosen}
        options={targets.map(({ id, name, url }) => ({ id, label: name, detail: url }))}
      />
      <SegmentedControl
        label={words.publishing.when}
        value={at ? 'planned' : 'now'}
        onChange={(next) => setHour(next === 'now' ? null : nextFullHour(zone))}
        options={[
          { id: 'now', label: words.publishing.now },
          { id: 'planned', label: words.publishing.atAnHour }
        ]}
      />
      {at && (
        <DateTimeField
          bare
          label={words.publishing.plannedHour}
          value={at}
          zone={zone}
          onChange={setHour}
          description={words.publishing.plannedText}
        />
      )}
      {standing && <LiveCopy storyId={storyId} standing={standing} />}
      {story && FindingList && required.length > 0 && (
        <div className="publish-required">
          <Notice tone="warn">
            {words.checks.required(required.length)}
            <Suspense>
              <FindingList findings={required} story={story} focus={timesHeld} {...(onGo && { onGo })} />
            </Suspense>
          </Notice>
        </div>
      )}
      {story && FindingList && advised.length > 0 && (
        <details className="publish-advised">
          <summary>{words.checks.advised(advised.length)}</summary>
          <Suspense>
            <FindingList findings={advised} story={story} {...(onGo && { onGo })} />
          </Suspense>
        </details>
      )}
      {isLive && (
        <SegmentedControl
          label={words.publishing.change}
          value={change}
          onChange={setChange}
          options={[
            { id: 'update', label: words.publishing.changes.update },
            { id: 'minor', label: words.publishing.changes.minor }
          ]}
        />
      )}
      {isLive && <p className="publish-note">{words.publishing.changeTexts[change]}</p>}
      {target && isFirst && <NewsletterChoice target={target} value={newsletter} onChange={setNewsletter} />}
      {emptySlots > 0 && <Notice tone="warn">{words.publishing.picturesMissing(emptySlots)}</Notice>}
      {embargo && isHeld && (
        <Notice tone="plain">{words.publishing.embargoHolds(moment(embargo.utc, embargo.zone))}</Notice>
      )}
      {Math.abs(ahead) > 60_000 && <Notice tone="warn">{words.publishing.clockDiffers(ahead)}</Notice>}
      {!online && !local && <Notice tone="warn">{words.publishing.offline}</Notice>}
      {isStopped && (
        <Notice
          tone="warn"
          actions={
            <Button
              size="small"
              onPress={() => void api.call.publishing.startPractice({}).then(() => practice.reload(), sayFailure)}
            >
              {words.publishing.startPractice}
            </Button>
          }
        >
          {words.publishing.practiceIsStopped}
        </Notice>
      )}
      {story && target && (
        <Preflight
          story={story}
          target={target}
          address={standing?.receipt?.url ?? null}
          isPlanned={at !== null || isHeld}
        />
      )}
      {target && (
        <WouldBeSent
          storyId={storyId}
          targetId={target.id}
          revision={revision}
          newsletter={isFirst ? newsletter : null}
        />
      )}
      {children}
      {/* At the foot, where nothing that is learnt later moves the button from under a press. */}
      <div className="publish-act">
        {refusal && <Notice tone="danger">{inWords(refusal)}</Notice>}
        {isWithdrawn && (
          <Notice
            tone="warn"
            actions={
              <Button size="small" onPress={() => story?.setStatus('draft')}>
                {words.story.makeDraft}
              </Button>
            }
          >
            {words.story.killedNotice}
          </Notice>
        )}
        {isCurrent && (
          <Button
            size="small"
            variant="quiet"
            isDisabled={busy}
            onPress={() => {
              void publish()
            }}
          >
            {words.publishing.sendAgain}
          </Button>
        )}
        {revision !== undefined && !isWithdrawn && !isCurrent && onItsWay === null && (
          <p className="publish-note">{words.publishing.approves}</p>
        )}
        {shown.length > 0 && <WithdrawButton storyId={storyId} standings={shown} />}
        <Button
          variant="primary"
          size="large"
          icon={<Send />}
          isDisabled={!story || !target}
          // It keeps the focus it has when there is nothing to update any more: keys would go nowhere.
          aria-disabled={isWithdrawn || isCurrent || onItsWay !== null}
          isPending={busy}
          onPress={() => {
            if (!isWithdrawn && !isCurrent && onItsWay === null) void askOrPublish()
          }}
        >
          {target
            ? publishLabel(
                words.publishing,
                { target: target.name, at, embargo, isLive, isCurrent, onItsWay, isOffline: !online && !local },
                Date.now()
              )
            : words.publishing.button}
        </Button>
      </div>
      <Dialog
        title={words.checks.askTitle}
        lead={words.checks.askText}
        isOpen={asking.length > 0}
        onClose={() => setAsking([])}
        actions={
          <>
            <Button onPress={() => setAsking([])}>{words.common.cancel}</Button>
            <Button
              variant="primary"
              onPress={() => {
                setAsking([])
                setAccepted(JSON.stringify(asking))
                void publish()
              }}
            >
              {words.checks.publishAnyway}
            </Button>
          </>
        }
      >
        {story && FindingList && (
          <Suspense>
            <FindingList
              findings={asking}
              story={story}
              onGo={() => {
                setAsking([])
                onGo?.()
              }}
            />
          </Suspense>
        )}
      </Dialog>
      <PassedHourDialog hour={passed} onClose={() => setPassed(null)} onPublish={() => void publish(true)} />
    </section>
  )
}

const HOUR = 3_600_000
function nextFullHour(zone: string): Instant {
  return instantAt((Math.floor(Date.now() / HOUR) + 2) * HOUR, zone, 'typed')
}

/** The hour of release that the core says has passed; null for any other failure. */
function passedHour(thrown: unknown): Instant | null {
  const detail = thrown instanceof GalleyError ? thrown.detail : undefined
  const { passed, zone } = detail ?? {}
  return typeof passed === 'string' && typeof zone === 'string' ? instantAt(Date.parse(passed), zone, 'typed') : null
}
