import { useEffect, useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { takeTyped } from '../../api/typed-ahead.ts'
import './palette.css'

export interface PaletteEntry {
  readonly id: string
  /** Entries of one group stand together under its name. */
  readonly group?: string
  readonly row: ReactNode
  readonly run: () => void
}

export interface PaletteProps {
  readonly label: string
  readonly placeholder: string
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly entries: readonly PaletteEntry[]
  /** The entries are still those of another query: Enter waits for those that are meant. */
  readonly isBehind: boolean
  /** Said where there is nothing to choose. */
  readonly none: string
  readonly onClose: () => void
}

/** A field to type in, and what fits below it, chosen by arrows and Enter or by pointing. */
export function Palette({ label, placeholder, query, onQuery, entries, isBehind, none, onClose }: PaletteProps) {
  const [active, setActive] = useState(0)
  const [awaits, setAwaits] = useState(false)
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const { length } = entries
  const chosen = Math.min(active, length - 1)

  // The field has the focus by now.
  useLayoutEffect(() => {
    const typed = takeTyped()
    if (typed !== '') onQuery(typed + query)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- what was typed before there was a field is taken once
  }, [])
  useEffect(() => {
    setActive(0)
    setAwaits(false)
  }, [query])
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  useEffect(() => {
    if (!awaits || isBehind) return
    setAwaits(false)
    run(entries[0])
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- Enter was pressed once, and runs once
  }, [awaits, isBehind])

  function run(entry: PaletteEntry | undefined): void {
    if (!entry) return
    onClose()
    // After the focus has gone back to where it was, so that a command finds the caret it acts on.
    setTimeout(entry.run, 30)
  }

  function onKey(key: string): boolean {
    if (key === 'ArrowDown') setActive((chosen + 1) % Math.max(1, length))
    else if (key === 'ArrowUp') setActive((chosen - 1 + length) % Math.max(1, length))
    else if (key !== 'Enter') return false
    else if (isBehind) setAwaits(true)
    else run(entries[chosen])
    return true
  }

  return (
    <ModalOverlay
      className="g-veil palette-veil"
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Modal className="g-modal palette">
        <Dialog className="g-dialog" aria-label={label}>
          <input
            className="palette-input"
            autoFocus
            dir="auto"
            placeholder={placeholder}
            aria-label={placeholder}
            role="combobox"
            aria-expanded="true"
            aria-controls={`${id}-list`}
            aria-activedescendant={entries[chosen] ? `${id}-${chosen}` : undefined}
            value={query}
            onChange={(event) => onQuery(event.target.value)}
            onKeyDown={(event) => {
              if (!event.nativeEvent.isComposing && onKey(event.key)) event.preventDefault()
            }}
          />
          <div ref={list} id={`${id}-list`} className="palette-list" role="listbox" aria-label={label}>
            {entries.map((entry, at) => (
              <div key={entry.id} role="presentation">
                {entry.group !== undefined && entries[at - 1]?.group !== entry.group && (
                  <div className="g-section-head" role="presentation">
                    {entry.group}
                  </div>
                )}
                <button
                  type="button"
                  tabIndex={-1}
                  id={`${id}-${at}`}
                  role="option"
                  aria-selected={at === chosen}
                  className="palette-row"
                  onPointerMove={() => setActive(at)}
                  onClick={() => run(entry)}
                >
                  {entry.row}
                </button>
              </div>
            ))}
            {length === 0 && !isBehind && <p className="g-list-empty">{none}</p>}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
