import { say } from '../../../shared/words/message.ts'
import type { Instant } from '../../../shared/story/instant.ts'
import type { Receipt } from '../../../shared/contract/outbox.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import { GalleyError, type WireError } from '../../../shared/rpc/errors.ts'
import { STORY_STEP, type Answer, type Learned } from './targets/target.ts'
import type { Events } from '../events.ts'
import {
  addDeskStep,
  addStep,
  endOpenSteps,
  endStep,
  getOutbox,
  handOn,
  hasSuccessor,
  listOpenOutbox,
  updateDelivery,
  type OutboxRow
} from '../store/outbox.ts'
import { lastPublished, listLateLooks, type LookDue } from '../store/late-looks.ts'
import { toOutboxItem, type DeskCopy } from '../store/outbox-items.ts'
import { deleteReference, putReference } from '../store/remote-references.ts'
import type { WritableDb } from '../store/sql.ts'
import type { Store } from '../store/store.ts'
import { getTarget, pauseTarget } from '../store/targets.ts'
import { aheadOf } from './clocks.ts'
import { applyDelivery, toDelivery } from './outbox-delivery.ts'
import { jobOf, storyReference } from './outbox-job.ts'
import { changesThere, isOpen, type Action, type Event, type Moment, type Next } from './delivery.ts'
import { metAnother } from './outbox-look-up.ts'
import { laneOf, turns } from './outbox-lanes.ts'
import { next } from './outbox-machine.ts'
import { endEarlier, recordLateLook, withHourBefore } from './late-looks.ts'
import { isTakenOver, withLook } from './late-request.ts'
import { held } from './held.ts'
import { isByHand, noClient, type TargetsService } from './targets/targets.ts'
import { comparedBy, doneOf, takenDown, trouble, type Done } from './outbox-answer.ts'
import { endTimeStep, messageOf, outcomeOf, stepName } from './outbox-steps.ts'
import type { Since } from './since.ts'
import { receiptOf } from './receipt.ts'
import { receiptUnseen, sinceOf } from './seen-there.ts'

export interface OutboxRunnerOptions {
  readonly store: Store
  readonly targets: TargetsService
  readonly clock: Clock
  readonly events: Events
  readonly log: (line: string) => void
  /** From 0 up to 1. */
  readonly random: () => number
  /** True if the story was taken back (draft, killed, trashed) after approval. */
  readonly isTakenBack: (row: OutboxRow) => boolean
  /** The story's present embargo. */
  readonly embargoNow: (row: OutboxRow) => Instant | null
  /** Called when it was just seen how far this machine's clock is ahead of the target's, in milliseconds. */
  readonly onClock: (row: OutboxRow, ahead: number | null) => void
  /** Why an approved version must not go out with the times this machine's clock gave it; null if it may. */
  readonly stampFault: (row: OutboxRow, serverTime: number) => WireError | null
  /** How the desk's copy compares by now. */
  readonly deskCopy: (row: OutboxRow) => DeskCopy
  /** Writes the receipt: the delivery, what is live and the story's status, in one transaction. */
  readonly finish: (row: OutboxRow, receipt: Receipt, alsoInTransaction: (db: WritableDb) => void) => void
  /** Writes an item that was taken back, what it found there, and the story's resulting status, in one transaction. */
  readonly cancelled: (row: OutboxRow, since: Since | null, alsoInTransaction: (db: WritableDb) => void) => void
  /** Writes an item that found something else there, what that was, and the story's status, in one transaction. */
  readonly metAnother: (row: OutboxRow, since: Since | null, alsoInTransaction: (db: WritableDb) => void) => void
  /** Called between any two steps; tests kill the process there. */
  readonly onStep?: ((point: string) => void | Promise<void>) | undefined
}

/** How many stories are sent to one CMS at once. */
const PER_TARGET = 2
/**
 * The loop looks at least this often, in ms, whatever the clock says: setting the clock back must not hold a story up.
 */
const LOOK_EVERY = 60_000
/** Delay in ms after the library's own disk failed. */
const AFTER_DISK_FAULT = 5_000
const UNDER_WAY = say('outbox.underWay')

/**
 * The thin loop around the outbox machine: finds what is due, records each step before and after, and does what the
 * machine says.
 */
export class OutboxRunner {
  readonly #options: OutboxRunnerOptions
  readonly #running = new Map<
    string,
    { readonly targetId: string; readonly lane: string; readonly done: Promise<void> }
  >()
  readonly #restUntil = new Map<string, number>()
  /** How many holds each target has. */
  readonly #holds = new Map<string, number>()
  readonly #abort = new AbortController()
  #cancelTimer: (() => void) | null = null
  #started = false

