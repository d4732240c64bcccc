import { parentPort } from 'node:worker_threads'
import { run } from '../../../shared/intake/read-page.ts'
import { toWireError } from '../../../shared/rpc/errors.ts'
import { NEXT_PIECE } from '../workers/worker-queue.ts'
import type { IntakePiece, IntakeReading, IntakeReply } from './intake-reader.ts'
import { readIntake } from './read-intake.ts'

/** Lines and blocks sent at a time: a few milliseconds of the saving thread. */
const PIECE = 4000

let pieces: Iterator<IntakePiece> | null = null

/**
 * The worker that reads foreign pages, so that none of them gets in the way of a save. One at a time. A long result is
 * sent in pieces, each requested with `next`, because receiving it all at once would block the saving thread.
 */
parentPort?.on('message', (message: IntakeReading | typeof NEXT_PIECE) => {
  if (message !== NEXT_PIECE) return parentPort?.postMessage(read(message))
  const { value } = pieces?.next() ?? {}
  if (value) parentPort?.postMessage(value satisfies IntakePiece)
})

function read({ id, input, options, linesToo }: IntakeReading): IntakeReply {
  try {
    const review = run(readIntake(input, options))
    const lines = linesToo ? review.lines : []
    const { blocks } = review.body
    pieces = piecesOf(id, lines, blocks)
    return {
      id,
      ok: true,
      review: { ...review, lines: [], body: { ...review.body, blocks: [] } },
      pieces: countPieces(lines) + countPieces(blocks)
    }
  } catch (error) {
    return { id, ok: false, error: toWireError(error) }
  }
}

function* piecesOf(
  id: number,
  lines: NonNullable<IntakePiece['lines']>,
  blocks: NonNullable<IntakePiece['blocks']>
): Generator<IntakePiece> {
  for (let at = 0; at < lines.length; at += PIECE) yield { id, lines: lines.slice(at, at + PIECE) }
  for (let at = 0; at < blocks.length; at += PIECE) yield { id, blocks: blocks.slice(at, at + PIECE) }
}

function countPieces(list: readonly unknown[]): number {
  return Math.ceil(list.length / PIECE)
}
