/** What one exchange may cost. */
export interface Limits {
  /** Bytes of the reply after decompression. */
  readonly maxBytes: number
  /** Longest silence, in milliseconds. */
  readonly idleMs: number
  /** Longest exchange, in milliseconds; sending a large body adds to it. */
  readonly totalMs: number
}

export const LIMITS: Limits = { maxBytes: 1024 * 1024, idleMs: 10_000, totalMs: 30_000 }

/** While a body is being sent, a connection slower than this many bytes per second counts as dead. */
const SLOWEST_LINE = 32 * 1024

export type Exchange =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: Headers; readonly bytes: Uint8Array }
  /** The headers arrived, but not the whole body. */
  | {
      readonly kind: 'cut'
      readonly status: number
      readonly headers: Headers
      readonly why: 'too-large' | 'silent' | 'broken'
    }
  | { readonly kind: 'no-connection'; readonly code: string }
  /** `garbled`: the TLS connection failed, during the handshake or later, which cannot be told apart. */
  | { readonly kind: 'lost'; readonly why: 'silent' | 'cut' | 'garbled' }
  /** The caller stopped it. */
  | { readonly kind: 'aborted' }

export interface Ask {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string
}

/**
 * A single HTTP exchange that always ends: redirects are not followed, silence and length are limited, and the bytes of
 * the reply are counted after decompression, piece by piece, so that a small gzip file cannot expand without limit.
 * Never throws for what the network does.
 */
export async function boundedFetch(
  fetch: typeof globalThis.fetch,
  ask: Ask,
  limits: Limits,
  signal?: AbortSignal
): Promise<Exchange> {
  const stop = new AbortController()
  const sendingMs = ask.body === undefined ? 0 : (Buffer.byteLength(ask.body) / SLOWEST_LINE) * 1000
  const total = setTimeout(() => stop.abort(), limits.totalMs + sendingMs)
  let idle = setTimeout(() => stop.abort(), limits.idleMs + sendingMs)
  const heard = (): void => {
    clearTimeout(idle)
    idle = setTimeout(() => stop.abort(), limits.idleMs)
  }
  const abort = (): void => stop.abort()
  signal?.addEventListener('abort', abort)
  if (signal?.aborted) stop.abort()
  try {
    const response = await fetch(ask.url, {
      method: ask.method,
      headers: { ...ask.headers },
      redirect: 'manual',
      signal: stop.signal,
      ...(ask.body !== undefined && { body: ask.body as NonNullable<RequestInit['body']> })
    })
    heard()
    const { status, headers } = response
    if (!response.body) return { kind: 'answer', status, headers, bytes: new Uint8Array() }
    const pieces: Uint8Array[] = []
    let length = 0
    try {
      for await (const piece of response.body as AsyncIterable<Uint8Array>) {
        heard()
        length += piece.byteLength
        if (length > limits.maxBytes) return { kind: 'cut', status, headers, why: 'too-large' }
        pieces.push(piece)
      }
    } catch {
      if (signal?.aborted) return { kind: 'aborted' }
      return { kind: 'cut', status, headers, why: stop.signal.aborted ? 'silent' : 'broken' }
    }
    return { kind: 'answer', status, headers, bytes: Buffer.concat(pieces, length) }
  } catch (error) {
    if (signal?.aborted) return { kind: 'aborted' }
    if (stop.signal.aborted) return { kind: 'lost', why: 'silent' }
    const { code, doing } = causeOf(error)
    // While it was sent or its answer read, an unreachable host says nothing about what has arrived.
    const isUnderWay = doing === 'read' || doing === 'write'
    if (doing === 'connect' || (!isUnderWay && NEVER_CONNECTED.test(code))) return { kind: 'no-connection', code }
    if (NO_ANSWER.test(code)) return { kind: 'lost', why: 'silent' }
    return { kind: 'lost', why: /^(EPROTO|ERR_SSL_.*)$/.test(code) ? 'garbled' : 'cut' }
  } finally {
    clearTimeout(total)
    clearTimeout(idle)
    signal?.removeEventListener('abort', abort)
  }
}

/** A port that web requests may not use: `fetch` only says so in its message. */
export const BAD_PORT = 'BAD_PORT'

const NEVER_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EAI_FAIL|ENETUNREACH|ENETDOWN|EHOSTUNREACH|EHOSTDOWN|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|EACCES|EPERM|ERR_PROXY|BAD_PORT|CERT_.*|.*_CERT_.*|.*SELF_SIGNED.*|UNABLE_TO_.*|ERR_TLS_.*)$/

/** The system gave up waiting, without saying for what. */
const NO_ANSWER = /^(ETIMEDOUT|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT)$/

/**
 * The system's or TLS's name for what went wrong, at any depth of causes, and the system call that failed, where it is
 * told.
 */
function causeOf(error: unknown): { readonly code: string; readonly doing: string } {
  let at: unknown = error
  for (let depth = 0; depth < 5 && at instanceof Error; depth += 1) {
    // If a name has several addresses, a server that refuses says more than one that is not on this network.
    if (at instanceof AggregateError && at.errors.length > 0)
      at = at.errors.find((one) => codeOf(one) === 'ECONNREFUSED') ?? (at.errors[0] as unknown)
    const code = codeOf(at)
    if (code !== '') return { code, doing: String((at as { syscall?: unknown }).syscall ?? '') }
    if (at instanceof Error && at.message === 'bad port') return { code: BAD_PORT, doing: 'connect' }
    at = at instanceof Error ? at.cause : null
  }
  return { code: '', doing: '' }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
