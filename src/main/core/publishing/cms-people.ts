import type { Message } from '../../../shared/words/message.ts'
import { listPeople, putPeople, type StoredPerson } from '../store/remote-people.ts'
import type { Store } from '../store/store.ts'
import { noClient, type TargetsService } from './targets/targets.ts'

export interface People {
  readonly people: StoredPerson[]
  /** Why they are those that were last told; null: they are those of this moment. */
  readonly problem: Message | null
}

/** Whom a CMS can name as authors: asked while it can be, else as it last told. */
export class CmsPeople {
  readonly #store: Store
  readonly #targets: TargetsService

  constructor({ store, targets }: { readonly store: Store; readonly targets: TargetsService }) {
    this.#store = store
    this.#targets = targets
  }

  async list(targetId: string, signal?: AbortSignal): Promise<People> {
    const target = this.#targets.get(targetId)
    const client = await this.#targets.client(target)
    const told = client ? await client.people?.(signal) : { kind: 'none' as const, message: noClient(target) }
    if (told?.kind !== 'people') {
      const problem = told && 'message' in told ? told.message : null
      return { people: this.#store.read((db) => listPeople(db, targetId)), problem }
    }
    if (!this.#store.readOnly) this.#store.write('people', (db) => putPeople(db, targetId, told.people))
    return { people: [...told.people], problem: null }
  }
}
