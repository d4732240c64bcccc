import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import type { StorySummary } from '../../../shared/article/story.ts'
import { useMaybeStore, type Readable } from '../../api/store.ts'
import { useStrings } from '../../strings/strings.tsx'
import { RowMenu } from './RowMenu.tsx'
import { RowsInPage } from './rows-in-page.ts'
import type { ListView } from './story-list.ts'
import type { ListRow } from './story-row.ts'

export interface StoryListBoxProps {
  readonly label: string
  readonly total: number
  /** Tells when `rowAt` answers anew; null for search results, which come with `hits`. */
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

/** A list box of any length: one tab stop, arrows move, Enter opens, letters find. Only rows near the screen are in the page. */
export function StoryListBox(props: StoryListBoxProps) {
  const { label, total, source, hits, rowAt, indexOf, tall, selected, readOnly, onLook, onOpen, onTrash } = props
  const listVersion = useMaybeStore(source)?.version
  const version = hits ?? listVersion
  const size = tall ? TALL_ROW : ROW
  const words = useStrings()
  const scroller = useRef<HTMLDivElement>(null)
  const place = useRef<HTMLDivElement>(null)
  const baseId = useId()
  const [active, setActive] = useState(0)
  const [menu, setMenu] = useState<{ x: number; y: number; summary: StorySummary } | null>(null)
  const [now, setNow] = useState(Date.now)
  const typed = useRef({ text: '', at: 0 })

  const [rows] = useState(() => new RowsInPage())
  useLayoutEffect(() => (scroller.current && place.current ? rows.follow(scroller.current, place.current) : undefined), [rows])
  useEffect(() => { const timer = setInterval(() => setNow(Date.now()), 30_000); return () => clearInterval(timer) }, [])

  // Rows that come or go above what is in sight move it by as much, so that the eye keeps its place.
  useLayoutEffect(() => {
    const held = rows.first()
    const at = held ? indexOf(held.story) : -1
    if (held && at >= 0 && Math.abs(at - held.index) < 50) rows.moveBy(at - held.index)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only new answers move rows; scrolling does not
  }, [version])
  useLayoutEffect(() => rows.show({ total, size, selected, active, activeId: `${baseId}-${active}`, now, words, rowAt, onLook }))

  // The open story is where the keyboard starts.
  useEffect(() => {
    const at = selected ? indexOf(selected) : -1
    if (at >= 0) setActive(at)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- follows what is open and new answers
  }, [selected, version])

  function move(to: number): void {
    const next = Math.max(0, Math.min(total - 1, to))
    setActive(next)
    rows.reveal(next)
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.metaKey || event.ctrlKey || event.altKey) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? size) / size) - 1)
    const row = rowAt(active)
    switch (event.key) {
      case 'ArrowDown': move(active + 1); break
      case 'ArrowUp': move(active - 1); break
      case 'PageDown': move(active + page); break
      case 'PageUp': move(active - page); break
      case 'Home': move(0); break
      case 'End': move(total - 1); break
      case 'Enter': if (row) onOpen(row.summary.id); break
      case ' ': if (row) onOpen(row.summary.id); break
      case 'Delete': if (row && !readOnly && row.summary.status !== 'trashed') onTrash(row.summary); break
      case 'ContextMenu': openMenuAtActive(); break
      default:
        if (event.key.length !== 1) return
        find(event.key)
    }
    event.preventDefault()
  }

  /** Typing finds the next headline that starts so, among the rows at hand. */
  function find(letter: string): void {
    const at = Date.now()
    const text = (at - typed.current.at < 700 ? typed.current.text : '') + letter.toLocaleLowerCase()
    typed.current = { text, at }
    for (let step = text.length > 1 ? 0 : 1; step < Math.min(total, 4000); step++) {
      const index = (active + step) % total
      if (rowAt(index)?.summary.headline.toLocaleLowerCase().startsWith(text)) { move(index); return }
    }
  }

  function openMenuAtActive(): void {
    const row = rowAt(active)
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
          if (row) { setActive(at); onOpen(row.summary.id) }
        }}
        onContextMenu={(event) => {
          const at = indexUnder(event)
          const row = rowAt(at)
          if (!row) return
          event.preventDefault()
          setActive(at)
          setMenu({ x: event.clientX, y: event.clientY, summary: row.summary })
        }}
      >
        <div ref={place} role="presentation" style={{ blockSize: total * size, position: 'relative' }} />
      </div>
      {menu && <RowMenu {...menu} readOnly={readOnly} onClose={() => { setMenu(null); scroller.current?.focus() }} onOpen={onOpen} onTrash={onTrash} onRestore={props.onRestore} onDuplicate={props.onDuplicate} />}
    </>
  )
}
