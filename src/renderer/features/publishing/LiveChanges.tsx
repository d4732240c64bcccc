import { useMemo, useState } from 'react'
import type { Standing } from '../../../shared/contract/outbox.ts'
import { newCorrections, silentChanges, substanceOfChange } from '../../../shared/story/substance.ts'
import { openStory, type OpenStory } from '../../api/open-story.ts'
import { useStore } from '../../api/store.ts'
import { useCall } from '../../api/use-call.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { toast } from '../../ui/Toast.tsx'
import { CorrectionDialog } from './CorrectionDialog.tsx'
import type { Change } from './plans.ts'
import { useRested } from './use-rested.ts'

interface LiveChangesProps {
  readonly story: OpenStory
  readonly standing: Standing
  /** How the update is presented to readers. */
  readonly change: Change
  /** Called when a notice has been added to the story. */
  readonly onCorrected: () => void
}

/** What an update changes for readers without telling them, and the button that makes a correction of it. */
export function LiveChanges({ story, standing, change, onCorrected }: LiveChangesProps) {
  const words = useStrings().correcting
  const [isOpen, setOpen] = useState(false)
  // This reads both versions whole and compares them word by word, so it waits until typing stops.
  const revision = useRested(useStore(story.revision), 1_000)
  const live = standing.receipt?.revision
  const versions = useCall(
    async (call, signal) => {
      if (live === undefined) return null
      if (openStory.get() === story) await story.flush()
      const [before, after] = await Promise.all([
        call.revisions.get({ storyId: story.id, revision: live }, signal),
        call.stories.get({ id: story.id }, signal)
      ])
      return { before, after }
    },
    [story.id, live, revision]
  ).data
  const told = useMemo(() => {
    if (!versions) return null
    const { before, after } = versions
    return {
      changes: substanceOfChange(before, after),
      silent: silentChanges(before, after, change).length,
      isMade: newCorrections(before.fields, after.fields).length > 0
    }
  }, [versions, change])
  if (!versions || !told || told.changes.length === 0) return null
  return (
    <div className="publish-live">
      {told.silent > 0 && <Notice tone="warn">{words.silent(told.silent)}</Notice>}
      {told.isMade && <p className="publish-note">{words.made}</p>}
      {/* The button stays after a correction is made, because it has the focus then. */}
      <Button size="small" onPress={() => setOpen(true)}>
        {words.make}
      </Button>
      <CorrectionDialog
        changes={told.changes}
        language={versions.after.fields.language}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onAdd={(correction) => {
          story.setFields({ corrections: [...story.fields.get().corrections, correction] }, true)
          setOpen(false)
          onCorrected()
          toast({ tone: 'ok', text: words.added })
        }}
      />
    </div>
  )
}
