import { useEffect, useId, useMemo, useRef, type KeyboardEvent, type MouseEvent } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useStrings } from '../../../strings/strings.ts'
import { EmbargoRow, OutboxRow } from './OutboxRow.tsx'
import { isChoice, storyOf, type OutboxChoice, type OutboxListRow } from './outbox-rows.ts'

interface OutboxListBoxProps {
  readonly rows: readonly OutboxListRow[]
  /** The key of the row whose card is shown next to the list. */
  readonly selected: string | null
  /** Milliseconds UTC. */
  readonly now: number
  readonly zone: string
  readonly onSelect: (key: string) => void
  readonly onOpen: (storyId: string) => void
}

const ROW = 64
const HEADING = 34

/** A list box of any length that renders only its visible rows: arrow keys select, Enter opens the story. */
export function OutboxListBox({ rows, selected, now, zone, onSelect, onOpen }: OutboxListBoxProps) {
  const words = useStrings().outbox
  const scroller = useRef<HTMLDivElement>(null)
  const baseId = useId()
  const places = useMemo(() => rows.flatMap((row, at) => (isChoice(row) ? [at] : [])), [rows])
  const at = rows.findIndex((row) => isChoice(row) && row.key === selected)
  const active = places.indexOf(at)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'heading' ? HEADING : ROW),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8
  })
  // Headings and items differ in height, and both move when a delivery changes its group.
  useEffect(() => virtual.measure(), [virtual, rows])

  function move(to: number): void {
    const index = places[Math.max(0, Math.min(places.length - 1, to))]
    const row = index === undefined ? undefined : rows[index]
    if (index === undefined || !isChoice(row)) return
    onSelect(row.key)
    virtual.scrollToIndex(index === places[0] ? 0 : index)
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.metaKey || event.ctrlKey || event.altKey) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW) / ROW) - 1)
    const row = rows[at]
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => move(active + 1),
      ArrowUp: () => move(active - 1),
      PageDown: () => move(active + page),
      PageUp: () => move(active - page),
      Home: () => move(0),
      End: () => move(places.length - 1),
      Enter: () => {
        if (isChoice(row)) onOpen(storyOf(row))
      }
    }
    const todo = moves[event.key]
    if (!todo) return
    event.preventDefault()
    todo()
  }

  function rowUnder({ target }: MouseEvent): OutboxChoice | null {
    const place = (target as HTMLElement).closest('[aria-posinset]')?.getAttribute('aria-posinset')
    const row = place ? rows[places[Number(place) - 1] ?? -1] : undefined
    return isChoice(row) ? row : null
  }

  return (
    <div
      ref={scroller}
      className="outbox-list"
      role="listbox"
      aria-label={words.list}
      tabIndex={0}
      aria-activedescendant={active >= 0 ? `${baseId}-${selected}` : undefined}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const row = rowUnder(event)
        if (row) onSelect(row.key)
      }}
      onDoubleClick={(event) => {
        const row = rowUnder(event)
        if (row) onOpen(storyOf(row))
      }}
    >
      <div role="presentation" className="outbox-rows" style={{ blockSize: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, size, key }) => {
          const row = rows[index]
          if (!row) return null
          const style = { transform: `translateY(${start}px)`, blockSize: size }
          if (row.kind === 'heading')
            return (
              <div key={key} role="presentation" className="outbox-heading" style={style}>
                <span>{row.name}</span>
                <span className="outbox-count">{words.count(row.count)}</span>
              </div>
            )
          return (
            <div
              key={key}
              id={`${baseId}-${row.key}`}
              role="option"
              className="outbox-slot"
              style={style}
              aria-selected={row.key === selected}
              aria-setsize={places.length}
              aria-posinset={places.indexOf(index) + 1}
            >
              {row.kind === 'item' ? (
                <OutboxRow
                  item={row.item}
                  group={row.group}
                  isReplaced={row.isReplaced ?? false}
                  isPlanned={row.isPlanned ?? false}
                  now={now}
                  zone={zone}
                />
              ) : (
                <EmbargoRow embargo={row.embargo} waitsFor={row.waitsFor} now={now} zone={zone} />
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}
