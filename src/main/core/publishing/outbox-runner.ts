import type { Instant } from '../../../shared/story/instant.ts'
import type { MediaAsset } from '../../../shared/contract/media.ts'
import type { Receipt } from '../../../shared/contract/publishing.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import { GalleyError, plainMessage, type WireError } from '../../../shared/rpc/errors.ts'
import { en } from '../../../shared/words/en/index.ts'
import { sentence } from '../../../shared/words/language.ts'
import type { Answer } from './targets/target.ts'
import type { Events } from '../events.ts'
import {
  addStep,
  endOpenSteps,
  endStep,
  getOutbox,
  getPayload,
  listOpenOutbox,
  toOutboxItem,
  updateDelivery,
  type OutboxRow
} from '../store/outbox.ts'
import type { WritableDb } from '../store/sql.ts'
import type { Store } from '../store/store.ts'
import { pauseTarget } from '../store/targets.ts'
import { isPlausible } from './clocks.ts'
import { applyDelivery, toDelivery } from './outbox-delivery.ts'
import { dueAt, isDue, next, type Action, type Event } from './outbox-machine.ts'
import type { TargetsService } from './targets/targets.ts'

export interface OutboxRunnerOptions {
  readonly store: Store
  readonly targets: TargetsService
  readonly media: { get(id: string): MediaAsset; read(id: string): Promise<Uint8Array> }
  readonly clock: Clock
  readonly events: Events
  readonly log: (line: string) => void
  /** From 0 up to 1. */
  readonly random: () => number
  /** True when the story was taken back (draft, killed, trashed) since it was approved. */
  readonly isTakenBack: (storyId: string) => boolean
  /** The embargo the story has now. */
  readonly embargoNow: (row: OutboxRow) => Instant | null
  /** The desk's copy says something else by now. */
  readonly isBehind: (row: OutboxRow) => boolean
  /** Writes the receipt: delivery, what is live and the story's status, in one transaction. */
  readonly finish: (row: OutboxRow, receipt: Receipt, alsoInTransaction: (db: WritableDb) => void) => void
  /** Writes a taken-back item, with the story's status and times as they were, in one transaction. */
  readonly cancelled: (row: OutboxRow, alsoInTransaction: (db: WritableDb) => void) => void
  /** Told between any two steps; tests kill the process there. */
  readonly onStep?: ((point: string) => void | Promise<void>) | undefined
}

/** Stories on their way to one CMS at once. */
const PER_TARGET = 2
/** The loop looks at least this often, whatever the clock said: a clock that was set back must not hold a story up. */
const LOOK_EVERY = 60_000
/** After the library's own disk failed. */
const AFTER_DISK_FAULT = 5_000
const UNDER_WAY = 'under way'

/**
 * The thin loop around the outbox machine: looks what is due, writes down each step before and after, and does what the
 * machine says.
 */
export class OutboxRunner {
  readonly #options: OutboxRunnerOptions
  readonly #running = new Map<string, { readonly targetId: string; readonly done: Promise<void> }>()
  readonly #restUntil = new Map<string, number>()
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

  /** Something may be due: after a publish, a retry, a change of a target, the network's return. */
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

  isRunning(id: string): boolean {
    return this.#running.has(id)
  }

  /** Resolves when an item that is on its way has come to rest, for now or for good. */
  async rest(id: string): Promise<void> {
    await this.#running.get(id)?.done
  }

