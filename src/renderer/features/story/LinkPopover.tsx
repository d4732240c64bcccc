import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { Copy, ExternalLink, Pencil, Unlink } from 'lucide-react'
import { isSafeHref } from '../../../shared/document/runs.ts'
import { useCommands } from '../../api/commands.ts'
import { useStore, type Readable } from '../../api/store.ts'
import type { BodyEditorHandle } from '../../editor/body-editor.ts'
import { lineAtWork } from '../../editor/linked-text.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { copy } from '../../ui/copy.ts'
import { withScheme } from './link-address.ts'
import './link-popover.css'

export interface LinkPopoverProps {
  /** Null until the body has been rendered. */
  readonly editor: Readable<BodyEditorHandle | null>
  readonly editable: boolean
}

const none = (): (() => void) => () => undefined

/**
 * Shows the address of the link at the caret, and lets a person edit, open, copy or remove it. The focus stays in the
 * text until somebody moves to the address by its key or button, and then returns to the caret.
 */
export function LinkPopover({ editor, editable }: LinkPopoverProps) {
  const { link: words, palette } = useStrings()
  const handle = useStore(editor)
  const line = useSyncExternalStore(lineAtWork.subscribe, lineAtWork.getSnapshot)
  const inLine = useSyncExternalStore(line?.href.subscribe ?? none, () => line?.href.getSnapshot() ?? null)
  const inBody = useSyncExternalStore(
    handle?.selection.subscribe ?? none,
    () => handle?.selection.getSnapshot().link?.href ?? null
  )
  const href = line ? inLine : inBody
  const text = line ?? handle
  const [hasFocus, setHasFocus] = useState(false)
  const [isEditing, setEditing] = useState(false)
  /** Dismissed until the caret next enters a link. */
  const [isAway, setAway] = useState(false)
  const isShown = href !== null && editable && hasFocus && (isEditing || !isAway)

  const back = (): void => {
    setEditing(false)
    setAway(true)
    text?.focus()
  }

  /**
   * In a text field within the body (such as a table cell) the key would run a desk command; it is caught here first.
   */
  const edit = (): boolean => {
    if (!line || href === null || !editable) return false
    setHasFocus(true)
    setEditing(true)
    return true
  }

  const latest = useRef({ back, edit })
  latest.current = { back, edit }

  useEffect(() => {
    if (href !== null) return
    setAway(false)
    setEditing(false)
  }, [href])

  useEffect(() => {
    const look = (): void => {
      const { activeElement: active } = document
      const isInside = Boolean(active?.closest('.link-popover'))
      setHasFocus(isInside || active?.matches('.article-body') === true || isLine(active))
      if (!isInside) setEditing(false)
    }
    // While the focus moves between two elements, nothing has it for a moment.
    const later = (): void => queueMicrotask(look)
    const keys = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && document.activeElement?.closest('.link-popover')) {
        event.preventDefault()
        event.stopPropagation()
        return latest.current.back()
      }
      const isKey = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.code === 'KeyK'
      if (isKey && isLine(event.target) && latest.current.edit()) {
        event.preventDefault()
        event.stopPropagation()
        return
      }
      const isWriting = event.key.length === 1 && !event.ctrlKey && !event.metaKey
      if ((isWriting || event.key === 'Escape') && isInBody(event.target)) setAway(true)
    }
    const press = (event: PointerEvent): void => {
      if (isInBody(event.target)) setAway(false)
    }
    look()
    document.addEventListener('focusin', look)
    document.addEventListener('focusout', later)
    document.addEventListener('keydown', keys, true)
    document.addEventListener('pointerdown', press, true)
    return () => {
      document.removeEventListener('focusin', look)
      document.removeEventListener('focusout', later)
      document.removeEventListener('keydown', keys, true)
      document.removeEventListener('pointerdown', press, true)
    }
  }, [])

  useCommands([
    {
      id: 'format.link.edit',
      title: words.edit,
      keys: 'Mod+K',
      keysElsewhere: true,
      group: palette.groups.format,
      when: () => editable && href !== null,
      run: () => {
        setHasFocus(true)
        setEditing(true)
      }
    }
  ])

  if (!isShown) return null
  return createPortal(
    <Beside label={words.title} isEditing={isEditing}>
      {isEditing ? (
        <Address
          href={href}
          onApply={(address) => {
            text?.insertLink(address)
            back()
          }}
        />
      ) : (
        <>
          <bdi className="link-popover-address" dir="ltr" title={href}>
            {href}
          </bdi>
          <IconButton
            label={words.edit}
            keys="Mod+K"
            icon={<Pencil />}
            preventFocusOnPress
            onPress={() => setEditing(true)}
          />
        </>
      )}
      {isSafeHref(href) && (
        <a className="g-icon-button" href={href} target="_blank" rel="noopener noreferrer" aria-label={words.open}>
          <ExternalLink aria-hidden />
        </a>
      )}
      <IconButton
        label={words.copy}
        icon={<Copy />}
        preventFocusOnPress
        onPress={() => copy(href, { copied: words.copied, failed: words.copyFailed })}
      />
      <IconButton
        label={words.remove}
        icon={<Unlink />}
        preventFocusOnPress
        onPress={() => {
          text?.removeLink()
          back()
        }}
      />
    </Beside>,
    // Inside the main landmark, where a screen reader looks for it.
    document.querySelector('main') ?? document.body
  )
}

