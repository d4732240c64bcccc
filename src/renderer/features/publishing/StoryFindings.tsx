import { Suspense, useState } from 'react'
import type { Finding } from '../../../shared/checks/finding.ts'
import { useFindings } from '../../api/checks.ts'
import type { OpenStory } from '../../api/open-story.ts'
import { useSlots } from '../../api/slots.tsx'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/Notice.tsx'

interface StoryFindingsProps {
  readonly story: OpenStory
  /** How often the user has been sent to what blocks publishing, which may not be listed until then. */
  readonly timesHeld: number
  /** Called when the user goes back to the story. */
  readonly onGo: (() => void) | undefined
}

/** What the checks found in the story: what blocks publishing, and what is advised. */
export function StoryFindings({ story, timesHeld, onGo }: StoryFindingsProps) {
  const words = useStrings().checks
  const { FindingList } = useSlots()
  const findings = useFindings(story)
  const required = findings?.filter(({ level }) => level === 'required') ?? []
  const advised = findings?.filter(({ level }) => level === 'advised') ?? []
  if (!FindingList) return null
  return (
    <>
      {required.length > 0 && (
        <div className="publish-required">
          <Notice tone="warn">
            {words.required(required.length)}
            <Suspense>
              <FindingList findings={required} story={story} focus={timesHeld} {...(onGo && { onGo })} />
            </Suspense>
          </Notice>
        </div>
      )}
      {advised.length > 0 && (
        <details className="publish-advised">
          <summary>{words.advised(advised.length)}</summary>
          <Suspense>
            <FindingList findings={advised} story={story} {...(onGo && { onGo })} />
          </Suspense>
        </details>
      )}
    </>
  )
}

interface AskAdvisedProps {
  readonly story: OpenStory
  /** What to ask about; if empty, nothing is asked. */
  readonly findings: readonly Finding[]
  readonly onClose: () => void
  readonly onPublish: () => void
  readonly onGo: (() => void) | undefined
}

/** Asks whether to publish despite the advice. */
export function AskAdvised({ story, findings, onClose, onPublish, onGo }: AskAdvisedProps) {
  const words = useStrings()
  const { FindingList } = useSlots()
  return (
    <Dialog
      title={words.checks.askTitle}
      lead={words.checks.askText}
      isOpen={findings.length > 0}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{words.common.cancel}</Button>
          <Button
            variant="primary"
            onPress={() => {
              onClose()
              onPublish()
            }}
          >
            {words.checks.publishAnyway}
          </Button>
        </>
      }
    >
      {FindingList && (
        <Suspense>
          <FindingList
            findings={findings}
            story={story}
            onGo={() => {
              onClose()
              onGo?.()
            }}
          />
        </Suspense>
      )}
    </Dialog>
  )
}

/** Advice that the user has already dismissed is not shown again. */
export function useAdvised() {
  const [asking, setAsking] = useState<readonly Finding[]>([])
  const [accepted, setAccepted] = useState('')
  return {
    asking,
    /** True if the user has to be asked first. */
    ask(found: readonly Finding[]): boolean {
      if (found.length === 0 || JSON.stringify(found) === accepted) return false
      setAsking(found)
      return true
    },
    accept: (): void => setAccepted(JSON.stringify(asking)),
    close: (): void => setAsking([])
  }
}
