import { createHash } from 'node:crypto'
import { request, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Fingerprint } from '../../../../shared/publishing/certificate.ts'
import { connectTls } from './connect-tls.ts'

/** The error code if a certificate other than the trusted one was shown. */
export const OTHER_CERTIFICATE = 'ERR_TLS_OTHER_CERTIFICATE'

interface Pin {
  /** The only server it applies to: `https://cms.example.org:8443`. */
  readonly origin: string
  readonly fingerprint: Fingerprint
}

/**
 * A `fetch` that talks to one server only while it shows one particular certificate, whatever this machine thinks of
 * that, and to all others through `elsewhere`. Each request has its own connection: the certificate is compared after
 * the handshake, and the request is only sent then. Follows no redirects, and fails as Node's fetch does: with a
 * TypeError whose cause has a `code`.
 */
function pinnedFetch(pin: Pin, elsewhere: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const asked = new Request(input, { ...init, redirect: 'manual' })
    const url = new URL(asked.url)
    if (url.origin !== pin.origin) return elsewhere(input, init)
    const body = asked.body === null ? null : Buffer.from(await asked.arrayBuffer())
    const socket = await connectTls(url, asked.signal).catch((error: unknown) => {
      throw asked.signal.aborted ? error : failure(error)
    })
    if (fingerprintOf(socket) !== pin.fingerprint) {
      socket.destroy()
      throw failure(Object.assign(new Error('another certificate'), { code: OTHER_CERTIFICATE }))
    }
    return await exchange(socket, asked, url, body)
  }
}

/** The fetch for one target: if a person trusts a certificate there, only while that one is shown. */
export function trusting(
  address: string,
  trusted: Fingerprint | null,
  fetch: typeof globalThis.fetch
): typeof globalThis.fetch {
  return trusted === null ? fetch : pinnedFetch({ origin: new URL(address).origin, fingerprint: trusted }, fetch)
}

/** The fingerprint of the certificate whose key the other side has just proven to have; null if it showed none. */
function fingerprintOf(socket: TLSSocket): Fingerprint | null {
  const certificate = socket.getPeerX509Certificate()
  return certificate ? createHash('sha256').update(certificate.raw).digest('hex') : null
}

function exchange(socket: TLSSocket, asked: Request, url: URL, body: Buffer | null): Promise<Response> {
  return new Promise((resolve, reject) => {
    const sent = request({
      // The connection exists already and is used once.
      createConnection: () => socket,
      method: asked.method,
      path: `${url.pathname}${url.search}`,
      setHost: false,
      headers: { ...Object.fromEntries(asked.headers), host: url.host, connection: 'close' }
    })
    const stop = (): void => {
      sent.destroy()
      reject(asked.signal.reason as Error)
    }
    asked.signal.addEventListener('abort', stop, { once: true })
    sent.on('error', (error) => reject(failure(error)))
    sent.on('response', (answer) => {
      try {
        resolve(responseOf(answer, asked))
      } catch (error) {
        sent.destroy()
        reject(failure(error))
      }
    })
    sent.end(body ?? undefined)
    if (asked.signal.aborted) stop()
  })
}

function responseOf(answer: IncomingMessage, { method, signal }: Request): Response {
  const status = answer.statusCode ?? 0
  const headers = new Headers()
  for (let at = 0; at + 1 < answer.rawHeaders.length; at += 2)
    headers.append(answer.rawHeaders[at] ?? '', answer.rawHeaders[at + 1] ?? '')
  if (method === 'HEAD' || [204, 205, 304].includes(status)) {
    answer.resume()
    return new Response(null, { status, headers })
  }
  const body = Readable.toWeb(decoded(answer)) as ReadableStream<Uint8Array>
  signal.addEventListener('abort', () => answer.destroy(), { once: true })
  return new Response(body, { status, headers })
}

/** The decoded body: a server may compress what nobody asked it to compress. */
function decoded(answer: IncomingMessage): Readable {
  const packed = (answer.headers['content-encoding'] ?? '').trim().toLowerCase()
  const unpack = /^(x-)?gzip$/.test(packed)
    ? createGunzip()
    : packed === 'deflate'
      ? createInflate()
      : packed === 'br'
        ? createBrotliDecompress()
        : null
  if (!unpack) return answer
  answer.on('error', (error) => unpack.destroy(error))
  // A reply that breaks off must not pass for a complete one.
  answer.on('aborted', () => unpack.destroy(new Error('aborted')))
  unpack.on('close', () => answer.destroy())
  return answer.pipe(unpack)
}

function failure(cause: unknown): TypeError {
  return new TypeError('fetch failed', { cause })
}
