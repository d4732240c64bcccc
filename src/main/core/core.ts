import type { EventData, EventName } from '../../shared/rpc/define.ts'
import type { Dispatcher } from '../../shared/rpc/dispatch.ts'
import type { Push } from '../../shared/rpc/wire.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import type { Clock } from '../../shared/lib/clock.ts'
import type { Platform, StartPractice } from './ports.ts'

export interface CoreOptions {
  /** The library folder; made when it is not there. */
  readonly library: string
  readonly platform: Platform
  readonly clock?: Clock
  /** Brings the practice CMS; without it there is none to start. */
  readonly startPractice?: StartPractice
  /** The product's version, for `app.info` and exported files. */
  readonly version?: string
  /** Check every result against the contract; on in tests. */
  readonly checkOutputs?: boolean
  /** Told of bugs and of anything worth a log line; never given copy, secrets or paths of the person's files. */
  readonly log?: (line: string) => void
}

/** What a host gets: something to ask, something to listen to, pictures to serve, and an end. */
export interface Core extends Dispatcher {
  readonly readOnly: boolean
  /** Every event of the contract, for every connection. */
  subscribe(listener: (push: Push) => void): () => void
  emit<E extends EventName<Contract>>(event: E, data: EventData<Contract, E>): void
  /** A stored picture, scaled down to `width` pixels where asked; null when there is none of that id. */
  picture(id: string, width?: number): Promise<{ type: string; bytes: Uint8Array } | null>
  /** A story's page as readers will see it, its pictures inside; null when there is no such story. */
  preview(storyId: string): Promise<string | null>
  /** One file of a dictionary that the user put into the library; null if there is none for the language. */
  dictionary(language: string, ending: 'aff' | 'dic'): Promise<Uint8Array | null>
  /**
   * Takes the bytes of a file in, which a call may then name by `upload`. Throws GalleyErrors: `too_large` as soon as it
   * is, `read_only`, `storage_full`, `storage_failed`.
   */
  receive(body: AsyncIterable<Uint8Array>): Promise<{ readonly upload: string; readonly size: number }>
  /** Folds what is open, makes a backup if one is due, closes the database. */
  close(): Promise<void>
}