  /** Resolves when nothing is on its way. */
  async quiet(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running.values()].map((run) => run.done))
  }

  /** Ends the loop. What is on its way is left as a killed process would leave it, and looked up at the next start. */
  async stop(): Promise<void> {
    this.#abort.abort()
    this.#cancelTimer?.()
    await this.quiet()
  }

  /** Starts what is due; answers the milliseconds until it has to look again. */
  #look(): number {
    const { store, clock } = this.#options
    const now = clock.now()
    let wait = LOOK_EVERY
    const earlier = new Set<string>()
    for (const row of store.read(listOpenOutbox)) {
      // Versions of one story reach one CMS in the order they were approved.
      const lane = `${row.storyId} ${row.targetId}`
      const isFirst = !earlier.has(lane)
      earlier.add(lane)
      if (!isFirst || this.#running.has(row.id)) continue
      const delivery = toDelivery(row)
      const rest = (this.#restUntil.get(row.id) ?? 0) - now
      if (isDue(delivery, now)) {
        if (rest > 0 && rest <= AFTER_DISK_FAULT) wait = Math.min(wait, rest)
        else if ([...this.#running.values()].filter((run) => run.targetId === row.targetId).length < PER_TARGET)
          this.#begin(row)
      } else {
        const due = dueAt(delivery)
        if (due !== null && due > now) wait = Math.min(wait, due - now)
      }
    }
    return wait
  }

  #begin(row: OutboxRow): void {
    this.#restUntil.delete(row.id)
    const done = this.#drive(row.id)
      .catch((error: unknown) => {
        this.#restUntil.set(row.id, this.#options.clock.now() + AFTER_DISK_FAULT)
        this.#options.log(`sending stopped: ${codeOf(error)}`)
      })
      .finally(() => {
        this.#running.delete(row.id)
        this.poke()
      })
    this.#running.set(row.id, { targetId: row.targetId, done })
  }

  async #drive(id: string): Promise<void> {
    // On the next turn, so that whoever poked has its own transaction and answer behind it.
    await Promise.resolve()
    let event: Event = { kind: 'wake' }
    let step: number | null = null
    for (;;) {
      const { row, action, newStep } = this.#record(id, event, step)
      if (!row || !action) return
      step = newStep
      await this.#options.onStep?.(`${stepName(action)}: recorded`)
      const answer: Answer = action.do === 'finish' ? { kind: 'written' } : await this.#perform(row, action)
      if (this.#abort.signal.aborted) return
      await this.#options.onStep?.(`${stepName(action)}: answered`)
      event = { kind: 'answer', to: action, answer }
    }
  }

  /** One transaction: what came of the last step, and what is about to be done. */
  #record(
    id: string,
    event: Event,
    step: number | null
  ): { row: OutboxRow | undefined; action: Action | null; newStep: number | null } {
    const { store, clock, random } = this.#options
    const stored = store.read((db) => getOutbox(db, id))
    if (!stored) return { row: stored, action: null, newStep: null }
    // What holds is the later of what was approved and what the story says at this moment.
    const hold = this.#options.embargoNow(stored)
    const row: OutboxRow = hold?.utc === stored.hold?.utc ? stored : { ...stored, hold }
    const moment = { now: clock.now(), random: random() }
    const at = new Date(moment.now).toISOString()
    let before = toDelivery(row)
    if (event.kind === 'wake' && !before.maybeSent && !before.withdraw && this.#options.isTakenBack(row.storyId))
      before = { ...before, withdraw: 'cancel' }
    const { delivery, action } = next(before, event, moment)
    const finished = event.kind === 'answer' && event.to.do === 'finish' ? event.to : null
    const receipt: Receipt | null = finished && {
      ...stampOf(finished.serverTime, moment.now),
      url: finished.url,
      etag: finished.etag,
      sha256: row.sha256,
      revision: row.revision,
      media: row.media.length
    }
    const after: OutboxRow = { ...row, ...applyDelivery(row, delivery), ...(receipt && { receipt }) }
    let newStep: number | null = null
    const others: string[] = []

    const write = (db: WritableDb): void => {
      updateDelivery(db, row.seq, after)
      if (event.kind === 'wake') endOpenSteps(db, row.seq, UNDER_WAY, 'interrupted')
      if (step !== null && event.kind === 'answer') endStep(db, step, at, outcomeOf(event.answer))
      if (action) newStep = addStep(db, row.seq, at, stepName(action), UNDER_WAY)
      if (delivery.state === 'paused' && delivery.problem) others.push(...pauseOthers(db, row, delivery.problem))
    }
    if (receipt) this.#options.finish(after, receipt, write)
    else if (delivery.state === 'cancelled') this.#options.cancelled(after, write)
    else if (delivery !== before || event.kind === 'answer' || row !== stored) store.write('outbox step', write)
    else return { row: after, action, newStep }

    this.tell(id)
    for (const other of others) this.tell(other)
    return { row: after, action, newStep }
  }

  /** Tells every window how an item stands. */
  tell(id: string): void {
    const row = this.#options.store.read((db) => getOutbox(db, id))
    const item = row && this.#options.store.read((db) => toOutboxItem(db, row, this.#options.isBehind(row)))
    if (item) this.#options.events.emit('outboxChanged', { item })
  }

  async #perform(row: OutboxRow, action: Exclude<Action, { do: 'finish' }>): Promise<Answer> {
    const { targets, media, store } = this.#options
    const signal = this.#abort.signal
    const target = targets.find(row.targetId)
    if (!target)
      return {
        kind: 'unreadable',
        problem: {
          code: 'not_found',
          ...plainMessage('The target was removed from this desk.', 'Publish the story to another one.')
        }
      }
    try {
      const client = await targets.client(target).catch((error: unknown) => {
        if (error instanceof GalleyError) throw error
        this.#options.log('the keychain did not answer')
        return null
      })
      if (!client)
        return { kind: 'unauthorised', message: `The secret of “${target.name}” is not on hand on this machine.` }
      switch (action.do) {
        case 'ask-time':
        case 'look-up':
          return await client.lookUp(
            row.storyId,
            Buffer.byteLength(store.read((db) => getPayload(db, row.seq))),
            signal
          )
        case 'find-media':
          return await client.findMedia(row.media[action.index] ?? '', signal)
        case 'send-media': {
          const id = row.media[action.index] ?? ''
          return await client.sendMedia(id, media.get(id).type, await media.read(id), signal)
        }
        case 'send-article': {
          const payload = store.read((db) => getPayload(db, row.seq))
          const { storyId, contentType, idempotencyKey } = row
          return await client.sendArticle(
            { storyId, contentType, payload, idempotencyKey, ifMatch: action.ifMatch },
            signal
          )
        }
      }
    } catch (error) {
      // Nothing of the CMS's throws: this is a picture or a payload of ours that cannot be read, or an address that is
      // not allowed.
      if (error instanceof GalleyError) return { kind: 'unreadable', problem: error.toWire() }
      throw error
    }
  }
}

