import { CircleCheck, Send } from 'lucide-react'
import { useDeskFacts } from '../../api/desk.tsx'
import { useOpenStory } from '../../api/open-story.ts'
import { useMaybeStore } from '../../api/store.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { openPublishSheet } from './PublishOverlays.tsx'

/** The main button at the top of the story. */
export function PublishButton() {
  const words = useStrings()
  const story = useOpenStory()
  const status = useMaybeStore(story?.status)
  const readOnly = useDeskFacts()?.info.library.readOnly ?? false
  return (
    <Button
      variant={status === 'published' ? 'plain' : 'primary'}
      icon={status === 'published' ? <CircleCheck /> : <Send />}
      isDisabled={!story || readOnly}
      onPress={openPublishSheet}
    >
      {status === 'published'
        ? words.publishing.isLive
        : status === 'updating'
          ? words.publishing.update
          : words.publishing.button}
    </Button>
  )
}
