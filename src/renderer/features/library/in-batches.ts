import { MANY } from '../../../shared/contract/stories.ts'
import { toWireError, type WireError } from '../../../shared/rpc/errors.ts'

/** The outcome of several calls: the replies, and if a call failed, why and what was left undone. */
export interface Batches<T, R> {
  readonly answers: readonly R[]
  readonly left: readonly T[]
  readonly refusal: WireError | null
}

/**
 * Makes calls one after another, each for a limited number of things: each is quick, so that saves can come in between.
 * A call that fails is the last, and does not affect the replies before it.
 */
export async function inBatches<T, R>(things: readonly T[], ask: (some: T[]) => Promise<R>): Promise<Batches<T, R>> {
  const answers: R[] = []
  for (let at = 0; at < things.length; at += MANY) {
    try {
      answers.push(await ask(things.slice(at, at + MANY)))
    } catch (thrown) {
      return { answers, left: things.slice(at), refusal: toWireError(thrown) }
    }
  }
  return { answers, left: [], refusal: null }
}
