import type { Fingerprint } from '../../../../shared/publishing/certificate.ts'
import type { Target } from '../../../../shared/contract/publishing.ts'
import type { Clock } from '../../../../shared/lib/clock.ts'
import { newId } from '../../../../shared/lib/id.ts'
import { GalleyError, type WireError } from '../../../../shared/rpc/errors.ts'
import { targetKind, type TargetKind } from '../../../../shared/publishing/targets/index.ts'
import type { Pictures, TargetClient } from './target.ts'
import { LIMITS, type Limits } from './bounded-fetch.ts'
import { trusting } from '../certificates/pinned-fetch.ts'
import type { Driver } from './driver.ts'
import { targetUrl } from './target-url.ts'
import type { SecretStore } from '../../ports.ts'
import type { Store } from '../../store/store.ts'
import { deleteReferencesOf } from '../../store/remote-references.ts'
import { deleteTarget, getTarget, listTargets, putTarget, type StoredTarget } from '../../store/targets.ts'
import { say, type Message } from '../../../../shared/words/message.ts'

export interface TargetsOptions {
  readonly store: Store
  readonly secrets: SecretStore
  readonly clock: Clock
  readonly fetch: typeof globalThis.fetch
  readonly pictures: Pictures
  readonly drivers: Readonly<Record<TargetKind, Driver>>
  readonly limits?: Limits | undefined
}

export interface TargetInput {
  readonly id?: string | undefined
  readonly name: string
  readonly kind: Target['kind']
  readonly url: string
  /** Absent: unchanged, or the defaults of its kind. */
  readonly settings?: Target['settings'] | undefined
  /** Absent: unchanged; null: forget it. */
  readonly secret?: string | null | undefined
  /** Absent: unchanged while the server is the same; null: forget it. */
  readonly trusted?: Fingerprint | null | undefined
}

/** The CMSs this desk publishes to. Their secrets are in the keychain; a row only records that there is one. */
export class TargetsService {
  readonly #options: TargetsOptions
  /** Secrets of servers run by this very process, which need no keychain. */
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
      throw new GalleyError('not_found', say('publishing.noSuchTarget'), {
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

  /** Adds or changes a target; whatever stopped it counts as dealt with, unless a person paused it. */
  async save(input: TargetInput): Promise<StoredTarget> {
    const known = input.id === undefined ? undefined : this.get(input.id)
    const description = targetKind(input.kind)
    if (!known && !description.addedByHand) throw new GalleyError('refused', say('publishing.practiceAddsItself'))
    if (known && known.kind !== input.kind) throw new GalleyError('refused', say('publishing.kindIsFixed'))
    const settings = description.settings.safeParse({ ...known?.settings, ...input.settings })
    if (!settings.success) {
      const where = settings.error.issues[0]?.path.join('.') ?? ''
      throw new GalleyError('invalid_input', say('publishing.notASetting', { where }), {
        detail: { where }
      })
    }
    // The practice server itself says where it is and how it signs.
    const url = description.addedByHand || !known ? targetUrl(input.url) : known.url
    if (input.trusted && !url.startsWith('https:'))
      throw new GalleyError('invalid_input', say('publishing.noCertificateThere'))
    const target: StoredTarget = {
      id: known?.id ?? newId(this.#options.clock.now()),
      name: input.name.trim() || 'CMS',
      kind: input.kind,
      settings: settings.data as Target['settings'],
      paused: null,
      starts: known?.starts ?? false,
      url,
      // Trust in one server does not extend to another.
      trusted:
        input.trusted === undefined ? (isSameServer(known?.url, url) ? (known?.trusted ?? null) : null) : input.trusted,
      signs:
        !description.addedByHand ||
        (input.secret === undefined ? (known?.signs ?? false) : input.secret !== null && input.secret !== '')
    }
    // The keychain first: if a row records a secret that is missing, the person is merely asked again.
    if (input.secret !== undefined && description.addedByHand)
      await this.#options.secrets.set(secretKey(target.id), input.secret === '' ? null : input.secret)
    this.#options.store.write('save target', (db) => {
      // Read again, because somebody may have paused it while the keychain was busy.
      putTarget(db, { ...target, paused: keptPause(getTarget(db, target.id)) })
      // Ids and addresses from another server are meaningless there.
      if (known && known.url !== target.url) deleteReferencesOf(db, target.id)
    })
    return this.get(target.id)
  }

  async remove(id: string): Promise<void> {
    this.#options.store.write('remove target', (db) => {
      deleteTarget(db, id)
      deleteReferencesOf(db, id)
    })
    this.#ofThisRun.delete(id)
    await this.#options.secrets.set(secretKey(id), null)
  }

  /** The practice CMS as it runs now: its port and secret are new at every start. */
  savePractice(url: string, secret: string | null, starts: boolean): StoredTarget {
    const known = this.practice()
    const target: StoredTarget = known
      ? { ...known, url, starts, paused: keptPause(known) }
      : {
          id: newId(this.#options.clock.now()),
          name: 'Practice CMS',
          kind: 'practice',
          url,
          settings: { format: 'galley' },
          signs: true,
          starts,
          trusted: null,
          paused: null
        }
    this.#options.store.write('practice target', (db) => putTarget(db, target))
    if (secret === null) this.#ofThisRun.delete(target.id)
    else this.#ofThisRun.set(target.id, secret)
    return target
  }

  async describe({ id, name, kind, url, settings, signs, paused, trusted }: StoredTarget): Promise<Target> {
    const onHand = signs && (await this.#secret(id)) !== null
    return {
      id,
      name,
      kind,
      url,
      settings,
      secret: !onHand ? 'none' : this.#options.secrets.persistent && !this.#ofThisRun.has(id) ? 'stored' : 'this-run',
      paused: paused === null ? null : isByHand(paused) ? 'by-hand' : 'stopped',
      trusted
    }
  }

  driver(kind: TargetKind): Driver {
    return this.#options.drivers[kind]
  }

  /** A client for the target; null while its secret is not available. */
  async client(target: StoredTarget): Promise<TargetClient | null> {
    const secret = target.signs ? await this.#secret(target.id) : null
    if (secret === null && (target.signs || targetKind(target.kind).secret.required)) return null
    const { fetch, clock, pictures, limits = LIMITS } = this.#options
    // Checked again, because a row may come from a backup or from somebody editing files.
    const url = targetUrl(target.url)
    return this.driver(target.kind).connect({
      settings: target.settings,
      url,
      owner: target.id.replaceAll('-', '').slice(-12),
      secret,
      fetch: trusting(url, target.trusted, fetch),
      clock,
      pictures,
      limits
    })
  }

  async #secret(id: string): Promise<string | null> {
    return this.#ofThisRun.get(id) ?? (await this.#options.secrets.get(secretKey(id)))
  }
}

/** A person paused it, and only a person can resume it. */
export function isByHand(problem: WireError | null): boolean {
  return problem?.key === 'outbox.pausedByHand'
}

function keptPause(known: StoredTarget | undefined): WireError | null {
  return known && isByHand(known.paused) ? known.paused : null
}

function isSameServer(before: string | undefined, after: string): boolean {
  return before !== undefined && new URL(before).origin === new URL(after).origin
}

function secretKey(id: string): string {
  return `target:${id}`
}

/** Why there is no client for a target. */
export function noClient({ name, kind }: Pick<StoredTarget, 'name' | 'kind'>): Message {
  return kind === 'practice' ? say('publishing.practiceStopped') : say('publishing.noSecret', { name })
}
