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
import { day } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { OutboxCard } from '../OutboxCard.tsx'
import { OutboxListBox } from './OutboxListBox.tsx'
import { OutboxTargets } from './OutboxTargets.tsx'
import { rowsByDay, rowsByState, saidOfPause } from './outbox-rows.ts'
import './outbox.css'

export interface OutboxScreenProps {
  readonly readOnly: boolean
  readonly libraryShown: boolean
  readonly onToggleLibrary: () => void
  readonly onBack: () => void
}

/** Everything on its way to a CMS, and what went lately: by what it waits for, or by the day it leaves. */
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
  const open = useMemo(() => openItems(items), [items])
  const rows = useMemo(
    () => (view === 'state' ? rowsByState(items, words.groups) : rowsByDay(items, (utc) => day(utc, zone))),
    [view, items, words, zone]
  )
  const first = rows.find((row) => row.kind === 'item')
  const selected = rows.find((row) => row.kind === 'item' && row.item.id === chosen) ?? first
  const item = selected?.kind === 'item' ? selected.item : null
  const anyPaused = targets.data?.some(({ paused }) => paused !== null) ?? false
  const allPaused = targets.data?.every(({ paused }) => paused === 'by-hand') ?? false
  const paused = targets.data ? saidOfPause(targets.data, words) : null
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
            selected={item?.id ?? null}
            now={now}
            zone={zone}
            onSelect={setChosen}
            onOpen={(storyId) => navigate({ name: 'story', id: storyId })}
          />
          {item && (
            <section className="outbox-detail" aria-label={words.detail}>
              <OutboxCard key={item.id} item={item} headline />
              {item.state === 'scheduled' && <p className="publish-note">{words.waitsForHour}</p>}
              <Button size="small" onPress={() => navigate({ name: 'story', id: item.storyId })}>
                {words.openStory}
              </Button>
            </section>
          )}
        </div>
      )}
    </section>
  )
}

/** What is still to come is told in minutes, which pass while nobody does anything. */
function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 15_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
