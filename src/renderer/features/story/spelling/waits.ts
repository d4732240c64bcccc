import type { SpellingSession } from './spelling-session.ts'

/** A window that nobody sees draws no frames. */
const HIDDEN_MS = 1000

/**
 * Calls back so many milliseconds after the next frame is on the screen, and `rest` after a key that is pressed meanwhile.
 * Returns how to call it off.
 */
export function afterFrame(ms: number, rest: number, then: () => void): () => void {
  const stops = new AbortController()
  const stop = (): void => {
    stops.abort()
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
  const after = (wait: number): ReturnType<typeof setTimeout> =>
    setTimeout(() => {
      stop()
      then()
    }, wait)
  let timer = after(ms + HIDDEN_MS)
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer)
    timer = after(ms)
  })
  const restart = (): void => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    timer = after(rest)
  }
  if (rest > 0) addEventListener('keydown', restart, { capture: true, signal: stops.signal })
  return stop
}

/**
 * Goes on as soon as more of the story has been looked at. Somebody who writes or points meanwhile has given up waiting,
 * and nothing may open under their hands.
 */
export function waitForMore(spelling: SpellingSession, goOn: () => void, giveUp: () => void): void {
  const stops = new AbortController()
  const stopListening = spelling.view.subscribe(() => {
    stops.abort()
    // The session is in the middle of telling everybody.
    queueMicrotask(goOn)
  })
  stops.signal.addEventListener('abort', stopListening)
  const leave = (): void => {
    stops.abort()
    giveUp()
  }
  for (const event of ['keydown', 'pointerdown'] as const)
    addEventListener(event, leave, { capture: true, signal: stops.signal })
}

/** Calls back as soon as something has stayed where it is for two frames. */
export function settled(
  target: () => { getBoundingClientRect(): DOMRect } | null,
  then: () => void,
  tries = 30,
  last = NaN
): void {
  requestAnimationFrame(() => {
    const top = target()?.getBoundingClientRect().top ?? NaN
    if (tries === 0 || (top === last && tries < 28)) then()
    else settled(target, then, tries - 1, top)
  })
}
