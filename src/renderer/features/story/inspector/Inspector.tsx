import { Fragment, Suspense, type ReactNode } from 'react'
import { useSlots } from '../../../api/slots.tsx'
import { useStore } from '../../../api/store.ts'
import { useStrings } from '../../../strings/strings.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Refusals } from '../../../ui/Refusals.tsx'
import { Tabs } from '../../../ui/Tabs.tsx'
import { inspectorTab } from '../show-place.ts'
import type { StorySession } from '../story-session.ts'
import { StoryTab } from './StoryTab.tsx'
import './inspector.css'

export function Inspector({ session, isDisabled }: { readonly session: StorySession; readonly isDisabled: boolean }) {
  const { inspector: words, checks, history } = useStrings()
  const { TimesPanel, ChecksPanel, HistoryPanel, PublishPanel } = useSlots()
  const tab = useStore(inspectorTab)
  /** Keyed by session, so that nothing half typed or chosen in one story is carried over into the next. */
  const own = (content: ReactNode): ReactNode => <Fragment key={session.key}>{content}</Fragment>
  return (
    <aside className="inspector" aria-label={words.label}>
      <Tabs
        label={words.label}
        selected={tab}
        onSelect={inspectorTab.set}
        tabs={[
          { id: 'story', label: words.story, content: own(<StoryTab session={session} isDisabled={isDisabled} />) },
          {
            id: 'times',
            label: words.times,
            content:
              TimesPanel &&
              own(
                <Suspense>
                  <TimesPanel story={session} isDisabled={isDisabled} />
                </Suspense>
              )
          },
          {
            id: 'checks',
            label: checks.tab,
            content:
              ChecksPanel &&
              own(
                <Suspense>
                  <ChecksPanel story={session} />
                </Suspense>
              )
          },
          {
            id: 'history',
            label: history.tab,
            content:
              HistoryPanel &&
              own(
                <Suspense>
                  <HistoryPanel story={session} isDisabled={isDisabled} />
                </Suspense>
              )
          },
          {
            id: 'publish',
            label: words.publish,
            content: PublishPanel ? (
              own(
                <Suspense>
                  <PublishPanel storyId={session.id} />
                </Suspense>
              )
            ) : (
              <EmptyState title={words.publishEmpty} />
            )
          }
        ]}
      />
      <Refusals key={session.id} />
    </aside>
  )
}
