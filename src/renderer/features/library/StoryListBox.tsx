import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import type { StorySummary } from '../../../shared/story/fields.ts'
import { useMaybeStore, type Readable } from '../../api/store.ts'
import { useDeskZone } from '../../api/desk.tsx'
import { useBehind } from '../../api/outbox.ts'
import { useStrings } from '../../strings/strings.ts'
import { RowMenu } from './RowMenu.tsx'
import { RowsInPage } from './rows-in-page.ts'
import type { ListView } from './story-list.ts'
import type { ListRow } from './story-row.ts'

export interface StoryListBoxProps {
  readonly label: string
  readonly total: number
  /** Notifies when `rowAt` returns something else; null for search results, which come with `hits`. */
  readonly source: Readable<ListView> | null
  readonly hits: readonly unknown[] | null
  readonly rowAt: (index: number) => ListRow | undefined
  readonly indexOf: (id: string) => number
  readonly tall: boolean
  readonly selected: string | null
  readonly readOnly: boolean
  readonly onLook: (from: number, to: number) => void
  readonly onOpen: (id: string) => void
  readonly onTrash: (summary: StorySummary) => void
  readonly onRestore: (id: string) => void
  readonly onDuplicate: (id: string) => void
}

const ROW = 76
const TALL_ROW = 96
/** Letters and spaces no further apart than this are one text to find. */
const TYPING_MS = 700

/**
 * A list box of any length: one tab stop, arrows move, Enter opens, letters find. Only rows near the screen, and the
 * one the keyboard is on, are in the page.
 */
export function StoryListBox(props: StoryListBoxProps) {
  const { label, total, source, hits, rowAt, indexOf, tall, selected, readOnly, onLook, onOpen, onTrash } = props
  const listVersion = useMaybeStore(source)?.version
  const version = hits ?? listVersion
  const size = tall ? TALL_ROW : ROW
  const words = useStrings()
  const scroller = useRef<HTMLDivElement>(null)
  const place = useRef<HTMLDivElement>(null)
  const baseId = useId()
  const [activeAt, setActive] = useState(0)
  const active = Math.min(activeAt, total - 1)
  // The story the keyboard has been put on. At first that is the open one, which may not be at hand yet; hits are gone
  // through from the top.
  const on = useRef(hits ? null : selected)
  const open = useRef(selected)
  const [menu, setMenu] = useState<{ x: number; y: number; summary: StorySummary } | null>(null)
  const [now, setNow] = useState(Date.now)
  const zone = useDeskZone()
  const behind = useBehind()
  const typed = useRef({ text: '', at: 0 })

  const [rows] = useState(() => new RowsInPage())
  useLayoutEffect(
    () => (scroller.current && place.current ? rows.follow(scroller.current, place.current) : undefined),
    [rows]
  )
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])

  // Rows that come or go above what is in sight move it by as much, so that the eye keeps its place.
  useLayoutEffect(() => {
    const held = rows.first()
    const at = held ? indexOf(held.story) : -1
    if (held && at >= 0 && Math.abs(at - held.index) < 50) rows.moveBy(at - held.index)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only new answers move rows; scrolling does not
  }, [version])
  useLayoutEffect(() =>
    rows.show({
      total,
      size,
      selected,
      active,
      activeId: `${baseId}-${active}`,
      now,
      zone,
      behind,
      words,
      rowAt,
      onLook
    })
  )

  // The keyboard goes to a story that is opened, and stays on its story wherever new answers put that; where it is
  // gone, in its place.
  useEffect(() => {
    if (selected && selected !== open.current) on.current = selected
    open.current = selected
    const at = on.current ? indexOf(on.current) : -1
    if (at >= 0) setActive(at)
    else if (on.current && on.current !== selected) on.current = rowAt(active)?.summary.id ?? null
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- follows what is open and new answers
  }, [selected, version])

  function activate(index: number): void {
    setActive(index)
    on.current = rowAt(index)?.summary.id ?? null
  }

  function move(to: number): void {
    const next = Math.max(0, Math.min(total - 1, to))
    activate(next)
    rows.reveal(next)
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.metaKey || event.ctrlKey || event.altKey) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? size) / size) - 1)
    const row = rowAt(active)
    switch (event.key) {
      case 'ArrowDown':
        move(active + 1)
        break
      case 'ArrowUp':
        move(active - 1)
        break
      case 'PageDown':
        move(active + page)
        break
      case 'PageUp':
        move(active - page)
        break
      case 'Home':
        move(0)
        break
      case 'End':
        move(total - 1)
        break
      case 'Enter':
        openActive()
        break
      case ' ':
        if (isTyping()) find(' ')
        else openActive()
        break
      // Nothing is thrown away unseen: the first press shows what a second one would.
      case 'Delete':
        if (rows.reveal(active) && row && !readOnly && row.summary.status !== 'trashed') onTrash(row.summary)
        break
      case 'ContextMenu':
        openMenuAtActive()
        break
      case 'F10':
        if (!event.shiftKey) return
        openMenuAtActive()
        break
      default:
        if (event.key.length !== 1) return
        find(event.key)
    }
    event.preventDefault()
  }

  function isTyping(): boolean {
    return Date.now() - typed.current.at < TYPING_MS
  }

  /** Typing finds the next headline that starts so, among the rows at hand. */
  function find(letter: string): void {
    const text = (isTyping() ? typed.current.text : '') + letter.toLocaleLowerCase()
    typed.current = { text, at: Date.now() }
    for (let step = text.length > 1 ? 0 : 1; step < Math.min(total, 4000); step++) {
      const index = (active + step) % total
      if (rowAt(index)?.summary.headline.toLocaleLowerCase().startsWith(text)) {
        move(index)
        return
      }
    }
  }

  function openActive(): void {
    const row = rowAt(active)
    if (!row) return
    rows.reveal(active)
    onOpen(row.summary.id)
  }

  function openMenuAtActive(): void {
    const row = rowAt(active)
    rows.reveal(active)
    const element = document.getElementById(`${baseId}-${active}`)
    if (!row || !element) return
    const box = element.getBoundingClientRect()
    setMenu({ x: box.left + 40, y: box.top + 28, summary: row.summary })
  }

  function indexUnder(event: MouseEvent): number {
    const element = (event.target as HTMLElement).closest('[aria-posinset]')
    return element ? Number(element.getAttribute('aria-posinset')) - 1 : -1
  }

  return (
    <>
      <div
        ref={scroller}
        className="story-list"
        role="listbox"
        aria-label={label}
        tabIndex={0}
        aria-activedescendant={rowAt(active) ? `${baseId}-${active}` : undefined}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const at = indexUnder(event)
          const row = rowAt(at)
          if (row) {
            activate(at)
            onOpen(row.summary.id)
          }
        }}
        onContextMenu={(event) => {
          const at = indexUnder(event)
          const row = rowAt(at)
          if (!row) return
          event.preventDefault()
          activate(at)
          setMenu({ x: event.clientX, y: event.clientY, summary: row.summary })
        }}
      >
        <div ref={place} role="presentation" style={{ blockSize: total * size, position: 'relative' }} />
      </div>
      {menu && (
        <RowMenu
          {...menu}
          readOnly={readOnly}
          onClose={() => {
            setMenu(null)
            scroller.current?.focus()
          }}
          onOpen={onOpen}
          onTrash={onTrash}
          onRestore={props.onRestore}
          onDuplicate={props.onDuplicate}
        />
      )}
    </>
  )
}
