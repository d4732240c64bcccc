import { useState, type ReactNode } from 'react'
import { Copy, FilePlus2, FolderDown } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'
import type { Story } from '../../../shared/story/story.ts'
import { sayFailure } from '../../api/say-failure.ts'
import { navigate } from '../../api/router.ts'
import { useStrings } from '../../strings/strings.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { useDeskZone } from '../../api/desk.tsx'
import { clock } from '../../ui/format.ts'
import { toast } from '../../ui/Toast.tsx'
import { copyStoryText } from './copy-text.ts'
import type { StorySession } from './story-session.ts'

/** Two versions of one story. Nothing is overwritten: whichever the person chooses, both are kept. */
export function ConflictDialog({ session, theirs }: { readonly session: StorySession; readonly theirs: Story }) {
  const all = useStrings()
  const words = all.conflict
  const [busy, setBusy] = useState(false)
  const nameOfOurs = (headline: string): string => words.keptAs(headline || all.common.untitled)

  const zone = useDeskZone()
  async function take(how: () => Promise<void>): Promise<void> {
    setBusy(true)
    try {
      await how()
    } catch (thrown) {
      sayFailure(thrown)
      setBusy(false)
    }
  }

  return (
    <Dialog role="alertdialog" title={words.title} lead={words.lead} isOpen onClose={() => undefined}>
      <p className="conflict-theirs">
        <strong dir="auto">{theirs.fields.headline || all.common.untitled}</strong>
        <span>{words.theirs(clock(theirs.changedAt, zone))}</span>
      </p>
      <div className="conflict-choices">
        <Choice
          icon={<FilePlus2 />}
          title={words.fork}
          text={words.forkText}
          isDisabled={busy}
          onPress={() =>
            void take(async () => {
              const id = await session.saveAsNew(nameOfOurs)
              toast({ tone: 'ok', text: words.forked })
              navigate({ name: 'story', id })
            })
          }
        />
        <Choice
          icon={<FolderDown />}
          title={words.load}
          text={words.loadText}
          isDisabled={busy}
          onPress={() => void take(() => session.loadNewer(nameOfOurs))}
        />
        <Choice
          icon={<Copy />}
          title={words.copy}
          text={words.copyText}
          isDisabled={busy}
          onPress={() => void copyStoryText(session, all)}
        />
      </div>
    </Dialog>
  )
}

function Choice({
  icon,
  title,
  text,
  isDisabled,
  onPress
}: {
  readonly icon: ReactNode
  readonly title: string
  readonly text: string
  readonly isDisabled: boolean
  readonly onPress: () => void
}) {
  return (
    <AriaButton className="conflict-choice" isDisabled={isDisabled} onPress={onPress}>
      {icon}
      <span>
        <strong>{title}</strong>
        <span>{text}</span>
      </span>
    </AriaButton>
  )
}
