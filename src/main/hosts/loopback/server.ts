import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { UPLOADS_PATH } from '../../../shared/contract/media.ts'
import { systemClock, type Clock } from '../../../shared/lib/clock.ts'
import { PAGE_KEY_FRAGMENT, PAGE_KEY_HEADER, PAGE_KEY_PROTOCOL, SOCKET_PROTOCOL } from '../../../shared/rpc/page-key.ts'
import type { Core } from '../../core/core.ts'
import { pageHeaders, parseMediaAddress } from '../page-headers.ts'
import { dictionaryFile, isDictionaryAddress } from '../dictionaries.ts'
import { previewHeaders, previewOf, previewPage } from '../preview.ts'
import { rendererFile } from '../renderer-files.ts'
import { Sessions } from '../sessions.ts'
import { textLine } from '../text-line.ts'
import { takeUpload } from '../uploads.ts'
import { Entrance } from './entrance.ts'

/** The largest message a window may send, in bytes: a page or story file of 40 MiB in base64, with some to spare. */
const MAX_MESSAGE = 64 * 1024 * 1024

export interface LoopbackOptions {
  readonly core: Core
  /** Folder of the built renderer. */
  readonly renderer: string
  /** 0 or absent: any free port. */
  readonly port?: number
  readonly clock?: Clock
  /** See Entrance. */
  readonly key?: string | undefined
}

export interface LoopbackHost {
  /** As `http://127.0.0.1:PORT`. */
  readonly origin: string
  readonly sessions: Sessions
  /** A new address that lets one window in, once. */
  enterAddress(): string
  /** Drops every socket as a network failure would; for tests of reconnecting. */
  dropSockets(): void
  /** Stops listening and disconnects everybody. The core stays open. */
  close(): Promise<void>
}

/**
 * Serves one core to windows on this machine and to nobody else. The address is 127.0.0.1, and `Host` and `Origin` must
 * be ours (a page that rebinds its name to this address can read nothing). Everything requires the cookie that a code
 * was exchanged for, and whatever reads or changes the library requires the page key too.
 */
