import type { SpellingSession } from './spelling-session.ts'

/** A hidden window renders no frames. */
const HIDDEN_MS = 1000

/** Work that starts later unless it is cancelled. */
export interface Later {
  /** Starts at once unless it has started already. */
  now(): void
  stop(): void
}

/**
 * Starts `ms` after the next frame is on the screen. If a key is pressed before that, starts `rest` after the last key
 * instead.
 */
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
  addEventListener('keydown', restart, { capture: true, signal: stops.signal })
  return { now, stop }
}

/**
 * Continues as soon as more of the story has been checked. Someone who types or clicks in the meantime has given up
 * waiting, and nothing may open under their hands.
 */
export function waitForMore(spelling: SpellingSession, goOn: () => void, giveUp: () => void): void {
  const stops = new AbortController()
  const stopListening = spelling.view.subscribe(() => {
    stops.abort()
    // The session is still notifying its listeners.
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

/** Calls back once something has been rendered, at once if it has; with null after half a second without it. */
export function rendered<T>(target: () => T | null, then: (found: T | null) => void, tries = 30): void {
  const found = target()
  if (found !== null || tries === 0) then(found)
  else requestAnimationFrame(() => rendered(target, then, tries - 1))
}

/** Calls back once something has not moved for two frames. */
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
