import type { Place } from '../../../../shared/story/place.ts'
import type { BodyPatch } from '../../../../shared/document/patch.ts'
import type { FieldsPatch } from '../../../../shared/story/fields.ts'
import type { UndoChange, UndoHeights, UndoSteps } from '../../../../shared/story/undo.ts'
import { createStore, type Readable, type Store } from '../../../api/store.ts'
import { isTyped } from '../../../editor/composition.ts'
import { MERGE_MS, type UndoState } from '../../../editor/undo-keys.ts'
import { Step, StepStack } from './step-stack.ts'

/** The reverse of a change of the story, and which step it belongs to. */
export interface Recorded {
  readonly body?: BodyPatch
  readonly fields?: FieldsPatch
  /** The editor's own undo step that the change belongs to, if it has one. */
  readonly live?: object | null
  /** Changes with the same name in quick succession form one step; null: never. */
  readonly run?: string | null
  /** Where the caret was before; called once for each step. */
  place(): Place | null
}

/** What the undo line can do to the story. */
export interface UndoHands {
  /** Applies the step to the story; the changes it makes come back through `record`. Throws if it does not fit. */
  apply(step: Step, way: 'back' | 'on'): void
  /** The step is complete: what it changed may be saved. */
  done(): void
  /** Where the caret is now. */
  place(): Place | null
  show(place: Place, step: Step): void
  /** The steps an earlier window left; null while those on disk belong to another revision of the text. */
  load(): Promise<UndoSteps | null>
  /** The steps could not be read; the next undo or redo tries again. */
  unread(error: unknown): void
  /** A step did not fit the story, because it was made on another text. There is no undoing further. */
  ended(error: unknown): void
  /** What could be redone no longer can be. */
  forgetRedo(): void
  /** True if the step would change nothing in the story as it is. */
  isNothing(step: Step): boolean
}

/**
 * The single undo history of a story's page: body, fields, captions and pictures, in the order they were changed. It
 * outlives the editor and the window, because it consists of patches saved with the changes they revert.
 */
export class UndoLine {
  readonly state: Readable<UndoState>
  readonly #state: Store<UndoState>
  readonly #hands: UndoHands
  readonly #now: () => number
  #past: StepStack
  #future: StepStack
  /** The step to which every change now belongs. */
  #open: Step | null = null
  #isTurning = false
  #run: { readonly name: string | null; readonly at: number } = { name: null, at: -Infinity }
  #loading: Promise<void> | null = null
  /**
   * Set while an input method is composing. `step`: what it has written so far; `run`: the run of typing it began with.
   */
  #composing: { readonly step: Step | null; readonly run: string | null } | null = null

  constructor(hands: UndoHands, heights: Pick<UndoHeights, 'past' | 'future'>, now: () => number) {
    this.#hands = hands
    this.#now = now
    this.#past = new StepStack(heights.past)
    this.#future = new StepStack(heights.future)
    this.#state = createStore(this.#stateNow())
    this.state = this.#state
  }

  record({ body, fields, live = null, run = null, place }: Recorded): void {
    const composing = this.#open ? null : this.#composing
    const goesOn = composing?.step && composing.step === this.#past.top ? composing.step : null
    const step = this.#open ?? goesOn ?? this.#stepFor(live, run, place)
    if (composing) this.#composing = { step, run: goesOn ? composing.run : run }
    // What is done as one step may also be one of the editor's own.
    if (this.#open && !this.#isTurning && body && step.live === null && !this.#past.has(live)) step.live = live
    const isOther = [body && step.addBody(body), fields && step.addFields(fields)].includes(true)
    this.#run = { name: run, at: this.#now() }
    if (isOther && this.#past.top === step) {
      this.#past.touch()
      if (step.isEmpty) this.#past.pop()
    }
    this.#tell()
  }

  /** Until `composed`, everything an input method writes and rewrites, in any field, is one step. */
  compose(): void {
    this.#composing = { step: null, run: null }
  }

