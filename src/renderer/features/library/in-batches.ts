import { MANY } from '../../../shared/contract/stories.ts'

/** Asks for a bounded number at a time, one call after the other: each is quick, and whoever types comes in between. */
export async function inBatches<T, R>(things: readonly T[], ask: (some: T[]) => Promise<R>): Promise<R[]> {
  const answers: R[] = []
  for (let at = 0; at < things.length; at += MANY) answers.push(await ask(things.slice(at, at + MANY)))
  return answers
}
