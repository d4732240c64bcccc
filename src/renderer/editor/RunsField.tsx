import type { LexicalEditor } from 'lexical'
import { useEffect, useLayoutEffect, useRef, type FocusEvent } from 'react'
import { directionOfText } from '../../shared/document/direction.ts'
import { textOfRuns, type Run } from '../../shared/document/runs.ts'
import { undoOf } from './undo-keys.ts'
import { createRunsEditor, type RunsEditor } from './create-runs-editor.ts'
import { lineAtWork } from './linked-text.ts'
import { drawRuns } from './draw-runs.ts'

export interface RunsFieldProps {
  /** The body's editor, whose undo the field uses. */
  readonly body: LexicalEditor
  /** The field's accessible name. */
  readonly label: string
  readonly runs: readonly Run[]
  readonly editable: boolean
  readonly placeholder?: string
  readonly className?: string
  /** Which text of its story or block it is; see `withTexts`. */
  readonly part?: string
  /** `isStep`: the change is an undo step by itself. */
  onChange(runs: Run[], isStep: boolean): void
  /** Sees each key before the field does; returns true if it handled the key. */
  onKey?(event: KeyboardEvent, field: HTMLElement): boolean
  onFocus?(): void
  onBlur?(event: FocusEvent): void
}

/**
 * A line of formatted text inside a block that React renders. It is only drawn until the pointer or the focus comes to
 * it, so that a table of a thousand cells costs only as much as the cells being edited. It renders once; what is typed
 * goes out through `onChange`.
 */
export function RunsField({ body, label, runs, editable, placeholder, className, part, ...events }: RunsFieldProps) {
  const element = useRef<HTMLDivElement>(null)
  const editor = useRef<RunsEditor>(null)
  const latest = useRef(events)
  const shown = useRef({ runs, editable })
  useLayoutEffect(() => {
    latest.current = events
    shown.current = { runs, editable }
  })

  useLayoutEffect(() => {
    const field = element.current
    if (!field) return
    const begin = (event: Event) => {
      if (editor.current || !shown.current.editable) return
      field.replaceChildren()
      const made = createRunsEditor({
        runs: shown.current.runs,
        onChange: (next, isStep) => latest.current.onChange(next, isStep),
        undoKeys: undoOf(body),
        onKey: (key) => latest.current.onKey?.(key, field) ?? false
      })
      editor.current = made
      made.lexical.setRootElement(field)
      // The pointer arrives before it is pressed, and the press then sets the caret itself.
      if (event.type === 'focus') made.selectEnd()
    }
    // In the capture phase, before an editor inside receives the event.
    for (const type of NEAR) field.addEventListener(type, begin, true)
    return () => {
      for (const type of NEAR) field.removeEventListener(type, begin, true)
      if (lineAtWork.getSnapshot() === editor.current?.links) lineAtWork.set(null)
      editor.current?.dispose()
      editor.current = null
    }
  }, [body])

  useLayoutEffect(() => {
    if (editor.current) editor.current.setRuns(runs)
    else if (element.current) drawRuns(element.current, runs)
  }, [runs])
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
      aria-multiline={false}
      aria-readonly={!editable}
      data-placeholder={placeholder}
      data-empty={runs.length === 0 ? '' : undefined}
      contentEditable={editable}
      suppressContentEditableWarning
      dir={directionOfText(textOfRuns(runs))}
      tabIndex={0}
      onFocus={() => {
        if (editor.current) lineAtWork.set(editor.current.links)
        latest.current.onFocus?.()
      }}
      onBlur={(event) => latest.current.onBlur?.(event)}
    />
  )
}

const NEAR = ['pointerenter', 'pointerdown', 'focus'] as const
