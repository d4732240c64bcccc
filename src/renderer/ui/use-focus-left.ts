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

/** Milliseconds; nothing is done if the focus is somewhere by then. */
const WAITS = [0, 100, 300, 600]

function giveTo(around: readonly HTMLElement[]): void {
  if (document.activeElement !== document.body && document.activeElement !== null) return
  const place = around.find((one) => one.isConnected)
  if (!place) return
  if (!place.hasAttribute('tabindex')) place.tabIndex = -1
  place.focus({ preventScroll: true })
}

/**
 * If a dialog closes and the element that had the focus before is gone (the page was rendered again meanwhile), moves
 * the focus to the middle of the desk. Delayed, because restoring the focus is the dialog's own task.
 */
export function useFocusAfterwards(): void {
  useEffect(() => () => void setTimeout(giveToDesk, AFTERWARDS), [])
}

/** Milliseconds after which a dialog has restored the focus if it could. */
const AFTERWARDS = 400

function giveToDesk(): void {
  const main = document.querySelector('main')
  if (main) giveTo([main])
}
