import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import { newId } from '../../../shared/lib/id.ts'
import { targetKind, type TargetKind } from '../../../shared/publishing/targets/index.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'
import type { OutboxRow } from '../store/outbox.ts'
import { getLive } from '../store/receipts.ts'
import { deleteReference, putReference } from '../store/remote-references.ts'
import type { Store } from '../store/store.ts'
import { jobOf, storyReference } from './outbox-job.ts'
import type { OutboxQueue } from './outbox-queue.ts'
import { asNewKey, type RemoteCopy } from './targets/target.ts'
import { noClient, type TargetsService } from './targets/targets.ts'

/** What a CMS has, for a person to compare with ours. */
interface RemoteVersion {
  readonly etag: string
  readonly headline: string
  readonly text: string
  readonly mayBeAnother?: true
  /** Readers could see it there, and no longer can. */
  readonly hidden?: true
}

interface ConflictsOptions {
  readonly store: Store
  readonly clock: Clock
  readonly targets: TargetsService
  readonly queue: OutboxQueue
}

/** Items for which the CMS had something else: what is there, and what a person decides. */
export class Conflicts {
  readonly #options: ConflictsOptions

  constructor(options: ConflictsOptions) {
    this.#options = options
  }

  /**
   * Replaces what is there with ours, under a new idempotency key because it is a separate decision. Empty `etag`:
   * nothing is there.
   */
  overwrite(id: string, etag: string): OutboxItem {
    const row = this.#options.queue.row(id)
    if (row.state !== 'conflict') throw new GalleyError('refused', say('publishing.notInConflict'))
    this.#options.queue.apply(
      id,
      { kind: 'overwrite', base: etag === '' ? null : etag },
      newId(this.#options.clock.now())
    )
    this.#options.queue.poke()
    return this.#options.queue.item(id)
  }

  /** Leaves what is there, which is another story, and publishes ours as a new one. */
  publishAsNew(id: string): OutboxItem {
    const row = this.#options.queue.row(id)
    if (row.state !== 'conflict' || !mayBeAnother(row, this.#options.targets.get(row.targetId).kind))
      throw new GalleyError('refused', say('publishing.notInConflict'))
    const { storyId, targetId } = row
    const key = newId(this.#options.clock.now())
    this.#options.queue.apply(id, { kind: 'overwrite', base: null }, key, (db) => {
      deleteReference(db, targetId, storyReference(storyId))
      const local = asNewKey(storyId)
      putReference(db, { local, remoteId: '', address: null, token: null, targetId, confirmedBy: key })
    })
    this.#options.queue.poke()
    return this.#options.queue.item(id)
  }

  /** What the CMS has; null if nothing. Throws `unreachable` or `refused`. */
  async remote(id: string): Promise<RemoteVersion | null> {
    const row = this.#options.queue.row(id)
    const target = this.#options.targets.get(row.targetId)
    const client = await this.#options.targets.client(target)
    if (!client) throw new GalleyError('refused', noClient(target))
    const answer = await client.probe(jobOf(this.#options.store, row, []))
    if (answer.kind === 'found')
      return {
        etag: answer.remote.token,
        ...this.#options.targets.driver(target.kind).readable(answer.remote),
        ...(mayBeAnother(row, target.kind) && { mayBeAnother: true as const }),
        ...(this.#isHidden(row, answer.remote, target.kind) && { hidden: true as const })
      }
    if (answer.kind === 'absent') return null
    throw new GalleyError(
      answer.kind === 'unauthorised' || answer.kind === 'distrusted' || answer.kind === 'rejected'
        ? 'refused'
        : 'unreachable',
      'message' in answer ? answer.message : say('cms.unknownAnswer')
    )
  }

  /** True if it was taken down there by hand. Only a CMS with drafts of its own can tell. */
  #isHidden({ storyId, targetId }: OutboxRow, { url, publishesAt }: RemoteCopy, kind: TargetKind): boolean {
    const live = this.#options.store.read((db) => getLive(db, storyId, targetId))?.receipt
    const wasPublic = live !== undefined && !live.withdrawn && live.url !== null
    return wasPublic && url === null && publishesAt === undefined && targetKind(kind).ownIds
  }
}

/** True if ours is new there as far as this library knows, and the CMS assigns ids itself. */
function mayBeAnother({ base, purpose, receipt }: OutboxRow, kind: TargetKind): boolean {
  return base === null && receipt === null && purpose === 'publish' && targetKind(kind).ownIds
}
