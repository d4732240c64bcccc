import type { IntakeReview } from '../../../shared/contract/intake.ts'
import { GalleyError, type WireError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'
import { workerFile } from '../workers/worker-file.ts'
import { WorkerQueue, type Answer } from '../workers/worker-queue.ts'
import type { IntakeInput, IntakeOptions } from './read-intake.ts'

/** The longest time a page may take to read, in ms. */
const PATIENCE = 30_000

/** A page to read. `linesToo`: include what became of each line, for a person to see; the story alone is lighter. */
export interface IntakeReading {
  readonly id: number
  readonly input: IntakeInput
  readonly options: IntakeOptions
  readonly linesToo: boolean
}

export type IntakeReply =
  /** The review without its lines and blocks, which follow in this many pieces. */
  | { readonly id: number; readonly ok: true; readonly review: IntakeReview; readonly pieces: number }
  | { readonly id: number; readonly ok: false; readonly error: WireError }

export interface IntakePiece {
  readonly id: number
  readonly lines?: IntakeReview['lines']
  readonly blocks?: IntakeReview['body']['blocks']
}

/**
 * Reads pages off the saving thread, one at a time. If a page is cancelled or takes longer than `patience` ms, its
 * worker is stopped with it.
 */
export class IntakeReader {
  readonly #queue: WorkerQueue<IntakeReply | IntakePiece>

  constructor(patience: number = PATIENCE) {
    const file = (): string => workerFile(import.meta.dirname, 'intake-worker')
    this.#queue = new WorkerQueue({ file, patience, stopped, beyond: tooLong })
  }

  /**
   * Rejects with the GalleyErrors of `readIntake`, with `cancelled`, or with `too_large` for what cannot be read in
   * time.
   */
  read(
    input: IntakeInput,
    options: IntakeOptions,
    { linesToo, signal }: { readonly linesToo: boolean; readonly signal?: AbortSignal | undefined }
  ): Promise<IntakeReview> {
    const request: Omit<IntakeReading, 'id'> = { input, options, linesToo }
    return this.#queue.ask(request, collector(), signal)
  }

  /** Callers still waiting get `cancelled`. */
  close(): Promise<void> {
    return this.#queue.close()
  }
}

/** Assembles a review from its pieces, and returns it once all of them have arrived. */
function collector(): (message: IntakeReply | IntakePiece) => Answer<IntakeReview> | null {
  let partly: { readonly review: IntakeReview; left: number } | null = null
  return (message) => {
    if ('ok' in message) {
      if (!message.ok) return message
      if (message.pieces === 0) return { ok: true, output: message.review }
      partly = { review: message.review, left: message.pieces }
      return null
    }
    if (!partly) return null
    // One by one: spreading this many arguments would overflow the stack.
    for (const line of message.lines ?? []) partly.review.lines.push(line)
    for (const block of message.blocks ?? []) partly.review.body.blocks.push(block)
    partly.left -= 1
    return partly.left > 0 ? null : { ok: true, output: partly.review }
  }
}

function stopped(): GalleyError {
  return new GalleyError('cancelled', say('intake.stopped'))
}

function tooLong(): GalleyError {
  return new GalleyError('too_large', say('intake.takesTooLong'))
}
