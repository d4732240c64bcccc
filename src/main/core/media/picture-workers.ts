import { stat } from 'node:fs/promises'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'
import { workerFile } from '../workers/worker-file.ts'
import { WorkerQueue } from '../workers/worker-queue.ts'
import { readStored, type StoredFile } from './stored-file.ts'
import type { PictureCall, PictureCalls, PictureReply, PictureRequest } from './worker-protocol.ts'

/** A picture that takes longer than this, in ms, is not one. */
const PATIENCE = 120_000
/** Bytes that are hashed within a millisecond or two. */
const SMALL = 1024 * 1024

/**
 * Pictures are read, hashed and decoded off the saving thread. Two workers, started when first needed: one for pictures
 * that come in or go out, which may take seconds, and one for what a window shows.
 */
export class PictureWorkers {
  readonly #working = new Lane()
  readonly #showing = new Lane()

  inspect(input: PictureCalls['inspect']['input'], signal?: AbortSignal): Promise<PictureCalls['inspect']['output']> {
    return this.#working.ask('inspect', input, signal)
  }

  rendition(
    input: PictureCalls['rendition']['input'],
    signal?: AbortSignal
  ): Promise<PictureCalls['rendition']['output']> {
    return this.#working.ask('rendition', input, signal)
  }

  show(input: PictureCalls['show']['input']): Promise<PictureCalls['show']['output']> {
    return this.#showing.ask('show', input)
  }

  /** The whole file, held against its digest: here where that is nothing, else in a worker. */
  async read(input: StoredFile): Promise<Uint8Array> {
    const { size } = await stat(input.file).catch(() => ({ size: 0 }))
    return size <= SMALL ? await readStored(input) : (await this.#showing.ask('read', input)).bytes
  }

  /** Whoever still waits gets `cancelled`. */
  async close(): Promise<void> {
    await Promise.all([this.#working.close(), this.#showing.close()])
  }
}

/** One worker for pictures and the queue before it. */
class Lane {
  readonly #queue = new WorkerQueue<PictureReply>({
    file: () => workerFile(import.meta.dirname, 'picture-worker'),
    patience: PATIENCE,
    stopped,
    beyond: tooMuch
  })

  ask<C extends PictureCall>(
    call: C,
    input: PictureCalls[C]['input'],
    signal?: AbortSignal
  ): Promise<PictureCalls[C]['output']> {
    const request: Omit<PictureRequest, 'id'> = { call, input }
    return this.#queue.ask(
      request,
      (reply) => (reply.ok ? { ok: true, output: reply.output as PictureCalls[C]['output'] } : reply),
      signal
    )
  }

  close(): Promise<void> {
    return this.#queue.close()
  }
}

function stopped(): GalleyError {
  return new GalleyError('cancelled', say('galley.stopped'))
}

function tooMuch(): GalleyError {
  return new GalleyError('unsupported', say('media.notDecoded'))
}
