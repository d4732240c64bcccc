import { say, type Message } from '../../../shared/words/message.ts'
import type { Instant } from '../../../shared/story/instant.ts'
import type { StorySummary } from '../../../shared/story/fields.ts'
import type { MediaAsset } from '../../../shared/contract/media.ts'
import type { Story } from '../../../shared/story/story.ts'
import type { OutboxItem, Standing, Target } from '../../../shared/contract/publishing.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import { isoWithOffset } from '../../../shared/formats/zoned-time.ts'
import { newId } from '../../../shared/lib/id.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { targetKind, type TargetKind } from '../../../shared/publishing/targets/index.ts'
import type { Limits } from './targets/bounded-fetch.ts'
import type { Intent } from './targets/target.ts'
import type { Driver } from './targets/driver.ts'
import { detectKind, type Detected } from './targets/detect.ts'
import { drivers } from './targets/index.ts'
import { asNewKey } from './targets/target.ts'
import type { Events } from '../events.ts'
import type { SecretStore, StartPractice } from '../ports.ts'
import { putRevision } from '../store/contents.ts'
import {
  addStep,
  findOutboxChange,
  getOutbox,
  heldUntil,
  insertOutbox,
  listOpenOutbox,
  listOutbox,
  plannedHour,
  toOutboxItem,
  updateDelivery,
  type DeliveryRow,
  type OutboxRow
} from '../store/outbox.ts'
import { getLive } from '../store/receipts.ts'
import { deleteReference, putReference } from '../store/remote-references.ts'
import type { WritableDb } from '../store/sql.ts'
import type { Store } from '../store/store.ts'
import { pauseTarget, type StoredTarget } from '../store/targets.ts'
import type { StoriesService } from '../stories/stories.ts'
import { applyDelivery, toDelivery } from './outbox-delivery.ts'
import { jobOf, storyReference } from './outbox-job.ts'
import { next, type Event } from './outbox-machine.ts'
import { OutboxRunner } from './outbox-runner.ts'
import { PracticeService } from './practice.ts'
import { aheadOf, saidOfClocks, byCmsTime } from './clocks.ts'
import { isTakenBack, PublishedStory, requirePublishable, type ApprovalRequest } from './publishing-story.ts'
import { noClient, TargetsService, type TargetInput } from './targets/targets.ts'
import { Withdrawing, type WithdrawInput } from './withdrawing.ts'

export interface PublishingOptions {
  readonly store: Store
  readonly stories: StoriesService
  readonly media: {
    /** Of a rendition. */
    get(id: string): MediaAsset
    read(id: string): Promise<Uint8Array>
    /** Makes what will leave in the place of a story's pictures. */
    prepare(story: Story): Promise<void>
    /** The prepared story as it leaves: each picture is a rendition. */
    leaving(story: Story): Story
  }
  /** Throws `refused` for a story that has not what the desk requires. */
  readonly requireChecked: (story: Story) => void
  readonly clock: Clock
  readonly events: Events
  readonly secrets: SecretStore
  readonly desk: () => { readonly zone: string; readonly siteUrl: string }
  readonly log?: (line: string) => void
  readonly fetch: typeof globalThis.fetch
  readonly startPractice?: StartPractice | undefined
  /** Kinds of CMS; tests put others in their place. */
  readonly drivers?: Readonly<Record<TargetKind, Driver>>
  readonly limits?: Limits
  /** From 0 up to 1; for the jitter of waits. */
  readonly random?: () => number
  /** Told between any two steps of sending and approving; tests kill the process there. */
  readonly onStep?: (point: string) => void | Promise<void>
}

/** Milliseconds an approval waits to hear what time it is at the CMS. */
const LONGEST_LOOK_AT_CLOCK = 2_000
/** Most rows an outbox list answers. */
const LIST_LIMIT = 500

export interface PublishInput extends Omit<ApprovalRequest, 'ahead'> {
  readonly storyId: string
  readonly targetId: string
  readonly revision: number
  readonly changeId: string
}

/** Approving, queueing, sending, and what came of it. */
export class PublishingService {
  readonly targets: TargetsService
  readonly practice: PracticeService
  readonly #options: PublishingOptions
  readonly #story: PublishedStory
  readonly #runner: OutboxRunner
  readonly #withdrawing: Withdrawing
  readonly #stopListening: () => void
  /** Items the windows were told are behind the desk's copy. */
  readonly #behind = new Set<string>()
  /** How far this machine's clock is ahead of a target's, in milliseconds, as it was last seen. */
  readonly #ahead = new Map<string, number>()

