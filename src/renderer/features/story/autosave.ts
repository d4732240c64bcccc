import type { Saved } from '../../../shared/contract/stories.ts'
import type { BodyPatch } from '../../../shared/document/patch.ts'
import type { FieldsPatch } from '../../../shared/story/fields.ts'
import type { Status } from '../../../shared/story/status.ts'
import type { ErrorCode, WireError } from '../../../shared/rpc/errors.ts'
import type { SaveView } from '../../api/open-story.ts'
import type { UndoChange } from '../../../shared/story/undo.ts'
import { PendingPatch } from '../../../shared/document/diff/merge-patches.ts'

/** How long nothing must change before a change is sent, in ms. */
export const DEBOUNCE_MS = 150
/**
 * The longest a change waits before it is sent, in ms, counted from the first change not yet sent. With the time to
 * reach the disk, a crash then costs at most half a second.
 */
export const MAX_WAIT_MS = 400
/**
 * Delays between tries in ms; the last repeats for as long as it takes. It never gives up, and once the obstacle is
 * gone everything is on disk after at most the last delay.
 */
const BACKOFF_MS = [250, 500, 1000, 2000, 3000] as const
const SLOW_MS = 3000

export interface Edit {
  readonly fields?: FieldsPatch
  readonly body?: BodyPatch
  readonly status?: Status
}

export type Change =
  | { readonly kind: 'fields'; readonly fields: FieldsPatch }
  | { readonly kind: 'body'; readonly patch: BodyPatch }
  | { readonly kind: 'status'; readonly status: Status }

/** One change as sent. A retry keeps the id, so that the core applies it only once. */
export interface Outgoing {
  readonly changeId: string
  readonly baseRevision: number
  readonly change: Change
  /** What this change does to the story's undo line. */
  readonly undo?: UndoChange
}

/** The story's undo line, saved together with the changes it belongs to. */
export interface UndoToSave {
  /** What is new in it, given every change made so far. */
  change(): UndoChange
  /** For a change that is sent just ahead of another one. */
  unchanged(): UndoChange
  /** The last one returned will not be saved as it was. */
  lost(): void
}

export type AutosaveEvent =
  | { readonly type: 'edited'; readonly edit: Edit }
  /** Send everything waiting now. */
  | { readonly type: 'flush' }
  | { readonly type: 'saved'; readonly saved: Saved }
  /** `at`: UTC, shown to the person. */
  | { readonly type: 'failed'; readonly error: WireError; readonly at: string }
  /** The time requested with `wakeAt` has come. */
  | { readonly type: 'woke' }
  /** The person asked for it, or the connection is back. */
  | { readonly type: 'retry' }
  /**
   * The local text was found to fit on a newer revision: continue from there. `undoFits`: so was the undo line, which
   * is otherwise dropped, even from changes already queued.
   */
  | { readonly type: 'rebased'; readonly revision: number; readonly undoFits: boolean }

export interface AutosaveEffects {
  /** Send this, and report `saved` or `failed`. Never set while another is under way. */
  readonly send: Outgoing | null
  /** Report `woke` at this time (replaces an earlier request); null: no need. */
  readonly wakeAt: number | null
}

interface Waiting {
  fields: FieldsPatch | null
  body: PendingPatch | null
  status: Status | null
  readonly firstAt: number
  lastAt: number
}

/**
 * Decides what is sent when: 150 ms after the last key and at most 400 ms after the first, one change at a time and in
 * order, each with the same id until it is known to be on disk. Knows no timer, transport or React: events in, effects
 * out.
 */
