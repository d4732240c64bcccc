import { useEffect, useState } from 'react'
import type { Readable } from '../../api/store.ts'
import type { PasteProgress } from '../../editor/clipboard/register-clipboard.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'

/** A paste is announced once it has taken this long. */
const LONG_MS = 500

export interface PastingNoticeProps {
  readonly progress: Readable<PasteProgress | null>
  readonly onStop: () => void
}

/** Progress of a long paste, and a button to stop it. A short one is done before the notice could be read. */
export function PastingNotice({ progress, onStop }: PastingNoticeProps) {
  const { story, common } = useStrings()
  const shown = useLong(progress)
  if (!shown) return null
  return (
    <div className="pasting">
      <ProgressBar label={story.pasting} done={shown.done} total={shown.total === 0 ? null : shown.total} />
      <Button size="small" onPress={onStop}>
        {common.cancel}
      </Button>
    </div>
  )
}

function useLong(progress: Readable<PasteProgress | null>): PasteProgress | null {
  const [shown, setShown] = useState<PasteProgress | null>(null)
  useEffect(() => {
    let began = Infinity
    return progress.subscribe(() => {
      const now = progress.get()
      began = now ? Math.min(began, performance.now()) : Infinity
      setShown(performance.now() - began >= LONG_MS ? now : null)
    })
  }, [progress])
  return shown
}
