import { randomUUID } from 'node:crypto'
import { setImmediate as nextTask, setTimeout as sleep } from 'node:timers/promises'
import type { Block } from '../../src/shared/document/document.ts'
import { BareCommit } from '../store/bare.ts'
import { must } from '../store/commits.ts'
import { toGalleyBody } from '../text/galley-body.ts'
import { makeStory } from '../text/story.ts'
import type { OpenCore } from './core.ts'
import type { Measurement } from './results.ts'
import { quantile } from './stats.ts'

/** Between two saves of somebody who types, ms; at the other half of the time the bare commit has its turn. */
const PAUSE = 12

export interface SaveTimes {
  readonly galley: number[]
  readonly bare: number[]
}

/**
 * Somebody who types while something else is under way: autosaves of one story, and in turn with them bare commits of as
 * many bytes on the same disk and the same thread.
 */
export class Typist {
  readonly #opened: OpenCore
  readonly #bare: BareCommit
  readonly #story: { readonly id: string; readonly block: Block }
  #revision: number

  private constructor(opened: OpenCore, bare: BareCommit, story: { id: string; block: Block }, revision: number) {
    this.#opened = opened
    this.#bare = bare
    this.#story = story
    this.#revision = revision
  }

  static async begin(opened: OpenCore, folder: string, seed: number): Promise<Typist> {
    const body = toGalleyBody(makeStory(1000, seed), [])
    const block = must(body.blocks.find(({ type }) => type === 'paragraph') ?? null)
    const { id, revision } = await opened.call.stories.create({ fields: { headline: 'Being typed' }, body })
    return new Typist(opened, new BareCommit(folder), { id, block }, revision)
  }

  /** Types until it is over. `times` is filled as the saves come in. */
  async until(over: () => boolean, times: SaveTimes): Promise<void> {
    for (let turn = 0; !over(); turn++) {
      times.galley.push(await fromDue(() => this.#save(turn)))
      times.bare.push(await fromDue(() => this.#commit(turn)))
    }
  }

  close(): void {
    this.#bare.close()
  }

  /** Comes as a task of its own, as a call does: what is in front of the one is in front of the other. */
  async #commit(turn: number): Promise<void> {
    await nextTask()
    this.#bare.commit(JSON.stringify(paragraph(this.#story.block, turn)))
  }

  async #save(turn: number): Promise<void> {
    const { revision } = await this.#opened.call.stories.patchBody({
      id: this.#story.id,
      baseRevision: this.#revision,
      changeId: randomUUID(),
      patch: [{ op: 'replace', block: paragraph(this.#story.block, turn) }]
    })
    this.#revision = revision
  }
}

/** Both sides of what was timed. */
export function savesMeasured(about: Pick<Measurement, 'bench' | 'task' | 'rep'>, times: SaveTimes): Measurement[] {
  return (['galley', 'bare'] as const).map((subject) => ({
    ...about,
    subject,
    values: {
      p50: quantile(times[subject], 0.5),
      p95: quantile(times[subject], 0.95),
      max: quantile(times[subject], 1),
      saves: times[subject].length
    }
  }))
}

/** Milliseconds from when something was due to when it is done: a thread that was held counts. */
async function fromDue(work: () => unknown): Promise<number> {
  const due = performance.now() + PAUSE
  await sleep(PAUSE)
  await work()
  return performance.now() - due
}

function paragraph(block: Block, turn: number): Block {
  const text = `Turn ${turn}. ${'words of the paragraph that is being typed just now '.repeat(5)}`
  return { ...block, runs: [{ text }] } as Block
}
