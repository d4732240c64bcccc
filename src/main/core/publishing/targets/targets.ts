import type { Target } from '../../../../shared/contract/publishing.ts'
import type { Clock } from '../../../../shared/lib/clock.ts'
import { newId } from '../../../../shared/lib/id.ts'
import { GalleyError } from '../../../../shared/rpc/errors.ts'
import type { Limits } from './open/bounded-fetch.ts'
import { OpenEndpoint } from './open/open-endpoint.ts'
import { targetUrl } from './open/target-url.ts'
import type { CmsClient } from './target.ts'
import type { SecretStore } from '../../ports.ts'
import type { Store } from '../../store/store.ts'
import { deleteTarget, getTarget, listTargets, putTarget, type StoredTarget } from '../../store/targets.ts'

export interface TargetsOptions {
  readonly store: Store
  readonly secrets: SecretStore
  readonly clock: Clock
  readonly fetch: typeof globalThis.fetch
  readonly limits?: Limits | undefined
}

export interface TargetInput {
  readonly id?: string | undefined
  readonly name: string
  readonly kind: Target['kind']
  readonly url: string
  readonly format: Target['format']
  /** Absent: keep the one there is; null: forget it. */
  readonly secret?: string | null | undefined
}

/** The CMSs this desk publishes to. Their secrets are the keychain's; a row only knows that there is one. */
export class TargetsService {
  readonly #options: TargetsOptions
  /** Secrets of servers of this very process, which need no keychain. */
  readonly #ofThisRun = new Map<string, string>()

  constructor(options: TargetsOptions) {
    this.#options = options
  }

  async list(): Promise<Target[]> {
    return Promise.all(this.#options.store.read(listTargets).map((target) => this.describe(target)))
  }

  /** Throws `not_found`. */
  get(id: string): StoredTarget {
    const target = this.find(id)
    if (!target)
      throw new GalleyError('not_found', 'There is no such target on this desk.', {
        next: 'Choose another under Publishing.',
        detail: { id }
      })
    return target
  }

  find(id: string): StoredTarget | undefined {
    return this.#options.store.read((db) => getTarget(db, id))
  }

  practice(): StoredTarget | undefined {
    return this.#options.store.read(listTargets).find((target) => target.kind === 'practice')
  }

  /** Adds or changes a target; whatever stopped it is taken as seen to. */
  async save(input: TargetInput): Promise<StoredTarget> {
    const known = input.id === undefined ? undefined : this.get(input.id)
    if (input.kind === 'practice' && known?.kind !== 'practice')
      throw new GalleyError('refused', 'The practice CMS adds itself.', { next: 'Start it under Publishing.' })
    if (known && known.kind !== input.kind)
      throw new GalleyError('refused', 'A target stays what it is.', { next: 'Add another target.' })
    const target: StoredTarget = {
      id: known?.id ?? newId(this.#options.clock.now()),
      name: input.name.trim() || 'CMS',
      kind: input.kind,
      format: input.format,
      paused: null,
      starts: known?.starts ?? false,
      // Its own server says where it is and how it signs.
      url: known?.kind === 'practice' ? known.url : targetUrl(input.url),
      signs:
        known?.kind === 'practice' ||
        (input.secret === undefined ? (known?.signs ?? false) : input.secret !== null && input.secret !== '')
    }
    // The keychain first: a row that promises a secret which is not there only asks the person again.
    if (input.secret !== undefined && target.kind !== 'practice')
      await this.#options.secrets.set(secretKey(target.id), input.secret === '' ? null : input.secret)
    this.#options.store.write('save target', (db) => putTarget(db, target))
    return target
  }

  async remove(id: string): Promise<void> {
    this.#options.store.write('remove target', (db) => deleteTarget(db, id))
    this.#ofThisRun.delete(id)
    await this.#options.secrets.set(secretKey(id), null)
  }

  /** The practice CMS as it runs now: its port and secret are new with every start. */
  savePractice(url: string, secret: string | null, starts: boolean): StoredTarget {
    const known = this.practice()
    const target: StoredTarget = known
      ? { ...known, url, starts, paused: null }
      : {
          id: newId(this.#options.clock.now()),
          name: 'Practice CMS',
          kind: 'practice',
          url,
          format: 'galley',
          signs: true,
          starts,
          paused: null
        }
    this.#options.store.write('practice target', (db) => putTarget(db, target))
    if (secret === null) this.#ofThisRun.delete(target.id)
    else this.#ofThisRun.set(target.id, secret)
    return target
  }

  async describe({ id, name, kind, url, format, signs }: StoredTarget): Promise<Target> {
    const onHand = signs && (await this.#secret(id)) !== null
    return {
      id,
      name,
      kind,
      url,
      format,
      secret: !onHand ? 'none' : this.#options.secrets.persistent && !this.#ofThisRun.has(id) ? 'stored' : 'this-run'
    }
  }

  /** A way to talk to the target; null while its secret is not on hand. */
  async client(target: StoredTarget): Promise<CmsClient | null> {
    const secret = target.signs ? await this.#secret(target.id) : null
    if (target.signs && secret === null) return null
    const { fetch, clock, limits } = this.#options
    // Checked again: a row may come from a backup, or from a hand that edits files.
    return new OpenEndpoint({ url: targetUrl(target.url), secret, fetch, clock, ...(limits && { limits }) })
  }

  async #secret(id: string): Promise<string | null> {
    return this.#ofThisRun.get(id) ?? (await this.#options.secrets.get(secretKey(id)))
  }
}

function secretKey(id: string): string {
  return `target:${id}`
}
