import type { ClientRequestConstructorOptions, IncomingMessage } from 'electron'

/** The part of Electron's ClientRequest that is used. */
export interface NetRequest {
  setHeader(name: string, value: string): void
  on(event: 'response', listener: (response: IncomingMessage) => void): this
  on(event: 'redirect', listener: (status: number, method: string, url: string) => void): this
  on(event: 'error', listener: (error: Error) => void): this
  write(chunk: Buffer): void
  end(): void
  abort(): void
}

export interface Net {
  request(options: ClientRequestConstructorOptions): NetRequest
}

/** Chromium's network errors by the names Node's fetch uses, which tell "never connected" from "cut off". */
const codes: Readonly<Record<string, string>> = {
  ERR_CONNECTION_REFUSED: 'ECONNREFUSED',
  ERR_NAME_NOT_RESOLVED: 'ENOTFOUND',
  ERR_INTERNET_DISCONNECTED: 'ENETUNREACH',
  ERR_NETWORK_CHANGED: 'ECONNRESET',
  ERR_ADDRESS_UNREACHABLE: 'EHOSTUNREACH',
  // While connecting; a silence afterwards has another name.
  ERR_CONNECTION_TIMED_OUT: 'UND_ERR_CONNECT_TIMEOUT',
  ERR_TIMED_OUT: 'ETIMEDOUT',
  ERR_NETWORK_ACCESS_DENIED: 'EACCES',
  ERR_UNSAFE_PORT: 'BAD_PORT',
  ERR_PROXY_CONNECTION_FAILED: 'ERR_PROXY',
  ERR_TUNNEL_CONNECTION_FAILED: 'ERR_PROXY',
  ERR_CERT_COMMON_NAME_INVALID: 'ERR_TLS_CERT_ALTNAME_INVALID',
  // Chromium does not say whether it has expired or is not valid yet.
  ERR_CERT_DATE_INVALID: 'CERT_DATE_INVALID',
  ERR_CERT_AUTHORITY_INVALID: 'UNABLE_TO_GET_ISSUER_CERT'
}

/**
 * `fetch` for the core over Electron's network stack, which knows the system's proxy and certificates. It follows no
 * redirects (a redirect is returned, with its `location`), sends no cookies, and fails as Node's fetch does: with a
 * TypeError whose cause has a `code`. Built on `net.request`, because Electron's own `net.fetch` rejects if a redirect
 * is not followed.
 */
export function netFetch(net: Net): typeof globalThis.fetch {
  return async (input, init) => {
    const asked = new Request(input, { ...init, redirect: 'manual' })
    const body = asked.body === null ? null : Buffer.from(await asked.arrayBuffer())
    return await new Promise<Response>((resolve, reject) => {
      const request = net.request({
        method: asked.method,
        url: asked.url,
        redirect: 'manual',
        credentials: 'omit',
        useSessionCookies: false,
        cache: 'no-store'
      })
      const stop = (): void => {
        request.abort()
        reject(asked.signal.reason)
      }
      if (asked.signal.aborted) return stop()
      asked.signal.addEventListener('abort', stop, { once: true })
      // Electron sets `content-length` itself.
      asked.headers.forEach((value, name) => {
        if (name !== 'content-length') request.setHeader(name, value)
      })
      request.on('redirect', (status, _method, url) => {
        resolve(new Response(null, { status, headers: { location: url } }))
        request.abort()
      })
      request.on('response', (response) => resolve(answerOf(response, asked.signal)))
      request.on('error', (error) => reject(failure(error)))
      if (body) request.write(body)
      request.end()
    })
  }
}

function answerOf(response: IncomingMessage, signal: AbortSignal): Response {
  const headers = new Headers()
  for (const [name, value] of Object.entries(response.headers))
    for (const one of Array.isArray(value) ? value : [value]) headers.append(name, one)
  const status = response.statusCode
  if ([101, 204, 205, 304].includes(status)) return new Response(null, { status, headers })
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      response.on('data', (chunk: Buffer) => controller.enqueue(new Uint8Array(chunk)))
      response.on('end', () => controller.close())
      response.on('error', (error: Error) => controller.error(failure(error)))
      response.on('aborted', () => controller.error(failure(new Error('net::ERR_CONNECTION_CLOSED'))))
      signal.addEventListener('abort', () => controller.error(signal.reason), { once: true })
    }
  })
  return new Response(stream, { status, headers })
}

function failure(error: Error): TypeError {
  const name = /ERR_[A-Z_]+/.exec(error.message)?.[0] ?? ''
  const code =
    codes[name] ?? (name.startsWith('ERR_CERT') ? name : name.startsWith('ERR_SSL') ? 'EPROTO' : 'ECONNRESET')
  return new TypeError('fetch failed', { cause: Object.assign(new Error(name), { code }) })
}
