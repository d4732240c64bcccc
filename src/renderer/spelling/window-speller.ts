import { steadyClock } from '../../shared/lib/clock.ts'
import { Speller } from './speller.ts'

/** The engines of this window, shared by all its stories. */
export const speller = new Speller(
  (engine) =>
    engine === 'harper'
      ? new Worker(new URL('./harper-worker.ts', import.meta.url), { type: 'module' })
      : new Worker(new URL('./hunspell-worker.ts', import.meta.url), { type: 'module' }),
  steadyClock
)
