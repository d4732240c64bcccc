import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Notice } from './Notice.tsx'
import { toast } from './Toast.tsx'

interface Place {
  /** What somebody works in. */
  readonly scope: Element
  readonly isDialog: boolean
  readonly show: (text: string) => void
}

/** In the order they came onto the screen. */
const places: Place[] = []
/** The last thing that had the focus: a button that is off while it works has lost it. */
let last: Element | null = null
const remember = ({ target }: FocusEvent): void => {
  if (target instanceof Element) last = target
}

export interface RefusalsProps {
  /** Nothing behind it can be reached: what is refused meanwhile was asked for here. */
  readonly isDialog?: boolean
}

/**
 * The spot, in what it is put into, where a refusal of something asked for there is said. It stays until somebody
 * writes or presses something there again, or the place goes.
 */
export function Refusals({ isDialog = false }: RefusalsProps) {
  const spot = useRef<HTMLDivElement>(null)
  const [said, setSaid] = useState<{ readonly text: string; readonly at: number } | null>(null)
  /** What nobody has had the time to read: the place may be on its way out already. */
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
      // Once the focus is where it goes from here.
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
    // Whoever goes on, here or elsewhere, has had it in sight: it is not said again where they go.
    const goOn = (): void => {
      unread.current = null
    }
    const again = (event: Event): void => {
      // It goes once the press is over: before, the button would move from under it.
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

/** Says a refusal where somebody is at work: in the dialog or panel, else at the foot of the desk. */
export function refuse(text: string): void {
  // A story is worked on without a page too; then there is no place but the foot of the desk.
  const active = places.length === 0 ? null : document.activeElement
  const at = active && active !== document.body ? active : last
  const around = places.filter(({ scope }) => at !== null && scope.contains(at))
  // The innermost of them: what the others hold, too.
  const place =
    around.find(({ scope }) => around.every((other) => other.scope.contains(scope))) ??
    places.findLast(({ isDialog }) => isDialog)
  if (place) place.show(text)
  else toast({ tone: 'danger', text })
}

const GOING_ON = ['pointerdown', 'click', 'keydown'] as const
const PRESSED = 'button, a, input, textarea, select, label, [contenteditable], [role=option], [role=radio], [role=tab]'

/** Something is tried anew, or mended: not a look around, nor the words selected to be copied. */
function isTry(event: Event): boolean {
  if (event instanceof KeyboardEvent)
    return (event.key === 'Enter' || event.key === ' ') && !(event.ctrlKey || event.metaKey || event.altKey)
  if (event.type === 'input') return true
  return event.target instanceof Element && event.target.closest(PRESSED) !== null
}
