import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import type { StorySummary } from '../../../shared/story/fields.ts'
import { sayFailure } from '../../api/say-failure.ts'
import { useMaybeStore, useStore, type Readable } from '../../api/store.ts'
import { useDeskZone } from '../../api/desk.tsx'
import { useUnderWay } from '../../api/on-sites.ts'
import { useBehind } from '../../api/outbox.ts'
import { useStrings } from '../../strings/strings.ts'
import { RowMenu } from './RowMenu.tsx'
import { RowsInPage } from './rows-in-page.ts'
import { StretchChoice } from './stretch.ts'
import type { StorySelection } from './selection.ts'
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
  readonly onErase: (summary: StorySummary) => void
  readonly selection: StorySelection
  /** The stories between two rows, in list order. */
  readonly idsBetween: (from: number, to: number) => Promise<readonly string[]> | readonly string[]
  /** Moves the selected stories to the trash. */
  readonly onTrashChosen: () => void
}

/** Keys that move along the list, and with Shift select on the way. */
const MOVES = new Set(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'])
const ROW = 76
const TALL_ROW = 96
/** Letters and spaces typed within this time of each other, in ms, form one text to find. */
const TYPING_MS = 700
/** A pointer that moves less than this between press and release, in pixels, has clicked. */
const STILL = 8

/**
 * A list box of any length: one tab stop, arrows move, Enter opens, typing finds. Only the rows near the screen, and
 * the one with the keyboard focus, are in the page.
 */
export function StoryListBox(props: StoryListBoxProps) {
  const { label, total, source, hits, rowAt, indexOf, tall, selected, readOnly, onLook, onOpen, onTrash } = props
  const { selection, idsBetween } = props
  const chosen = useStore(selection.view)
  const listVersion = useMaybeStore(source)?.version
  const version = hits ?? listVersion
  const size = tall ? TALL_ROW : ROW
  const words = useStrings()
  const scroller = useRef<HTMLDivElement>(null)
  const place = useRef<HTMLDivElement>(null)
  const baseId = useId()
  const [activeAt, setActive] = useState(0)
  const active = Math.min(activeAt, total - 1)
  // The story with the keyboard focus. Initially the open story, whose row may not be loaded yet; in search results,
  // the first hit.
  const on = useRef(hits ? null : selected)
  const open = useRef(selected)
  /** The row at which a range selection starts; -1 until there is one. */
  const anchor = useRef(-1)
  const [stretch] = useState(() => new StretchChoice(selection, sayFailure))
  useEffect(() => () => stretch.giveUp(), [stretch])
  const [menu, setMenu] = useState<{ x: number; y: number; summary: StorySummary } | null>(null)
  const [now, setNow] = useState(Date.now)
  const zone = useDeskZone()
  const behind = useBehind()
  const underWay = useUnderWay()
  const typed = useRef({ text: '', at: 0 })
  const pressed = useRef<{ readonly story: string; readonly x: number; readonly y: number } | null>(null)

  const [rows] = useState(() => new RowsInPage())
  useLayoutEffect(
    () => (scroller.current && place.current ? rows.follow(scroller.current, place.current) : undefined),
    [rows]
  )
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])

  // If rows appear or disappear above what is in view, scrolls by as much, so that the view stays the same.
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
      chosen,
      active,
      activeId: `${baseId}-${active}`,
      now,
      zone,
      behind,
      underWay,
      words,
      rowAt,
      onLook
    })
  )

  // The keyboard focus moves to a story that is opened, and stays with its story wherever a new reply puts it; if the
  // story is gone, it stays at the same row.
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

  /** Returns the row it moved to. */
  function move(to: number): number {
    const next = Math.max(0, Math.min(total - 1, to))
    activate(next)
    rows.reveal(next)
    return next
  }

  /** The row a key moves to. */
  function placeOf(key: string): number {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? size) / size) - 1)
    switch (key) {
      case 'ArrowDown':
        return active + 1
      case 'ArrowUp':
        return active - 1
      case 'PageDown':
        return active + page
      case 'PageUp':
        return active - page
      case 'Home':
        return 0
      default:
        return total - 1
    }
  }

  /** Selects every story from the anchor to that row. */
  function chooseTo(to: number): void {
    if (anchor.current < 0) anchor.current = active
    const [first, last] = [Math.min(anchor.current, to), Math.max(anchor.current, to)]
    stretch.choose(() => idsBetween(first, last))
  }

  function toggle(index: number): void {
    stretch.giveUp()
    const row = rowAt(index)
    if (row) selection.toggle(row.summary.id, selected !== null && indexOf(selected) >= 0 ? selected : null)
    anchor.current = index
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey) return
    if (event.metaKey || event.ctrlKey) {
      if (event.key.toLowerCase() === 'a') {
        anchor.current = 0
        chooseTo(total - 1)
      } else if (event.key === ' ') toggle(active)
      else return
      event.preventDefault()
      return
    }
    if (event.shiftKey && MOVES.has(event.key)) {
      if (anchor.current < 0 || chosen.size === 0) anchor.current = active
      chooseTo(move(placeOf(event.key)))
      event.preventDefault()
      return
    }
    if (event.key === 'Escape') {
      stretch.giveUp()
      if (chosen.size === 0) return
      selection.clear()
      event.preventDefault()
      return
    }
    const row = rowAt(active)
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
      case 'PageDown':
      case 'PageUp':
      case 'Home':
      case 'End':
        anchor.current = move(placeOf(event.key))
        break
      case 'Enter':
        openActive()
        break
      case ' ':
        if (isTyping()) find(' ')
        else if (chosen.size > 0) toggle(active)
        else openActive()
        break
      // Nothing is moved to the trash unseen: if the row is out of view, the first press only shows it.
      case 'Delete':
        stretch.whenChosen(() => {
          if (selection.size > 0) props.onTrashChosen()
          else if (rows.reveal(active) && row && !readOnly && row.summary.status !== 'trashed') onTrash(row.summary)
        })
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

  /** Finds the next headline that starts with what was typed, among the rows that are loaded. */
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

  /** The index of the clicked row: that of the story that was pressed, wherever the list has moved it since. */
  function indexClicked(event: MouseEvent): number {
    const press = pressed.current
    pressed.current = null
    const isStill = press && Math.hypot(event.clientX - press.x, event.clientY - press.y) < STILL
    return isStill ? indexOf(press.story) : indexUnder(event)
  }

  return (
    <>
      <div
        ref={scroller}
        className="story-list"
        role="listbox"
        aria-label={label}
        aria-multiselectable
        tabIndex={0}
        aria-activedescendant={rowAt(active) ? `${baseId}-${active}` : undefined}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          const story = rowAt(indexUnder(event))?.summary.id
          pressed.current = story === undefined ? null : { story, x: event.clientX, y: event.clientY }
        }}
        onClick={(event) => {
          const at = indexClicked(event)
          const row = rowAt(at)
          if (!row) return
          if (event.shiftKey) chooseTo(at)
          else if (event.ctrlKey || event.metaKey) toggle(at)
          else {
            stretch.giveUp()
            selection.clear()
            anchor.current = at
            onOpen(row.summary.id)
          }
          activate(at)
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
          onErase={props.onErase}
        />
      )}
    </>
  )
}
