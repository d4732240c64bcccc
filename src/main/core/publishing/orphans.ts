import type { Orphan } from '../../../shared/contract/publishing.ts'
import type { MediaId } from '../../../shared/document/image-use.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say, type Message } from '../../../shared/words/message.ts'
import { listOpenOutbox, listSentTo } from '../store/outbox.ts'
import { deleteReferencesTo, getReference } from '../store/remote-references.ts'
import { getStoryRow } from '../store/stories.ts'
import type { Store } from '../store/store.ts'
import { mediaReference, storyReference } from './outbox-job.ts'
import { isOpen } from './delivery.ts'
import type { Leftover, Made, TargetClient, Trouble } from './targets/target.ts'
import { noClient, type TargetsService } from './targets/targets.ts'

export interface OrphansOptions {
  readonly store: Store
  readonly targets: TargetsService
  /** Keeps anything from leaving for the target until the returned function is called. */
  readonly hold: (targetId: string) => () => void
}

export interface Removal {
  readonly removed: Orphan[]
  readonly left: { readonly orphan: Orphan; readonly message: Message }[]
}

/** What faults left on a CMS: found by the marks of this library's own stories and pictures, and removed on request. */
export class Orphans {
  readonly #options: OrphansOptions

  constructor(options: OrphansOptions) {
    this.#options = options
  }

  /** Throws `unreachable` or `refused` if the CMS does not tell. */
  async list(targetId: string, signal?: AbortSignal): Promise<Orphan[]> {
    return (await this.#look(targetId, signal)).map(({ orphan }) => orphan)
  }

  /** Removes those that are still orphans: each is checked again, while nothing begins to leave for the CMS. */
  async remove(targetId: string, ids: readonly string[], signal?: AbortSignal): Promise<Removal> {
    const client = await this.#client(targetId)
    const removal: Removal = { removed: [], left: [] }
    for (const { orphan, leftover } of await this.#look(targetId, signal)) {
      if (!ids.includes(orphan.id)) continue
      const letGo = this.#options.hold(targetId)
      try {
        const why = this.#whyKept(targetId, leftover)
        const answer = why ? { kind: 'kept', message: why } : await client.discard?.(leftover, signal)
        if (answer?.kind !== 'stored') {
          removal.left.push({ orphan, message: messageOf(answer) })
          continue
        }
        this.#options.store.write('orphan', (db) => deleteReferencesTo(db, targetId, leftover.remoteId))
        removal.removed.push(orphan)
      } finally {
        letGo()
      }
    }
    return removal
  }

  /** Something approved since needs it, or the driver cannot tell that nothing does. */
  #whyKept(targetId: string, { local, kept }: Leftover): Message | null {
    const isNeeded = this.#options.store
      .read(listOpenOutbox)
      .some(
        (row) =>
          row.targetId === targetId &&
          (storyReference(row.storyId) === local || row.media.some((id) => mediaReference(id) === local))
      )
    return isNeeded ? say('publishing.orphanNeeded') : kept
  }

  async #look(
    targetId: string,
    signal?: AbortSignal
  ): Promise<{ readonly orphan: Orphan; readonly leftover: Leftover }[]> {
    const client = await this.#client(targetId)
    const { made, headlines } = this.#made(targetId)
    const left = await client.leftovers?.(made, signal)
    if (!left) return []
    if (left.kind !== 'left')
      throw new GalleyError(
        left.kind === 'unauthorised' || left.kind === 'distrusted' || left.kind === 'rejected'
          ? 'refused'
          : 'unreachable',
        messageOf(left)
      )
    return left.leftovers.map((leftover) => {
      const { kind, remoteId, name, address, storyId, kept } = leftover
      const headline = headlines.get(storyId) ?? ''
      return { leftover, orphan: { id: `${kind}:${remoteId}`, kind, name, address, storyId, headline, kept } }
    })
  }

  #made(targetId: string): { readonly made: Made; readonly headlines: ReadonlyMap<string, string> } {
    return this.#options.store.read((db) => {
      const rows = listSentTo(db, targetId)
      const underWay = new Set(rows.filter(isOpen).map(({ storyId }) => storyId))
      const used = new Set(rows.filter((row) => isOpen(row) || row.hasReceipt).flatMap(({ media }) => media))
      const firstOf = new Map(rows.toReversed().flatMap(({ media, storyId }) => media.map((id) => [id, storyId])))
      const sentAs = new Map<string, Set<string>>()
      for (const { storyId, headline } of rows)
        sentAs.set(storyId, (sentAs.get(storyId) ?? new Set()).add(headline.trim()))
      return {
        headlines: new Map(rows.map(({ storyId, headline }) => [storyId, headline])),
        made: {
          stories: [...sentAs]
            .filter(([id]) => !underWay.has(id))
            .map(([id, headlines]) => ({
              id,
              headlines: [...headlines],
              lastSeen: getStoryRow(db, id) ? null : (getReference(db, targetId, storyReference(id))?.token ?? null)
            })),
          pictures: [...firstOf].map(([id = '', storyId = '']) => ({
            id: id as MediaId,
            storyId,
            remoteId: getReference(db, targetId, mediaReference(id))?.remoteId ?? null,
            used: used.has(id)
          }))
        }
      }
    })
  }

  async #client(targetId: string): Promise<TargetClient> {
    const target = this.#options.targets.get(targetId)
    const client = await this.#options.targets.client(target)
    if (!client) throw new GalleyError('refused', noClient(target))
    return client
  }
}

function messageOf(answer: Trouble | { readonly kind: string } | undefined): Message {
  return answer && 'message' in answer ? answer.message : say('cms.unknownAnswer')
}
