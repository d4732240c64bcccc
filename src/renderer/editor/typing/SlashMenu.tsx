import { useEffect, useId, useLayoutEffect, useRef, useState, useSyncExternalStore, type ComponentType } from 'react'
import { createPortal } from 'react-dom'
import { ImagePlus } from 'lucide-react'
import { fold } from '../../../shared/find/fold.ts'
import { useStrings } from '../../strings/strings.ts'
import { blockOffers } from '../blocks/editor-blocks.ts'
import type { BodyEditor } from '../body-editor.ts'
import { rangeOfText } from '../dom-range.ts'
import type { Slash, SlashKey } from './slash.ts'
import './slash-menu.css'

export interface SlashMenuProps {
  readonly editor: BodyEditor
  /** Lets the person choose a picture; without this, none is offered. */
  onPicture?: (() => void) | undefined
}

interface Entry {
  readonly id: string
  readonly label: string
  readonly icon: ComponentType
  run(): void
}

/**
 * The blocks offered after a slash. The focus stays in the text, which names the active entry by
 * `aria-activedescendant`.
 */
export function SlashMenu({ editor, onPicture }: SlashMenuProps) {
  const { state } = editor.slash
  const slash = useSyncExternalStore(state.subscribe, state.getSnapshot)
  return slash && <SlashList key={`${slash.key} ${slash.start}`} editor={editor} slash={slash} onPicture={onPicture} />
}

function SlashList({ editor, slash, onPicture }: SlashMenuProps & { readonly slash: Slash }) {
  const { toolbar: words } = useStrings()
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(0)
  const all: readonly Entry[] = [
    ...blockOffers.map(({ choice, icon }) => ({
      id: choice,
      label: words.blocks[choice],
      icon,
      run: () => editor.chooseAtSlash(choice)
    })),
    ...(onPicture
      ? [
          {
            id: 'picture',
            label: words.picture,
            icon: ImagePlus,
            run: () => {
              editor.chooseAtSlash(null)
              onPicture()
            }
          }
        ]
      : [])
  ]
  const entries = all.filter((entry) => fits(entry, slash.query))
  const active = Math.min(at, entries.length - 1)
  const activeId = entries[active] ? `${id}-${entries[active].id}` : null

  useLayoutEffect(() => {
    editor.slash.onKey = (key: SlashKey) => {
      if (entries.length === 0) return false
      if (key === 'Escape') editor.slash.close()
      else if (key === 'ArrowDown') setAt((active + 1) % entries.length)
      else if (key === 'ArrowUp') setAt((active - 1 + entries.length) % entries.length)
      else entries[active]?.run()
      return true
    }
    return () => {
      editor.slash.onKey = null
    }
  })
  useEffect(() => setAt(0), [slash.query])

  useEffect(() => {
    const root = editor.lexical.getRootElement()
    if (!root || activeId === null) return
    root.setAttribute('aria-controls', id)
    root.setAttribute('aria-activedescendant', activeId)
    document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' })
    return () => {
      root.removeAttribute('aria-controls')
      root.removeAttribute('aria-activedescendant')
    }
  }, [editor, id, activeId])

  useLayoutEffect(() => {
    const place = (): void => {
      const text = editor.lexical.getElementByKey(slash.key)
      const box = text && rangeOfText(text, slash.start, slash.start + 1)?.getBoundingClientRect()
      if (!box || !list.current) return
      const { offsetHeight: height, offsetWidth: width, style } = list.current
      const isBelow = box.bottom + height + 8 <= innerHeight || box.top < height + 8
      const isRtl = getComputedStyle(text).direction === 'rtl'
      style.top = `${isBelow ? box.bottom + 4 : box.top - height - 4}px`
      style.left = `${Math.max(8, Math.min(isRtl ? box.right - width : box.left, innerWidth - width - 8))}px`
    }
    place()
    addEventListener('scroll', place, { capture: true, passive: true })
    addEventListener('resize', place)
    return () => {
      removeEventListener('scroll', place, { capture: true })
      removeEventListener('resize', place)
    }
  }, [editor, slash, entries.length])

  if (entries.length === 0) return null
  return createPortal(
    <div ref={list} id={id} className="g-popover g-list slash-menu" role="listbox" aria-label={words.insert}>
      {entries.map((entry, index) => (
        <div
          key={entry.id}
          id={`${id}-${entry.id}`}
          className="g-item"
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          data-focused={index === active || undefined}
          // The text keeps the focus.
          onPointerDown={(event) => {
            event.preventDefault()
            entry.run()
          }}
          onPointerMove={() => setAt(index)}
        >
          <entry.icon />
          <span className="g-item-words">{entry.label}</span>
        </div>
      ))}
    </div>,
    // Inside the main landmark, where a screen reader looks for it.
    document.querySelector('main') ?? document.body
  )
}

/** Matches the beginning of any word of the label. */
function fits({ id, label }: Entry, query: string): boolean {
  const plain = (text: string): string => fold(text, { matchCase: false, matchAccents: false }).text
  const wanted = plain(query)
  return (
    [plain(id), ...plain(label).split(/\s+/)].some((word) => word.startsWith(wanted)) || plain(label).startsWith(wanted)
  )
}
