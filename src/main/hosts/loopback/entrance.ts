import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../../shared/lib/clock.ts'

/** How long a code is valid, in ms: many times what a browser takes to start. */
const CODE_LIFE = 30_000

/** What a window receives in exchange for its code. */
export interface Pass {
  /** The value of `set-cookie`. */
  readonly cookie: string
  /** See `shared/rpc/page-key.ts`. */
  readonly pageKey: string
}

/**
 * Controls who gets in. An address with a code shows up in process lists and terminals, so a code works only once and
 * not for long. It is exchanged for a cookie that no script can read and no other site can send, and for a key that is
 * not sent to any other port on this machine.
 */
export class Entrance {
  readonly #clock: Clock
  readonly #cookie: string
  readonly #pageKey: string
  readonly #codes = new Map<string, number>()
  #name = 'galley'

  /** `key` lets a parent process restart the host without signing its windows out; random if not given. */
  constructor(clock: Clock, key: string | undefined) {
    this.#clock = clock
    const seed = key ?? randomBytes(32)
    const secret = (use: string): string => createHmac('sha256', seed).update(use).digest('base64url')
    this.#cookie = secret('galley window')
    this.#pageKey = secret('galley page')
  }

  /** Cookies ignore ports, so the port in the name keeps two open libraries apart. */
  set port(port: number) {
    this.#name = `galley-${port}`
  }

  newCode(): string {
    for (const code of this.#codes.keys()) if (!this.isGood(code)) this.#codes.delete(code)
    const code = randomBytes(24).toString('base64url')
    this.#codes.set(code, this.#clock.now() + CODE_LIFE)
    return code
  }

  /** Whether a code is valid now. Asking does not use it up. */
  isGood(code: string): boolean {
    return (this.#codes.get(code) ?? -Infinity) >= this.#clock.now()
  }

  /** Exchanges a valid code for a pass; the code is invalid afterwards. */
  exchange(code: string): Pass | null {
    const good = this.isGood(code)
    this.#codes.delete(code)
    if (!good) return null
    return { cookie: `${this.#name}=${this.#cookie}; HttpOnly; SameSite=Strict; Path=/`, pageKey: this.#pageKey }
  }

  admits(cookies: string | undefined): boolean {
    return (cookies ?? '').split(';').some((pair) => {
      const at = pair.indexOf('=')
      return at >= 0 && pair.slice(0, at).trim() === this.#name && isSame(pair.slice(at + 1).trim(), this.#cookie)
    })
  }

  /** Whether one of these is this host's page key. */
  knows(keys: readonly string[]): boolean {
    return keys.some((key) => isSame(key, this.#pageKey))
  }
}

function isSame(given: string, wanted: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(wanted)
  return a.length === b.length && timingSafeEqual(a, b)
}
