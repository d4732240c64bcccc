import { setTimeout as sleep } from 'node:timers/promises'

/** A request as it was sent, and the status it was answered with. */
export interface Sent {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | string | undefined
  readonly status: number
}

/** The line between a desk and a CMS: as far away as it is told, cut when it is told, and it can remember. */
export class Network {
  /** What a request spends on the way, ms. */
  way = 0
  offline = false
  /** Filled while it is there. */
  sent: Sent[] | null = null

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    if (this.offline)
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('offline'), { code: 'ENETUNREACH' }) })
    if (this.way > 0) await sleep(this.way)
    const answer = await globalThis.fetch(input, init)
    this.sent?.push({
      url: String(input),
      method: init?.method ?? 'GET',
      headers: init?.headers as Record<string, string>,
      body: init?.body as Uint8Array | string | undefined,
      status: answer.status
    })
    return answer
  }
}
