import { useApi } from '../../api/api.tsx'
import { navigate } from '../../api/router.ts'
import { sayFailure } from '../../api/say-failure.ts'
import { useCall } from '../../api/use-call.ts'
import { useEvent } from '../../api/use-event.ts'
import { inWords, useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { addTargetAsked } from './add-target-asked.ts'
import { PublishForm } from './PublishForm.tsx'
import './publishing.css'

/** The publish sheet: where a story goes and how far each delivery has got. */
export function PublishPanel({ storyId, onGo }: { readonly storyId: string; readonly onGo?: () => void }) {
  const api = useApi()
  const words = useStrings()
  const targets = useCall((call, signal) => call.publishing.targets({}, signal), [])
  useEvent('targetsChanged', () => targets.reload())
  if (targets.data?.length === 0) {
    return (
      <EmptyState
        title={words.publishing.noTargetTitle}
        actions={
          <div className="publish-first">
            <Button
              variant="primary"
              onPress={() => {
                api.call.publishing.startPractice({}).then(() => targets.reload(), sayFailure)
              }}
            >
              {words.publishing.startPractice}
            </Button>
            <Button
              variant="quiet"
              onPress={() => {
                addTargetAsked.set(true)
                navigate({ name: 'settings' })
              }}
            >
              {words.publishing.addTarget}
            </Button>
          </div>
        }
      >
        {words.publishing.noTargetText}
      </EmptyState>
    )
  }
  return (
    <div className="publish">
      {targets.error && <Notice tone="danger">{inWords(targets.error)}</Notice>}
      {targets.data && <PublishForm key={storyId} storyId={storyId} targets={targets.data} {...(onGo && { onGo })} />}
    </div>
  )
}
