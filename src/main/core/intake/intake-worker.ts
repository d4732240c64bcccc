import { parentPort } from 'node:worker_threads'
import { run } from '../../../shared/intake/read-page.ts'
import { toWireError } from '../../../shared/rpc/errors.ts'
import type { IntakeReply, IntakeReading } from './intake-reader.ts'
import { readIntake } from './read-intake.ts'

/** The worker that reads foreign pages, so that none of them ever stands in the way of a save. One at a time. */
parentPort?.on('message', ({ id, input, options, linesToo }: IntakeReading) => {
  parentPort?.postMessage(read(id))

  function read(at: number): IntakeReply {
    try {
      const review = run(readIntake(input, options))
      return { id: at, ok: true, review: linesToo ? review : { ...review, lines: [] } }
    } catch (error) {
      return { id: at, ok: false, error: toWireError(error) }
    }
  }
})
