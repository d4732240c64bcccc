import { PAGE_KEY_HEADER, PAGE_KEY_PROTOCOL, SOCKET_PROTOCOL } from '../../shared/rpc/page-key.ts'
import { bridgeLine } from './bridge.ts'
import type { Line } from './line.ts'
import { takePageKey } from './page-key.ts'
import { socketLine } from './socket.ts'

/**
 * Connects to the host: through the preload's bridge if there is one, else through a WebSocket to the page's origin.
 * Resolves once connected. A socket that cannot be opened yet is tried again until it can.
 */
export async function connect(): Promise<Line> {
  if (window.galley) return bridgeLine(window.galley)
  const key = takePageKey()
  const headers = { [PAGE_KEY_HEADER]: key }
  const line = socketLine({
    open: () =>
      new WebSocket(`${location.origin.replace(/^http/, 'ws')}/ws`, [SOCKET_PROTOCOL, `${PAGE_KEY_PROTOCOL}${key}`]),
    isWelcome: () => askWhetherWelcome(headers),
    headers
  })
  await line.opened
  return line
}

/**
 * A refused upgrade looks like any other failure to a page; a plain request shows whether the page still has access.
 */
async function askWhetherWelcome(headers: Line['headers']): Promise<boolean> {
  try {
    return (await fetch('/ws', { method: 'HEAD', cache: 'no-store', headers })).status !== 401
  } catch {
    return true
  }
}
