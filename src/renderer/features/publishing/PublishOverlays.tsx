import { Send } from 'lucide-react'
import { useCommands } from '../../api/commands.ts'
import { openStory, useOpenStory } from '../../api/open-story.ts'
import { createStore, useStore } from '../../api/store.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Sheet } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { OutboxCard } from './OutboxCard.tsx'
import { PublishPanel } from './PublishPanel.tsx'
import { troubledItems, useOutbox, waitingItems } from '../../api/outbox.ts'
import './publishing.css'

const sheet = createStore<'publish' | 'outbox' | null>(null)

export function openPublishSheet(): void {
  sheet.set('publish')
}

/** The sheets of publishing; mounted once, over the desk. */
export function PublishOverlays() {
  const words = useStrings()
  const shown = useStore(sheet)
  const story = useOpenStory()
  const close = (): void => sheet.set(null)
  useCommands([
    {
      id: 'story.publish',
      title: words.publishing.command,
      group: words.palette.groups.story,
      keys: 'Mod+Shift+Enter',
      also: 'send cms approve',
      when: () => openStory.get() !== null,
      run: openPublishSheet
    },
    {
      id: 'outbox.open',
      title: words.publishing.outbox,
      group: words.palette.groups.go,
      also: 'queue receipts publishing',
      run: () => sheet.set('outbox')
    }
  ])
  return (
    <>
      <Sheet title={words.publishing.title} isOpen={shown === 'publish' && story !== null} onClose={close}>
        {story && <PublishPanel storyId={story.id} onGo={close} />}
      </Sheet>
      <Sheet title={words.publishing.outbox} isOpen={shown === 'outbox'} onClose={close}>
        <OutboxList />
      </Sheet>
    </>
  )
}

function OutboxList() {
  const words = useStrings()
  const items = useOutbox()
  if (items.length === 0)
    return <EmptyState title={words.publishing.outboxEmpty}>{words.publishing.outboxEmptyText}</EmptyState>
  return (
    <div className="publish-items publish">
      {items.slice(0, 200).map((item) => (
        <OutboxCard key={item.id} item={item} headline />
      ))}
    </div>
  )
}

/** In the status bar: quiet when nothing waits. */
export function OutboxStatus() {
  const words = useStrings()
  const items = useOutbox()
  const troubled = troubledItems(items).length
  const waiting = waitingItems(items).length
  if (troubled + waiting === 0) return null
  return (
    <span className="outbox-status" data-troubled={troubled > 0 || undefined}>
      <Button size="small" variant="quiet" icon={<Send />} onPress={() => sheet.set('outbox')}>
        {troubled > 0 ? words.publishing.attention(troubled) : words.publishing.waiting(waiting)}
      </Button>
    </span>
  )
}