export class Autosave {
  readonly #newId: () => string
  readonly #undo: UndoToSave | null
  #revision: number
  #savedAt: string | null = null
  /** Changes that are not part of any request yet. */
  #waiting: Waiting | null = null
  /** Frozen changes, oldest first; the first is under way or next to be sent. */
  #queue: { readonly changeId: string; readonly change: Change; readonly undo?: UndoChange }[] = []
  #underWay = false
  /** Fields the core refused; sent again with the next change of fields. */
  #refused: FieldsPatch | null = null
  #refusal: { readonly error: WireError; readonly since: string } | null = null
  #problem: {
    readonly kind: 'failed' | 'offline' | 'conflict'
    readonly error: WireError
    readonly since: string
  } | null = null
  #tries = 0
  #retryAt: number | null = null
  #hurry = false

  constructor(revision: number, newId: () => string, undo: UndoToSave | null = null) {
    this.#revision = revision
    this.#newId = newId
    this.#undo = undo
  }

  get revision(): number {
    return this.#revision
  }

  /** True when nothing is waiting, under way or refused. */
  get settled(): boolean {
    return !this.#waiting && this.#queue.length === 0 && !this.#refused
  }

  get underWay(): boolean {
    return this.#underWay
  }

  get view(): SaveView {
    const problem = this.#problem ?? (this.#refusal ? { kind: 'failed' as const, ...this.#refusal } : null)
    const state = problem ? problem.kind : this.#queue.length > 0 ? 'saving' : this.#waiting ? 'dirty' : 'idle'
    return { state, savedAt: this.#savedAt, problem: problem?.error ?? null, since: problem?.since ?? null }
  }

  handle(event: AutosaveEvent, now: number): AutosaveEffects {
    switch (event.type) {
      case 'edited':
        this.#edit(event.edit, now)
        break
      case 'flush':
        this.#hurry = true
        if (this.#problem?.kind !== 'conflict') this.#retryAt = null
        break
      case 'saved':
        this.#saved(event.saved)
        break
      case 'failed':
        this.#failed(event.error, event.at, now)
        break
      case 'woke':
        break
      case 'retry':
        this.#retryAt = null
        this.#hurry = true
        if (this.#refused) this.#edit({}, now)
        break
      case 'rebased':
        this.#revision = event.revision
        if (!event.undoFits) this.#queue = this.#queue.map(({ changeId, change }) => ({ changeId, change }))
        if (this.#problem?.kind === 'conflict') this.#problem = null
        this.#retryAt = null
        this.#hurry = true
        break
    }
    return this.#next(now)
  }

  #edit(edit: Edit, now: number): void {
    const waiting: Waiting = (this.#waiting ??= { fields: null, body: null, status: null, firstAt: now, lastAt: now })
    waiting.lastAt = now
    if (edit.fields || this.#refused) {
      waiting.fields = { ...this.#refused, ...waiting.fields, ...edit.fields }
      this.#refused = null
    }
    if (edit.body) (waiting.body ??= new PendingPatch()).add(edit.body)
    if (edit.status) waiting.status = edit.status
  }

  #saved(saved: Saved): void {
    const done = this.#queue.shift()
    this.#underWay = false
    this.#revision = saved.revision
    this.#savedAt = saved.savedAt
    this.#problem = null
    this.#tries = 0
    this.#retryAt = null
    if (done?.change.kind === 'fields' && !this.#refused) this.#refusal = null
  }

  #failed(error: WireError, at: string, now: number): void {
    this.#underWay = false
    const kind = kindOf(error.code)
    if (kind === 'refused' && this.#setAside(error, at)) return
    if (kind === 'refused') this.#thaw(now)
    this.#problem = {
      kind: kind === 'offline' || kind === 'conflict' ? kind : 'failed',
      error,
      since: this.#problem?.since ?? at
    }
    if (kind === 'conflict') return
    const wait = kind === 'refused' ? SLOW_MS : (BACKOFF_MS[Math.min(this.#tries, BACKOFF_MS.length - 1)] ?? SLOW_MS)
    this.#tries += 1
    this.#retryAt = now + wait
  }

  /** Invalid fields must not hold up the body: they are set aside, or only the one at fault where the core names it. */
  #setAside(error: WireError, at: string): boolean {
    const first = this.#queue[0]
    if (first?.change.kind !== 'fields' || error.code !== 'invalid_input') return false
    const name = String(error.detail?.['path'] ?? '').split('.')[1]
    const { fields } = first.change
    const atFault = name !== undefined && name in fields ? name : null
    const rest = Object.fromEntries(
      Object.entries(fields).filter(([key]) => atFault !== null && key !== atFault)
    ) as FieldsPatch
    const bad = Object.fromEntries(
      Object.entries(fields).filter(([key]) => atFault === null || key === atFault)
    ) as FieldsPatch
    this.#queue.shift()
    this.#undo?.lost()
    if (Object.keys(rest).length > 0)
      this.#queue.unshift({
        changeId: this.#newId(),
        change: { kind: 'fields', fields: rest },
        ...(first.undo && { undo: first.undo })
      })
    this.#refused = { ...this.#refused, ...bad }
    this.#refusal = { error, since: this.#refusal?.since ?? at }
    this.#hurry = true
    return true
  }

  /** A change known not to have been applied may be sent again as part of a newer one. */
  #thaw(now: number): void {
    const { fields, body, status, firstAt, lastAt } = this.#waiting ?? {
      fields: null,
      body: null,
      status: null,
      firstAt: now,
      lastAt: now
    }
    const waiting: Waiting = { fields: null, body: null, status: null, firstAt, lastAt }
    for (const { change } of this.#queue) {
      if (change.kind === 'fields') waiting.fields = { ...waiting.fields, ...change.fields }
      if (change.kind === 'body') (waiting.body ??= new PendingPatch()).add(change.patch)
      if (change.kind === 'status') waiting.status = change.status
    }
    if (fields) waiting.fields = { ...waiting.fields, ...fields }
    if (body) (waiting.body ??= new PendingPatch()).add(body.peek())
    if (status) waiting.status = status
    this.#waiting = waiting
    this.#queue = []
    this.#undo?.lost()
  }

  #next(now: number): AutosaveEffects {
    if (this.#underWay || this.#problem?.kind === 'conflict') return { send: null, wakeAt: null }
    if (this.#retryAt !== null && now < this.#retryAt) return { send: null, wakeAt: this.#retryAt }
    this.#retryAt = null
    if (this.#queue.length === 0 && this.#waiting) {
      const due = Math.min(this.#waiting.lastAt + DEBOUNCE_MS, this.#waiting.firstAt + MAX_WAIT_MS)
      if (now < due && !this.#hurry) return { send: null, wakeAt: due }
      this.#freeze(this.#waiting)
    }
    const first = this.#queue[0]
    if (!first) {
      this.#hurry = false
      return { send: null, wakeAt: null }
    }
    this.#underWay = true
    return { send: { ...first, baseRevision: this.#revision }, wakeAt: null }
  }

  #freeze({ fields, body, status }: Waiting): void {
    this.#waiting = null
    const patch = body && !body.isEmpty ? body.take() : null
    const ahead = this.#undo && fields && patch ? { undo: this.#undo.unchanged() } : {}
    const undo = this.#undo && (fields || patch) ? { undo: this.#undo.change() } : {}
    if (fields)
      this.#queue.push({ changeId: this.#newId(), change: { kind: 'fields', fields }, ...(patch ? ahead : undo) })
    if (patch) this.#queue.push({ changeId: this.#newId(), change: { kind: 'body', patch }, ...undo })
    // Last, because an edit may itself change the status.
    if (status) this.#queue.push({ changeId: this.#newId(), change: { kind: 'status', status } })
  }
}

/**
 * `refused`: certainly not applied, and the same change would be refused again. Any other may have been applied, and is
 * sent again under its id.
 */
function kindOf(code: ErrorCode): 'refused' | 'unsure' | 'offline' | 'conflict' {
  switch (code) {
    case 'conflict':
      return 'conflict'
    case 'unreachable':
      return 'offline'
    case 'storage_full':
    case 'storage_failed':
    case 'busy':
    case 'cancelled':
    case 'internal':
      return 'unsure'
    case 'invalid_input':
    case 'not_found':
    case 'read_only':
    case 'damaged':
    case 'too_large':
    case 'refused':
    case 'unsupported':
      return 'refused'
  }
}
