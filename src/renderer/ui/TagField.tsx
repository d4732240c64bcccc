import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { X } from 'lucide-react'
import { Button, Tag, TagGroup, TagList } from 'react-aria-components'
import { useStrings } from '../strings/strings.ts'
import './tag-field.css'

export interface TagFieldProps {
  readonly label: string
  readonly values: readonly string[]
  readonly onChange: (values: string[]) => void
  readonly placeholder?: string
  readonly description?: ReactNode
  /** What is typed next goes here. */
  readonly autoFocus?: boolean
}

/**
 * Several short words: typed, then Enter or a comma (Latin or Arabic). Backspace in the empty field takes the last one
 * back to be mended.
 */
export function TagField({ label, values, onChange, placeholder, description, autoFocus = false }: TagFieldProps) {
  const words = useStrings()
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  useEffect(() => {
    if (autoFocus) field.current?.focus()
  }, [autoFocus])

  function add(text: string): void {
    const fresh = [
      ...new Set(
        text
          .split(/[,،;\n]/u)
          .map((part) => part.trim())
          .filter((part) => part !== '' && !values.includes(part))
      )
    ]
    if (fresh.length > 0) onChange([...values, ...fresh])
    setTyped('')
  }

  return (
    <div className="g-field">
      <span className="g-field-head">
        <label className="g-label" htmlFor={id}>
          {label}
        </label>
      </span>
      {/* A press anywhere in the field is meant for its text; the keyboard reaches that by itself. */}
      <div
        className="g-input g-tags"
        onPointerDown={(event) => {
          if (event.target === event.currentTarget) {
            event.preventDefault()
            field.current?.focus()
          }
        }}
      >
        {values.length > 0 && (
          <TagGroup
            aria-label={label}
            onRemove={(keys) => onChange(values.filter((value) => !keys.has(value)))}
            className="g-tag-group"
          >
            <TagList className="g-tag-list">
              {values.map((value) => (
                <Tag key={value} id={value} textValue={value} className="g-tag">
                  <span dir="auto">{value}</span>
                  <Button slot="remove" className="g-tag-remove" aria-label={words.common.remove}>
                    <X aria-hidden />
                  </Button>
                </Tag>
              ))}
            </TagList>
          </TagGroup>
        )}
        <input
          ref={field}
          id={id}
          className="g-tag-input"
          dir="auto"
          value={typed}
          placeholder={values.length === 0 ? placeholder : undefined}
          onChange={(event) =>
            /[,،;\n]/u.test(event.target.value) ? add(event.target.value) : setTyped(event.target.value)
          }
          onBlur={() => add(typed)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'Enter') {
              event.preventDefault()
              add(typed)
            }
            const last = values.at(-1)
            if (event.key === 'Backspace' && typed === '' && last !== undefined) {
              event.preventDefault()
              onChange(values.slice(0, -1))
              setTyped(last)
            }
          }}
        />
      </div>
      {description && <span className="g-description">{description}</span>}
    </div>
  )
}
