import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { z } from 'zod'
import { MAX_PICTURE_BYTES } from '../../shared/contract/media.ts'
import { GALLEY_STORY_TYPE, readGalleyJson } from '../../shared/formats/galley-json.ts'
import { NINJS_TYPE } from '../../shared/formats/ninjs.ts'
import { DEFAULT_KEY_ID } from '../../shared/publishing/targets/open.ts'
import { systemClock, type Clock } from '../../shared/lib/clock.ts'
import { GalleyError } from '../../shared/rpc/errors.ts'
import { canonicalJson, sha256 } from '../core/publishing/targets/canonical-json.ts'
import { signatureFault, type SigningKey } from '../core/publishing/targets/open/message-signature.ts'
import { frontPage, isWithdrawn, notFoundPage, PAGE_HEADERS, storyPage, withdrawnPage } from './pages.ts'
import { isPictureType, Shelf, type Held } from './shelf.ts'

/** A story longer than this is refused with 413, in bytes. */
export const MAX_STORY_BYTES = 16 * 1024 * 1024
/** Where the endpoint is below the server's address. */
export const API_PATH = '/api'

export interface ReceiverOptions {
  /** Where it keeps what it receives. */
  readonly folder: string
  /** 0: any free port. */
  readonly port?: number
  readonly name?: string
  /** Of the key named `galley`. Null, and no other keys: unsigned requests are accepted. */
  readonly secret: string | null
  /** Keys of other desks, or the next one of this desk. */
  readonly keys?: readonly SigningKey[]
  readonly clock?: Clock
  readonly log?: (line: string) => void
}

/**
 * The open endpoint of docs/open-endpoint.openapi.yaml, whole and real, on this machine only: what Galley practises on,
 * and the reference for anybody who builds one. What it has accepted it shows as pages.
 */
export class Receiver {
  readonly shelf: Shelf
  readonly #options: Required<ReceiverOptions>
  readonly #server: Server
  /** One story is changed by one request at a time. */
  readonly #turns = new Map<string, Promise<unknown>>()

