import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { afterFrame, rendered } from '../../../src/renderer/features/story/spelling/waits.ts'

const window = new EventTarget()

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window))
  vi.stubGlobal('requestAnimationFrame', (then: () => void) => setTimeout(then, 16))
  vi.stubGlobal('cancelAnimationFrame', (frame: ReturnType<typeof setTimeout>) => clearTimeout(frame))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function press(): void {
  window.dispatchEvent(new Event('keydown'))
}

it('begins once the frame is there and its time has passed', () => {
  const begin = vi.fn()
  afterFrame(250, 1500, begin)
  vi.advanceTimersByTime(16 + 249)
  expect(begin).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(begin).toHaveBeenCalledOnce()
})

it('does not begin under the hands of somebody who writes', () => {
  const begin = vi.fn()
  afterFrame(250, 1500, begin)
  for (let key = 0; key < 40; key += 1) {
    vi.advanceTimersByTime(200)
    press()
  }
  expect(begin).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1499)
  expect(begin).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(begin).toHaveBeenCalledOnce()
  press()
  vi.advanceTimersByTime(5000)
  expect(begin).toHaveBeenCalledOnce()
})

it('is called off, also while it waits for a rest', () => {
  const begin = vi.fn()
  afterFrame(250, 1500, begin).stop()
  const later = afterFrame(250, 1500, begin)
  press()
  later.stop()
  later.now()
  press()
  vi.advanceTimersByTime(10_000)
  expect(begin).not.toHaveBeenCalled()
})

it('begins at once when it is asked for, and no second time', () => {
  const begin = vi.fn()
  const later = afterFrame(250, 1500, begin)
  press()
  later.now()
  expect(begin).toHaveBeenCalledOnce()
  later.now()
  vi.advanceTimersByTime(10_000)
  expect(begin).toHaveBeenCalledOnce()
})

it('goes on at once with what is rendered, and with the rest once it is', () => {
  const seen = vi.fn()
  rendered(() => 'there', seen)
  expect(seen.mock.calls).toEqual([['there']])
  let field: string | null = null
  rendered(() => field, seen)
  vi.advanceTimersByTime(100)
  expect(seen).toHaveBeenCalledTimes(1)
  field = 'late'
  vi.advanceTimersByTime(16)
  expect(seen.mock.calls[1]).toEqual(['late'])
})

it('does not wait for ever for what is never rendered', () => {
  const seen = vi.fn()
  rendered(() => null, seen)
  vi.advanceTimersByTime(5000)
  expect(seen.mock.calls).toEqual([[null]])
})
