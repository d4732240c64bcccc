import { useEffect, useMemo, useState } from 'react'
import { PanelLeft, Pause, Play } from 'lucide-react'
import { sayFailure } from '../../../api/say-failure.ts'
import { useApi } from '../../../api/api.tsx'
import { useDeskZone } from '../../../api/desk.tsx'
import { openItems, useOutbox } from '../../../api/outbox.ts'
import { navigate } from '../../../api/router.ts'
import { useCall } from '../../../api/use-call.ts'
import { useEvent } from '../../../api/use-event.ts'
import { inWords, useStrings } from '../../../strings/strings.ts'
import { Button } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Refusals } from '../../../ui/Refusals.tsx'
import { day, hours } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { OutboxCard } from '../OutboxCard.tsx'
import { OutboxListBox } from './OutboxListBox.tsx'
import { OutboxTargets } from './OutboxTargets.tsx'
import { isChoice, rowsByDay, rowsByState, saidOfPause, type Embargo } from './outbox-rows.ts'
import './outbox.css'

export interface OutboxScreenProps {
  readonly readOnly: boolean
  readonly libraryShown: boolean
  readonly onToggleLibrary: () => void
  readonly onBack: () => void
}

/** Everything on its way to a CMS and what was finished recently, grouped by what it waits for or by day. */
export function OutboxScreen({ readOnly, libraryShown, onToggleLibrary, onBack }: OutboxScreenProps) {
  const all = useStrings()
  const words = all.outbox
  const api = useApi()
  const zone = useDeskZone()
  const items = useOutbox()
  const targets = useCall((call, signal) => call.publishing.targets({}, signal), [])
  useEvent('targetsChanged', targets.reload)
  const [view, setView] = useState<'state' | 'day'>('state')
  const [chosen, setChosen] = useState<string | null>(null)
  const now = useNow()
  const embargoes = useEmbargoes(now)
  const open = useMemo(() => openItems(items), [items])
  const rows = useMemo(
    () => (view === 'state' ? rowsByState(items, words.groups) : rowsByDay(items, embargoes, (utc) => day(utc, zone))),
    [view, items, embargoes, words, zone]
  )
  const selected = rows.find((row) => isChoice(row) && row.key === chosen) ?? rows.find(isChoice)
  const item = selected?.kind === 'item' ? selected.item : null
  const isReplaced = selected?.kind === 'item' && selected.isReplaced === true
  const embargo = selected?.kind === 'embargo' ? selected.embargo : null
  const anyPaused = targets.data?.some(({ paused }) => paused !== null) ?? false
  const allPaused = targets.data?.every(({ paused }) => paused === 'by-hand') ?? false
  const paused = targets.data ? saidOfPause(targets.data, open, words) : null
  const act = (work: Promise<unknown>): void => {
    work.catch(sayFailure)
  }
  return (
    <section className="outbox" aria-label={words.title}>
      <header className="outbox-bar">
        <div className="outbox-names">
          {!libraryShown && (
            <IconButton label={all.library.show} keys="Mod+\" icon={<PanelLeft />} onPress={onToggleLibrary} />
          )}
          <h1>{words.title}</h1>
          <p role="status">{words.lead(open.length)}</p>
        </div>
        <div className="outbox-tools">
          <SegmentedControl
            bare
            label={words.view}
            value={view}
            onChange={setView}
            options={[
              { id: 'state', label: words.views.state },
              { id: 'day', label: words.views.day }
            ]}
          />
          {targets.data && targets.data.length > 0 && (
            <>
              <Button
                size="small"
                icon={<Pause />}
                isDisabled={readOnly || allPaused}
                onPress={() => act(api.call.publishing.pause({}))}
              >
                {words.pauseAll}
              </Button>
              <Button
                size="small"
                icon={<Play />}
                isDisabled={readOnly || !anyPaused}
                onPress={() => act(api.call.publishing.resume({}))}
              >
                {words.resumeAll}
              </Button>
            </>
          )}
          <Button size="small" variant="quiet" onPress={onBack}>
            {all.common.back}
          </Button>
        </div>
      </header>
      {targets.error && <Notice tone="danger">{inWords(targets.error)}</Notice>}
      {paused !== null && (
        <Notice tone="warn" icon={<Pause />}>
          {paused}
        </Notice>
      )}
      {targets.data && <OutboxTargets targets={targets.data} items={open} readOnly={readOnly} />}
      {rows.length === 0 ? (
        <EmptyState title={view === 'state' ? words.emptyTitle : words.nonePlanned}>
          {view === 'state' ? words.emptyText : words.nonePlannedText}
        </EmptyState>
      ) : (
        <div className="outbox-panes">
          <OutboxListBox
            rows={rows}
            selected={selected?.key ?? null}
            now={now}
            zone={zone}
            onSelect={setChosen}
            onOpen={(storyId) => navigate({ name: 'story', id: storyId })}
          />
          {item && (
            <section className="outbox-detail" aria-label={words.detail}>
              <OutboxCard key={item.id} item={item} headline isEarlier={isReplaced} />
              <Button size="small" onPress={() => navigate({ name: 'story', id: item.storyId })}>
                {words.openStory}
              </Button>
              <Refusals />
            </section>
          )}
          {embargo && <EmbargoDetail embargo={embargo} zone={zone} />}
        </div>
      )}
    </section>
  )
}

function EmbargoDetail({ embargo, zone }: { readonly embargo: Embargo; readonly zone: string }) {
  const words = useStrings()
  return (
    <section className="outbox-detail" aria-label={words.outbox.embargoDetail}>
      <span className="outbox-headline" dir="auto">
        {embargo.headline || words.common.untitled}
      </span>
      <p>{words.publishing.heldBack(hours(embargo.until, [zone, 'UTC']))}</p>
      <p className="publish-note">{words.outbox.embargoText}</p>
      <Button size="small" onPress={() => navigate({ name: 'story', id: embargo.storyId })}>
        {words.outbox.openStory}
      </Button>
    </section>
  )
}

/**
 * The embargoes still to come, the next one first; loaded again when a story under embargo changes. `now` in
 * milliseconds UTC.
 */
function useEmbargoes(now: number): readonly Embargo[] {
  const { data, reload } = useCall((call, signal) => call.publishing.embargoes({}, signal), [])
  const known = data ?? NONE
  useEvent('storyChanged', ({ summary }) => {
    if (summary.releaseAt !== null || known.some(({ storyId }) => storyId === summary.id)) reload()
  })
  const passed = known.filter(({ until }) => Date.parse(until) <= now).length
  return useMemo(() => known.slice(passed), [known, passed])
}

const NONE: readonly Embargo[] = []

/** The time left is shown in minutes, so it has to be updated even when nothing else happens. */
function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 15_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
