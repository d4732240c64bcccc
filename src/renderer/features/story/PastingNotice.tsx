import { useEffect, useState } from 'react'
import type { Readable } from '../../api/store.ts'
import type { PasteProgress } from '../../editor/clipboard/register-clipboard.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'

/** A paste that has taken this long is announced. */
const LONG_MS = 500

export interface PastingNoticeProps {
  readonly progress: Readable<PasteProgress | null>
  readonly onStop: () => void
}

/** How far a long paste is, and the way to stop it. A short one is there before it could be read. */
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
