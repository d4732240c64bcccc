import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../../shared/lib/clock.ts'

/** How long a code opens the door, in ms. */
const CODE_LIFE = 10 * 60_000

/**
 * Who may in. An address with a code is shown in process lists and terminals, so a code works once and not for long;
 * what it is exchanged for is a cookie that no script can read and no other site can send.
 */
export class Entrance {
  readonly #clock: Clock
  readonly #cookie: string
  readonly #codes = new Map<string, number>()
  #name = 'galley'

  /** `key` lets a parent process start the host again without signing its windows out; random where there is none. */
  constructor(clock: Clock, key: string | undefined) {
    this.#clock = clock
    this.#cookie = key
      ? createHmac('sha256', key).update('galley window').digest('base64url')
      : randomBytes(32).toString('base64url')
  }

  /** Cookies know no ports: the name keeps two libraries open at once apart. */
  set port(port: number) {
    this.#name = `galley-${port}`
  }

  newCode(): string {
    for (const [code, until] of this.#codes) if (until < this.#clock.now()) this.#codes.delete(code)
    const code = randomBytes(24).toString('base64url')
    this.#codes.set(code, this.#clock.now() + CODE_LIFE)
    return code
  }

  /** The cookie for a code that was good; it is good no more. */
  exchange(code: string): string | null {
    const until = this.#codes.get(code)
    this.#codes.delete(code)
    if (until === undefined || until < this.#clock.now()) return null
    return `${this.#name}=${this.#cookie}; HttpOnly; SameSite=Strict; Path=/`
  }

  admits(cookies: string | undefined): boolean {
    for (const pair of (cookies ?? '').split(';')) {
      const at = pair.indexOf('=')
      if (at < 0 || pair.slice(0, at).trim() !== this.#name) continue
      const given = Buffer.from(pair.slice(at + 1).trim())
      const wanted = Buffer.from(this.#cookie)
      if (given.length === wanted.length && timingSafeEqual(given, wanted)) return true
    }
    return false
  }
}