  composed(written: string): void {
    const { step, run } = this.#composing ?? {}
    this.#composing = null
    if (!step || step !== this.#past.top) return
    this.#run = { name: isTyped(written) ? (run ?? null) : null, at: this.#now() }
    // The composition was cancelled and left the text as it was.
    if (!this.#hands.isNothing(step)) return
    this.#past.pop()
    this.#tell()
  }

  /** Everything `work` changes is one step. */
  asOneStep(work: () => void): void {
    if (this.#open) return work()
    const step = new Step(this.#hands.place())
    this.#open = step
    try {
      work()
    } finally {
      this.#open = null
      if (!step.isEmpty) this.#push(step)
      this.#run = { name: null, at: -Infinity }
      this.#tell()
    }
  }

  undo(): Promise<void> {
    return this.#turn('back')
  }

  redo(): Promise<void> {
    return this.#turn('on')
  }

  /** Forgets all steps: the story is no longer the one they were made on. */
  forget(): void {
    this.begin({ past: 0, future: 0 })
  }

  /** Replaces all steps by those on disk: the story is no longer the one the old steps were made on. */
  begin({ past, future }: Pick<UndoHeights, 'past' | 'future'>): void {
    this.#past = new StepStack(past)
    this.#future = new StepStack(future)
    this.#tell()
  }

  /** What is not on disk yet, to go with the save being made now. */
  change(): UndoChange {
    return { past: this.#past.change(), future: this.#future.change() }
  }

  /** For a change sent just ahead of another: the steps on disk stay as they are. */
  unchanged(): UndoChange {
    return { past: this.#past.unchanged(), future: this.#future.unchanged() }
  }

  /** The last change returned was not saved, or may not have been: it is included again next time. */
  lost(): void {
    this.#past.lost()
    this.#future.lost()
  }

  #stepFor(live: object | null, run: string | null, place: () => Place | null): Step {
    const top = this.#past.top
    const goesOn =
      live === null
        ? run !== null && run === this.#run.name && this.#now() - this.#run.at < MERGE_MS
        : top?.live === live
    if (top && goesOn) return top
    // The editor continued a step of its own that is not the last one here.
    const step = new Step(place(), this.#past.has(live) ? null : live)
    this.#push(step)
    return step
  }

  #push(step: Step): void {
    this.#past.push(step)
    if (this.#future.height === 0) return
    this.#future = this.#future.emptied()
    this.#hands.forgetRedo()
  }

  async #turn(way: 'back' | 'on'): Promise<void> {
    if (this.#open) return
    const from = way === 'back' ? this.#past : this.#future
    if (!from.top && from.isMore) await this.#load()
    const step = from === this.#past || from === this.#future ? from.pop() : undefined
    if (!step) return this.#tell()
    const back = new Step(this.#hands.place())
    let fits = false
    this.#open = back
    this.#isTurning = true
    try {
      this.#hands.apply(step, way)
      back.live = step.liveAfter
      fits = true
    } catch (error) {
      this.forget()
      this.#hands.ended(error)
    } finally {
      this.#open = null
      this.#isTurning = false
    }
    if (fits && !back.isEmpty) (way === 'back' ? this.#future : this.#past).push(back)
    this.#run = { name: null, at: -Infinity }
    this.#tell()
    this.#hands.done()
    if (!fits) return
    if (step.place) this.#hands.show(step.place, step)
  }

  #load(): Promise<void> {
    const past = this.#past
    const future = this.#future
    this.#loading ??= this.#hands
      .load()
      .then((stored) => {
        if (!stored) return
        past.fill(stored.past)
        future.fill(stored.future)
      })
      .catch((error: unknown) => this.#hands.unread(error))
      .finally(() => {
        this.#loading = null
      })
    return this.#loading
  }

  #stateNow(): UndoState {
    return { canUndo: this.#past.canGo, canRedo: this.#future.canGo }
  }

  #tell(): void {
    const next = this.#stateNow()
    const old = this.#state.get()
    if (old.canUndo !== next.canUndo || old.canRedo !== next.canRedo) this.#state.set(next)
  }
}
