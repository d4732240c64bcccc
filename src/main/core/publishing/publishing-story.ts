import type { Story } from '../../../shared/story/story.ts'
import { instantAt, laterOf, type Instant, type StoryTimes } from '../../../shared/story/instant.ts'
import { slugify } from '../../../shared/story/slug.ts'
import type { Status } from '../../../shared/story/status.ts'
import { newCorrections } from '../../../shared/story/substance.ts'
import type { Receipt } from '../../../shared/contract/outbox.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import { GalleyError, type WireError } from '../../../shared/rpc/errors.ts'
import { isoWithOffset } from '../../../shared/formats/zoned-time.ts'
import { getStoryRow } from '../store/stories.ts'
import { putRevision } from '../store/contents.ts'
import { hasStep, lastApproved, listOpenOutboxOf, moveOnYounger, type OutboxRow } from '../store/outbox.ts'
import type { DeskCopy } from '../store/outbox-items.ts'
import { getLive, isLive, listLive, putLive } from '../store/receipts.ts'
import type { WritableDb } from '../store/sql.ts'
import type { Store } from '../store/store.ts'
import type { StoriesService } from '../stories/stories.ts'
import { ApprovedCopies } from './approved-copies.ts'
import { isOpen } from './delivery.ts'
import { withSince, type Since } from './since.ts'
import { waitingStatus, waitsForHour } from './waiting-status.ts'
import { glanceAt, isLiveStatus, ReadersHave } from './readers-have.ts'
import { say } from '../../../shared/words/message.ts'

export interface PublishedStoryOptions {
  readonly store: Store
  readonly stories: StoriesService
  readonly clock: Clock
  readonly desk: () => { readonly zone: string }
  readonly log?: ((line: string) => void) | undefined
}

/** What approval does to a story. */
export interface Approval {
  readonly change: { readonly fields: { times: StoryTimes; slug: string }; readonly status: Status }
  /** It must not leave before this, UTC. */
  readonly notBefore: string | null
  /** The hour chosen for this delivery. */
  readonly planned: Instant | null
  readonly embargo: Instant | null
}

export interface ApprovalRequest {
  /**
   * When the delivery is to leave; null: now; undefined: when the story was to run, or according to what was approved
   * already.
   */
  readonly at?: Instant | null | undefined
  readonly targetId: string
  readonly change?: 'update' | 'minor' | 'correction' | undefined
  /** How far this machine's clock is ahead of the CMS's, in milliseconds; null if unknown. */
  readonly ahead: number | null
}

/** How far off, in milliseconds, the time of an update shown to readers may be. */
const LONGEST_OFF = 5 * 60_000
/** Statuses that mean: do not publish this after all. */
const TAKEN_BACK: readonly Status[] = ['draft', 'killed', 'trashed']

export function isTakenBack(status: Status): boolean {
  return TAKEN_BACK.includes(status)
}

function isWaiting({ status }: Story): boolean {
  return status === 'approved' || status === 'scheduled'
}

/** What publishing does to the desk's copy: its status and its times. */
export class PublishedStory {
  readonly readers: ReadersHave
  readonly #options: PublishedStoryOptions
  readonly #approved: ApprovedCopies
  /** By id of an unsent version: whether it matched the desk's copy when the story was last looked at. */
  readonly #current = new Map<string, { readonly revision: number; readonly current: boolean | null }>()

