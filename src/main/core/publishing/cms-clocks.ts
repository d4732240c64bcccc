import type { Clock } from '../../../shared/lib/clock.ts'
import { aheadOf } from './clocks.ts'
import type { TargetsService } from './targets/targets.ts'

/** Milliseconds an approval waits to hear what time it is at the CMS. */
const LONGEST_LOOK = 2_000

/** How this machine's clock stands against that of each target, as it was last seen. */
export class CmsClocks {
  readonly #options: { readonly targets: TargetsService; readonly clock: Clock }
  /** In milliseconds. */
  readonly #ahead = new Map<string, number>()

  constructor(options: { readonly targets: TargetsService; readonly clock: Clock }) {
    this.#options = options
  }

  /** How far this machine's clock was last ahead, in milliseconds; null where that is not known. */
  ahead(targetId: string): number | null {
    return this.#ahead.get(targetId) ?? null
  }

  seen(targetId: string, ahead: number | null): void {
    if (ahead === null) this.#ahead.delete(targetId)
    else this.#ahead.set(targetId, ahead)
  }

  /** How far this machine's clock is ahead of the CMS's, in milliseconds; null where that cannot be told. */
  async look(targetId: string, signal?: AbortSignal): Promise<number | null> {
    const client = await this.#options.targets.client(this.#options.targets.get(targetId))
    const theirs = (await client?.time(signal)) ?? null
    const ahead = aheadOf(theirs, this.#options.clock.now())
    this.seen(targetId, ahead)
    return ahead
  }

  /** So that approval stamps by the CMS's clock; a CMS that does not say at once is asked again before it is sent to. */
  async lookInTime(targetId: string): Promise<void> {
    const stop = new AbortController()
    const cancel = this.#options.clock.after(LONGEST_LOOK, () => stop.abort())
    // No secret at hand, or a target whose address is not allowed: sending says so.
    await this.look(targetId, stop.signal).catch(() => null)
    cancel()
  }
}
