import { MANY } from '../../../shared/contract/stories.ts'
import { toWireError, type WireError } from '../../../shared/rpc/errors.ts'

/** What came of many things: the answers, and where a call failed, why and what was left by it. */
export interface Batches<T, R> {
  readonly answers: readonly R[]
  readonly left: readonly T[]
  readonly refusal: WireError | null
}

/**
 * Asks for a bounded number at a time, one call after the other: each is quick, and whoever types comes in between. A
 * call that fails is the last one, and takes nothing from the answers before it.
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
