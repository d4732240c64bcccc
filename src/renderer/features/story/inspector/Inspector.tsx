import { Suspense, useState } from 'react'
import { useSlots } from '../../../api/slots.tsx'
import { useStrings } from '../../../strings/strings.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Tabs } from '../../../ui/Tabs.tsx'
import type { StorySession } from '../story-session.ts'
import { StoryTab } from './StoryTab.tsx'
import './inspector.css'

type TabId = 'story' | 'times' | 'history' | 'publish'
let lastTab: TabId = 'story'

export function Inspector({ session, isDisabled }: { readonly session: StorySession; readonly isDisabled: boolean }) {
  const { inspector: words, history } = useStrings()
  const { TimesPanel, HistoryPanel, PublishPanel } = useSlots()
  const [tab, setTab] = useState<TabId>(lastTab)
  return (
    <aside className="inspector" aria-label={words.label}>
      <Tabs
        label={words.label}
        selected={tab}
        onSelect={(next) => {
          lastTab = next
          setTab(next)
        }}
        tabs={[
          { id: 'story', label: words.story, content: <StoryTab session={session} isDisabled={isDisabled} /> },
          {
            id: 'times',
            label: words.times,
            content: TimesPanel && (
              <Suspense>
                <TimesPanel story={session} isDisabled={isDisabled} />
              </Suspense>
            )
          },
          {
            id: 'history',
            label: history.tab,
            content: HistoryPanel && (
              <Suspense>
                <HistoryPanel story={session} isDisabled={isDisabled} />
              </Suspense>
            )
          },
          {
            id: 'publish',
            label: words.publish,
            content: PublishPanel ? (
              <Suspense>
                <PublishPanel storyId={session.id} />
              </Suspense>
            ) : (
              <EmptyState title={words.publishEmpty} />
            )
          }
        ]}
      />
    </aside>
  )
}