/** A target that refuses one story's signature refuses them all: they rest with the same reason. */
function pauseOthers(db: WritableDb, row: OutboxRow, problem: WireError): string[] {
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

function stepName(action: Action): string {
  switch (action.do) {
    case 'ask-time':
      return 'time'
    case 'find-media':
    case 'send-media':
      return 'media'
    case 'send-article':
      return 'article'
    case 'look-up':
      return action.why === 'read-back' ? 'read-back' : 'look-up'
    case 'finish':
      return 'receipt'
  }
}

function outcomeOf(answer: Answer): string {
  switch (answer.kind) {
    case 'found':
      return 'the CMS holds a version'
    case 'absent':
      return 'not there'
    case 'present':
      return 'there already'
    case 'stored':
      return 'accepted'
    case 'written':
      return 'receipt written'
    case 'unreadable':
      return sentence(en, answer.problem)
    default:
      return answer.message
  }
}

/** The CMS's clock is believed before this machine's, unless it says what cannot be. */
function stampOf(serverTime: number | null, now: number): Pick<Receipt, 'at' | 'unconfirmed'> {
  return isPlausible(serverTime)
    ? { at: new Date(serverTime).toISOString() }
    : { at: new Date(now).toISOString(), unconfirmed: true }
}

/** Never the message of something unforeseen: it may hold a path or a part of a story. */
function codeOf(error: unknown): string {
  return error instanceof GalleyError ? error.code : error instanceof Error ? error.name : 'unknown'
}
