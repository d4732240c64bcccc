import type { Transport } from '../../shared/rpc/client.ts'
import { bridgeLine, type Bridge } from './bridge.ts'
import { socketLine } from './socket.ts'

/**
 * How the line to the core is. `lost`: the host that opened this window is gone, and only opening Galley again helps.
 */
export type LinkState = 'connected' | 'reconnecting' | 'lost'

/** The one line a window has to the core. */
export interface Line {
  readonly transport: Transport
  /** The id this window's changes are known by: `by` of `storyChanged`. */
  readonly connectionId: string
  readonly link: { get(): LinkState; subscribe(listener: () => void): () => void }
}

declare global {
  interface Window {
    /** Put there by the preload where there is one. */
    readonly galley?: Bridge
  }
}

/**
 * Opens the line: through the preload's bridge where there is one, else through a WebSocket to the origin of the page.
 * Resolves when the first connection stands. A socket that cannot be had yet is tried again until it can.
 */
export async function connect(): Promise<Line> {
  if (window.galley) return bridgeLine(window.galley)
  const line = socketLine({
    open: () => new WebSocket(`${location.origin.replace(/^http/, 'ws')}/ws`),
    isWelcome: askWhetherWelcome
  })
  await line.opened
  return line
}

/** A refused upgrade looks like any other failure to a page; a plain request tells whether the cookie is still good. */
async function askWhetherWelcome(): Promise<boolean> {
  try {
    return (await fetch('/', { method: 'HEAD', cache: 'no-store' })).status !== 401
  } catch {
    return true
  }
}
