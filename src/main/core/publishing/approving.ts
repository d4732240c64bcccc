import type { FiredBy, OutboxItem } from '../../../shared/contract/outbox.ts'
import { canFire, targetKind } from '../../../shared/publishing/targets/index.ts'
import { GalleyError, toWireError, type WireError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'
import { newId } from '../../../shared/lib/id.ts'
import type { Story } from '../../../shared/story/story.ts'
import { putRevision } from '../store/contents.ts'
import {
  addDeskStep,
  findOutboxChange,
  insertOutbox,
  listOpenOutbox,
  listOpenOutboxOf,
  updateDelivery,
  wasLeftByCms,
  type DeliveryRow
} from '../store/outbox.ts'
import { newsletterWaiting } from '../store/outbox-items.ts'
import { getLive } from '../store/receipts.ts'
import { getReference } from '../store/remote-references.ts'
import type { StoredTarget } from '../store/targets.ts'
import { byCmsTime, saidOfClocks } from './clocks.ts'
import type { CmsClocks } from './cms-clocks.ts'
import { isOpen } from './delivery.ts'
import { hourTold, isTooNear } from './handing-over.ts'
import { withLook } from './late-request.ts'
import { applyDelivery, firstDelivery, handedOn, toDelivery } from './outbox-delivery.ts'
import { next } from './outbox-machine.ts'
import type { OutboxQueue } from './outbox-queue.ts'
import type { PublishingOptions } from './publishing-options.ts'
import type { ApprovalRequest, PublishedStory } from './publishing-story.ts'
import { requirePublishable } from './require-publishable.ts'
import type { Intent, Job, PlannedRequest } from './targets/target.ts'
import type { TargetsService } from './targets/targets.ts'

export interface PublishInput extends Omit<ApprovalRequest, 'ahead' | 'targetId'> {
  readonly storyId: string
  readonly targetId: string
  readonly revision: number
  readonly changeId: string
  /**
   * Who makes it public at its hour; undefined: this machine if that was chosen for the delivery it replaces, otherwise
   * the CMS if it can.
   */
  readonly firedBy?: FiredBy | undefined
  /**
   * The slug of the newsletter this delivery is also sent as; null: none; undefined: that of the delivery it replaces.
   */
  readonly newsletter?: string | null | undefined
  /** The change token of the version there that a person saw and has merged: only that version is replaced. */
  readonly over?: string | undefined
}

export interface PublishTogetherInput extends Pick<PublishInput, 'storyId' | 'revision'> {
  readonly deliveries: readonly Omit<PublishInput, 'storyId' | 'revision'>[]
}

/** The result for one of several targets: the delivery, or why there is none. */
export interface Published {
  readonly targetId: string
  readonly item: OutboxItem | null
  readonly problem: WireError | null
}

export interface RequestsInput extends Pick<PublishInput, 'storyId' | 'targetId' | 'at' | 'firedBy'> {
  readonly newsletter?: string | undefined
}

interface ApprovingOptions extends PublishingOptions {
  readonly targets: TargetsService
  readonly queue: OutboxQueue
  readonly story: PublishedStory
  readonly clocks: CmsClocks
}

/** Approves a version of a story and queues it for a target. */
export class Approving {
  readonly #options: ApprovingOptions

  constructor(options: ApprovingOptions) {
    this.#options = options
  }

  /** Like `publish`, after preparing the pictures. */
  async publishWithPictures(input: PublishInput): Promise<OutboxItem> {
    await this.#prepare(input, [input])
    return this.publish(input)
  }

  /**
   * Publishes the same revision to each target, in the order given, with nothing in between. Throws `conflict`,
   * `refused` or `not_found` if the story itself cannot be published; then nothing has happened.
   */
  async publishTogether({ storyId, revision, deliveries }: PublishTogetherInput): Promise<Published[]> {
    await this.#prepare({ storyId, revision }, deliveries)
    // Approving writes the story's status and times, so each delivery is based on the revision that the previous one
    // made.
    let approved = revision
    return deliveries.map((delivery): Published => {
      const { targetId } = delivery
      try {
        const item = this.publish({ ...delivery, storyId, revision: approved })
        approved = item.revision
        return { targetId, item, problem: null }
      } catch (thrown) {
        if (!(thrown instanceof GalleyError)) throw thrown
        return { targetId, item: null, problem: toWireError(thrown) }
      }
    })
  }

  /** Throws what `publishWithPictures` would for a story that nobody has saved yet. */
  async check(story: Story, targetId: string, change?: ApprovalRequest['change']): Promise<void> {
    requirePublishable(story, story.revision)
    this.#options.requireChecked(story)
    await this.#options.clocks.lookInTime(targetId)
    this.#options.story.approval(story, { targetId, change, ahead: this.#options.clocks.ahead(targetId) })
  }

  /** Prepares pictures and clocks for what is not queued already. */
  async #prepare(
    { storyId, revision }: Pick<PublishInput, 'storyId' | 'revision'>,
    deliveries: readonly Pick<PublishInput, 'targetId' | 'changeId'>[]
  ): Promise<void> {
    const { store, stories, media, clocks } = this.#options
    const queued = store.read((db) => deliveries.filter(({ changeId }) => findOutboxChange(db, changeId) !== undefined))
    if (queued.length === deliveries.length) return
    const story = stories.get(storyId)
    // On a repeated call some are already queued, which moved the story on; each of the rest then reports that for
    // itself.
    if (queued.length === 0) requirePublishable(story, revision)
    this.#options.requireChecked(story)
    await Promise.all([media.prepare(story), ...deliveries.map(({ targetId }) => clocks.lookInTime(targetId))])
  }

  /**
   * Approves the revision, whose pictures are prepared, and queues it. Throws `conflict`, `refused` or `not_found`;
   * then nothing has happened.
   */
  publish(input: PublishInput): OutboxItem {
    const { store, stories } = this.#options
    const repeated = store.read((db) => findOutboxChange(db, input.changeId))
    if (repeated) return this.#options.queue.item(repeated.id)
    const target = this.#options.targets.get(input.targetId)
    const story = stories.get(input.storyId)
    requirePublishable(story, input.revision)
    this.#options.requireChecked(story)
    const newsletter = this.#newsletterOf(input, target)

    const firedBy = this.#firedBy({ ...input, newsletter }, target)
    const ahead = this.#options.clocks.ahead(target.id)
    const { change, notBefore, planned, embargo } = this.#options.story.approval(story, {
      at: input.at,
      targetId: target.id,
      change: input.change,
      ahead
    })
    stories.settle(input.storyId)
    this.#step('approve: before')
    const superseded: string[] = []
    let handed: Pick<DeliveryRow, 'base' | 'previous' | 'handedOver'> | null = null
    const id = newId(this.#options.clock.now())
    // An unchanged address is left out, so that the change does not affect the copy and undo remains possible.
    const { slug, ...rest } = change.fields
    const fields = slug === story.fields.slug ? rest : change.fields
    stories.changeWith(input.storyId, { ...change, fields }, (db, approved, seq) => {
      putRevision(db, seq, stories.version(approved, 'approved'))
      const intent = this.#intent(target, byCmsTime(approved, ahead), newsletter)
      for (const row of listOpenOutbox(db)) {
        if (row.storyId !== input.storyId || row.targetId !== input.targetId) continue
        const moment = this.#options.queue.moment()
        const before = toDelivery(row)
        const { delivery } = next(before, { kind: 'take-back', why: 'supersede' }, moment)
        const after = applyDelivery(row, withLook(db, { row, before, after: delivery }, moment.now))
        updateDelivery(db, row.seq, after)
        if (!isOpen(after) && after.handedOver !== null) handed = handedOn(after)
        superseded.push(row.id)
      }
      const live = getLive(db, input.storyId, input.targetId)?.receipt
      const fires = notBefore === null ? 'desk' : firedBy
      const idempotencyKey = newId(this.#options.clock.now())
      const seqOfItem = insertOutbox(db, {
        ...firstDelivery({ idempotencyKey, target, live, notBefore, hold: embargo, firedBy: fires }),
        ...handed,
        ...(input.over !== undefined && { base: input.over, previous: null }),
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
      if (newsletter !== undefined)
        addDeskStep(db, seqOfItem, approved.changedAt, 'newsletter', say('outbox.mailedToo', { newsletter }))
      if (ahead !== null) addDeskStep(db, seqOfItem, approved.changedAt, 'time', saidOfClocks(ahead))
    })
    this.#step('approve: after')
    for (const row of superseded) this.#options.queue.tell(row)
    this.#options.queue.tell(id)
    this.#options.queue.poke()
    return this.#options.queue.item(id)
  }

  #intent(target: StoredTarget, story: Story, newsletter: string | undefined): Intent {
    const { media, desk } = this.#options
    return this.#options.targets.driver(target.kind).prepare(media.leaving(story), {
      settings: target.settings,
      url: target.url,
      siteUrl: desk().siteUrl,
      picture: (mediaId) => media.get(mediaId),
      purpose: 'publish',
      newsletter
    })
  }

  /** The requests that publishing the story now would make. Approves nothing and contacts nobody. */
  async requests({
    storyId,
    targetId,
    newsletter,
    at = null,
    firedBy
  }: RequestsInput): Promise<readonly PlannedRequest[]> {
    const { store, stories, media } = this.#options
    const target = this.#options.targets.get(targetId)
    const story = stories.get(storyId)
    await media.prepare(story)
    const ahead = this.#options.clocks.ahead(targetId)
    const { change, notBefore } = this.#options.story.approval(story, { at, targetId, ahead })
    const fires = this.#firedBy({ storyId, targetId, newsletter, firedBy }, target)
    const hour = notBefore === null || fires === 'desk' ? null : hourTold(Date.parse(notBefore))
    const approved: Story = { ...story, fields: { ...story.fields, ...change.fields }, status: change.status }
    const intent = this.#intent(target, byCmsTime(approved, ahead), newsletter)
    const live = store.read((db) => getLive(db, storyId, targetId))?.receipt
    const job: Job = {
      ...intent,
      storyId,
      idempotencyKey: '',
      purpose: 'publish',
      text: () => intent.text,
      base: live?.etag ?? null,
      hour: hour === null || isTooNear(hour, this.#options.clock.now()) ? null : hour,
      mayWaitThere: false,
      reference(local) {
        const known = store.read((db) => getReference(db, targetId, local))
        return known && { ...known, fresh: false }
      },
      isKnown: () => false
    }
    return this.#options.targets.driver(target.kind).requests(job, target.url)
  }

  /**
   * A newsletter is sent once, with a story's first publication there. Replacing such a publication while it waits does
   * not cancel the newsletter. Throws `refused` if one is requested and not possible.
   */
  #newsletterOf({ storyId, newsletter }: PublishInput, target: StoredTarget): string | undefined {
    if (newsletter === null) return undefined
    return this.#options.store.read((db) => {
      const isFirst = getLive(db, storyId, target.id) === undefined
      if (newsletter === undefined) return isFirst ? newsletterWaiting(db, storyId, target.id) : undefined
      if (!targetKind(target.kind).hasNewsletters)
        throw new GalleyError('refused', say('publishing.noNewsletters', { name: target.name }))
      if (!isFirst) throw new GalleyError('refused', say('publishing.newsletterOnce'))
      const isThere = listOpenOutboxOf(db, storyId).some((row) => row.targetId === target.id && row.handedOver)
      if (isThere) throw new GalleyError('refused', say('publishing.newsletterHandedOver', { name: target.name }))
      return newsletter
    })
  }

  /** Throws `refused` if the CMS is asked to do it and cannot. */
  #firedBy({ storyId, targetId, newsletter, firedBy }: RequestsInput, target: StoredTarget): FiredBy {
    if (firedBy === 'desk' || (firedBy === undefined && this.#isLeftToDesk(storyId, targetId))) return 'desk'
    // What is already public there must not disappear until the hour, and a newsletter is only sent with what is
    // published at once.
    const isFirst = !this.#options.store.read((db) => getLive(db, storyId, targetId))
    if (canFire(target) && isFirst && newsletter === undefined) return 'cms'
    if (firedBy === 'cms') throw new GalleyError('refused', say('publishing.cannotFire', { name: target.name }))
    return 'desk'
  }

  /**
   * If a person chose this machine for the waiting version, its replacement is not sent to the CMS before its hour
   * either.
   */
  #isLeftToDesk(storyId: string, targetId: string): boolean {
    return this.#options.store.read((db) => {
      const waiting = listOpenOutboxOf(db, storyId).findLast(
        (row) => row.targetId === targetId && row.purpose === 'publish' && !row.takeBack && row.notBefore !== null
      )
      return waiting?.firedBy === 'desk' && !wasLeftByCms(db, waiting.seq)
    })
  }

  #step(point: string): void {
    void this.#options.onStep?.(point)
  }
}
