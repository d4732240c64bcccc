import { X } from 'lucide-react'
import { Button, Tag, TagGroup, TagList } from 'react-aria-components'
import { useStrings } from '../../strings/strings.ts'
import { languageName } from '../../strings/languages.ts'
import '../../ui/tag-field.css'
import type { Narrowed } from './filter.ts'

export interface FilterChipsProps {
  readonly value: Narrowed
  readonly onChange: (value: Narrowed) => void
}

/** The active filters; each can be removed. */
export function FilterChips({ value, onChange }: FilterChipsProps) {
  const words = useStrings().libraryMany
  const { shown: _shown, ...filters } = value
  const chips = Object.entries(filters).flatMap(([key, chosen]: [string, string | undefined]) => {
    if (chosen === undefined) return []
    const name =
      key === 'since' && value.since
        ? words.sinceNames[value.since]
        : key === 'language'
          ? languageName(chosen)
          : chosen
    return [{ key, name }]
  })
  if (chips.length === 0) return null
  return (
    <TagGroup
      aria-label={words.filters}
      className="g-tag-group library-chips"
      onRemove={(keys) =>
        onChange(Object.fromEntries(Object.entries(value).filter(([key]) => !keys.has(key))) as unknown as Narrowed)
      }
    >
      <TagList className="g-tag-list">
        {chips.map(({ key, name }) => (
          <Tag key={key} id={key} textValue={name} className="g-tag">
            <span dir="auto">{name}</span>
            <Button slot="remove" className="g-tag-remove" aria-label={words.removeFilter(name)}>
              <X aria-hidden />
            </Button>
          </Tag>
        ))}
      </TagList>
    </TagGroup>
  )
}
