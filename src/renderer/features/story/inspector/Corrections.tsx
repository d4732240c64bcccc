import { useState } from 'react'
import { Plus, X } from 'lucide-react'
import type { Correction } from '../../../../shared/story/fields.ts'
import { useSettings } from '../../../api/desk.tsx'
import { useField } from '../../../api/use-field.ts'
import { useStrings } from '../../../strings/strings.ts'
import { Button } from '../../../ui/Button.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { moment } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Select } from '../../../ui/Select.tsx'
import type { StorySession } from '../story-session.ts'

const places = ['bottom', 'top'] as const
const kinds = ['correction', 'clarification', 'update'] as const

export function Corrections({ session }: { readonly session: StorySession }) {
  const { inspector: words, common } = useStrings()
  const { zone } = useSettings()
  const [corrections, setCorrections] = useField(session, 'corrections')
  /** The correction just added: its text field takes the focus. */
  const [added, setAdded] = useState<string | null>(null)
  const change = (at: number, news: Partial<(typeof corrections)[number]>): void =>
    setCorrections(corrections.map((one, other) => (other === at ? { ...one, ...news } : one)))
  return (
    <>
      {corrections.map((one, at) => (
        <div key={one.at} className="correction" data-field={one.text.trim() === '' ? 'corrections' : undefined}>
          <div className="correction-head">
            <Select
              look="quiet"
              label={words.correctionKind}
              value={one.kind}
              onChange={(kind) => change(at, { kind })}
              options={kinds.map((kind) => ({ id: kind, label: words.correctionKinds[kind] }))}
            />
            <Select
              look="quiet"
              label={words.correctionPlace}
              value={one.place ?? 'bottom'}
              onChange={(place) =>
                setCorrections(corrections.map((other, n) => (n === at ? placed(other, place) : other)))
              }
              options={places.map((place) => ({ id: place, label: words.correctionPlaces[place] }))}
            />
            <time dateTime={one.at}>{moment(one.at, zone)}</time>
            <IconButton
              label={common.remove}
              icon={<X />}
              onPress={() => setCorrections(corrections.filter((_, other) => other !== at))}
            />
          </div>
          <TextField
            label={words.correctionText}
            data-part={`corrections.${at}`}
            value={one.text}
            onChange={(text) => change(at, { text })}
            multiline
            autoFocus={one.at === added}
          />
          {one.reason !== undefined && (
            <p className="correction-reason" dir="auto">
              {words.correctionReason(one.reason)}
            </p>
          )}
        </div>
      ))}
      <Button
        size="small"
        variant="quiet"
        icon={<Plus />}
        onPress={() => {
          const at = new Date().toISOString()
          setAdded(at)
          setCorrections([...corrections, { at, text: '', kind: 'correction' }])
        }}
      >
        {words.correctionAdd}
      </Button>
    </>
  )
}

function placed({ place: _place, ...rest }: Correction, place: 'top' | 'bottom'): Correction {
  return place === 'top' ? { ...rest, place } : rest
}