  constructor(options: PublishedStoryOptions) {
    this.#options = options
    this.#approved = new ApprovedCopies(options.store)
    this.readers = new ReadersHave({ ...options, approved: this.#approved })
  }

  /**
   * Throws `refused` with detail {passed} for an hour that has passed, unless `at` asks for now, and for a correction
   * without a notice. Approval does not set "first published".
   */
  approval(story: Story, { at, targetId, change, ahead }: ApprovalRequest): Approval {
    const { times, slug, headline } = story.fields
    // By the CMS's clock, if it is known.
    const now = this.#options.clock.now() - (ahead ?? 0)
    const { planned: wished, ...rest } = times
    const planned = at === undefined ? (wished ?? this.#hourApproved(story.id, targetId, now)) : at
    const live = this.#options.store.read((db) => isLive(db, story.id))
    if (change === 'correction' && !this.#saysMore(story, targetId))
      throw new GalleyError('refused', say('publishing.noCorrection'))
    const embargoOver =
      at === undefined && planned === null && !live && times.firstPublished === null ? times.embargo : null
    for (const hour of [planned, embargoOver]) if (hour && Date.parse(hour.utc) <= now) throw hasPassed(hour)
    const later = laterOf(planned, times.embargo)
    const release = later && Date.parse(later.utc) > now ? later : null
    const elsewhere = this.#open(story.id).filter((row) => row.targetId !== targetId)
    const isUpdate =
      (live && change !== 'minor' && (change !== undefined || this.#changedSinceApproval(story))) ||
      this.#wasWronglyStamped(story.id)
    const stamp: Instant =
      release ??
      (ahead === null
        ? { ...instantAt(now, this.#options.desk().zone, 'clock'), unconfirmed: true }
        : instantAt(now, this.#options.desk().zone, 'cms'))
    return {
      change: {
        fields: {
          slug: slug || slugify(headline),
          times: {
            ...rest,
            lastUpdated:
              (isUpdate && !this.#setByHand(story, targetId)) || this.#isStillToCome(story, stamp)
                ? stamp
                : times.lastUpdated
          }
        },
        status: release || waitsForHour(elsewhere, now) ? 'scheduled' : 'approved'
      },
      notBefore: release && new Date(Date.parse(release.utc)).toISOString(),
      planned,
      embargo: times.embargo
    }
  }

  /**
   * Records that a version is live, with `also`, in one transaction. A story's first receipt sets when it was first
   * published.
   */
  live(row: OutboxRow, receipt: Receipt, also: (db: WritableDb) => void): void {
    const { store, stories } = this.#options
    const write = (db: WritableDb): void => {
      also(db)
      putLive(db, { storyId: row.storyId, targetId: row.targetId, receipt })
      moveOnYounger(db, row, { token: receipt.etag, fingerprint: receipt.fingerprint ?? receipt.sha256 })
    }
    const story = this.#story(row.storyId)
    if (!story) {
      // The desk's copy is gone or damaged; what is live is live anyway.
      store.write('receipt', write)
      return
    }
    const others = this.#openBeside(row)
    const hasNewer = others.some((other) => other.targetId === row.targetId && other.seq > row.seq)
    const had = (hasNewer ? null : this.readers.statusOf(story, this.readers.with(row, receipt))) ?? story.status
    const status = waitsForHour(others, this.#options.clock.now()) ? 'scheduled' : had
    const { times } = story.fields
    if (times.firstPublished === null) {
      const firstPublished: Instant = {
        utc: receipt.at,
        zone: this.#options.desk().zone,
        ...(receipt.unconfirmed ? { origin: 'clock', unconfirmed: true } : { origin: 'cms' })
      }
      stories.changeWith(row.storyId, { fields: { times: { ...times, firstPublished } }, status }, write)
    } else {
      stories.markStatus(row.storyId, status, write)
    }
  }

  /**
   * An update approved while the CMS could not be asked for the time was stamped by this machine's clock alone. It is
   * held back if that clock was wrong: if it differs now or differed before, or puts the update after now or before the
   * first publication. `serverTime` in milliseconds UTC.
   */
  stampFault(row: OutboxRow, serverTime: number): WireError | null {
    // A withdrawal shows no date to anybody.
    if (row.purpose !== 'publish') return null
    const times = this.#approved.fields(row.storyId, row.revision)?.times
    if (!times?.lastUpdated?.unconfirmed) return null
    const stamp = Date.parse(times.lastUpdated.utc)
    const first = Date.parse(times.firstPublished?.utc ?? times.lastUpdated.utc)
    const isOff =
      Math.abs(this.#options.clock.now() - serverTime) > LONGEST_OFF ||
      stamp > serverTime + LONGEST_OFF ||
      stamp < first - LONGEST_OFF ||
      this.#options.store.read((db) => hasStep(db, row.seq, 'time', ['outbox.clocksDiffer']))
    return isOff
      ? new GalleyError('refused', say('outbox.wrongStamp', { at: isoWithOffset(times.lastUpdated) })).toWire()
      : null
  }

  /**
   * Records that a version was taken down, with `also`, in one transaction. A story that is on no CMS any more, and on
   * its way to none, is killed; its history says so.
   */
  withdrawn(row: OutboxRow, receipt: Receipt, also: (db: WritableDb) => void): void {
    const { store, stories } = this.#options
    const write = (db: WritableDb): void => {
      also(db)
      putLive(db, { storyId: row.storyId, targetId: row.targetId, receipt })
      moveOnYounger(db, row, { token: receipt.etag || null, fingerprint: receipt.fingerprint ?? receipt.sha256 })
    }
    const story = this.#story(row.storyId)
    const lives = this.readers.with(row, receipt)
    const elsewhere = lives.some((other) => !other.receipt.withdrawn)
    const onItsWay = this.#open(row.storyId).some((other) => other.purpose === 'publish')
    // The older text may have been there alone.
    const status = story && isLiveStatus(story.status) ? this.readers.statusOf(story, lives) : null
    if (status !== null && isLiveStatus(status)) {
      stories.markStatus(row.storyId, status, write)
      return
    }
    // No reader has it any more, and the next ones get it only when what is on its way arrives.
    if (story && isLiveStatus(story.status) && !elsewhere && onItsWay) {
      stories.markStatus(row.storyId, waitingStatus(this.#openBeside(row), this.#options.clock.now()), write)
      return
    }
    if (!story || elsewhere || onItsWay || isTakenBack(story.status)) {
      store.write('receipt', write)
      if (story) stories.tellSites(row.storyId)
      return
    }
    stories.settle(row.storyId)
    stories.changeWith(row.storyId, { status: 'killed' }, (db, killed, seq) => {
      putRevision(db, seq, stories.version(killed, 'withdrawn'))
      write(db)
    })
  }

  /**
   * Runs `also` for a delivery that found something else there, and records that readers have that. If nothing else of
   * the story is under way, its status in the list says so.
   */
  metAnother(row: OutboxRow, since: Since | null, also: (db: WritableDb) => void): void {
    const write = withSince(row, since, also)
    const story = this.#story(row.storyId)
    const status = story && this.#statusWithout(row, story, since)
    if (status) this.#options.stories.markStatus(row.storyId, status, write)
    else this.#options.store.write('outbox step', write)
    if (story && !status && since) this.#options.stories.tellSites(row.storyId)
  }

  /**
   * Runs `also` and sets the status the story has after a fruitless approval, in one transaction. `since`: what it just
   * found there instead.
   */
  takenBack(row: OutboxRow, also: (db: WritableDb) => void, since: Since | null = null): void {
    const write = withSince(row, since, also)
    const story = row.purpose === 'withdraw' || row.takeBack === 'supersede' ? null : this.#story(row.storyId)
    const others = this.#openBeside(row)
    const waiting = story && isWaiting(story) ? waitingStatus(others, this.#options.clock.now()) : null
    const status = story && (this.#statusWithout(row, story, since) ?? waiting)
    if (status) this.#options.stories.markStatus(row.storyId, status, write)
    else this.#options.store.write('take back', write)
    if (story && !status && since) this.#options.stories.tellSites(row.storyId)
  }

  /**
   * The story's status without this delivery, by what the receipts say readers have and what was found there since.
   * `since`: found by this delivery just now. Null: the story waits for another delivery, nobody ever had it, or its
   * status says something else.
   */
  #statusWithout(row: OutboxRow, story: Story, since: Since | null): Status | null {
    const others = this.#open(story.id).filter(({ id, purpose }) => id !== row.id && purpose === 'publish')
    if (!isWaiting(story) && !(since && isLiveStatus(story.status))) return null
    if (others.some(({ state }) => state !== 'conflict')) return null
    const lives = this.#options.store
      .read((db) => listLive(db, story.id))
      .map((live) =>
        live.targetId === row.targetId && since ? { ...live, receipt: { ...live.receipt, since } } : live
      )
    return this.readers.statusOf(story, lives)
  }

  /** The story's present embargo; as last known if the desk's copy is gone or unreadable. */
  embargoNow(row: OutboxRow): Instant | null {
    // An embargo does not hold back a withdrawal.
    if (row.purpose === 'withdraw') return null
    const listed = this.#options.store.read((db) => getStoryRow(db, row.storyId))
    if (!listed || listed.release_at === (row.hold?.utc ?? null)) return row.hold
    const story = this.#story(row.storyId)
    return story ? story.fields.times.embargo : row.hold
  }

  /** How an approved version compares with the desk's copy. */
  deskCopy(row: OutboxRow): DeskCopy {
    const { stories } = this.#options
    if (!isOpen(row) || row.purpose === 'withdraw' || row.takeBack) return { behind: false, current: false }
    const revision = stories.revision(row.storyId)
    if (revision === null) return { behind: false, current: false }
    const current = revision <= row.revision || this.#isCopy(row, revision)
    const isLetGo = row.pending !== null || revision <= (row.keptRevision ?? 0)
    return { behind: current === false && !isLetGo, current: current ?? false }
  }

  /** Null if the desk's copy cannot be read. */
  #isCopy(row: OutboxRow, revision: number): boolean | null {
    const known = this.#current.get(row.id)
    if (known?.revision === revision) return known.current
    const story = this.#story(row.storyId)
    const current = story && this.#approved.isSame(story, row.revision)
    this.#current.set(row.id, { revision, current })
    return current
  }

  /**
   * True if readers would get the same from the desk's copy as from that revision. False if the desk's copy cannot be
   * read.
   */
  isCurrent(storyId: string, revision: number): boolean {
    const story = this.#story(storyId)
    return story !== null && this.#approved.isSame(story, revision)
  }

  /** Made a draft again, killed or trashed by hand since it was approved. */
  isTakenBack(storyId: string): boolean {
    const row = this.#options.store.read((db) => getStoryRow(db, storyId))
    return row !== undefined && isTakenBack(row.status)
  }

  /**
   * The future hour that an approval waits for: the one for that target, or else the first of the others. Approving
   * removes the hour from the story, and approving it again must not send it earlier. If readers of that target already
   * have the story, the hours of other targets do not apply to an update there.
   */
  #hourApproved(storyId: string, targetId: string, now: number): Instant | null {
    const open = this.#open(storyId).filter(({ purpose, takeBack }) => purpose === 'publish' && !takeBack)
    const there = open.filter((row) => row.targetId === targetId)
    const isThere = this.#options.store
      .read((db) => listLive(db, storyId))
      .some((live) => live.targetId === targetId && !live.receipt.withdrawn)
    return (there.length > 0 || isThere ? there : open)
      .flatMap(({ planned }) => (planned && Date.parse(planned.utc) > now ? planned : []))
      .reduce<Instant | null>((first, one) => (first && first.utc <= one.utc ? first : one), null)
  }

  /**
   * An update is new copy of a story this desk has approved before; sending the same copy to a second CMS is not one.
   */
  #changedSinceApproval(story: Story): boolean {
    const last = this.#options.store.read((db) => lastApproved(db, story.id))
    return last !== undefined && !this.#approved.isSame(story, last.revision)
  }

  #wasWronglyStamped(storyId: string): boolean {
    return this.#options.store.read((db) => lastApproved(db, storyId))?.problem?.key === 'outbox.wrongStamp'
  }

  /** Somebody set "last updated" since the story was last approved for that target: readers are shown that. */
  #setByHand(story: Story, targetId: string): boolean {
    const { lastUpdated } = story.fields.times
    if (lastUpdated?.origin !== 'typed' || this.#isHourOfDelivery(story)) return false
    const last = this.#options.store.read((db) => lastApproved(db, story.id, targetId))
    return (
      last === undefined || this.#approved.fields(story.id, last.revision)?.times.lastUpdated?.utc !== lastUpdated.utc
    )
  }

  /**
   * "Last updated" is the hour of another delivery that leaves later than this one: its readers would be shown an
   * update in the future.
   */
  #isStillToCome(story: Story, stamp: Instant): boolean {
    const { lastUpdated } = story.fields.times
    if (lastUpdated === null || Date.parse(lastUpdated.utc) <= Date.parse(stamp.utc)) return false
    return lastUpdated.origin === 'clock' || lastUpdated.origin === 'cms' || this.#isHourOfDelivery(story)
  }

  /** Set by an approval: the hour the last delivery waits for, or waited for. */
  #isHourOfDelivery({ id, fields }: Story): boolean {
    const last = this.#options.store.read((db) => lastApproved(db, id))
    const at = fields.times.lastUpdated?.utc
    return last !== undefined && at !== undefined && (last.planned?.utc === at || last.embargo?.utc === at)
  }

  /** It has a correction that readers of that target do not have; true if it is unknown what they have. */
  #saysMore({ id, fields }: Story, targetId: string): boolean {
    const live = this.#options.store.read((db) => getLive(db, id, targetId))
    const known = live && this.#approved.fields(id, live.receipt.revision)
    return !known || newCorrections(known, fields).length > 0
  }

  #open(storyId: string): OutboxRow[] {
    return this.#options.store.read((db) => listOpenOutboxOf(db, storyId))
  }

  /** The story's other open deliveries. */
  #openBeside({ id, storyId }: OutboxRow): OutboxRow[] {
    return this.#open(storyId).filter((other) => other.id !== id)
  }

  #story(id: string): Story | null {
    return glanceAt(this.#options.stories, id)
  }
}

function hasPassed(hour: Instant): GalleyError {
  return new GalleyError('refused', say('publishing.hourPassed', { at: isoWithOffset(hour), zone: hour.zone }), {
    detail: { passed: hour.utc, zone: hour.zone }
  })
}