  constructor(options: OutboxRunnerOptions) {
    this.#options = options
  }

  start(): void {
    this.#started = true
    this.poke()
  }

  /** Something may be due: after publishing, a retry, a change of a target, or the network's return. */
  poke(): void {
    if (!this.#started || this.#abort.signal.aborted) return
    this.#cancelTimer?.()
    this.#cancelTimer = null
    let wait = LOOK_EVERY
    try {
      wait = this.#look()
    } catch (error) {
      this.#options.log(`the outbox could not be read: ${codeOf(error)}`)
      wait = AFTER_DISK_FAULT
    }
    this.#cancelTimer = this.#options.clock.after(wait, () => this.poke())
  }

  /** Keeps anything from leaving for a target until the returned function is called; what is under way continues. */
  hold(targetId: string): () => void {
    this.#holds.set(targetId, (this.#holds.get(targetId) ?? 0) + 1)
    return () => {
      const others = (this.#holds.get(targetId) ?? 0) - 1
      if (others > 0) this.#holds.set(targetId, others)
      else this.#holds.delete(targetId)
      this.poke()
    }
  }

  isRunning(id: string): boolean {
    return this.#running.has(id)
  }

  /** Resolves once an item under way has come to rest, for now or for good. */
  async rest(id: string): Promise<void> {
    await this.#running.get(id)?.done
  }

  /** Resolves once nothing is under way. */
  async quiet(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running.values()].map((run) => run.done))
  }

  /** Stops the loop. What is under way is left as a killed process would leave it, and looked up at the next start. */
  async stop(): Promise<void> {
    this.#abort.abort()
    this.#cancelTimer?.()
    await this.quiet()
  }

