import { memo, useCallback, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { Undo2 } from 'lucide-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { lineRoles, type IntakeLine, type IntakeReview, type LineRole } from '../../../shared/contract/intake.ts'
import { useStrings, whatHappened } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Select, type Option } from '../../ui/Select.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'

type Shown = 'all' | 'kept' | 'dropped'

interface IntakeLinesProps {
  readonly review: IntakeReview
  readonly onAssign: (lines: readonly number[], role: LineRole) => void
  /** Takes the last change back; null where none was made. */
  readonly onUndo: (() => void) | null
}

const nothing: ReadonlySet<number> = new Set()

/**
 * The page, line by line: what each is, and why. Only what is in sight is drawn, so that a page of any length can be
 * reviewed.
 */
export function IntakeLines({ review, onAssign, onUndo }: IntakeLinesProps) {
  const words = useStrings()
  const [shown, setShown] = useState<Shown>('all')
  const [chosen, setChosen] = useState(nothing)
  /** Where a range begins that Shift ends. */
  const anchor = useRef<number | null>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const lines = useMemo(
    () => review.lines.filter((line) => line.role !== 'blank' && (shown === 'all' || line.kept === (shown === 'kept'))),
    [review, shown]
  )
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 64,
    overscan: 8,
    getItemKey: (at) => lines[at]?.n ?? at
  })

  const roles = useMemo(
    () => lineRoles.filter((role) => role !== 'blank').map((id) => ({ id, label: words.intake.roles[id] })),
    [words]
  )
  const order = useRef(lines)
  order.current = lines
  const choose = useCallback((line: number, toHere: boolean) => {
    const from = anchor.current
    anchor.current = line
    setChosen((old) => {
      if (!toHere || from === null) return toggled(old, line)
      const [first, last] = from < line ? [from, line] : [line, from]
      return new Set([...old, ...order.current.filter(({ n }) => n >= first && n <= last).map(({ n }) => n)])
    })
  }, [])
  const assign = (which: readonly number[], role: LineRole): void => {
    onAssign(which, role)
    setChosen(nothing)
    // The buttons that said so go.
    scroller.current?.focus()
  }
  const all = review.lines.filter(({ role }) => role !== 'blank').map(({ n }) => n)
  const first = Math.min(...chosen)
  const last = Math.max(...chosen)

  const onKeyDown = (event: KeyboardEvent): void => {
    const isMod = event.ctrlKey || event.metaKey
    if (event.key === 'Escape' && chosen.size > 0) {
      event.stopPropagation()
      setChosen(nothing)
    } else if (isMod && event.key === 'a') {
      event.preventDefault()
      setChosen(new Set(lines.map(({ n }) => n)))
    } else if (isMod && event.key === 'z' && onUndo) {
      event.preventDefault()
      onUndo()
    }
  }

  return (
    <section className="intake-lines" aria-label={words.intake.lines} {...{ onKeyDown }}>
      <header className="intake-lines-head">
        <SegmentedControl
          bare
          label={words.intake.lines}
          value={shown}
          onChange={setShown}
          options={(['all', 'kept', 'dropped'] as const).map((id) => ({ id, label: words.intake.show[id] }))}
        />
        {onUndo && (
          <Button size="small" variant="quiet" icon={<Undo2 aria-hidden />} onPress={onUndo}>
            {words.intake.undo}
          </Button>
        )}
      </header>
      {chosen.size > 0 && (
        <div className="intake-chosen" role="toolbar" aria-label={words.intake.chosen(chosen.size)}>
          <b role="status">{words.intake.chosen(chosen.size)}</b>
          <Select
            look="quiet"
            label={words.intake.makeThem}
            placeholder={words.intake.makeThem}
            options={roles}
            value={null}
            onChange={(role) => assign([...chosen], role)}
          />
          <Button size="small" onPress={() => assign([...chosen], 'furniture')}>
            {words.intake.leaveOut}
          </Button>
          <Button
            size="small"
            variant="quiet"
            isDisabled={all[0] === first}
            onPress={() =>
              assign(
                all.filter((n) => n < first),
                'furniture'
              )
            }
          >
            {words.intake.leaveOutAbove}
          </Button>
          <Button
            size="small"
            variant="quiet"
            isDisabled={all.at(-1) === last}
            onPress={() =>
              assign(
                all.filter((n) => n > last),
                'furniture'
              )
            }
          >
            {words.intake.leaveOutBelow}
          </Button>
        </div>
      )}
      <div className="intake-scroll" ref={scroller} tabIndex={-1}>
        {lines.length === 0 && <EmptyState title={words.intake.empty} />}
        <ol className="intake-list" style={{ blockSize: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const line = lines[row.index]
            return (
              line && (
                <li
                  key={row.key}
                  ref={rows.measureElement}
                  data-index={row.index}
                  className="intake-row"
                  data-kept={line.kept}
                  data-role={line.role}
                  data-chosen={chosen.has(line.n) || undefined}
                  style={{ transform: `translateY(${row.start}px)` }}
                >
                  <LineRow
                    line={line}
                    roles={roles}
                    isChosen={chosen.has(line.n)}
                    onChoose={choose}
                    onAssign={onAssign}
                  />
                </li>
              )
            )
          })}
        </ol>
      </div>
    </section>
  )
}

interface LineRowProps {
  readonly line: IntakeLine
  readonly roles: readonly Option<LineRole>[]
  readonly isChosen: boolean
  readonly onChoose: (line: number, toHere: boolean) => void
  readonly onAssign: IntakeLinesProps['onAssign']
}

const LineRow = memo(function LineRow({ line, roles, isChosen, onChoose, onAssign }: LineRowProps) {
  const words = useStrings()
  return (
    <>
      <label className="intake-number">
        <input
          type="checkbox"
          aria-label={words.intake.choose(line.n + 1)}
          checked={isChosen}
          onChange={(event) => onChoose(line.n, (event.nativeEvent as MouseEvent).shiftKey)}
        />
        <span aria-hidden>{line.n + 1}</span>
      </label>
      <div className="intake-words">
        <p dir="auto">{line.text.length > 600 ? `${line.text.slice(0, 600)}…` : line.text}</p>
        <span className="intake-reason">{whatHappened(line.reason)}</span>
      </div>
      <Select
        look="quiet"
        label={words.intake.role(line.n + 1)}
        options={roles}
        value={line.role}
        onChange={(role) => onAssign([line.n], role)}
      />
    </>
  )
})

function toggled(old: ReadonlySet<number>, line: number): ReadonlySet<number> {
  const next = new Set(old)
  if (!next.delete(line)) next.add(line)
  return next
}
