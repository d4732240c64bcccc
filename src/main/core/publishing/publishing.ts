import { say, type Message } from '../../../shared/words/message.ts'
import type { Instant } from '../../../shared/story/instant.ts'
import type { StorySummary } from '../../../shared/story/fields.ts'
import { type Certificate, type Fingerprint } from '../../../shared/publishing/certificate.ts'
import { tellsOfCertificate } from '../../../shared/words/tells-of-certificate.ts'
import type { OutboxItem, Standing } from '../../../shared/contract/outbox.ts'
import type { Target } from '../../../shared/contract/publishing.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { plannedHour, targetNameInOutbox, type OutboxRow } from '../store/outbox.ts'
import { listLive } from '../store/receipts.ts'
import { listNewsletters, putNewsletters } from '../store/remote-newsletters.ts'
import { listPeople, putPeople } from '../store/remote-people.ts'
import { getReference } from '../store/remote-references.ts'
import { Approving } from './approving.ts'
import { CmsClocks } from './cms-clocks.ts'
import { CmsList } from './cms-list.ts'
import { Conflicts } from './conflicts.ts'
import { Merging } from './merging.ts'
import { Orphans } from './orphans.ts'
import { storyReference } from './outbox-job.ts'
import { OutboxQueue } from './outbox-queue.ts'
import { OutboxRunner } from './outbox-runner.ts'
import { Pausing } from './pausing.ts'
import { PracticeService } from './practice.ts'
import type { PublishingOptions } from './publishing-options.ts'
import { PublishedStory } from './publishing-story.ts'
import { StoryFollower } from './story-follower.ts'
import { lookAtCertificate } from './certificates/look-at-certificate.ts'
import { trusting } from './certificates/pinned-fetch.ts'
import { LIMITS } from './targets/bounded-fetch.ts'
import { detectKind, type Detected } from './targets/detect.ts'
import { targetUrl } from './targets/target-url.ts'
import { drivers } from './targets/index.ts'
import type { AtWork, Newsletter, Person } from './targets/target.ts'
import { noClient, TargetsService, type TargetInput } from './targets/targets.ts'
import { Withdrawing, type WithdrawInput } from './withdrawing.ts'

/** Approving, queueing, sending, and recording the results. */
export class PublishingService {
  readonly targets: TargetsService
  readonly practice: PracticeService
  readonly clocks: CmsClocks
  readonly queue: OutboxQueue
  readonly pausing: Pausing
  readonly approving: Approving
  readonly follower: StoryFollower
  readonly conflicts: Conflicts
  readonly merging: Merging
  readonly orphans: Orphans
  /** Who can be named as an author on a CMS. */
  readonly people: CmsList<Person>
  /** The newsletters a publication can be sent as. */
  readonly newsletters: CmsList<Newsletter>
  readonly #options: PublishingOptions
  readonly #story: PublishedStory
  readonly #runner: OutboxRunner
  readonly #withdrawing: Withdrawing
  readonly #stopListening: () => void