  constructor(options: PublishingOptions) {
    const { store, clock, events, media, secrets, log = () => undefined } = options
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
    this.#withdrawing = new Withdrawing({ ...options, targets: this.targets })
    this.#runner = new OutboxRunner({
      store,
      targets: this.targets,
      clock,
      events,
      log,
      random: options.random ?? Math.random,
      onStep: options.onStep,
      // Where nothing of ours arrived, there is nothing to take down.
      isTakenBack: ({ storyId, purpose, base }) =>
        purpose === 'publish' ? this.#story.isTakenBack(storyId) : base === null,
      embargoNow: (row) => this.#story.embargoNow(row),
      onClock: ({ targetId }, ahead) => this.#seen(targetId, ahead),
      stampFault: (row, serverTime) => this.#story.stampFault(row, serverTime),
      isBehind: (row) => this.#story.isBehind(row),
      finish: (row, receipt, also) =>
        receipt.withdrawn ? this.#story.withdrawn(row, receipt, also) : this.#story.live(row, receipt, also),
      cancelled: (row, also) => this.#story.takenBack(row, also)
    })
    this.#stopListening = events.subscribe(({ event, data }) => {
      if (event === 'storyChanged') this.#onStory((data as { summary: StorySummary }).summary)
    })
  }

  /** Starts the practice CMS where it ran before, and the outbox. Nothing leaves before this is called. */
  async start(): Promise<void> {
    if (this.#options.store.readOnly) return
    await this.practice
      .resume()
      .catch((error: unknown) =>
        this.#options.log?.(`the practice CMS did not start: ${error instanceof GalleyError ? error.code : 'unknown'}`)
      )
    // Whatever waited in an earlier run is worth a try now, but for a time that a CMS named.
    this.online()
    this.#runner.start()
  }

  /** Ends sending and the practice CMS; what was on its way is looked up at the next start. */
  async close(): Promise<void> {
    this.#stopListening()
    await this.#runner.stop()
    await this.practice.close()
  }

  /** Resolves when nothing is on its way at this moment; what waits goes on waiting. */
  async quiet(): Promise<void> {
    await this.#runner.quiet()
  }

  async saveTarget(input: TargetInput): Promise<Target> {
    const target = await this.targets.save(input)
    this.#free(target.id)
    return this.targets.describe(target)
  }

  detectTarget(url: string, signal?: AbortSignal): Promise<Detected> {
    const { fetch, limits } = this.#options
    return detectKind(url, fetch, { limits, signal })
  }

  async removeTarget(id: string): Promise<void> {
    const target = this.targets.get(id)
    const open = this.#open().filter((row) => row.targetId === id)
    if (open.some((row) => row.state === 'sending' || row.pending)) {
      throw new GalleyError('busy', say('publishing.targetInUse'))
    }
    for (const row of open) this.#apply(row.id, { kind: 'take-back', why: 'cancel' })
    if (target.kind === 'practice') await this.practice.close()
    await this.targets.remove(id)
  }

  async testTarget(id: string, signal?: AbortSignal): Promise<{ ok: boolean; message: Message }> {
    const target = this.targets.get(id)
    const client = await this.targets.client(target)
    return client ? client.about(signal) : { ok: false, message: noClient(target) }
  }

  /** As `publish`, with the pictures made ready to leave before. */
  async publishWithPictures(input: PublishInput): Promise<OutboxItem> {
    const { store, stories, media } = this.#options
    const isRepeated = store.read((db) => findOutboxChange(db, input.changeId)) !== undefined
    if (!isRepeated) {
      const story = stories.get(input.storyId)
      requirePublishable(story, input.revision)
      this.#options.requireChecked(story)
      await Promise.all([media.prepare(story), this.#askTheTime(input.targetId)])
    }
    return this.publish(input)
  }

  /**
   * Approves the revision, whose pictures are prepared, and queues it. Throws `conflict`, `refused`, `not_found`; then
   * nothing has happened.
   */
  publish(input: PublishInput): OutboxItem {
    const { store, stories } = this.#options
    const repeated = store.read((db) => findOutboxChange(db, input.changeId))
    if (repeated) return this.#item(repeated.id)
    const target = this.targets.get(input.targetId)
    const story = stories.get(input.storyId)
    requirePublishable(story, input.revision)
    this.#options.requireChecked(story)

    const ahead = this.#ahead.get(target.id) ?? null
    const { change, notBefore, planned, embargo } = this.#story.approval(story, {
      at: input.at,
      change: input.change,
      ahead
    })
    stories.settle(input.storyId)
    this.#step('approve: before')
    const superseded: string[] = []
    const id = newId(this.#options.clock.now())
    stories.changeWith(input.storyId, change, (db, approved, seq) => {
      putRevision(db, seq, stories.version(approved, 'approved'))
      const intent = this.#intent(target, byCmsTime(approved, ahead))
      for (const row of listOpenOutbox(db)) {
        if (row.storyId !== input.storyId || row.targetId !== input.targetId) continue
        const { delivery } = next(toDelivery(row), { kind: 'take-back', why: 'supersede' }, this.#moment())
        updateDelivery(db, row.seq, applyDelivery(row, delivery))
        superseded.push(row.id)
      }
      const live = getLive(db, input.storyId, input.targetId)?.receipt
      const delivery: DeliveryRow = {
        idempotencyKey: newId(this.#options.clock.now()),
        state: target.paused ? 'paused' : notBefore === null ? 'waiting' : 'scheduled',
        pending: null,
        base: live?.etag || null,
        previous: live?.fingerprint ?? live?.sha256 ?? null,
        takeBack: null,
        nextTryAt: null,
        told: false,
        tries: 0,
        problem: target.paused,
        receipt: null,
        hold: embargo,
        keptRevision: null
      }
      const seqOfItem = insertOutbox(db, {
        ...delivery,
        id,
        changeId: input.changeId,
        storyId: input.storyId,
        targetId: target.id,
        targetName: target.name,
        headline: approved.fields.headline,
        revision: approved.revision,
        contentType: intent.contentType,
        payload: intent.text,
        sha256: intent.sha256,
        media: intent.media,
        queuedAt: approved.changedAt,
        notBefore,
        planned,
        embargo,
        purpose: 'publish',
        reason: ''
      })
      if (ahead !== null) addStep(db, seqOfItem, approved.changedAt, 'time', saidOfClocks(ahead))
    })
    this.#step('approve: after')
    for (const row of superseded) this.#runner.tell(row)
    this.#runner.tell(id)
    this.#runner.poke()
    return this.#item(id)
  }

  /** Where the story is live, was withdrawn, or may have arrived. */
  standings(storyId: string): Standing[] {
    return this.#withdrawing.standings(storyId, (revision) => this.#story.isCurrent(storyId, revision))
  }

  /** Queues the withdrawal from each of the targets. Throws `refused`, `not_found`; then nothing has happened. */
  withdraw(input: WithdrawInput): OutboxItem[] {
    const { queued, changed } = this.#withdrawing.queue(input)
    for (const id of changed) this.#runner.tell(id)
    this.#runner.poke()
    return queued.map((id) => this.#item(id))
  }

  outbox(filter: { storyId?: string | undefined; open?: boolean | undefined }): OutboxItem[] {
    return this.#options.store.read((db) => {
      const rows = filter.open
        ? listOpenOutbox(db)
            .filter((row) => filter.storyId === undefined || row.storyId === filter.storyId)
            .reverse()
        : listOutbox(db, filter.storyId, LIST_LIMIT)
      return rows.slice(0, LIST_LIMIT).map((row) => toOutboxItem(db, row, this.#story.isBehind(row), 50))
    })
  }

  /** The earliest hour that a delivery of the story waits for. */
  plannedHour(storyId: string): Instant | null {
    return this.#options.store.read((db) => plannedHour(db, storyId))
  }

  /** Tries now. For an item whose target was stopped, all of that target's items go on. */
  retry(id: string): OutboxItem {
    const row = this.#row(id)
    if (row.state === 'paused') this.#free(row.targetId)
    else this.#apply(id, { kind: 'retry' })
    this.#runner.poke()
    return this.#item(id)
  }

  /** Takes back what has not been sent; what may have been sent is looked up first. */
  async cancel(id: string): Promise<OutboxItem> {
    this.#row(id)
    this.#apply(id, { kind: 'take-back', why: 'cancel' })
    this.#runner.poke()
    await this.#runner.rest(id)
    return this.#item(id)
  }

  /** Lets an approved version go as it is, although the desk's copy has moved on. */
  keep(id: string): OutboxItem {
    const row = this.#row(id)
    const keptRevision = this.#options.stories.revision(row.storyId)
    this.#options.store.write('keep version', (db) => updateDelivery(db, row.seq, { ...row, keptRevision }))
    this.#behind.delete(id)
    this.#runner.tell(id)
    return this.#item(id)
  }

  /** How far this machine's clock is ahead of the CMS's, in milliseconds; null where that cannot be told. */
  async clockAhead(targetId: string, signal?: AbortSignal): Promise<number | null> {
    const client = await this.targets.client(this.targets.get(targetId))
    const theirs = (await client?.time(signal)) ?? null
    const ahead = aheadOf(theirs, this.#options.clock.now())
    this.#seen(targetId, ahead)
    return ahead
  }

  /** So that approval stamps by the CMS's clock; a CMS that does not say at once is asked again before it is sent to. */
  async #askTheTime(targetId: string): Promise<void> {
    const stop = new AbortController()
    const cancel = this.#options.clock.after(LONGEST_LOOK_AT_CLOCK, () => stop.abort())
    // No secret at hand, or a target whose address is not allowed: sending says so.
    await this.clockAhead(targetId, stop.signal).catch(() => null)
    cancel()
  }

  #seen(targetId: string, ahead: number | null): void {
    if (ahead === null) this.#ahead.delete(targetId)
    else this.#ahead.set(targetId, ahead)
  }

  #intent(target: StoredTarget, story: Story): Intent {
    const { media, desk } = this.#options
    return this.targets.driver(target.kind).prepare(media.leaving(story), {
      settings: target.settings,
      url: target.url,
      siteUrl: desk().siteUrl,
      picture: (mediaId) => media.get(mediaId),
      purpose: 'publish'
    })
  }

  /**
   * Ours over what is there, under a new idempotency key: it is a decision of its own. An empty `etag`: nothing is
   * there.
   */
  overwrite(id: string, etag: string): OutboxItem {
    const row = this.#row(id)
    if (row.state !== 'conflict') throw new GalleyError('refused', say('publishing.notInConflict'))
    this.#apply(id, { kind: 'overwrite', base: etag === '' ? null : etag }, newId(this.#options.clock.now()))
    this.#runner.poke()
    return this.#item(id)
  }

  /** Leaves what is there, which is another story, and makes ours anew beside it. */
  publishAsNew(id: string): OutboxItem {
    const row = this.#row(id)
    if (row.state !== 'conflict' || !mayBeAnother(row, this.targets.get(row.targetId).kind))
      throw new GalleyError('refused', say('publishing.notInConflict'))
    const { storyId, targetId } = row
    const key = newId(this.#options.clock.now())
    this.#apply(id, { kind: 'overwrite', base: null }, key, (db) => {
      deleteReference(db, targetId, storyReference(storyId))
      const local = asNewKey(storyId)
      putReference(db, { local, remoteId: '', address: null, token: null, targetId, confirmedBy: key })
    })
    this.#runner.poke()
    return this.#item(id)
  }

  /** What the CMS holds; null when it holds nothing. Throws `unreachable` or `refused`. */
  async remote(id: string): Promise<RemoteVersion | null> {
    const row = this.#row(id)
    const target = this.targets.get(row.targetId)
    const client = await this.targets.client(target)
    if (!client) throw new GalleyError('refused', noClient(target))
    const answer = await client.probe(jobOf(this.#options.store, row, []))
    if (answer.kind === 'found')
      return {
        etag: answer.remote.token,
        ...this.targets.driver(target.kind).readable(answer.remote),
        ...(mayBeAnother(row, target.kind) && { mayBeAnother: true as const })
      }
    if (answer.kind === 'absent') return null
    throw new GalleyError(
      answer.kind === 'unauthorised' || answer.kind === 'rejected' ? 'refused' : 'unreachable',
      'message' in answer ? answer.message : say('cms.unknownAnswer')
    )
  }

  /** The network is back: whatever waits for it goes now. */
  online(): void {
    for (const row of this.#open()) if (row.state === 'waiting') this.#apply(row.id, { kind: 'retry' })
    this.#runner.poke()
  }

  /** Starts the practice CMS and lets what waits for it go. */
  async startPractice(): Promise<{ url: string; target: Target }> {
    const started = await this.practice.start()
    this.#free(started.target.id)
    this.online()
    return started
  }

  /**
   * A story that is taken back by hand takes its unsent versions with it; one whose embargo is moved moves, holds or
   * frees them.
   */
  #onStory({ id, status, releaseAt }: StorySummary): void {
    const queued = this.#open().filter((row) => row.storyId === id && row.purpose === 'publish' && !row.takeBack)
    if (queued.length === 0) return
    if (isTakenBack(status)) {
      for (const row of queued) this.#apply(row.id, { kind: 'take-back', why: 'cancel' })
      this.#runner.poke()
      return
    }
    for (const row of queued) {
      if (releaseAt !== (row.hold?.utc ?? null)) this.#moveRelease(row)
      const known = this.#behind.has(row.id)
      if (known !== this.#story.isBehind(row)) {
        if (known) this.#behind.delete(row.id)
        else this.#behind.add(row.id)
        this.#runner.tell(row.id)
      }
    }
  }

  /**
   * What holds is the later of what was approved and what the story says now; the item's journal says what was done.
   */
  #moveRelease(row: OutboxRow): void {
    const { clock, store } = this.#options
    const hold = this.#story.embargoNow(row)
    const moved: OutboxRow = { ...row, hold }
    const until = heldUntil(moved)
    const { delivery } = next(
      toDelivery(row),
      { kind: 'release', notBefore: until === null ? null : Date.parse(until) },
      this.#moment()
    )
    const outcome =
      hold === null
        ? say(until === null ? 'outbox.embargoTakenOff' : 'outbox.embargoTakenOffHourStays')
        : say(until === hold.utc ? 'outbox.embargoMoved' : 'outbox.embargoMovedHourStays', {
            at: isoWithOffset(hold),
            zone: hold.zone
          })
    store.write('move release', (db) => {
      updateDelivery(db, row.seq, { ...moved, ...applyDelivery(moved, delivery) })
      addStep(db, row.seq, new Date(clock.now()).toISOString(), 'release', outcome)
    })
    this.#runner.tell(row.id)
    this.#runner.poke()
  }

  /** Lets a target's items go on after a person has seen to what stopped it. */
  #free(targetId: string): void {
    this.#options.store.write('free target', (db) => pauseTarget(db, targetId, null))
    for (const row of this.#open())
      if (row.targetId === targetId && row.state === 'paused') this.#apply(row.id, { kind: 'retry' })
    this.#runner.poke()
  }

  #apply(id: string, event: Event, idempotencyKey?: string, also?: (db: WritableDb) => void): void {
    const row = this.#row(id)
    const before = toDelivery(row)
    const { delivery } = next(before, event, this.#moment())
    if (delivery === before) return
    const after: OutboxRow = {
      ...row,
      ...applyDelivery(row, delivery),
      ...(idempotencyKey !== undefined && { idempotencyKey })
    }
    const write = (db: WritableDb): void => {
      updateDelivery(db, row.seq, after)
      also?.(db)
    }
    if (delivery.state === 'cancelled') this.#story.takenBack(after, write)
    else this.#options.store.write('outbox', write)
    this.#runner.tell(id)
  }

  #open(): OutboxRow[] {
    return this.#options.store.read(listOpenOutbox)
  }

  #row(id: string): OutboxRow {
    const row = this.#options.store.read((db) => getOutbox(db, id))
    if (!row)
      throw new GalleyError('not_found', say('publishing.noSuchItem'), {
        detail: { id }
      })
    return row
  }

  #item(id: string): OutboxItem {
    const row = this.#row(id)
    const behind = this.#story.isBehind(row)
    return this.#options.store.read((db) => toOutboxItem(db, row, behind))
  }

  #moment(): { now: number; random: number } {
    return { now: this.#options.clock.now(), random: (this.#options.random ?? Math.random)() }
  }

  #step(point: string): void {
    void this.#options.onStep?.(point)
  }
}

/** What a CMS holds, for a person to compare with ours. */
interface RemoteVersion {
  readonly etag: string
  readonly headline: string
  readonly text: string
  readonly mayBeAnother?: true
}

/** Ours is new there, as far as this library knows, and the CMS has ids of its own. */
function mayBeAnother({ base, purpose }: OutboxRow, kind: TargetKind): boolean {
  return base === null && purpose === 'publish' && targetKind(kind).ownIds
}
