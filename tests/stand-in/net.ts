import { EventEmitter } from 'node:events'

const NAMES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'ERR_CONNECTION_REFUSED',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'ERR_CERT_AUTHORITY_INVALID',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'ERR_CERT_AUTHORITY_INVALID',
  ERR_TLS_CERT_ALTNAME_INVALID: 'ERR_CERT_COMMON_NAME_INVALID',
  CERT_HAS_EXPIRED: 'ERR_CERT_DATE_INVALID'
}

/** Electron's `net.request` over Node's fetch: redirects are told and not followed, errors have Chromium's names. */
class ClientRequest extends EventEmitter {
  readonly #options: { readonly method: string; readonly url: string }
  readonly #headers = new Headers()
  readonly #stop = new AbortController()
  #body: Buffer | undefined

  constructor(options: { readonly method: string; readonly url: string }) {
    super()
    this.#options = options
  }

  setHeader(name: string, value: string): void {
    this.#headers.set(name, value)
  }

  write(chunk: Buffer): void {
    this.#body = chunk
  }

  abort(): void {
    this.#stop.abort()
  }

  end(): void {
    void this.#send().catch((error: unknown) => {
      if (this.#stop.signal.aborted) return
      const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined
      const name = NAMES[cause?.code ?? ''] ?? 'ERR_CONNECTION_CLOSED'
      this.emit('error', new Error(`net::${name}`))
    })
  }

  async #send(): Promise<void> {
    const { method, url } = this.#options
    const answer = await fetch(url, {
      method,
      headers: this.#headers,
      redirect: 'manual',
      signal: this.#stop.signal,
      ...(this.#body && { body: new Uint8Array(this.#body) })
    })
    const location = answer.headers.get('location')
    if (answer.status >= 300 && answer.status < 400 && location !== null) {
      this.emit('redirect', answer.status, method, new URL(location, url).href)
      return
    }
    const response = Object.assign(new EventEmitter(), {
      statusCode: answer.status,
      headers: Object.fromEntries(answer.headers)
    })
    this.emit('response', response)
    try {
      for await (const chunk of answer.body ?? []) response.emit('data', Buffer.from(chunk))
      response.emit('end')
    } catch {
      response.emit('error', new Error('net::ERR_CONTENT_LENGTH_MISMATCH'))
    }
  }
}

export const net = {
  request: (options: { readonly method: string; readonly url: string }) => new ClientRequest(options)
}
