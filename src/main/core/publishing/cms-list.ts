import type { Message } from '../../../shared/words/message.ts'
import type { ReadableDb, WritableDb } from '../store/sql.ts'
import type { Store } from '../store/store.ts'
import type { TargetClient, Trouble } from './targets/target.ts'
import { noClient, type TargetsService } from './targets/targets.ts'

export interface CmsListOptions<Item> {
  readonly store: Store
  readonly targets: TargetsService
  /** The name in the log of writes. */
  readonly name: string
  /** Undefined if this kind of CMS has no such list. */
  readonly ask: (
    client: TargetClient,
    signal?: AbortSignal
  ) => Promise<{ readonly kind: 'told'; readonly list: readonly Item[] } | Trouble | undefined>
  readonly read: (db: ReadableDb, targetId: string) => Item[]
  readonly put: (db: WritableDb, targetId: string, list: readonly Item[]) => void
}

export interface Told<Item> {
  readonly list: Item[]
  /** Why they are the ones last known; null if they are current. */
  readonly problem: Message | null
}

/** What a CMS offers for a person to choose from: asked for if it can be reached, otherwise as last known. */
export class CmsList<Item> {
  readonly #options: CmsListOptions<Item>

  constructor(options: CmsListOptions<Item>) {
    this.#options = options
  }

  async list(targetId: string, signal?: AbortSignal): Promise<Told<Item>> {
    const { store, targets, name, ask, read, put } = this.#options
    const target = targets.get(targetId)
    const client = await targets.client(target)
    const told = client ? await ask(client, signal) : { kind: 'none' as const, message: noClient(target) }
    if (told?.kind !== 'told')
      return { list: store.read((db) => read(db, targetId)), problem: told && 'message' in told ? told.message : null }
    if (!store.readOnly) store.write(name, (db) => put(db, targetId, told.list))
    return { list: [...told.list], problem: null }
  }
}