  /** Starts what is due; returns the milliseconds until the next look. */
  #look(): number {
    const { store, clock } = this.#options
    const now = clock.now()
    const [open, looks] = store.read((db) => [listOpenOutbox(db), listLateLooks(db)] as const)
    const busy = new Set([...this.#running.values()].map(({ lane }) => lane))
    const due = turns({ open, looks, busy }, now)
    let wait = due.next === null ? LOOK_EVERY : Math.min(LOOK_EVERY, due.next - now)
    const start = (one: OutboxRow | LookDue, work: () => Promise<void>): void => {
      const rest = (this.#restUntil.get(one.id) ?? 0) - now
      if (this.#holds.has(one.targetId)) return
      if (rest > 0 && rest <= AFTER_DISK_FAULT) wait = Math.min(wait, rest)
      else if ([...this.#running.values()].filter((run) => run.targetId === one.targetId).length < PER_TARGET)
        this.#begin(one, work())
    }
    for (const row of due.deliveries) start(row, () => this.#drive(row))
    for (const look of due.looks) start(look, () => this.#lookAgain(look))
    return wait
  }

  #begin({ id, storyId, targetId }: LookDue | OutboxRow, work: Promise<void>): void {
    this.#restUntil.delete(id)
    const done = work
      .catch((error: unknown) => {
        this.#restUntil.set(id, this.#options.clock.now() + AFTER_DISK_FAULT)
        this.#options.log(`sending stopped: ${codeOf(error)}`)
      })
      .finally(() => {
        this.#running.delete(id)
        this.poke()
      })
    this.#running.set(id, { targetId, lane: laneOf({ storyId, targetId }), done })
  }

  async #drive({ id, targetId }: OutboxRow): Promise<void> {
    // On the next turn, so that the caller's transaction and reply come first.
    await Promise.resolve()
    const paused = this.#options.targets.find(targetId)?.paused ?? null
    let event: Event = { kind: 'wake', paused: isByHand(paused) ? paused : null }
    let done: Done | null = null
    let step: number | null = null
    for (;;) {
      const { row, action, newStep } = this.#record(id, event, done, step)
      if (!row || !action) return
      step = newStep
      await this.#options.onStep?.(`${stepName(action)}: recorded`)
      done = await this.#perform(row, action)
      if (this.#abort.signal.aborted) return
      await this.#options.onStep?.(`${stepName(action)}: answered`)
      event = { kind: 'answer', to: action, answer: done.outcome }
    }
  }

  /** Whether a request whose answer was lost has been carried out since the delivery ended. */
  async #lookAgain({ id }: LookDue): Promise<void> {
    await Promise.resolve()
    const { store, clock, random } = this.#options
    const row = store.read((db) => getOutbox(db, id))
    if (!row) return
    const isReplaced = store.read((db) => isTakenOver(db, row, clock.now()))
    const done = isReplaced ? null : await this.#perform(row, { do: 'look-up', why: 'unknown' })
    if (this.#abort.signal.aborted) return
    await this.#options.onStep?.('late look: answered')
    if (recordLateLook(this.#options, row.id, done, { now: clock.now(), random: random() })) this.tell(row.id)
  }

  /** In one transaction: the result of the last step, and what is about to be done. */
  #record(
    id: string,
    event: Event,
    done: Done | null,
    step: number | null
  ): { row: OutboxRow | undefined; action: Action | null; newStep: number | null } {
    const { store, targets, clock, random } = this.#options
    const stored = store.read((db) => getOutbox(db, id))
    if (!stored) return { row: stored, action: null, newStep: null }
    // The later of the approved embargo and the story's present one applies.
    const hold = this.#options.embargoNow(stored)
    const row: OutboxRow = hold?.utc === stored.hold?.utc ? stored : { ...stored, hold }
    const moment = { now: clock.now(), random: random() }
    const at = new Date(moment.now).toISOString()
    const compared = comparedBy(event)
    const ahead = compared ? aheadOf(compared.serverTime, moment.now) : null
    if (compared) this.#options.onClock(row, ahead)
    const fault = ahead === null ? null : this.#options.stampFault(row, moment.now - ahead)
    const happened: Event =
      fault && event.kind === 'answer' ? { ...event, answer: { kind: 'unreadable', problem: fault } } : event
    let before = toDelivery(row)
    if (event.kind === 'wake' && !before.pending && !before.takeBack && this.#options.isTakenBack(row))
      before = { ...before, takeBack: 'cancel' }
    // If its replacement is gone or at rest, the CMS must not publish it either.
    if (before.takeBack === 'supersede' && !store.read((db) => hasSuccessor(db, row)))
      before = { ...before, takeBack: 'cancel' }
    const begins = event.kind === 'wake' && !before.takeBack && next(before, happened, moment).action !== null
    const known = begins ? store.read((db) => withHourBefore(db, row, before)) : before
    const planned = this.#plan(row, next(known, happened, moment), done?.learned ?? [], moment)
    const action = planned.action
    const moved = held(planned.delivery, targets.find(row.targetId)?.paused ?? null, moment)
    const delivery = store.read((db) => withLook(db, { row, before, after: moved }, moment.now))
    const finished = event.kind === 'answer' && event.to.do === 'finish' ? event.to.proof : null
    const outcome = event.kind === 'answer' ? outcomeOf(event.answer) : null
    const answer = event.kind === 'answer' ? event.answer : null
    const since = delivery.state === 'conflict' || metAnother(before, event) ? sinceOf(targets, row, answer) : null
    const receipt = finished
      ? receiptOf(row, finished, moment.now)
      : since && receiptUnseen(store, row, answer, moment.now)
    const after: OutboxRow = { ...row, ...applyDelivery(row, delivery), ...(receipt && { receipt }) }
    let newStep: number | null = null
    const others: string[] = []

    const write = (db: WritableDb): void => {
      updateDelivery(db, row.seq, after)
      for (const one of done?.learned ?? [])
        putReference(db, { ...one, targetId: row.targetId, confirmedBy: row.idempotencyKey })
      if (done?.gone) deleteReference(db, row.targetId, done.gone)
      // Nothing is left there: another publication starts afresh.
      if (!isOpen(delivery) && delivery.takeBack === 'supersede' && delivery.handedOver !== null) handOn(db, after)
      if (before.firedBy === 'cms' && delivery.firedBy === 'desk' && !finished)
        addDeskStep(
          db,
          row.seq,
          at,
          'fires',
          delivery.problem ? messageOf(delivery.problem) : say('outbox.firesFromNowOn')
        )
      if (receipt?.etag === '') deleteReference(db, row.targetId, storyReference(row.storyId))
      if (event.kind === 'wake') endOpenSteps(db, row.seq, UNDER_WAY, say('outbox.interrupted'))
      if (step !== null && compared) endTimeStep(db, step, at, ahead)
      else if (step !== null && outcome) endStep(db, step, at, outcome)
      if (action) newStep = addStep(db, row.seq, at, stepName(action), UNDER_WAY)
      if (known !== before || (action?.do === 'step' && !delivery.takeBack))
        others.push(...endEarlier(db, after, moment))
      if (delivery.state === 'paused' && delivery.problem) others.push(...pauseOthers(db, row, delivery.problem))
    }
    if (receipt) this.#options.finish(after, receipt, write)
    else if (isOpen(before) && !isOpen(delivery)) this.#options.cancelled(after, since, write)
    else if (delivery.state === 'conflict') this.#options.metAnother(after, since, write)
    else if (delivery !== before || event.kind === 'answer' || row !== stored) {
      // If a power cut loses it, that is as if the process had been killed before writing it.
      if (action && !changesThere(action)) store.writeUnsynced('outbox step', write)
      else store.write('outbox step', write)
    } else return { row: after, action, newStep }

    this.tell(id)
    for (const other of others) this.tell(other)
    // What it found there is shown with the version that was live.
    const replaced = since && store.read((db) => lastPublished(db, row))
    if (replaced && replaced.id !== id) this.tell(replaced.id)
    return { row: after, action, newStep }
  }

  /** Where the machine wants to go on, the driver says how. */
  #plan(row: OutboxRow, at: Next, learned: readonly Learned[], moment: Moment): Next {
    if (at.action?.do !== 'plan') return at
    const { targets, store } = this.#options
    try {
      const target = targets.find(row.targetId)
      if (!target) throw targetGone()
      const step = targets
        .driver(target.kind)
        .nextStep(jobOf(store, { ...row, ...applyDelivery(row, at.delivery) }, learned), at.action.missing)
      return next(at.delivery, { kind: 'planned', step }, moment)
    } catch (error) {
      if (!(error instanceof GalleyError)) throw error
      return next(
        at.delivery,
        { kind: 'answer', to: at.action, answer: { kind: 'unreadable', problem: error.toWire() } },
        moment
      )
    }
  }

  /** Tells every window an item's state. */
  tell(id: string): void {
    const row = this.#options.store.read((db) => getOutbox(db, id))
    const item = row && this.#options.store.read((db) => toOutboxItem(db, row, this.#options.deskCopy(row)))
    if (item) this.#options.events.emit('outboxChanged', { item })
  }

  async #perform(row: OutboxRow, action: Action): Promise<Done> {
    const { targets, store } = this.#options
    const signal = this.#abort.signal
    try {
      if (action.do === 'finish') return { outcome: { kind: 'written' }, learned: [], gone: null }
      if (action.do === 'plan') throw new Error('A plan is made while it is recorded')
      const target = targets.find(row.targetId)
      if (!target) throw targetGone()
      const client = await targets.client(target).catch((error: unknown) => {
        if (error instanceof GalleyError) throw error
        this.#options.log('the keychain did not answer')
        return null
      })
      if (!client) return trouble({ kind: 'no-client', message: noClient(target) })
      if (action.do === 'compare-clocks') return trouble({ kind: 'time', serverTime: await client.time(signal) })
      const job = jobOf(store, row, [])
      const answer =
        action.do === 'recall'
          ? await (client.recall?.(job, signal) ?? cannotRecall)
          : action.do === 'step'
            ? await client.perform(action.step, job, signal)
            : await client.probe(job, signal)
      const looked =
        action.do === 'step' && action.step.key !== STORY_STEP ? action.step.key : storyReference(row.storyId)
      if (row.purpose === 'withdraw' && action.do === 'look-up' && answer.kind === 'absent')
        return takenDown(answer.serverTime)
      return doneOf(answer, looked, (remote) => targets.driver(target.kind).same(remote, job))
    } catch (error) {
      // Drivers do not throw for what the CMS does: this is a picture or an intent of ours that cannot be read, or an
      // address that is not allowed.
      if (error instanceof GalleyError) return trouble({ kind: 'unreadable', problem: error.toWire() })
      throw error
    }
  }
}

const cannotRecall: Answer = { kind: 'rejected', message: say('outbox.cannotRecall') }

function targetGone(): GalleyError {
  return new GalleyError('not_found', say('publishing.targetGone'))
}

/**
 * A target that refuses one story's signature refuses all: they rest for the same reason. If a person has paused it
 * they rest already, until that person resumes it.
 */
function pauseOthers(db: WritableDb, row: OutboxRow, problem: WireError): string[] {
  if (isByHand(getTarget(db, row.targetId)?.paused ?? null)) return []
  pauseTarget(db, row.targetId, problem)
  const paused: string[] = []
  for (const other of listOpenOutbox(db)) {
    if (other.targetId !== row.targetId || other.id === row.id) continue
    const { delivery } = next(toDelivery(other), { kind: 'pause', problem }, { now: 0, random: 0 })
    if (delivery.state === other.state) continue
    updateDelivery(db, other.seq, applyDelivery(other, delivery))
    paused.push(other.id)
  }
  return paused
}

/** Never the message of an unexpected error: it may contain a path or part of a story. */
function codeOf(error: unknown): string {
  return error instanceof GalleyError ? error.code : error instanceof Error ? error.name : 'unknown'
}
