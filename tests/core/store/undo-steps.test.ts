import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openLibrary, type OpenedLibrary } from '../../../src/main/core/store/open-library.ts'
import { sql } from '../../../src/main/core/store/sql.ts'
import { putUndo, undoHeights, undoSteps, type Side } from '../../../src/main/core/store/undo-steps.ts'
import { StoriesService } from '../../../src/main/core/stories/stories.ts'
import { Events } from '../../../src/main/core/events.ts'
import { UNDO_SIZE, UNDO_STEPS } from '../../../src/shared/story/undo.ts'
import { ManualClock } from '../../support/manual-clock.ts'

describe('the undo steps of a story', () => {
  let folder: string
  let library: OpenedLibrary
  const seq = 1
  let made = 0
  let revision = 1

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'galley-undo-'))
    library = await openLibrary(folder)
    revision = 1
    const { store } = library
    const events = new Events(() => undefined)
    new StoriesService({
      store,
      clock: new ManualClock(),
      events,
      desk: () => ({ zone: 'UTC', language: 'en' })
    }).create({})
  })
  afterEach(async () => {
    library.close()
    await rm(folder, { recursive: true, force: true })
  })

  const step = (size: number): string => `${++made} `.padEnd(size, 'x')
  const put = (change: Partial<Record<Side, { keep: number; add: readonly string[] }>>): void =>
    library.store.write('test', (db) => {
      const { past, future } = undoHeights(db, seq)
      const same = { past: { keep: past, add: [] }, future: { keep: future, add: [] } }
      putUndo(db, seq, ++revision, { ...same, ...change })
    })
  const steps = (side: Side): string[] => library.store.read((db) => undoSteps(db, seq, side))

  /** What fits of both stacks, counted from the present outwards: first what can be redone, then what can be undone. */
  function thatFit(future: readonly string[], past: readonly string[]): { past: string[]; future: string[] } {
    const kept: Record<Side, string[]> = { past: [], future: [] }
    let size = 0
    let count = 0
    for (const [side, stack] of [
      ['future', future],
      ['past', past]
    ] as const)
      for (const one of stack.toReversed()) {
        size += one.length
        count += 1
        if (size <= UNDO_SIZE && count <= UNDO_STEPS) kept[side].unshift(one)
      }
    return kept
  }

  it('are as many and as large as fit, the nearest to the present first', () => {
    const sizes = fc.array(fc.integer({ min: 10, max: 400_000 }), { maxLength: 6 })
    fc.assert(
      fc.property(fc.array(fc.tuple(sizes, sizes), { minLength: 1, maxLength: 4 }), (changes) => {
        library.store.write('empty', (db) => db.run(sql`DELETE FROM undo_steps WHERE seq = ${seq}`))
        let [past, future]: [string[], string[]] = [[], []]
        for (const [pastSizes, futureSizes] of changes) {
          const add = { past: pastSizes.map(step), future: futureSizes.map(step) }
          const heights = library.store.read((db) => undoHeights(db, seq))
          put({
            past: { keep: heights.past, add: add.past },
            future: { keep: heights.future, add: add.future }
          })
          const fit = thatFit([...future, ...add.future], [...past, ...add.past])
          ;[past, future] = add.past.length + add.future.length > 0 ? [fit.past, fit.future] : [past, future]
          expect({ past: steps('past'), future: steps('future') }).toEqual({ past, future })
        }
      }),
      { numRuns: 40 }
    )
  })

  it('are counted by a save and not read, however many there are', () => {
    const add = (n: number): void =>
      put({ past: { keep: undoHeightsNow().past, add: Array.from({ length: n }, () => step(20)) } })
    const undoHeightsNow = (): { past: number; future: number } => library.store.read((db) => undoHeights(db, seq))
    add(UNDO_STEPS)
    const statement = Object.getPrototypeOf(library.store.connection().raw.prepare('SELECT 1')) as { all(): unknown }
    const all = vi.spyOn(statement, 'all')
    try {
      add(1)
      add(1)
      expect(all).not.toHaveBeenCalled()
    } finally {
      all.mockRestore()
    }
    expect(steps('past')).toHaveLength(UNDO_STEPS)
  })
})
