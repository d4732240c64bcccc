import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Target } from '../../../shared/contract/publishing.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import type { PracticeServer, StartPractice } from '../ports.ts'
import type { Store } from '../store/store.ts'
import type { TargetsService } from './targets/targets.ts'
import { say } from '../../../shared/words/message.ts'

export interface PracticeOptions {
  readonly store: Store
  readonly targets: TargetsService
  readonly clock: Clock
  readonly log: (line: string) => void
  /** Undefined if the host provides no practice CMS. */
  readonly startServer: StartPractice | undefined
}

/**
 * The practice CMS of a library: a small real server on this machine, with its stories in `<library>/practice-cms`. Its
 * secret is new at every start and never on disk; its port stays the same while it is free.
 */
export class PracticeService {
  readonly #options: PracticeOptions
  #receiver: Promise<PracticeServer> | null = null

  constructor(options: PracticeOptions) {
    this.#options = options
  }

  async status(): Promise<{ running: boolean; url: string | null; target: Target | null }> {
    const receiver = await this.#receiver
    const target = this.#options.targets.practice()
    return {
      running: receiver !== null,
      url: receiver?.url ?? null,
      target: target ? await this.#options.targets.describe(target) : null
    }
  }

  /** Starts it, or returns the one already running. */
  async start(): Promise<{ url: string; target: Target }> {
    this.#receiver ??= this.#start()
    try {
      const receiver = await this.#receiver
      const target = this.#options.targets.practice()
      if (!target) throw new GalleyError('not_found', say('publishing.practiceGone'))
      return { url: receiver.url, target: await this.#options.targets.describe(target) }
    } catch (error) {
      this.#receiver = null
      throw error instanceof GalleyError
        ? error
        : new GalleyError('unsupported', say('publishing.practiceFailed'), {
            cause: error
          })
    }
  }

  /**
   * Starts it with the library if it was running when the library was last open, so that what is queued for it is sent.
   */
  async resume(): Promise<void> {
    if (this.#options.targets.practice()?.starts) await this.start()
  }

  async stop(): Promise<void> {
    const target = this.#options.targets.practice()
    await this.close()
    if (target) this.#options.targets.savePractice(target.url, null, false)
  }

  /** Stops it for now: it starts again with the library. */
  async close(): Promise<void> {
    const receiver = this.#receiver
    this.#receiver = null
    await (await receiver?.catch(() => null))?.stop()
  }

  async #start(): Promise<PracticeServer> {
    const { store, targets, clock, log, startServer } = this.#options
    if (!startServer) throw new GalleyError('unsupported', say('publishing.noPractice'))
    const secret = randomBytes(32).toString('base64url')
    const folder = join(store.folder, 'practice-cms')
    const options = { folder, secret, clock, log }
    const usual = Number(new URL(targets.practice()?.url ?? 'http://127.0.0.1:0').port)
    // Keeping the port keeps bookmarks of its pages working; if it is taken, any other will do.
    const receiver =
      usual === 0
        ? await startServer(options)
        : await startServer({ ...options, port: usual }).catch(() => startServer(options))
    targets.savePractice(receiver.endpoint, secret, true)
    return receiver
  }
}
