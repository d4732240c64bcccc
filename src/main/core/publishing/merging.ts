import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import type { MergeView, OnlyThere } from '../../../shared/contract/publishing.ts'
import type { MediaId } from '../../../shared/document/image-use.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { mergeParts, merged, toBeChosen, type Copy, type MergeSide } from '../../../shared/story/merge.ts'
import type { StoryTimes } from '../../../shared/story/instant.ts'
import { newCorrections } from '../../../shared/story/substance.ts'
import { pictureUses } from '../../../shared/story/pictures.ts'
import type { Story } from '../../../shared/story/story.ts'
import { upgradeFields } from '../../../shared/story/upgrade.ts'
import { upgradeBody } from '../../../shared/document/upgrade.ts'
import { say } from '../../../shared/words/message.ts'
import { getRevision } from '../store/contents.ts'
import { lastPublished } from '../store/late-looks.ts'
import { getPayload, revisionAhead, type OutboxRow } from '../store/outbox.ts'
import { getLive } from '../store/receipts.ts'
import { getStoryRow } from '../store/stories.ts'
import type { Approving } from './approving.ts'
import { jobOf } from './outbox-job.ts'
import type { OutboxQueue } from './outbox-queue.ts'
import type { PublishingOptions } from './publishing-options.ts'
import { readCopy } from './read-copy.ts'
import { sha256 } from './targets/canonical-json.ts'
import type { Job, RemoteCopy } from './targets/target.ts'
import { noClient, type TargetsService } from './targets/targets.ts'

export interface MergeInput {
  readonly id: string
  /** The version there that was looked at. */
  readonly etag: string
  /** The revision of the desk's copy that was looked at. */
  readonly revision: number
  readonly choices: Readonly<Record<string, MergeSide>>
  /** What it means to readers; undefined: what the delivery in conflict was to be. */
  readonly change?: Change | undefined
  readonly changeId: string
}

type Change = NonNullable<MergeView['change']>

interface MergingOptions extends Pick<PublishingOptions, 'store' | 'stories' | 'media'> {
  readonly targets: TargetsService
  readonly queue: OutboxQueue
  readonly approving: Approving
}

interface Sides {
  readonly etag: string
  readonly ours: Story
  readonly base: Story
  readonly theirs: Copy
  readonly onlyThere: readonly OnlyThere[]
}

/**
 * A story changed both on the CMS and here: shows both with their common version, and publishes what a person makes of
 * them.
 */
export class Merging {
  readonly #options: MergingOptions

  constructor(options: MergingOptions) {
    this.#options = options
  }

  /** Null if there is nothing to merge with. Throws `unreachable` or `refused`. */
  async look(id: string, signal?: AbortSignal): Promise<MergeView | null> {
    const row = this.#conflict(id)
    const sides = await this.#sides(row, signal)
    if (!sides) return null
    const { etag, ours, base, theirs, onlyThere } = sides
    const { revision } = ours
    const change = this.#changeOf(row, base)
    return { etag, revision, base: copyOf(base), ours: copyOf(ours), theirs, onlyThere: [...onlyThere], change }
  }

  /**
   * Makes the story what was chosen, and publishes it over the version that was looked at. Throws `conflict` if either
   * side has changed since, and `refused` if something is still to be chosen; then nothing has happened.
   */
  async publish({ id, etag, revision, choices, changeId, ...input }: MergeInput): Promise<OutboxItem> {
    const { queue, stories, approving, media } = this.#options
    const repeated = queue.find(changeId)
    if (repeated) return repeated
    const row = this.#conflict(id)
    const sides = await this.#sides(row)
    if (sides?.etag !== etag || sides.ours.revision !== revision)
      throw new GalleyError('conflict', say('publishing.changedWhileMerging'))
    const { base, ours, theirs, onlyThere } = sides
    const open = toBeChosen(mergeParts(base, ours, theirs), choices).length
    const left = onlyThere.filter((one) => choices[one.id] !== 'mine').length
    if (open + left > 0) throw new GalleyError('refused', say('publishing.notAllChosen', { count: open + left }))
    const change = input.change ?? this.#changeOf(row, base) ?? undefined
    const { fields, body } = merged(base, ours, theirs, choices)
    const made = { ...ours, fields: { ...fields, times: timesOf(ours, base, change) }, body }
    await approving.check(made, row.targetId, change)
    await media.prepare(made)
    // Somebody may have continued typing meanwhile.
    if (this.#conflict(id).seq !== row.seq || stories.revision(row.storyId) !== revision)
      throw new GalleyError('conflict', say('publishing.changedWhileMerging'))
    const story = stories.merge(row.storyId, theirs, made)
    const { storyId, targetId } = row
    return approving.publish({ storyId, targetId, revision: story.revision, changeId, change, over: etag })
  }

  #conflict(id: string): OutboxRow {
    const row = this.#options.queue.row(id)
    if (row.state !== 'conflict' || row.purpose !== 'publish')
      throw new GalleyError('refused', say('publishing.notInConflict'))
    return row
  }

