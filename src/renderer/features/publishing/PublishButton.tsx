import { CircleCheck, Send } from 'lucide-react'
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
  return (
    <Button
      variant={status === 'published' ? 'plain' : 'primary'}
      icon={status === 'published' ? <CircleCheck /> : <Send />}
      isDisabled={!story}
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