  constructor(options: PublishingOptions) {
    const { store, clock, events, media, secrets, random = Math.random, log = () => undefined } = options
    this.#options = options
    this.#story = new PublishedStory(options)
    this.targets = new TargetsService({
      store,
      secrets,
      clock,
      fetch: options.fetch,
      pictures: media,
      drivers: options.drivers ?? drivers,
      limits: options.limits
    })
    this.practice = new PracticeService({
      store,
      targets: this.targets,
      clock,
      log,
      startServer: options.startPractice
    })
    this.clocks = new CmsClocks({ targets: this.targets, clock })
    this.#withdrawing = new Withdrawing({ ...options, targets: this.targets })
    this.#runner = new OutboxRunner({
      store,
      targets: this.targets,
      clock,
      events,
      log,
      random,
      onStep: options.onStep,
      // If nothing of ours arrived, there is nothing to take down.
      isTakenBack: ({ storyId, purpose, base }) =>
        purpose === 'publish' ? this.#story.isTakenBack(storyId) : base === null,
      embargoNow: (row) => this.#story.embargoNow(row),
      onClock: ({ targetId }, ahead) => this.clocks.seen(targetId, ahead),
      stampFault: (row, serverTime) => this.#story.stampFault(row, serverTime),
      deskCopy: (row) => this.#story.deskCopy(row),
      finish: (row, receipt, also) =>
        receipt.withdrawn ? this.#story.withdrawn(row, receipt, also) : this.#story.live(row, receipt, also),
      cancelled: (row, since, also) => this.#story.takenBack(row, also, since),
      metAnother: (row, since, also) => this.#story.metAnother(row, since, also)
    })
    const story = this.#story
    const { targets, clocks } = this
    this.queue = new OutboxQueue({ store, clock, random, story, targets, runner: this.#runner })
    const { queue } = this
    this.pausing = new Pausing({ store, clock, events, targets, queue })
    this.approving = new Approving({ ...options, targets, queue, story, clocks })
    this.follower = new StoryFollower({ ...options, queue, story })
    this.orphans = new Orphans({ store, targets, hold: (targetId) => this.#runner.hold(targetId) })
    this.people = new CmsList({
      store,
      targets,
      name: 'people',
      read: listPeople,
      put: putPeople,
      ask: async (client, signal) => {
        const told = await client.people?.(signal)
        return told?.kind === 'people' ? { kind: 'told', list: told.people } : told
      }
    })
    this.newsletters = new CmsList({
      store,
      targets,
      name: 'newsletters',
      read: listNewsletters,
      put: putNewsletters,
      ask: async (client, signal) => {
        const told = await client.newsletters?.(signal)
        return told?.kind === 'newsletters' ? { kind: 'told', list: told.newsletters } : told
      }
    })
    this.conflicts = new Conflicts({ store, clock, targets, queue })
    this.merging = new Merging({ ...options, targets, queue, approving: this.approving })
    this.#stopListening = events.subscribe(({ event, data }) => {
      if (event === 'storyChanged') this.follower.follow((data as { summary: StorySummary }).summary)
    })
  }

  /** Starts the practice CMS if it was running before, and the outbox. Nothing leaves before this is called. */
  async start(): Promise<void> {
    if (this.#options.store.readOnly) return
    await this.practice
      .resume()
      .catch((error: unknown) =>
        this.#options.log?.(`the practice CMS did not start: ${error instanceof GalleyError ? error.code : 'unknown'}`)
      )
    // Whatever was waiting in an earlier run is tried now, except at a time specified by a CMS.
    this.queue.retryWaiting()
    this.#runner.start()
    void this.#story.readers.leaveOutRemoved()
  }

  /** Stops sending and the practice CMS; what was under way is looked up at the next start. */
  async close(): Promise<void> {
    this.#stopListening()
    this.follower.stop()
    await this.#story.readers.close()
    await this.#runner.stop()
    await this.practice.close()
  }

  /** Resolves once nothing is under way; what is waiting keeps waiting. */
  async quiet(): Promise<void> {
    await this.#runner.quiet()
  }

  async saveTarget(input: TargetInput): Promise<Target> {
    const target = await this.targets.save(input)
    this.queue.free(target.id)
    // What was waiting for a certificate to be trusted is tried now.
    if (input.trusted) this.queue.retryWaiting()
    this.#options.events.emit('targetsChanged', {})
    return this.targets.describe(target)
  }

  /** `trusted`: the one certificate a person trusts there. Throws `invalid_input` for an address no target may have. */
  async detectTarget(
    url: string,
    trusted: Fingerprint | null,
    signal?: AbortSignal
  ): Promise<Detected & { readonly certificate: Certificate | null }> {
    const { fetch, limits } = this.#options
    const detected = await detectKind(url, trusting(targetUrl(url), trusted, fetch), { limits, signal })
    return { ...detected, certificate: await this.#inTheWay(detected.message, url, trusted, signal) }
  }

  async removeTarget(id: string): Promise<void> {
    const target = this.targets.get(id)
    const open = this.queue.open().filter((row) => row.targetId === id)
    if (open.some((row) => row.state === 'sending' || row.pending || row.handedOver)) {
      throw new GalleyError('busy', say('publishing.targetInUse'))
    }
    for (const row of open) this.queue.apply(row.id, { kind: 'take-back', why: 'cancel' })
    if (target.kind === 'practice') await this.practice.close()
    await this.targets.remove(id)
    this.#options.events.emit('targetsChanged', {})
    await this.#story.readers.leaveOutRemoved()
  }

  /** `certificate`: the one that prevents a connection; null if none does. */
  async testTarget(
    id: string,
    signal?: AbortSignal
  ): Promise<{ ok: boolean; message: Message; certificate: Certificate | null }> {
    const target = this.targets.get(id)
    const client = await this.targets.client(target)
    const tested = client ? await client.about(signal) : { ok: false, message: noClient(target) }
    // Fetched now so that there is something to choose from when the CMS cannot be reached.
    if (tested.ok) await Promise.all([this.people.list(id, signal), this.newsletters.list(id, signal)])
    return { ...tested, certificate: await this.#inTheWay(tested.message, target.url, target.trusted, signal) }
  }

  async #inTheWay(
    message: Message,
    url: string,
    trusted: Fingerprint | null,
    signal: AbortSignal | undefined
  ): Promise<Certificate | null> {
    if (!tellsOfCertificate(message)) return null
    const { clock, limits = LIMITS } = this.#options
    return lookAtCertificate(url, { trusted, now: clock.now(), patience: limits.idleMs, signal })
  }

  /** Who is writing in a story on the CMS itself; null if nobody is, or if that cannot be told. */
  async atWork(storyId: string, targetId: string, signal?: AbortSignal): Promise<AtWork | null> {
    const known = this.#options.store.read((db) => getReference(db, targetId, storyReference(storyId)))
    if (!known) return null
    const client = await this.targets.client(this.targets.get(targetId))
    return (await client?.atWork?.(known.remoteId, signal)) ?? null
  }

  /** Where the story is live, was withdrawn, or may have arrived. */
  standings(storyId: string): Standing[] {
    return this.#withdrawing.standings(storyId, (revision) => this.#story.isCurrent(storyId, revision))
  }

  /** Queues the withdrawal from each of the targets. Throws `refused` or `not_found`; then nothing has happened. */
  withdraw(input: WithdrawInput): OutboxItem[] {
    const { queued, changed } = this.#withdrawing.queue(input)
    for (const id of changed) this.queue.tell(id)
    this.queue.poke()
    return queued.map((id) => this.queue.item(id))
  }

  /** Why a bulk change must leave a story alone and out of the trash: it is waiting to be sent, or readers have it. */
  whyBusy(storyId: string): Message | null {
    return this.#whyOpen(storyId, (row) => !row.takeBack) ?? this.#whyLive(storyId)
  }

  /** Why a story may not be deleted for good: it is waiting to be sent, or readers have it or may have it. */
  whyNeeded(storyId: string): Message | null {
    return this.#whyOpen(storyId, () => true) ?? this.#whyLive(storyId)
  }

  #whyOpen(storyId: string, counts: (row: OutboxRow) => boolean): Message | null {
    const waiting = this.queue.openOf(storyId).find(counts)
    if (!waiting) return null
    const target = this.targets.find(waiting.targetId)?.name ?? waiting.targetName
    return say('stories.waitsInOutbox', { target })
  }

  /** Judged only by receipts: a CMS that was removed from the settings still shows the story. */
  #whyLive(storyId: string): Message | null {
    const { store } = this.#options
    const live = store.read((db) => listLive(db, storyId)).find(({ receipt }) => !receipt.withdrawn)
    if (!live) return null
    const known = this.targets.find(live.targetId)
    if (known) return say('stories.isLiveOn', { target: known.name })
    const target = store.read((db) => targetNameInOutbox(db, storyId, live.targetId))
    return say('stories.isLiveOnRemoved', { target: target ?? live.receipt.url ?? live.targetId })
  }

  /** The earliest hour for which a delivery of the story waits. */
  plannedHour(storyId: string): Instant | null {
    return this.#options.store.read((db) => plannedHour(db, storyId))
  }

  /** Starts the practice CMS, and lets what waits for it be sent. */
  async startPractice(): Promise<{ url: string; target: Target }> {
    const started = await this.practice.start()
    this.queue.free(started.target.id)
    this.queue.retryWaiting()
    this.#options.events.emit('targetsChanged', {})
    return started
  }

  async stopPractice(): Promise<void> {
    await this.practice.stop()
    this.#options.events.emit('targetsChanged', {})
  }
}
