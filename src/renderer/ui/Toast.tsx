import { useEffect, useRef, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { X } from 'lucide-react'
import { useStrings } from '../strings/strings.ts'
import { Button } from './Button.tsx'
import { IconButton } from './IconButton.tsx'
import './toast.css'

export interface ToastMessage {
  readonly text: string
  readonly tone?: 'plain' | 'ok' | 'danger'
  /** One thing to do about it: Undo. */
  readonly action?: { readonly label: string; readonly run: () => void }
  /** Milliseconds; a danger toast stays until it is closed. */
  readonly stay?: number
}

interface Shown extends ToastMessage {
  readonly id: number
}

let toasts: readonly Shown[] = []
let last = 0
const listeners = new Set<() => void>()

function setToasts(next: readonly Shown[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Says something at the foot of the desk, for a while. Returns how to take it away. */
export function toast(message: ToastMessage): () => void {
  const id = ++last
  setToasts([...toasts.slice(-3), { ...message, id }])
  return () => dismiss(id)
}

function dismiss(id: number): void {
  setToasts(toasts.filter((shown) => shown.id !== id))
}

export function ToastRegion() {
  const words = useStrings()
  const shown = useSyncExternalStore(subscribe, () => toasts)
  /** What had the focus before a notice took it. */
  const before = useRef<HTMLElement | null>(null)
  const region = useRef<HTMLElement>(null)
  useEffect(() => {
    const element = region.current
    const remember = ({ relatedTarget }: FocusEvent): void => {
      if (relatedTarget instanceof HTMLElement && !element?.contains(relatedTarget)) before.current = relatedTarget
    }
    element?.addEventListener('focusin', remember)
    return () => element?.removeEventListener('focusin', remember)
  }, [])
  useEffect(() => {
    const { current: element } = region
    if (!element) return
    const { style } = document.documentElement
    const sizes = new ResizeObserver(() => {
      const { offsetHeight } = element
      // With a gap above and below.
      style.setProperty('--toasts', offsetHeight === 0 ? '0px' : `calc(${offsetHeight}px + 2 * var(--s2))`)
    })
    sizes.observe(element)
    return () => {
      sizes.disconnect()
      style.removeProperty('--toasts')
    }
  }, [])
  return createPortal(
    <section
      ref={region}
      className="g-toasts"
      aria-label={words.common.notices}
      aria-live="polite"
      aria-relevant="additions"
    >
      {shown.map((message) => (
        <ToastCard key={message.id} message={message} onLeave={() => before.current?.focus()} />
      ))}
    </section>,
    layer()
  )
}

let drawnIn: HTMLElement | null = null

/** Above the dialogs, which are drawn beside the desk: they hide what is in it, and take the focus from it. */
function layer(): HTMLElement {
  if (drawnIn) return drawnIn
  drawnIn = document.createElement('div')
  drawnIn.setAttribute('data-react-aria-top-layer', 'true')
  document.body.append(drawnIn)
  return drawnIn
}

function ToastCard({ message, onLeave }: { readonly message: Shown; readonly onLeave: () => void }) {
  const words = useStrings()
  const { id, tone = 'plain', text, action } = message
  const stay = message.stay ?? (tone === 'danger' ? null : action ? 9000 : 4500)
  useEffect(() => {
    if (stay === null) return
    const timer = setTimeout(() => dismiss(id), stay)
    return () => clearTimeout(timer)
  }, [id, stay])
  return (
    <div className="g-toast" data-tone={tone} role={tone === 'danger' ? 'alert' : 'status'}>
      <p>{text}</p>
      {action && (
        <Button
          size="small"
          variant="quiet"
          onPress={() => {
            onLeave()
            dismiss(id)
            action.run()
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton
        label={words.common.dismiss}
        icon={<X />}
        placement="top"
        onPress={() => {
          onLeave()
          dismiss(id)
        }}
      />
    </div>
  )
}
