import { memo, useMemo, useRef, useState } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { lineRoles, type IntakeLine, type IntakeReview, type LineRole } from '../../../shared/contract/intake.ts'
import { useStrings, whatHappened } from '../../strings/strings.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Select } from '../../ui/Select.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'

type Shown = 'all' | 'kept' | 'dropped'

interface IntakeLinesProps {
  readonly review: IntakeReview
  readonly onAssign: (line: number, role: LineRole) => void
}

/**
 * The page, line by line: what each is, and why. Only what is in sight is drawn, so that a page of any length can be
 * reviewed.
 */
export function IntakeLines({ review, onAssign }: IntakeLinesProps) {
  const words = useStrings()
  const [shown, setShown] = useState<Shown>('all')
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

  return (
    <section className="intake-lines" aria-label={words.intake.lines}>
      <header className="intake-lines-head">
        <SegmentedControl
          bare
          label={words.intake.lines}
          value={shown}
          onChange={setShown}
          options={(['all', 'kept', 'dropped'] as const).map((id) => ({ id, label: words.intake.show[id] }))}
        />
      </header>
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
                  style={{ transform: `translateY(${row.start}px)` }}
                >
                  <LineRow line={line} onAssign={onAssign} />
                </li>
              )
            )
          })}
        </ol>
      </div>
    </section>
  )
}

const LineRow = memo(function LineRow({
  line,
  onAssign
}: {
  readonly line: IntakeLine
  readonly onAssign: IntakeLinesProps['onAssign']
}) {
  const words = useStrings()
  const options = useMemo(
    () => lineRoles.filter((role) => role !== 'blank').map((id) => ({ id, label: words.intake.roles[id] })),
    [words]
  )
  return (
    <>
      <span className="intake-number" aria-hidden>
        {line.n + 1}
      </span>
      <div className="intake-words">
        <p dir="auto">{line.text.length > 600 ? `${line.text.slice(0, 600)}…` : line.text}</p>
        <span className="intake-reason">{whatHappened(line.reason)}</span>
      </div>
      <Select
        look="quiet"
        label={words.intake.role(line.n + 1)}
        options={options}
        value={line.role}
        onChange={(role) => onAssign(line.n, role)}
      />
    </>
  )
})
