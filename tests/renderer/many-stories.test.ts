import { describe, expect, it } from 'vitest'
import { MANY } from '../../src/shared/contract/stories.ts'
import { GalleyError } from '../../src/shared/rpc/errors.ts'
import { say } from '../../src/shared/words/message.ts'
import { inBatches } from '../../src/renderer/features/library/in-batches.ts'
import { StorySelection } from '../../src/renderer/features/library/selection.ts'
import { StretchChoice } from '../../src/renderer/features/library/stretch.ts'

const gone = new GalleyError('unreachable', say('galley.stopped'))

describe('many things in several calls', () => {
  const things = Array.from({ length: MANY * 2 + 5 }, (_, n) => n)

  it('are answered one call after the other', async () => {
    const { answers, left, refusal } = await inBatches(things, (some) => Promise.resolve(some.length))
    expect({ answers, left, refusal }).toEqual({ answers: [MANY, MANY, 5], left: [], refusal: null })
  })

  it('keep the answers that came before a call that failed, and say what was left', async () => {
    const { answers, left, refusal } = await inBatches(things, (some) =>
      some[0] === MANY ? Promise.reject(gone) : Promise.resolve(some.length)
    )
    expect(answers).toEqual([MANY])
    expect(left).toEqual(things.slice(MANY))
    expect(refusal).toEqual(gone.toWire())
  })
})

describe('a stretch that is chosen', () => {
  function desk() {
    const selection = new StorySelection()
    const failures: unknown[] = []
    return { selection, failures, stretch: new StretchChoice(selection, (thrown) => failures.push(thrown)) }
  }
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

  it('is waited for by the key that follows: all of it is thrown away, and not the stretch of before', async () => {
    const { selection, stretch } = desk()
    selection.set(['a', 'b'])
    const answer = Promise.withResolvers<string[]>()
    stretch.choose(() => answer.promise)
    let thrownAway: string[] | null = null
    stretch.whenChosen(() => (thrownAway = selection.ids))
    await settled()
    expect(thrownAway).toBeNull()
    answer.resolve(['a', 'b', 'c'])
    await settled()
    expect(thrownAway).toEqual(['a', 'b', 'c'])
    stretch.whenChosen(() => (thrownAway = []))
    expect(thrownAway).toEqual([])
  })

  it('is given up for what is done in the meantime, and so is the key that waited', async () => {
    const { selection, stretch } = desk()
    const answer = Promise.withResolvers<string[]>()
    stretch.choose(() => answer.promise)
    let done = false
    stretch.whenChosen(() => (done = true))
    stretch.giveUp()
    answer.resolve(['a'])
    await settled()
    expect([selection.ids, done]).toEqual([[], false])
  })

  it('says that it failed, and the key that waited does nothing', async () => {
    const { selection, stretch, failures } = desk()
    selection.set(['a'])
    let done = 0
    stretch.choose(() => Promise.reject(gone))
    stretch.whenChosen(() => (done += 1))
    await settled()
    expect([failures, done, selection.ids]).toEqual([[gone], 0, ['a']])
    stretch.choose(() => {
      throw gone
    })
    await settled()
    expect(failures).toEqual([gone, gone])
    stretch.whenChosen(() => (done += 1))
    expect(done).toBe(1)
  })
})
