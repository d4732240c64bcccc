import { X } from 'lucide-react'
import { inWords, useStrings } from '../../strings/strings.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Notice } from '../../ui/Notice.tsx'
import type { Many } from './use-many.ts'

/** How many reasons are listed; nobody reads further. */
const SHOWN = 20

/**
 * What the last action left unchanged and why, or why it was not done; shown until the next action or until dismissed.
 */
export function HeldNotice({
  many: { held, refusal, missed, forget }
}: {
  readonly many: Pick<Many, 'held' | 'refusal' | 'missed' | 'forget'>
}) {
  const all = useStrings()
  const words = all.libraryMany
  if (!refusal && held.length === 0) return null
  return (
    <div className="library-held">
      <Notice
        tone={refusal ? 'danger' : 'warn'}
        actions={<IconButton label={all.common.dismiss} placement="top" icon={<X />} onPress={forget} />}
      >
        {refusal && <p>{inWords(refusal)}</p>}
        {missed > 0 && <p>{words.missed(missed)}</p>}
        {held.length > 0 && (
          <>
            <p>{words.held(held.length)}</p>
            <ul>
              {[...byReason(held.slice(0, SHOWN))].map(([why, stories]) => (
                <li key={why}>
                  {why}
                  {stories.map(({ id, headline }) => (
                    <strong key={id} dir="auto">
                      {headline || all.common.untitled}
                    </strong>
                  ))}
                </li>
              ))}
            </ul>
            {held.length > SHOWN && <p>{words.heldMore(held.length - SHOWN)}</p>}
          </>
        )}
      </Notice>
    </div>
  )
}

/** Groups the stories by reason, so that each reason appears once. */
function byReason(held: Many['held']): Map<string, Many['held'][number][]> {
  return Map.groupBy(held, ({ why }) => inWords(why))
}
