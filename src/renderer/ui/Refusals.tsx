import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Notice } from './Notice.tsx'
import { toast } from './Toast.tsx'

interface Place {
  /** The element somebody works in. */
  readonly scope: Element
  readonly isDialog: boolean
  readonly show: (text: string) => void
}

/** In the order they appeared. */
const places: Place[] = []
/** The last element that had the focus: a button that is disabled while it works has lost it. */
let last: Element | null = null
const remember = ({ target }: FocusEvent): void => {
  if (target instanceof Element) last = target
}

export interface RefusalsProps {
  /** Nothing behind it can be reached, so whatever is refused meanwhile was requested here. */
  readonly isDialog?: boolean
}

/**
 * Shows why something that was requested in the surrounding element was refused. It stays until somebody types or
 * presses something there again, or the element is removed.
 */
export function Refusals({ isDialog = false }: RefusalsProps) {
  const spot = useRef<HTMLDivElement>(null)
  const [said, setSaid] = useState<{ readonly text: string; readonly at: number } | null>(null)
  /** A text nobody has had time to read, because the element may be about to be removed. */
  const unread = useRef<string | null>(null)

  useLayoutEffect(() => {
    const scope = spot.current?.parentElement
    if (!scope) return
    const place: Place = {
      scope,
      isDialog,
      show: (text) => {
        unread.current = text
        setSaid({ text, at: performance.now() })
      }
    }
    if (places.length === 0) document.addEventListener('focusin', remember)
    places.push(place)
    return () => {
      places.splice(places.indexOf(place), 1)
      const left = unread.current
      // After the focus has moved on.
      if (left !== null) setTimeout(() => refuse(left))
      if (places.length > 0) return
      document.removeEventListener('focusin', remember)
      last = null
    }
  }, [isDialog])

  useEffect(() => {
    const scope = spot.current?.parentElement
    if (!said || !scope) return
    spot.current?.scrollIntoView({ block: 'nearest' })
    let pressedAt = -Infinity
    // Anybody who goes on, here or elsewhere, has seen it, so it is not shown again where they go.
    const goOn = (): void => {
      unread.current = null
    }
    const again = (event: Event): void => {
      // Removed only after the press: removed earlier, it would move the button from under the pointer.
      if (event.type === 'pointerdown') pressedAt = performance.now()
      else if (isTry(event) && (event.type !== 'click' || pressedAt > said.at)) setSaid(null)
    }
    const types = ['pointerdown', 'click', 'keydown', 'input'] as const
    for (const type of types) scope.addEventListener(type, again, true)
    for (const type of GOING_ON) document.addEventListener(type, goOn, true)
    return () => {
      for (const type of types) scope.removeEventListener(type, again, true)
      for (const type of GOING_ON) document.removeEventListener(type, goOn, true)
    }
  }, [said])

  return (
    <div ref={spot} className="g-refusals">
      {said && (
        <Notice key={said.at} tone="danger">
          {said.text}
        </Notice>
      )}
    </div>
  )
}

/** Shows why something was refused where somebody is working: in the dialog or panel, else at the foot of the desk. */
export function refuse(text: string): void {
  // Also called without a page; then there is only the foot of the desk.
  const active = places.length === 0 ? null : document.activeElement
  const at = active && active !== document.body ? active : last
  const around = places.filter(({ scope }) => at !== null && scope.contains(at))
  // The innermost one, which all others contain.
  const place =
    around.find(({ scope }) => around.every((other) => other.scope.contains(scope))) ??
    places.findLast(({ isDialog }) => isDialog)
  if (place) place.show(text)
  else toast({ tone: 'danger', text })
}

const GOING_ON = ['pointerdown', 'click', 'keydown'] as const
const PRESSED = 'button, a, input, textarea, select, label, [contenteditable], [role=option], [role=radio], [role=tab]'

/** A retry or a correction, as opposed to looking around or selecting the words to copy them. */
function isTry(event: Event): boolean {
  if (event instanceof KeyboardEvent)
    return (event.key === 'Enter' || event.key === ' ') && !(event.ctrlKey || event.metaKey || event.altKey)
  if (event.type === 'input') return true
  return event.target instanceof Element && event.target.closest(PRESSED) !== null
}
