import type { Contract } from '../../shared/contract/contract.ts'
import type { EventData, EventName } from '../../shared/rpc/define.ts'
import type { Push } from '../../shared/rpc/wire.ts'

/**
 * Tells every connection what happened. A listener that throws never stops the others, nor the change it was notified of.
 */
export class Events {
  readonly #listeners = new Set<(push: Push) => void>()
  readonly #log: (line: string) => void

  constructor(log: (line: string) => void) {
    this.#log = log
  }

  subscribe(listener: (push: Push) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  emit<E extends EventName<Contract>>(event: E, data: EventData<Contract, E>): void {
    for (const listener of this.#listeners) {
      try {
        listener({ event, data })
      } catch (error) {
        this.#log(`a listener of ${event} failed: ${error instanceof Error ? error.message : 'unknown'}`)
      }
    }
  }
}
