import { bridgeLine } from './bridge.ts'
import type { Line } from './line.ts'
import { socketLine } from './socket.ts'

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
