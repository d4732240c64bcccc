import { useEffect, useRef } from 'react'
import { useCommands } from '../../api/commands.ts'
import { openStory, useOpenStory } from '../../api/open-story.ts'
import { createStore, useStore } from '../../api/store.ts'
import { useStrings } from '../../strings/strings.ts'
import { Sheet } from '../../ui/Dialog.tsx'
import { PublishPanel } from './PublishPanel.tsx'
import './publishing.css'

const sheet = createStore<'publish' | null>(null)

export function openPublishSheet(): void {
  sheet.set('publish')
}

/** The publishing sheets; mounted once, over the desk. */
export function PublishOverlays() {
  const words = useStrings()
  const shown = useStore(sheet)
  const story = useOpenStory()
  const close = (): void => sheet.set(null)
  const storyId = story?.id ?? null
  const before = useRef(storyId)
  useEffect(() => {
    // The sheet closes with its story and does not reopen over the next one.
    if (before.current !== null && before.current !== storyId) close()
    before.current = storyId
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
      <Sheet title={words.publishing.title} isOpen={shown === 'publish' && story !== null} onClose={close}>
        {story && <PublishPanel storyId={story.id} onGo={close} />}
      </Sheet>
    </>
  )
}