export async function startLoopback({
  core,
  renderer,
  port = 0,
  clock = systemClock,
  key
}: LoopbackOptions): Promise<LoopbackHost> {
  const sessions = new Sessions(core, clock)
  const entrance = new Entrance(clock, key)
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE,
    perMessageDeflate: false,
    clientTracking: true,
    handleProtocols: () => SOCKET_PROTOCOL
  })
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 30_000 })
  const address = await listen(server, port)
  const origin = `http://127.0.0.1:${address.port}`
  const socketOrigin = origin.replace(/^http/, 'ws')
  entrance.port = address.port

  const { host } = new URL(origin)

  /** Requires exactly one `Host`, which is ours. Of two, Node uses the first, while a proxy may have used the other. */
  function isForUs(request: IncomingMessage): boolean {
    const named = request.headersDistinct['host'] ?? []
    return named.length === 1 && named[0] === host
  }

  function refusal(request: IncomingMessage): { status: number; words: string } | null {
    if (!isForUs(request)) return { status: 421, words: 'This address is not Galley.' }
    const from = request.headers.origin
    if (from !== undefined && from !== origin)
      return { status: 403, words: 'Another site may not ask Galley for anything.' }
    return null
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refused = refusal(request)
    if (refused) return say(response, refused.status, refused.words)
    if (request.method === 'POST' && request.url === UPLOADS_PATH) return receiveUpload(request, response)
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return say(response, 405, 'Galley only answers GET here.', { allow: 'GET, HEAD' })
    if (Number(request.headers['content-length'] ?? 0) > 0 || request.headers['transfer-encoding'])
      return say(response, 413, 'Galley takes no bodies here.', { connection: 'close' })
    const url = addressOf(request)
    if (!url) return say(response, 400, 'That is not an address.')
    if (url.pathname === '/enter') return enter(url.searchParams.get('code') ?? '', request, response)
    if (!entrance.admits(request.headers.cookie))
      return say(
        response,
        401,
        'Open Galley with the address it printed when it started, or run `npm start` again for a new one.'
      )
    if (url.pathname === '/ws')
      return hasPageKey(request) ? say(response, 204, '') : say(response, 401, 'This window is not signed in.')
    if (url.pathname.startsWith('/media/')) return sendPicture(url, response)
    if (isDictionaryAddress(url.pathname)) {
      const dictionary = await dictionaryFile(core, renderer, url.pathname)
      if (!dictionary) return say(response, 404, 'There is no such dictionary.')
      return send(response, 200, 'text/plain; charset=utf-8', dictionary, 'no-store')
    }
    const previewed = previewOf(url.pathname)
    if (previewed !== null) {
      // In a tab of its own it could be saved and printed without any sign of an embargo.
      if (request.headers['sec-fetch-dest'] === 'document')
        return say(response, 403, 'A preview is shown in a window of Galley alone.')
      const page = await previewPage(core, previewed)
      if (page === null) return say(response, 404, 'There is no such story.')
      return send(response, 200, 'text/html; charset=utf-8', Buffer.from(page), 'no-store', previewHeaders)
    }
    const file = await rendererFile(renderer, url.pathname)
    if (!file) return say(response, 404, 'There is no such page.')
    const cache = file.immutable ? 'private, max-age=31536000, immutable' : 'no-store'
    send(response, 200, file.type, file.bytes, cache, pageHeaders([socketOrigin], url.pathname))
  }

  /**
   * Lets one window in. Only actual navigation uses the code up: not a check whether it would work (HEAD), not a
   * browser prefetching it, not a page that embeds the address as a picture.
   */
  function enter(code: string, request: IncomingMessage, response: ServerResponse): void {
    const purpose = [request.headers['sec-purpose'], request.headers['purpose'], request.headers['x-moz']].join(' ')
    if (/prefetch|prerender|preview/.test(purpose) || (request.headers['sec-fetch-dest'] ?? 'document') !== 'document')
      return say(response, 403, 'This address is for a window to open.')
    const pass = request.method === 'HEAD' ? null : entrance.exchange(code)
    if (pass)
      return say(response, 303, '', { 'set-cookie': pass.cookie, location: `/#${PAGE_KEY_FRAGMENT}${pass.pageKey}` })
    if (request.method === 'HEAD' && entrance.isGood(code)) return say(response, 204, '')
    say(response, 401, 'This address has been used or is too old. Run `npm start` again for a new one.')
  }

  /**
   * Our own address from a request, in the form browsers send it; `http://elsewhere/`, `//elsewhere` and `*` give null.
   */
  function addressOf({ url = '' }: IncomingMessage): URL | null {
    if (!url.startsWith('/') || !URL.canParse(url, origin)) return null
    const address = new URL(url, origin)
    return address.origin === origin && address.username === '' ? address : null
  }

  function hasPageKey(request: IncomingMessage): boolean {
    return entrance.knows(request.headersDistinct[PAGE_KEY_HEADER] ?? [])
  }

  /** Receives a file's bytes, from our own page only: unlike with GET, browsers always send the origin with POST. */
  async function receiveUpload(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.origin !== origin) return say(response, 403, 'Another site may not send Galley anything.')
    if (!entrance.admits(request.headers.cookie) || !hasPageKey(request))
      return say(response, 401, 'This window is not signed in.')
    // If reading stops early, the connection must stay open, or the refusal would never arrive.
    const body = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>
    const { status, json } = await takeUpload(core, body, Number(request.headers['content-length'] ?? 0))
    if (!request.complete) request.resume()
    send(response, status, 'application/json; charset=utf-8', Buffer.from(json), 'no-store')
  }

  async function sendPicture(url: URL, response: ServerResponse): Promise<void> {
    const asked = parseMediaAddress(url)
    const picture = asked && (await core.picture(asked.id, asked.width))
    if (!picture) return say(response, 404, 'There is no such picture.')
    send(response, 200, picture.type, picture.bytes, 'private, max-age=31536000, immutable')
  }

  function send(
    response: ServerResponse,
    status: number,
    type: string,
    bytes: Uint8Array,
    cache: string,
    more: Record<string, string> = {}
  ): void {
    response.writeHead(status, {
      ...pageHeaders([socketOrigin]),
      'content-type': type,
      'content-length': bytes.byteLength,
      'cache-control': cache,
      ...more
    })
    response.end(response.req.method === 'HEAD' ? undefined : bytes)
  }

  function say(response: ServerResponse, status: number, words: string, more: Record<string, string> = {}): void {
    send(response, status, 'text/plain; charset=utf-8', Buffer.from(words && `${words}\n`), 'no-store', more)
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy())
    const status = !isForUs(request)
      ? 421
      : request.headers.origin !== origin
        ? 403
        : !entrance.admits(request.headers.cookie) || !entrance.knows(keysOffered(request))
          ? 401
          : request.url !== '/ws'
            ? 404
            : null
    if (status !== null)
      return void socket.end(`HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
    sockets.handleUpgrade(request, socket, head, welcome)
  }

  function welcome(socket: WebSocket): void {
    const line = textLine(sessions, (text) => {
      if (socket.readyState === socket.OPEN) socket.send(text)
    })
    socket.on('message', (data, isBinary) => {
      if (isBinary || !line.receive(String(data))) socket.close(1007, 'not a message of ours')
    })
    socket.on('error', () => socket.terminate())
    socket.on('close', () => line.drop())
  }

  server.on('request', (request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) say(response, 500, 'Something went wrong inside Galley.')
      else response.destroy()
    })
  })
  server.on('upgrade', upgrade)

  const dropSockets = (): void => {
    for (const socket of sockets.clients) socket.terminate()
  }
  return {
    origin,
    sessions,
    enterAddress: () => `${origin}/enter?code=${entrance.newCode()}`,
    dropSockets,
    async close() {
      dropSockets()
      sessions.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
    }
  }
}

/** The page keys among the protocols that a socket offers. */
function keysOffered(request: IncomingMessage): readonly string[] {
  return (request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((protocol) => protocol.trim())
    .filter((protocol) => protocol.startsWith(PAGE_KEY_PROTOCOL))
    .map((protocol) => protocol.slice(PAGE_KEY_PROTOCOL.length))
}

async function listen(server: Server, port: number): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return server.address() as AddressInfo
}
