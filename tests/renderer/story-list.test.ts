import { beforeEach, describe, expect, test, vi } from 'vitest'
import { StoryList } from '../../src/renderer/features/library/story-list.ts'
import type { StorySummary } from '../../src/shared/story/fields.ts'
import { FakeCore, summaryOf } from './fake-core.ts'

const total = 100_000
const idOf = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const model = summaryOf(new FakeCore().put(idOf(0)))
const rowOf = (n: number): StorySummary => ({ ...model, id: idOf(n), headline: `Story ${n}` })

let core: FakeCore
let asked: { start: { offset?: number; after?: string }; limit: number }[]
let shift: number
let list: StoryList

beforeEach(() => {
  core = new FakeCore()
  asked = []
  shift = 0
  core.handlers['library.page'] = ({ start, limit }: { start: { offset?: number; after?: string }; limit: number }) => {
    asked.push({ start, limit })
    const from = start.offset ?? Number(start.after)
    return {
      rows: Array.from({ length: Math.min(limit, total - from) }, (_, at) => rowOf(from + at - shift)),
      next: from + limit < total ? String(from + limit) : null,
      total
    }
  }
  list = new StoryList(core.api(), { filter: {}, sort: 'changed' })
})

const answered = () => vi.waitFor(() => expect(list.view.get().version).toBeGreaterThan(0))
const held = (): number =>
  Array.from({ length: total / 100 }, (_, block) => list.rowAt(block * 100)).filter(Boolean).length

describe('the library as a list', () => {
  test('asks for what is looked at, a hundred rows at a time', async () => {
    list.look(0, 20)
    await answered()
    expect(asked).toEqual([{ start: { offset: 0 }, limit: 100 }])
    expect(list.view.get().total).toBe(total)
    expect(list.rowAt(99)?.headline).toBe('Story 99')
    expect(list.rowAt(100)).toBeUndefined()
  })

  test('goes on from a known row where it can, and by number where a person has jumped', async () => {
    list.look(0, 20)
    await vi.waitFor(() => expect(list.rowAt(0)).toBeDefined())
    list.look(90, 110)
    await vi.waitFor(() => expect(list.rowAt(100)).toBeDefined())
    list.look(70_000, 70_020)
    await vi.waitFor(() => expect(list.rowAt(70_000)?.headline).toBe('Story 70000'))
    expect(asked.map(({ start }) => start)).toEqual([{ offset: 0 }, { after: '100' }, { offset: 70_000 }])
  })

  test('holds a bounded number of rows however far one goes', async () => {
    for (let at = 0; at < 20_000; at += 100) {
      list.look(at, at + 20)
      await new Promise((resolve) => setImmediate(resolve))
      expect(list.rowAt(at)).toBeDefined()
    }
    expect(held()).toBeLessThanOrEqual(40)
    expect(list.rowAt(19_900)?.headline).toBe('Story 19900')
  })

  test('puts a changed row right at once and keeps it where it stands', async () => {
    list.look(0, 20)
    await vi.waitFor(() => expect(list.rowAt(0)).toBeDefined())
    list.changed({ ...rowOf(0), headline: 'Changed' })
    expect(list.rowAt(0)?.headline).toBe('Changed')
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(asked).toHaveLength(1)
  })

  test('tells the count of words a moment after the last key, and not with every save', async () => {
    list.look(0, 20)
    await vi.waitFor(() => expect(list.rowAt(0)).toBeDefined())
    vi.useFakeTimers()
    try {
      let version = list.view.get().version
      const told = (): boolean => {
        const before = version
        version = list.view.get().version
        return version > before
      }
      for (let words = 1; words <= 5; words++) {
        list.changed({ ...rowOf(0), words })
        vi.advanceTimersByTime(400)
      }
      expect(told()).toBe(false)
      vi.advanceTimersByTime(400)
      expect(told()).toBe(true)
      // Whoever never pauses is told now and then all the same.
      for (let words = 1; words <= 10; words++) {
        list.changed({ ...rowOf(0), words })
        vi.advanceTimersByTime(400)
      }
      expect(told()).toBe(true)
    } finally {
      vi.useRealTimers()
    }
  })

  test('reads what is in sight again when a row moved, and shows the old rows until then', async () => {
    list.look(0, 20)
    await vi.waitFor(() => expect(list.rowAt(0)).toBeDefined())
    shift = 1
    list.changed(rowOf(500))
    expect(list.rowAt(5)?.headline).toBe('Story 5')
    await vi.waitFor(() => expect(list.rowAt(5)?.headline).toBe('Story 4'))
    expect(list.indexOf(idOf(4))).toBe(5)
  })

  test('asks again for what changed while it was being asked for, and puts back nothing older', async () => {
    list.look(0, 20)
    await vi.waitFor(() => expect(list.rowAt(0)).toBeDefined())
    const answer = core.handlers['library.page']
    const onTheWay: (() => void)[] = []
    core.handlers['library.page'] = (input: never) => {
      const page = answer?.(input)
      return new Promise((resolve) => {
        onTheWay.push(() => resolve(page))
      })
    }
    list.reload()
    await vi.waitFor(() => expect(onTheWay).toHaveLength(1))
    shift = 1
    list.changed({ ...rowOf(0), headline: 'Changed', revision: 2 })
    list.reload()
    await new Promise((resolve) => setTimeout(resolve, 200))
    onTheWay.shift()?.()
    await vi.waitFor(() => expect(onTheWay).toHaveLength(1))
    expect(list.rowAt(0)?.headline).toBe('Changed')
    onTheWay.shift()?.()
    await vi.waitFor(() => expect(list.rowAt(5)?.headline).toBe('Story 4'))
  })

  test('starts anew for another filter', async () => {
    list.look(0, 20)
    await vi.waitFor(() => expect(list.rowAt(0)).toBeDefined())
    list.setQuery({ filter: { statuses: ['ready'] }, sort: 'changed' })
    expect(list.rowAt(0)).toBeUndefined()
    await vi.waitFor(() => expect(list.rowAt(0)).toBeDefined())
    expect(asked).toHaveLength(2)
  })
})
