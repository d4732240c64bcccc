import type { Clock } from '../../../shared/lib/clock.ts'
import { aheadOf } from './clocks.ts'
import type { TargetsService } from './targets/targets.ts'

/** How long an approval waits for the CMS's time, in milliseconds. */
const LONGEST_LOOK = 2_000

/** How this machine's clock compares with each target's, as last seen. */
export class CmsClocks {
  readonly #options: { readonly targets: TargetsService; readonly clock: Clock }
  /** In milliseconds. */
  readonly #ahead = new Map<string, number>()

  constructor(options: { readonly targets: TargetsService; readonly clock: Clock }) {
    this.#options = options
  }

  /** How far this machine's clock was ahead when last compared, in milliseconds; null if unknown. */
  ahead(targetId: string): number | null {
    return this.#ahead.get(targetId) ?? null
  }

  seen(targetId: string, ahead: number | null): void {
    if (ahead === null) this.#ahead.delete(targetId)
    else this.#ahead.set(targetId, ahead)
  }

  /** How far this machine's clock is ahead of the CMS's, in milliseconds; null if that cannot be told. */
  async look(targetId: string, signal?: AbortSignal): Promise<number | null> {
    const client = await this.#options.targets.client(this.#options.targets.get(targetId))
    const theirs = (await client?.time(signal)) ?? null
    const ahead = aheadOf(theirs, this.#options.clock.now())
    this.seen(targetId, ahead)
    return ahead
  }

  /**
   * Lets an approval use the CMS's clock for its times; a CMS that does not reply in time is asked again before
   * sending.
   */
  async lookInTime(targetId: string): Promise<void> {
    const stop = new AbortController()
    const cancel = this.#options.clock.after(LONGEST_LOOK, () => stop.abort())
    // A missing secret or a forbidden address is reported when sending.
    await this.look(targetId, stop.signal).catch(() => null)
    cancel()
  }
}
