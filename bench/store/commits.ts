import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { openCore, type OpenCore } from '../lib/core.ts'
import type { Options } from '../lib/options.ts'
import { sizeName } from '../lib/options.ts'
import type { Step } from '../lib/plan.ts'
import type { Measurement } from '../lib/results.ts'
import { makeScratch, type Scratch } from '../lib/scratch.ts'
import { quantile } from '../lib/stats.ts'
import { timed, timedTask } from '../lib/timing.ts'
import { toGalleyBody } from '../text/galley-body.ts'
import { makeStory } from '../text/story.ts'
import type { Block, StoredBody } from '../../src/shared/document/document.ts'
import { BareCommit } from './bare.ts'

interface Written {
  readonly words: number
  readonly id: string
  readonly block: Block
  revision: number
}

/**
 * Autosaves of one paragraph in a short and a long story, and between each two a bare commit of as many bytes on the
 * same disk.
 */
export class Commits {
  readonly #options: Options
  #scratch: Scratch | null = null
  #open: OpenCore | null = null
  #bare: BareCommit | null = null
  #stories: Written[] = []

  constructor(options: Options) {
    this.#options = options
  }

  steps(): Step[] {
    const each = this.#options.quick ? 50 : 300
    return [
      { label: 'store · make the stories', seconds: 2, limit: 120, run: () => this.#prepare() },
      ...Array.from({ length: this.#options.reps }, (_, rep): Step => ({
        label: `store · autosave commit · ${rep + 1}`,
        seconds: each * 0.015,
        limit: 120,
        run: () => this.#commits(rep, each)
      })),
      ...Array.from({ length: this.#options.reps }, (_, rep): Step => ({
        label: `store · fold, reopen · ${rep + 1}`,
        seconds: 2,
        run: () => this.#settle(rep)
      }))
    ]
  }

  async close(): Promise<void> {
    await this.#open?.close()
    this.#bare?.close()
    this.#scratch?.remove()
  }

  async #prepare(): Promise<Measurement[]> {
    this.#scratch = makeScratch('commits')
    this.#open = await openCore(this.#scratch.folder, this.#scratch.folder)
    this.#bare = new BareCommit(this.#scratch.folder)
    for (const words of new Set([1000, Math.max(...this.#options.sizes)])) {
      const body: StoredBody = toGalleyBody(makeStory(words, this.#options.seed), [])
      const block = body.blocks.filter(({ type }) => type === 'paragraph')[Math.floor(words / 90)]
      if (!block) throw new Error('the story has no middle')
      const { id, revision } = await this.#open.call.stories.create({
        fields: { headline: `Commits in ${sizeName(words)} words` },
        body
      })
      this.#stories.push({ words, id, block, revision })
    }
    return []
  }

  async #commits(rep: number, each: number): Promise<Measurement[]> {
    const { call } = must(this.#open)
    const bare = must(this.#bare)
    const times = new Map(this.#stories.map((story) => [story, { galley: [] as number[], bare: [] as number[] }]))
    for (let turn = -10; turn < each; turn++) {
      for (const story of this.#stories) {
        const block = {
          ...story.block,
          runs: [
            {
              text: `Turn ${turn} of repetition ${rep}. ${'words of the paragraph that is being typed just now '.repeat(5)}`
            }
          ]
        } as Block
        const patch = [{ op: 'replace' as const, block }]
        const text = JSON.stringify(patch)
        const took = await timed(async () => {
          story.revision = (
            await call.stories.patchBody({ id: story.id, baseRevision: story.revision, changeId: randomUUID(), patch })
          ).revision
        })
        const floor = await timedTask(() => bare.commit(text))
        if (turn >= 0) {
          times.get(story)?.galley.push(took)
          times.get(story)?.bare.push(floor)
        }
      }
      // An editor pauses between autosaves; what the core puts off until then must not be put on the next save.
      if (turn % 10 === 0) await sleep(5)
    }
    const of = (subject: string, numbers: readonly number[], size: number): Measurement => ({
      bench: 'store',
      task: 'autosave commit',
      subject,
      size,
      rep,
      values: { p50: quantile(numbers, 0.5), p95: quantile(numbers, 0.95), max: quantile(numbers, 1) }
    })
    return [...times].flatMap(([{ words }, { galley, bare: floor }]) => [
      of('galley', galley, words),
      of('bare', floor, words)
    ])
  }

  /** What closing and opening a story of that length keeps the core busy for, in one piece. */
  async #settle(rep: number): Promise<Measurement[]> {
    const { call } = must(this.#open)
    const found: Measurement[] = []
    for (const story of this.#stories) {
      const patch = [{ op: 'replace' as const, block: story.block }]
      story.revision = (
        await call.stories.patchBody({ id: story.id, baseRevision: story.revision, changeId: randomUUID(), patch })
      ).revision
      const settle = await timed(async () => {
        story.revision = (await call.stories.settle({ id: story.id })).revision
      })
      found.push({
        bench: 'store',
        task: 'fold the journal',
        subject: 'galley',
        size: story.words,
        rep,
        values: { ms: settle }
      })
    }
    // Opened anew, the core holds no story in memory: what is read is read from the file and checked.
    const { folder } = must(this.#scratch)
    await this.#open?.close()
    this.#open = await openCore(folder, folder)
    for (const story of this.#stories) {
      const ms = await timed(() => this.#open?.call.stories.get({ id: story.id }))
      found.push({
        bench: 'store',
        task: 'read a story of so many words',
        subject: 'galley',
        size: story.words,
        rep,
        values: { ms }
      })
    }
    return found
  }
}

export function must<T>(value: T | null): T {
  if (value === null) throw new Error('the step before this one failed')
  return value
}
