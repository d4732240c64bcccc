import { useEffect, useState } from 'react'
import { Checkbox, CheckboxGroup, Label } from 'react-aria-components'
import { proposedCorrection } from '../../../shared/formats/proposed-correction.ts'
import type { Correction } from '../../../shared/story/fields.ts'
import type { Substance } from '../../../shared/story/substance.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'

interface CorrectionDialogProps {
  /** What differs from the version readers have, in page order. */
  readonly changes: readonly Substance[]
  /** The story's language, in which the wording is proposed. */
  readonly language: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onAdd: (correction: Correction) => void
}

/** Turns changes into a notice to readers. */
export function CorrectionDialog({ isOpen, onClose, ...rest }: CorrectionDialogProps) {
  const words = useStrings()
  const [made, setMade] = useState<Correction | null>(null)
  // Closing discards whatever was typed but not added, so the form and its button start afresh.
  useEffect(() => {
    if (!isOpen) setMade(null)
  }, [isOpen])
  const isWhole = made !== null && made.text.trim() !== '' && (made.reason ?? '').trim() !== ''
  const add = (): void => {
    if (isWhole) rest.onAdd({ ...made, at: new Date().toISOString(), text: made.text.trim() })
  }
  return (
    <Dialog
      title={words.correcting.title}
      lead={words.correcting.lead}
      width="large"
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{words.common.cancel}</Button>
          <Button variant="primary" isDisabled={!isWhole} onPress={add}>
            {words.correcting.add}
          </Button>
        </>
      }
    >
      {isOpen && <CorrectionForm {...rest} onChange={setMade} onDone={add} />}
    </Dialog>
  )
}

interface CorrectionFormProps extends Pick<CorrectionDialogProps, 'changes' | 'language'> {
  readonly onChange: (correction: Correction) => void
  readonly onDone: () => void
}

interface Draft {
  /** Positions in `changes`. */
  readonly about: readonly string[]
  readonly text: string
  /** The user has edited the proposed wording. */
  readonly isOwn: boolean
  readonly kind: Correction['kind']
  readonly place: 'top' | 'bottom'
  readonly reason: string
}

function CorrectionForm({ changes, language, onChange, onDone }: CorrectionFormProps) {
  const all = useStrings()
  const words = all.correcting
  const kinds = all.inspector.correctionKinds
  const propose = (about: readonly string[]): string =>
    proposedCorrection(
      changes.filter((_change, at) => about.includes(String(at))),
      language
    )
  const [draft, setDraft] = useState<Draft>(() => {
    // Something that was only added was not wrong before.
    const wrong = changes.flatMap(({ kind }, at) => (kind === 'new' ? [] : [String(at)]))
    const about = wrong.length > 0 ? wrong : changes.map((_change, at) => String(at))
    return {
      about,
      text: propose(about),
      isOwn: false,
      kind: wrong.length > 0 ? 'correction' : 'update',
      place: 'bottom',
      reason: ''
    }
  })
  const change = (news: Partial<Draft>): void => {
    const next = { ...draft, ...news }
    setDraft(next)
    const { text, kind, place, reason } = next
    onChange({ at: '', text, kind, ...(place === 'top' && { place }), reason: reason.trim() })
  }
  return (
    <div className="correction-form">
      <CheckboxGroup
        className="newsletters"
        value={[...draft.about]}
        onChange={(about) => change({ about, ...(!draft.isOwn && { text: propose(about) }) })}
      >
        <Label className="g-label">{words.about}</Label>
        {changes.map((one, at) => (
          <Checkbox key={at} value={String(at)} className="newsletter">
            <span className="newsletter-box" aria-hidden />
            <span className="newsletter-words">
              <b>
                {[one.where === 'body' ? words.where.body(one.part) : words.where[one.where], words.of[one.of]]
                  .filter(Boolean)
                  .join(' · ')}
              </b>
              <span>
                {words.stood}: <q dir="auto">{one.before || words.nothing}</q>
              </span>
              <span>
                {words.stands}: <q dir="auto">{one.after || words.nothing}</q>
              </span>
            </span>
          </Checkbox>
        ))}
      </CheckboxGroup>
      <TextField
        label={words.notice}
        isNeeded
        description={words.noticeText}
        value={draft.text}
        onChange={(text) => change({ text, isOwn: true })}
        multiline
        dir="auto"
        lang={language}
      />
      {draft.isOwn && (
        <Button size="small" variant="quiet" onPress={() => change({ text: propose(draft.about), isOwn: false })}>
          {words.propose}
        </Button>
      )}
      <div className="correction-choices">
        <SegmentedControl
          label={all.inspector.correctionKind}
          value={draft.kind}
          onChange={(kind) => change({ kind })}
          options={(['correction', 'clarification', 'update'] as const).map((id) => ({ id, label: kinds[id] }))}
        />
        <SegmentedControl
          label={words.place}
          value={draft.place}
          onChange={(place) => change({ place })}
          options={(['top', 'bottom'] as const).map((id) => ({ id, label: words.places[id] }))}
        />
      </div>
      <TextField
        label={words.reason}
        isNeeded
        description={words.reasonText}
        value={draft.reason}
        onChange={(reason) => change({ reason })}
        onKeyDown={({ key }) => {
          if (key === 'Enter') onDone()
        }}
      />
    </div>
  )
}
