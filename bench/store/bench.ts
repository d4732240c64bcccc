import type { Options } from '../lib/options.ts'
import type { Plan } from '../lib/plan.ts'
import { Commits } from './commits.ts'
import { historyStep } from './history.ts'
import { Library } from './library.ts'

export async function planStore(options: Options): Promise<Plan> {
  const commits = new Commits(options)
  const library = new Library(options)
  return {
    steps: [...commits.steps(), historyStep(options), ...library.steps()],
    async close() {
      await commits.close()
      await library.close()
    }
  }
}