  async #sides(row: OutboxRow, signal?: AbortSignal): Promise<Sides | null> {
    const { store, stories, targets } = this.#options
    const base = this.#base(row)
    if (!base) return null
    const target = targets.get(row.targetId)
    const client = await targets.client(target)
    if (!client) throw new GalleyError('refused', noClient(target))
    const job = jobOf(store, row, [])
    const answer = await client.probe(job, signal)
    if (answer.kind === 'absent') return null
    if (answer.kind !== 'found')
      throw new GalleyError(
        answer.kind === 'unauthorised' || answer.kind === 'distrusted' || answer.kind === 'rejected'
          ? 'refused'
          : 'unreachable',
        'message' in answer ? answer.message : say('cms.unknownAnswer')
      )
    const ours = stories.get(row.storyId)
    const read = await this.#read(target.kind, answer.remote, base, { job, sent: this.#sent(row, base) })
    return read && { etag: answer.remote.token, ours, base, theirs: read.copy, onlyThere: read.onlyThere }
  }

  async #read(
    kind: Parameters<TargetsService['driver']>[0],
    remote: RemoteCopy,
    base: Story,
    { job, sent }: { readonly job: Job; readonly sent: string | null }
  ): Promise<ReturnType<typeof readCopy> | null> {
    const driver = this.#options.targets.driver(kind)
    const leaving = await this.#leaving(base)
    const there = driver.copyThere(remote, leaving, job, sent)
    if (!there) return null
    const originals = new Map<MediaId, MediaId>()
    const renditions = new Map<MediaId, MediaId>()
    const left = pictureUses(leaving)
    for (const [at, { mediaId }] of pictureUses(base).entries()) {
      const rendition = left[at]?.mediaId
      if (mediaId === null || !rendition) continue
      originals.set(rendition, mediaId)
      renditions.set(mediaId, rendition)
    }
    return readCopy({
      there,
      base,
      htmlOf: (block, html) => driver.htmlOf(block, html),
      original: (rendition) => originals.get(rendition) ?? rendition,
      renditionOf: (id) => renditions.get(id) ?? id,
      pictures: [...originals.keys()].flatMap((rendition) => {
        const reference = job.reference(`media:${rendition}`)
        return reference ? [{ rendition, reference }] : []
      }),
      newId: (at) => `there-${sha256(remote.token).slice(0, 16)}-${at}`
    })
  }

  /** The version as it left; if one of its pictures can no longer be read, with the library's picture ids. */
  async #leaving(base: Story): Promise<Story> {
    const { media } = this.#options
    try {
      await media.prepare(base)
      return media.leaving(base)
    } catch (error) {
      if (error instanceof GalleyError) return base
      throw error
    }
  }

  /** What was sent of the base; null if that is not known, or can no longer be read. */
  #sent(row: OutboxRow, { revision }: Story): string | null {
    const { store } = this.#options
    const last = store.read((db) => lastPublished(db, row))
    if (last?.revision !== revision) return null
    try {
      return store.read((db) => getPayload(db, last.seq))
    } catch (error) {
      if (error instanceof GalleyError) return null
      throw error
    }
  }

  /** Determined by the corrections it adds and the dates readers see, compared with what they have. */
  #changeOf({ storyId, targetId, revision }: OutboxRow, base: Story): Change | null {
    return this.#options.store.read((db) => {
      const live = getLive(db, storyId, targetId)?.receipt
      const listed = getStoryRow(db, storyId)
      const approved = listed && getRevision(db, listed.seq, revision)
      if (!live || live.withdrawn || !approved) return null
      const fields = upgradeFields(JSON.parse(approved.fields))
      if (newCorrections(base.fields, fields).length > 0) return 'correction'
      return fields.times.lastUpdated?.utc === base.fields.times.lastUpdated?.utc ? 'minor' : 'update'
    })
  }

  /** The version last seen there: the receipt's, or else the one the CMS has scheduled. */
  #base(row: OutboxRow): Story | null {
    const { storyId, targetId } = row
    return this.#options.store.read((db) => {
      const live = getLive(db, storyId, targetId)?.receipt
      const seen = live && !live.withdrawn ? live.revision : revisionAhead(db, row, live?.fingerprint ?? live?.sha256)
      const listed = getStoryRow(db, storyId)
      const stored = seen === null || !listed ? undefined : getRevision(db, listed.seq, seen)
      if (!stored) return null
      return {
        id: storyId,
        revision: stored.revision,
        status: stored.status,
        fields: upgradeFields(JSON.parse(stored.fields)),
        body: upgradeBody(JSON.parse(stored.body)),
        changedAt: stored.savedAt
      }
    })
  }
}

/** The times are ours, but a time stamped by a later approval is not the date of a minor fix. */
function timesOf(ours: Story, base: Story, change: Change | undefined): StoryTimes {
  const { times } = ours.fields
  if (change !== 'minor' || times.lastUpdated?.origin === 'typed') return times
  return { ...times, lastUpdated: base.fields.times.lastUpdated }
}

function copyOf({ fields, body }: Copy): Copy {
  return { fields, body }
}
