import { useEffect, useRef, useState } from 'react'
import { Undo2 } from 'lucide-react'
import type { Standing } from '../../../shared/contract/outbox.ts'
import { newId } from '../../../shared/lib/id.ts'
import { sayFailure } from '../../api/say-failure.ts'
import { useApi } from '../../api/api.tsx'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { useFocusLeft } from '../../ui/use-focus-left.ts'
import { toast } from '../../ui/Toast.tsx'

interface WithdrawButtonProps {
  readonly storyId: string
  /** Where the story is live or may be live. */
  readonly standings: readonly Standing[]
}

const EVERYWHERE = 'everywhere'

/** Takes a live story down, after asking where and why. */
export function WithdrawButton({ storyId, standings }: WithdrawButtonProps) {
  const api = useApi()
  const words = useStrings()
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const [chosen, setChosen] = useState(EVERYWHERE)
  const [busy, setBusy] = useState(false)
  const places = standings.filter(({ targetId }) => chosen === EVERYWHERE || targetId === chosen)
  const names = places.map(({ targetName }) => targetName).join(', ')
  /** The last toast. It is removed once the story is gone from those targets, because the cards say so then. */
  const told = useRef<{ readonly targetIds: readonly string[]; readonly takeAway: () => void }>(null)
  useEffect(() => {
    if (!standings.some(({ targetId }) => told.current?.targetIds.includes(targetId))) told.current?.takeAway()
  }, [standings])
  useEffect(() => () => told.current?.takeAway(), [])
  const withdraw = async (): Promise<void> => {
    setBusy(true)
    try {
      const targetIds = places.map(({ targetId }) => targetId)
      await api.call.publishing.withdraw({ storyId, targetIds, reason: reason.trim(), changeId: newId() })
      setAsking(false)
      setReason('')
      told.current = { targetIds, takeAway: toast({ tone: 'ok', text: words.publishing.withdrawQueued(names) }) }
    } catch (thrown) {
      sayFailure(thrown)
    } finally {
      setBusy(false)
    }
  }
  const root = useFocusLeft<HTMLSpanElement>()
  return (
    <span ref={root} className="publish-withdraw">
      <Button variant="quiet" icon={<Undo2 />} onPress={() => setAsking(true)}>
        {words.publishing.withdraw}
      </Button>
      <Dialog
        role="alertdialog"
        title={words.publishing.withdrawTitle}
        lead={words.publishing.withdrawText}
        isOpen={asking}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button onPress={() => setAsking(false)}>{words.common.cancel}</Button>
            <Button
              variant="danger"
              isDisabled={reason.trim() === '' || places.length === 0}
              isPending={busy}
              onPress={() => {
                void withdraw()
              }}
            >
              {words.publishing.withdrawFrom(names)}
            </Button>
          </>
        }
      >
        {standings.length > 1 && (
          <Select
            label={words.publishing.withdrawWhere}
            value={chosen}
            onChange={setChosen}
            options={[
              { id: EVERYWHERE, label: words.publishing.everywhere(standings.length) },
              ...standings.map(({ targetId, targetName }) => ({ id: targetId, label: targetName }))
            ]}
          />
        )}
        <TextField
          label={words.publishing.withdrawReason}
          isNeeded
          description={words.publishing.withdrawReasonText}
          value={reason}
          onChange={setReason}
          multiline
          maxLength={2000}
        />
      </Dialog>
    </span>
  )
}
