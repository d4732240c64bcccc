import { useEffect, useRef, type RefObject } from 'react'

/**
 * Where what had the focus goes with this component (a button whose work is done), the focus goes to the nearest place
 * around it that is still there, and never back to the start of the page. For an element of the component.
 */
export function useFocusLeft<E extends HTMLElement>(): RefObject<E | null> {
  const ref = useRef<E>(null)
  useEffect(() => {
    const around: HTMLElement[] = []
    for (let at = ref.current?.parentElement; at; at = at.parentElement)
      if (at.matches('article, section, [role="dialog"], main')) around.push(at)
    return () => {
      // A dialog that closes with it is still there for a moment, and tries to give the focus back to what is gone.
      for (const wait of WAITS) setTimeout(() => giveTo(around), wait)
    }
  }, [])
  return ref
}

/** Milliseconds; each finds nothing to do where the focus is somewhere by then. */
const WAITS = [0, 100, 300, 600]

function giveTo(around: readonly HTMLElement[]): void {
  if (document.activeElement !== document.body && document.activeElement !== null) return
  const place = around.find((one) => one.isConnected)
  if (!place) return
  if (!place.hasAttribute('tabindex')) place.tabIndex = -1
  place.focus({ preventScroll: true })
}

/**
 * Where a dialog closes and what had the focus before it is no longer there (the page was drawn anew meanwhile), the focus
 * goes to the middle of the desk. Late: giving the focus back is the dialog's own work.
 */
export function useFocusAfterwards(): void {
  useEffect(() => () => void setTimeout(giveToDesk, AFTERWARDS), [])
}

/** Milliseconds after which a dialog has given the focus back where it could. */
const AFTERWARDS = 400

function giveToDesk(): void {
  const main = document.querySelector('main')
  if (main) giveTo([main])
}
