import type { SpellingSession } from './spelling-session.ts'

/** A window that nobody sees draws no frames. */
const HIDDEN_MS = 1000

/** Work that begins later, unless it is called off. */
export interface Later {
  /** Begins at once, where it has not begun. */
  now(): void
  stop(): void
}

/** Begins `ms` after the next frame is on the screen; where a key is pressed before that, `rest` after the last one. */
export function afterFrame(ms: number, rest: number, begin: () => void): Later {
  const stops = new AbortController()
  const stop = (): void => {
    stops.abort()
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
  const now = (): void => {
    if (stops.signal.aborted) return
    stop()
    begin()
  }
  let timer = setTimeout(now, ms + HIDDEN_MS)
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer)
    timer = setTimeout(now, ms)
  })
  const restart = (): void => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    timer = setTimeout(now, rest)
  }
  if (rest > 0) addEventListener('keydown', restart, { capture: true, signal: stops.signal })
  return { now, stop }
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
