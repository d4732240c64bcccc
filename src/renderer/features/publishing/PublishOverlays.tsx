import { useEffect } from 'react'
import { useCommands } from '../../api/commands.ts'
import { openStory, useOpenStory } from '../../api/open-story.ts'
import { createStore, useStore } from '../../api/store.ts'
import { useStrings } from '../../strings/strings.ts'
import { Sheet } from '../../ui/Dialog.tsx'
import { PublishPanel } from './PublishPanel.tsx'
import './publishing.css'

/** The story the sheet is open for: it does not come back over another one. */
const sheet = createStore<string | null>(null)

export function openPublishSheet(): void {
  sheet.set(openStory.get()?.id ?? null)
}

/** The sheets of publishing; mounted once, over the desk. */
export function PublishOverlays() {
  const words = useStrings()
  const shown = useStore(sheet)
  const story = useOpenStory()
  const close = (): void => sheet.set(null)
  const storyId = story?.id ?? null
  useEffect(() => {
    if (sheet.get() !== storyId) close()
  }, [storyId])
  useCommands([
    {
      id: 'story.publish',
      title: words.publishing.command,
      group: words.palette.groups.story,
      keys: 'Mod+Shift+Enter',
      also: 'send cms approve',
      when: () => openStory.get() !== null,
      run: openPublishSheet
    }
  ])
  return (
    <>
      <Sheet title={words.publishing.title} isOpen={story !== null && shown === story.id} onClose={close}>
        {story && <PublishPanel storyId={story.id} onGo={close} />}
      </Sheet>
    </>
  )
}
