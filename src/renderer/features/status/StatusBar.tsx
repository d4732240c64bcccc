import { Suspense, useEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import { Check, CircleAlert, Wifi, WifiOff } from 'lucide-react'
import { readingMinutes } from '../../../shared/lib/words.ts'
import { useApi } from '../../api/api.tsx'
import { useDeskZone } from '../../api/desk.tsx'
import { useOpenStory, type OpenStory, type SaveView } from '../../api/open-story.ts'
import { useSlots } from '../../api/slots.tsx'
import { createStore, useStore, useStorePart, type Readable } from '../../api/store.ts'
import { useStrings, whatHappened } from '../../strings/strings.ts'
import { clock } from '../../ui/format.ts'
import { Button } from '../../ui/Button.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { Focusable } from 'react-aria-components'
import './status-bar.css'

export interface StatusBarProps {
  readonly stories: number | null
  readonly onCopyText: (story: OpenStory) => void
}

/** The foot of the desk. It says what is so, and nothing it does not know. */
export function StatusBar({ stories, onCopyText }: StatusBarProps) {
  const words = useStrings().statusBar
  const story = useOpenStory()
  const { OutboxStatus, BackupStatus } = useSlots()
  return (
    <footer className="status-bar" aria-label={words.label}>
      {story ? (
        <SaveStatus key={story.id} story={story} onCopyText={onCopyText} />
      ) : (
        stories !== null && <span className="status-item">{words.stories(stories)}</span>
      )}
      <span className="status-gap" />
      {story && <Length story={story} />}
      {OutboxStatus && <OutboxStatus />}
      <Suspense>{BackupStatus && <BackupStatus />}</Suspense>
      <Network />
    </footer>
  )
}

function SaveStatus({
  story,
  onCopyText
}: {
  readonly story: OpenStory
  readonly onCopyText: (story: OpenStory) => void
}) {
  const all = useStrings()
  const words = all.save
  const zone = useDeskZone()
  const { state, savedAt, problem, since } = useStore(useCalm(story.save))
  const bad = (text: string, actions: ReactNode): ReactNode => (
    <span className="save save-bad" role="alert">
      <CircleAlert aria-hidden />
      <span className="save-words">{text}</span>
      {actions}
      <Button size="small" onPress={() => onCopyText(story)}>
        {words.copyText}
      </Button>
    </span>
  )
  switch (state) {
    case 'idle':
      return (
        <span className="save save-good" data-testid="save-state">
          <Check aria-hidden />
          {savedAt ? words.onDisk(clock(savedAt, zone)) : words.unchanged}
        </span>
      )
    case 'dirty':
    case 'saving':
      return (
        <span className="save save-busy" data-testid="save-state">
          <span className="save-pulse" aria-hidden />
          {words.saving}
        </span>
      )
    case 'offline':
      return bad(words.offline, null)
    case 'conflict':
      return bad(words.conflict, null)
    case 'failed':
      return bad(
        problem && since ? `${words.notSavedSince(clock(since, zone))}: ${whatHappened(problem)}` : words.notSaved,
        <Button size="small" onPress={() => story.retry()}>
          {all.common.tryAgain}
        </Button>
      )
  }
}

/** Typing saves twice a second; a line that changed each time would flicker and re-render the desk. */
const CALM_MS = 300

/**
 * What the status bar shows of a save: that words are not on disk yet, and why not, at once; that they are, when no
 * more have come for a moment. It may say "Saving…" a little too long, and never "On disk" too soon.
 */
function useCalm(save: Readable<SaveView>): Readable<SaveView> {
  const calm = useMemo(() => createStore(save.get()), [save])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const isBusy = (view: SaveView): boolean => view.state === 'dirty' || view.state === 'saving'
    const follow = (): void => {
      const view = save.get()
      clearTimeout(timer)
      if (view.state === 'idle' && isBusy(calm.get())) timer = setTimeout(() => calm.set(view), CALM_MS)
      else if (!isBusy(view) || !isBusy(calm.get())) calm.set(view)
    }
    follow()
    const stop = save.subscribe(follow)
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [save, calm])
  return calm
}

function Length({ story }: { readonly story: OpenStory }) {
  const words = useStrings().statusBar
  const n = useStorePart(story.stats, (stats) => stats.words)
  if (n === null) return null
  return (
    <>
      <span className="status-item">{words.words(n)}</span>
      {n > 0 && <span className="status-item">{words.minutes(readingMinutes(n))}</span>}
    </>
  )
}

function Network() {
  const words = useStrings().statusBar
  const { link } = useApi()
  const state = useStore(link)
  const online = useSyncExternalStore(watchNetwork, () => navigator.onLine)
  if (state !== 'connected')
    return (
      <span className="status-item status-warn">
        <WifiOff aria-hidden />
        {state === 'lost' ? words.lost : words.reconnecting}
      </span>
    )
  return (
    <Tooltip words={online ? words.onlineText : words.offlineText} placement="top">
      <Focusable>
        <span className="status-item" role="button" tabIndex={0}>
          {online ? <Wifi aria-hidden /> : <WifiOff aria-hidden />}
          {online ? words.online : words.offline}
        </span>
      </Focusable>
    </Tooltip>
  )
}

function watchNetwork(listener: () => void): () => void {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}
