import type { Place } from '../../../../shared/story/place.ts'
import type { BlockId } from '../../../../shared/document/document.ts'
import { mergePatches } from '../../../../shared/document/diff/merge-patches.ts'
import type { BodyPatch } from '../../../../shared/document/patch.ts'
import type { FieldsPatch } from '../../../../shared/story/fields.ts'
import type { StackChange, UndoStack, UndoStep } from '../../../../shared/story/undo.ts'

/** One undo step: the operations that revert its changes, the last change first. */
export class Step {
  readonly place: Place | null
  /** The editor's own undo step, while the editor that made it exists: undoing it there also restores the selection. */
  live: object | null
  /** Set when the step is undone or redone: the editor's own step in the opposite direction. */
  liveAfter: object | null = null
  readonly #parts: BodyPatch[] = []
  /** Blocks whose earlier content is already recorded: states in between do not matter. */
  readonly #settled = new Set<BlockId>()
  #fields: FieldsPatch | null = null

  constructor(place: Place | null, live: object | null = null) {
    this.place = place
    this.live = live
  }

  static of({ body, fields, place }: UndoStep): Step {
    const step = new Step(place)
    if (body) step.addBody(body)
    if (fields) step.addFields(fields)
    return step
  }

  get isEmpty(): boolean {
    return this.#parts.length === 0 && this.#fields === null
  }

  get fields(): FieldsPatch | null {
    return this.#fields
  }

  /** The operations in the order to apply them. */
  body(): BodyPatch {
    return this.#parts.toReversed().flat()
  }

  /**
   * Records only what is new, so that a long stretch of typing in a paragraph stores the paragraph once. Returns
   * whether the step has changed.
   */
  addBody(back: BodyPatch): boolean {
    const part = back.filter((operation) => operation.op !== 'replace' || !this.#settled.has(operation.block.id))
    for (const operation of part) {
      if (operation.op === 'replace') this.#settled.add(operation.block.id)
      else if (operation.op === 'remove') this.#settled.add(operation.id)
    }
    if (part.length > 0) this.#parts.push(part)
    // What was added and removed again within the step, such as the slot of a refused picture, is not a step at all.
    if (part.some(({ op }) => op === 'insert') && mergePatches([], this.body()).length === 0) {
      this.#parts.length = 0
      this.#settled.clear()
    }
    return part.length > 0
  }

  addFields(back: FieldsPatch): boolean {
    const known = this.#fields
    const isNews = Object.keys(back).some((name) => !known || !(name in known))
    if (isNews) this.#fields = { ...back, ...known }
    return isNews
  }

  toStored(): UndoStep {
    return {
      ...(this.#parts.length > 0 && { body: this.body() }),
      ...(this.#fields && { fields: this.#fields }),
      place: this.place
    }
  }
}

/** How many steps a window holds; the disk keeps fewer. */
const MOST = 1000

/**
 * A stack of steps, and how many of them are on disk. Steps left by an earlier window are only counted, and read when
 * somebody gets that far.
 */
export class StepStack {
  #steps: Step[] = []
  /** Steps below `#steps`: not read yet, or gone. */
  #below: number
  #isRead: boolean
  /** Up to this height the disk has the same steps. */
  #clean: number

  constructor(below: number) {
    this.#below = below
    this.#isRead = below === 0
    this.#clean = below
  }

  get top(): Step | undefined {
    return this.#steps.at(-1)
  }

  get height(): number {
    return this.#below + this.#steps.length
  }

  /** There are steps on disk that have not been read yet. */
  get isMore(): boolean {
    return !this.#isRead && this.#below > 0
  }

  get canGo(): boolean {
    return this.#steps.length > 0 || this.isMore
  }

  has(live: object | null): boolean {
    return live !== null && this.#steps.some((step) => step.live === live)
  }

  push(step: Step): void {
    this.#steps.push(step)
    if (this.#steps.length <= MOST) return
    this.#steps.shift()
    this.#below += 1
    this.#isRead = true
    this.#clean = Math.max(this.#clean, this.#below)
  }

  pop(): Step | undefined {
    const step = this.#steps.pop()
    this.#clean = Math.min(this.#clean, this.height)
    return step
  }

  /** The top step has changed. */
  touch(): void {
    this.#clean = Math.min(this.#clean, this.height - 1)
  }

  /** Returns an empty stack. */
  emptied(): StepStack {
    return new StepStack(0)
  }

  fill({ height, steps }: UndoStack): void {
    if (this.#isRead) return
    // The disk also has what was pushed since.
    const known = steps.slice(0, Math.max(0, steps.length - (height - this.#below)))
    this.#steps = [...known.map((step) => Step.of(step)), ...this.#steps]
    this.#below -= known.length
    this.#isRead = true
  }

  change(): StackChange {
    const change = {
      keep: this.#clean,
      add: this.#steps.slice(this.#clean - this.#below).map((step) => step.toStored())
    }
    this.#clean = this.height
    return change
  }

  /** Leaves what is on disk as it is. */
  unchanged(): StackChange {
    return { keep: Number.MAX_SAFE_INTEGER, add: [] }
  }

  lost(): void {
    this.#clean = this.#below
  }
}
