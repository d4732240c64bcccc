import { Events } from '../../src/main/core/events.ts'
import { sql } from '../../src/main/core/store/sql.ts'
import { Store } from '../../src/main/core/store/store.ts'
import { StoriesService } from '../../src/main/core/stories/stories.ts'
import type { Block } from '../../src/shared/document/document.ts'
import { newId } from '../../src/shared/lib/id.ts'
import { ManualClock } from '../../tests/support/manual-clock.ts'
import type { Options } from '../lib/options.ts'
import type { Step } from '../lib/plan.ts'
import type { Measurement } from '../lib/results.ts'
import { makeScratch } from '../lib/scratch.ts'
import { toGalleyBody } from '../text/galley-body.ts'
import { makeStory } from '../text/story.ts'

const WORDS = 2000
const WORKING_DAYS = 22
const PAUSES_A_DAY = 60
const PAUSE = 4 * 60_000
const DAY = 24 * 3_600_000

/**
 * What the history of a story takes on the disk after a month of daily work on it: eight hours' worth of pauses in each
 * of 22 days, and before each pause a paragraph written anew.
 */
export function historyStep(options: Options): Step {
  return {
    label: 'store · a month of work',
    seconds: 5,
    limit: 120,
    run: async () => [monthOfWork(options.seed)]
  }
}

function monthOfWork(seed: number): Measurement {
  const scratch = makeScratch('history')
  const clock = new ManualClock(Date.UTC(2026, 2, 2, 8))
  const store = Store.open(scratch.folder)
  const stories = new StoriesService({
    store,
    clock,
    events: new Events(() => undefined),
    desk: () => ({ zone: 'Europe/London', language: 'en', person: 'Bench' }),
    machine: 'bench'
  })
  try {
    const { id, body } = stories.create({ body: toGalleyBody(makeStory(WORDS, seed), []) })
    const written = body.blocks.filter(({ type }) => type === 'paragraph')
    // As much text again as all the pauses need, none of it twice.
    const others = toGalleyBody(makeStory(WORDS * 40, seed + 1), []).blocks.filter(({ type }) => type === 'paragraph')
    let { revision } = stories.get(id)
    for (let day = 0; day < WORKING_DAYS; day++) {
      for (let pause = 0; pause < PAUSES_A_DAY; pause++) {
        const at = day * PAUSES_A_DAY + pause
        const block = { ...others[at % others.length], id: written[at % written.length]?.id } as Block
        const change = { id, baseRevision: revision, changeId: newId() }
        revision = stories.patchBody(change, [{ op: 'replace', block }]).revision
        clock.advance(PAUSE)
      }
      clock.advance(DAY - PAUSES_A_DAY * PAUSE)
    }
    const { historyBytes = NaN, versions = NaN } =
      store.read((db) =>
        db.get<{ historyBytes: number; versions: number }>(
          sql`SELECT sum(length(fields) + length(body)) AS historyBytes, count(*) AS versions FROM revisions`
        )
      ) ?? {}
    return {
      bench: 'store',
      task: 'history of a month of work',
      subject: 'galley',
      size: WORDS,
      rep: 0,
      values: { historyBytes, versions }
    }
  } finally {
    stories.settleAll()
    store.close()
    scratch.remove()
  }
}