  private constructor(shelf: Shelf, options: ReceiverOptions) {
    this.shelf = shelf
    this.#options = { port: 0, keys: [], name: 'Practice CMS', clock: systemClock, log: () => undefined, ...options }
    this.#server = createServer(
      { requestTimeout: 60_000, headersTimeout: 10_000, maxHeaderSize: 16 * 1024 },
      (request, response) => {
        this.#answer(request, response).catch((error: unknown) => this.#fail(request, response, error))
      }
    )
  }

  static async start(options: ReceiverOptions): Promise<Receiver> {
    const receiver = new Receiver(await Shelf.open(options.folder), options)
    await receiver.#listen(options.port ?? 0)
    return receiver
  }

  /** http://127.0.0.1:PORT */
  get url(): string {
    const address = this.#server.address()
    return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : ''
  }

  get endpoint(): string {
    return `${this.url}${API_PATH}`
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
    await Promise.allSettled(this.#turns.values())
  }

  async #listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.off('error', reject)
        resolve()
      })
    })
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('date', new Date(this.#options.clock.now()).toUTCString())
    // A page that has its own name resolve to this machine must read nothing.
    if (!this.#isOurHost(request.headers.host))
      return problem(response, 421, 'This server answers to its own address only.')
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    if (path === API_PATH || path.startsWith(`${API_PATH}/`))
      return this.#api(request, response, path.slice(API_PATH.length))
    return this.#page(request, response, path)
  }

  async #api(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const method = request.method ?? 'GET'
    const [, kind, id] = /^\/(articles|media|about)(?:\/([^/]+))?$/.exec(path) ?? []
    const allowed =
      kind === 'articles' ? ['GET', 'PUT'] : kind === 'media' ? ['GET', 'HEAD', 'PUT'] : kind === 'about' ? ['GET'] : []
    if (allowed.length === 0 || (kind === 'about') !== (id === undefined))
      return problem(response, 404, 'There is nothing at that address.')
    if (!allowed.includes(method)) {
      response.setHeader('allow', allowed.join(', '))
      return problem(response, 405, `That address takes ${allowed.join(', ')}.`)
    }
    const body =
      method === 'PUT'
        ? await readBody(request, kind === 'media' ? MAX_PICTURE_BYTES : MAX_STORY_BYTES)
        : Buffer.alloc(0)
    if (body === 'too-large') {
      return problem(
        response,
        413,
        kind === 'media'
          ? `A picture may have ${MAX_PICTURE_BYTES / 1024 / 1024} MB.`
          : `A story may have ${MAX_STORY_BYTES / 1024 / 1024} MB.`
      )
    }
    const fault = this.#signatureFault(request, method, body)
    if (fault) return problem(response, 401, fault)
    if (kind === 'about' || id === undefined) {
      return json(response, 200, {
        contract: 'galley-open-endpoint',
        version: 1,
        name: this.#options.name,
        accepts: [GALLEY_STORY_TYPE, NINJS_TYPE],
        maxStoryBytes: MAX_STORY_BYTES,
        maxPictureBytes: MAX_PICTURE_BYTES
      })
    }
    if (kind === 'media')
      return method === 'PUT' ? this.#putMedia(request, response, id, body) : this.#getMedia(response, id, method)
    if (!z.uuid().safeParse(id).success || id !== id.toLowerCase())
      return problem(response, method === 'GET' ? 404 : 400, 'A story is named by its UUID in lower case.')
    return method === 'PUT'
      ? this.#inTurn(id, () => this.#putArticle(request, response, id, body))
      : this.#getArticle(response, id)
  }

  #getArticle(response: ServerResponse, id: string): void {
    const held = this.shelf.get(id)
    if (!held) return problem(response, 404, 'There is no such story here.')
    this.#sayWhatIsHeld(response, held)
    send(response, 200, held.contentType, held.payload)
  }

  async #putArticle(request: IncomingMessage, response: ServerResponse, id: string, body: Buffer): Promise<void> {
    const key = request.headers['idempotency-key']
    if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key))
      return problem(response, 400, 'Every story is sent with an Idempotency-Key.')
    const contentType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
    if (contentType !== GALLEY_STORY_TYPE && contentType !== NINJS_TYPE)
      return problem(response, 415, `A story is sent as ${GALLEY_STORY_TYPE} or as ninjs (${NINJS_TYPE}).`)

    const payload = utf8(body)
    if (payload === null) return problem(response, 422, 'That is not UTF-8.')
    const sum = sha256(body)
    const earlier = this.shelf.byKey(key)
    if (earlier) {
      if (earlier.id !== id || earlier.sha256 !== sum)
        return problem(response, 422, 'That Idempotency-Key was used for another story or version.')
      response.setHeader('etag', earlier.etag)
      response.setHeader('idempotency-replayed', 'true')
      return json(response, earlier.version === 1 ? 201 : 200, { id, etag: earlier.etag })
    }

    const held = this.shelf.get(id)
    const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers
    if (ifMatch === undefined && ifNoneMatch !== '*')
      return problem(
        response,
        428,
        'Say what is to be replaced: If-Match with the last ETag, or If-None-Match: * for a new story.'
      )
    if (ifNoneMatch === '*' && held) {
      response.setHeader('etag', held.etag)
      return problem(response, 412, 'There is a story of that id already.')
    }
    if (ifMatch !== undefined && !ifMatch.split(',').some((etag) => etag.trim() === held?.etag)) {
      if (held) response.setHeader('etag', held.etag)
      return problem(response, 412, held ? 'The story was changed here since.' : 'The story is not here any more.')
    }

    const fault = storyFault(contentType, payload, id) ?? this.#missingMedia(contentType, payload)
    if (fault) return problem(response, 422, fault)
    const version = (held?.version ?? 0) + 1
    const next: Held = {
      id,
      version,
      etag: `"${version}-${sum.slice(0, 16)}-${createHash('sha256').update(key).digest('hex').slice(0, 8)}"`,
      contentType,
      sha256: sum,
      idempotencyKey: key,
      receivedAt: new Date(this.#options.clock.now()).toISOString(),
      payload
    }
    await this.shelf.put(next)
    this.#sayWhatIsHeld(response, next)
    response.setHeader('location', `${API_PATH}/articles/${id}`)
    json(response, held ? 200 : 201, { id, etag: next.etag })
  }

  #missingMedia(contentType: string, payload: string): string | null {
    if (contentType !== GALLEY_STORY_TYPE) return null
    const missing = readGalleyJson(JSON.parse(payload)).media.filter((asset) => !this.shelf.hasMedia(asset.id))
    return missing.length === 0
      ? null
      : `${missing.length === 1 ? 'A picture' : `${missing.length} pictures`} of the story must be sent first.`
  }

  async #putMedia(request: IncomingMessage, response: ServerResponse, id: string, body: Buffer): Promise<void> {
    const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
    if (!isPictureType(type)) return problem(response, 415, 'A picture is a JPEG, PNG, WebP, GIF or AVIF file.')
    if (sha256(body) !== id) return problem(response, 422, 'The picture is not the one its address names (SHA-256).')
    const known = this.shelf.hasMedia(id)
    if (!known) await this.#inTurn(id, () => this.shelf.putMedia(id, type, body))
    response.setHeader('etag', `"${id}"`)
    json(response, known ? 200 : 201, { id })
  }

  async #getMedia(response: ServerResponse, id: string, method: string): Promise<void> {
    const picture = await this.shelf.media(id)
    if (!picture) return problem(response, 404, 'There is no such picture here.')
    response.setHeader('etag', `"${id}"`)
    response.setHeader('x-content-type-options', 'nosniff')
    send(response, 200, picture.type, method === 'HEAD' ? null : picture.bytes)
  }

  async #page(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value)
    if (request.method !== 'GET' && request.method !== 'HEAD') return problem(response, 405, 'Pages are for reading.')
    const html = (status: number, text: string): void => send(response, status, 'text/html; charset=utf-8', text)
    if (path === '/') {
      const shown = this.shelf.list().filter((held) => !isWithdrawn(held))
      return html(200, frontPage(this.#options.name, shown))
    }
    const [, pictureId] = /^\/pictures\/([0-9a-f]{64})$/.exec(path) ?? []
    const picture = pictureId === undefined ? undefined : await this.shelf.media(pictureId)
    if (picture) {
      response.setHeader('cache-control', 'private, max-age=31536000, immutable')
      return send(response, 200, picture.type, picture.bytes)
    }
    const [, storyId] = /^\/stories\/([0-9a-f-]{36})(?:\/[^/]*)?$/.exec(path) ?? []
    const held = storyId === undefined ? undefined : this.shelf.get(storyId)
    if (!held) return html(404, notFoundPage(this.#options.name))
    return isWithdrawn(held)
      ? html(410, withdrawnPage(this.#options.name))
      : html(200, storyPage(this.#options.name, held))
  }

  #sayWhatIsHeld(response: ServerResponse, held: Held): void {
    response.setHeader('etag', held.etag)
    response.setHeader('link', `<${this.url}/stories/${held.id}>; rel="alternate"; type="text/html"`)
    response.setHeader('cache-control', 'no-store')
  }

  #signatureFault(request: IncomingMessage, method: string, body: Buffer): string | null {
    const { secret, keys, clock } = this.#options
    if (secret === null && keys.length === 0) return null
    const all = secret === null ? keys : [{ id: DEFAULT_KEY_ID, secret }, ...keys]
    const message = { method, target: request.url ?? '', header: (name: string) => header(request, name) }
    switch (signatureFault(all, message, clock.now(), body)) {
      case 'missing':
        return 'The request is not signed.'
      case 'clock':
        return `The clocks are more than five minutes apart; here it is ${new Date(clock.now()).toISOString()}.`
      case 'key':
        return 'The signature names a key that is not known here.'
      case 'uncovered':
        return 'The signature leaves out a part of the request.'
      case 'wrong':
        return 'The signature does not fit: the secret is another one here.'
      case null:
        return null
    }
  }

  #isOurHost(host: string | undefined): boolean {
    const port = new URL(this.url).port
    return host === `127.0.0.1:${port}` || host === `localhost:${port}`
  }

  async #inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(id) ?? Promise.resolve()).then(work, work)
    this.#turns.set(id, turn)
    try {
      return await turn
    } finally {
      if (this.#turns.get(id) === turn) this.#turns.delete(id)
    }
  }

  #fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    this.#options.log(
      `the practice CMS failed on ${request.method ?? ''}: ${error instanceof GalleyError ? error.code : error instanceof Error ? error.name : 'unknown'}`
    )
    if (response.headersSent) response.destroy()
    else problem(response, 500, 'Something went wrong here.')
  }
}

/** Null when the text is a story of its type and of that id. */
function storyFault(contentType: string, payload: string, id: string): string | null {
  let value: unknown
  try {
    value = JSON.parse(payload)
    canonicalJson(value)
  } catch {
    return 'That is not JSON.'
  }
  if (contentType === NINJS_TYPE) {
    const uri = typeof value === 'object' && value !== null && 'uri' in value ? value.uri : undefined
    return typeof uri === 'string' && uri.includes(id) ? null : 'A ninjs item has a uri that names the story.'
  }
  try {
    return readGalleyJson(value).story.id === id ? null : 'The story is another one than its address says.'
  } catch (error) {
    return error instanceof GalleyError ? error.message : 'That is not a story.'
  }
}

function utf8(body: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    return null
  }
}

async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | 'too-large'> {
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    // Read to the end, so that the sender gets to hear why instead of a broken line.
    request.resume()
    return 'too-large'
  }
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.byteLength
    if (length > limit) return 'too-large'
    pieces.push(piece)
  }
  return Buffer.concat(pieces, length)
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

function send(response: ServerResponse, status: number, type: string, body: string | Uint8Array | null): void {
  response.writeHead(status, {
    'content-type': type,
    ...(body !== null && { 'content-length': Buffer.byteLength(body) })
  })
  response.end(body ?? undefined)
}

function json(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json', JSON.stringify(value))
}

/** RFC 9457. */
function problem(response: ServerResponse, status: number, detail: string): void {
  send(response, status, 'application/problem+json', JSON.stringify({ type: 'about:blank', status, detail }))
}
