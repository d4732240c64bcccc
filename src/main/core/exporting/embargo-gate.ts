import type { EmbargoExit, ExitWay } from '../../../shared/contract/exports.ts'
import { embargoAhead } from '../../../shared/formats/standing.ts'
import { isoWithOffset } from '../../../shared/formats/zoned-time.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import { newId } from '../../../shared/lib/id.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import type { Story } from '../../../shared/story/story.ts'
import { say } from '../../../shared/words/message.ts'
import { insertEmbargoExit, listEmbargoExits } from '../store/embargo-exits.ts'
import type { Store } from '../store/store.ts'

export interface EmbargoGateOptions {
  readonly store: Store
  readonly clock: Clock
  readonly desk: () => { readonly person: string }
  readonly machine: string
}

/** Copy under embargo leaves with a typed reason alone, and that it left is on disk before it does. */
export class EmbargoGate {
  readonly #options: EmbargoGateOptions

  constructor(options: EmbargoGateOptions) {
    this.#options = options
  }

  /** Throws `refused` with detail {embargo} without a reason, and what the disk throws where it cannot be logged. */
  pass({ id, fields }: Pick<Story, 'id' | 'fields'>, way: ExitWay, reason: string | undefined): void {
    const { store, clock, desk, machine } = this.#options
    const now = clock.now()
    const until = embargoAhead(fields, now)
    if (!until) return
    if (reason === undefined)
      throw new GalleyError('refused', say('exporting.underEmbargo', { at: isoWithOffset(until), zone: until.zone }), {
        detail: { embargo: until.utc }
      })
    const at = new Date(now).toISOString()
    const exit: EmbargoExit = { at, way, until, reason, person: desk().person || null, machine }
    store.write('embargo exit', (db) => insertEmbargoExit(db, newId(now), id, exit))
  }

  exits(id: string): EmbargoExit[] {
    return this.#options.store.read((db) => listEmbargoExits(db, id))
  }
}