interface BesideProps {
  readonly label: string
  readonly isEditing: boolean
  readonly children: ReactNode
}

/** Stays just below the line in which the link begins, however the page is scrolled. */
function Beside({ label, isEditing, children }: BesideProps) {
  const box = useRef<HTMLDivElement>(null)
  const link = useRef<HTMLAnchorElement | null>(null)
  useLayoutEffect(() => {
    const place = (): void => {
      const element = box.current
      link.current = linkAtCaret() ?? link.current
      const line = link.current?.getClientRects()[0]
      if (!element || !link.current || !line) return
      const { offsetHeight: height, offsetWidth: width, style } = element
      const isRtl = getComputedStyle(link.current).direction === 'rtl'
      const isBelow = line.bottom + height + 8 <= innerHeight || line.top < height + 8
      element.dir = isRtl ? 'rtl' : 'ltr'
      style.top = `${isBelow ? line.bottom + 6 : line.top - height - 6}px`
      style.left = `${Math.max(8, Math.min(isRtl ? line.right - width : line.left, innerWidth - width - 8))}px`
    }
    place()
    addEventListener('scroll', place, { capture: true, passive: true })
    addEventListener('resize', place)
    return () => {
      removeEventListener('scroll', place, { capture: true })
      removeEventListener('resize', place)
    }
  })
  return (
    <div
      ref={box}
      className="g-popover link-popover"
      role="group"
      aria-label={label}
      data-editing={isEditing || undefined}
    >
      {children}
    </div>
  )
}

function Address({ href, onApply }: { readonly href: string; readonly onApply: (address: string) => void }) {
  const { link: words } = useStrings()
  const form = useRef<HTMLFormElement>(null)
  const [typed, setTyped] = useState(href)
  const [tried, setTried] = useState(false)
  const address = withScheme(typed.trim())
  const fits = isSafeHref(address)
  useLayoutEffect(() => {
    const input = form.current?.querySelector('input')
    input?.focus()
    input?.select()
  }, [])
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (fits) onApply(address)
      }}
    >
      <TextField
        label={words.address}
        value={typed}
        onChange={setTyped}
        placeholder={words.addressHint}
        error={tried && !fits ? words.invalid : null}
        dir="ltr"
        aside={
          <Button size="small" variant="quiet" type="submit">
            {words.apply}
          </Button>
        }
      />
    </form>
  )
}

function linkAtCaret(): HTMLAnchorElement | null {
  const node = getSelection()?.focusNode
  const element = node instanceof Element ? node : node?.parentElement
  return element?.closest<HTMLAnchorElement>('.article-body a') ?? null
}

function isInBody(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.article-body') !== null
}

function isLine(target: EventTarget | null): boolean {
  return target !== null && target === lineAtWork.getSnapshot()?.root()
}
