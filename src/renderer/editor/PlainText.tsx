import { useEffect, useLayoutEffect, useRef } from 'react'
import { directionOfText } from '../../shared/document/direction.ts'
import type { UndoKeys } from './undo-keys.ts'
import { createPlainEditor, type PlainEditor } from './create-plain-editor.ts'

export interface PlainTextProps {
  /** The field's accessible name. */
  readonly label: string
  readonly value: string
  /** `isStep`: the change is an undo step by itself. */
  onChange(value: string, isStep: boolean): void
  /** Handles the undo keys; without it the field has its own undo. Read once. */
  readonly undoKeys?: UndoKeys
  readonly multiline?: boolean
  readonly placeholder?: string
  readonly className?: string
  /** Which text of its story or block it is; see `withTexts`. */
  readonly part?: string
  /** By default the direction of its text, or else of what surrounds it. */
  readonly dir?: 'ltr' | 'rtl'
  readonly lang?: string
  readonly editable?: boolean
  /** Enter was pressed in a single-line field. */
  onEnter?(): void
  onFocus?(): void
  onBlur?(): void
}

/**
 * A field of plain text that is edited in place: headline, standfirst, caption. It renders once; what is typed goes out
 * through `onChange`, and a `value` from outside is taken over with the caret moved no more than necessary.
 */
export function PlainText({
  label,
  value,
  multiline = false,
  placeholder,
  className,
  part,
  dir,
  lang,
  editable = true,
  undoKeys,
  ...events
}: PlainTextProps) {
  const element = useRef<HTMLDivElement>(null)
  const editor = useRef<PlainEditor>(null)
  const latest = useRef(events)
  const shown = useRef(value)
  const keys = useRef(undoKeys)
  useLayoutEffect(() => {
    latest.current = events
    shown.current = value
  })

  useLayoutEffect(() => {
    const made = createPlainEditor({
      value: shown.current,
      multiline,
      onChange: (text, isStep) => latest.current.onChange(text, isStep),
      onEnter: () => latest.current.onEnter?.(),
      ...(keys.current && { undoKeys: keys.current })
    })
    made.lexical.setRootElement(element.current)
    editor.current = made
    return () => {
      editor.current = null
      made.dispose()
    }
  }, [multiline])

  useEffect(() => {
    editor.current?.setValue(value)
  }, [value])
  useEffect(() => {
    editor.current?.lexical.setEditable(editable)
  }, [editable])

  return (
    <div
      ref={element}
      className={className === undefined ? 'plain-text' : `plain-text ${className}`}
      role="textbox"
      data-part={part}
      aria-label={label}
      aria-multiline={multiline}
      aria-readonly={!editable}
      data-placeholder={placeholder}
      data-empty={value === '' ? '' : undefined}
      contentEditable={editable}
      suppressContentEditableWarning
      dir={dir ?? directionOfText(value)}
      lang={lang}
      tabIndex={0}
      onFocus={() => latest.current.onFocus?.()}
      onBlur={() => latest.current.onBlur?.()}
    />
  )
}
