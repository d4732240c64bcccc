import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { without, withoutWriting } from '../../src/renderer/quiet-keys.ts'

/** As much of the browser's elements and events as is asked for: an element that is its own target. */
class Element extends EventTarget {
  readonly isText: boolean
  constructor(isText: boolean) {
    super()
    this.isText = isText
  }

  hasAttribute(name: string): boolean {
    return this.isText && name === 'data-lexical-editor'
  }
}

class Key extends Event {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey = false
  readonly altKey = false
  constructor(type: string, key: string, ctrlKey = false) {
    super(type)
    this.key = key
    this.ctrlKey = ctrlKey
  }
}

beforeEach(() => {
  vi.stubGlobal('HTMLElement', Element)
  vi.stubGlobal('KeyboardEvent', Key)
})
afterEach(() => {
  vi.unstubAllGlobals()
})

describe('what React is told of keys', () => {
  const heard = (isText: boolean, event: Event): boolean => {
    const element = withoutWriting(new Element(isText) as unknown as HTMLElement)
    const listener = vi.fn()
    element.addEventListener(event.type, listener)
    element.dispatchEvent(event)
    return listener.mock.calls.length > 0
  }

  test('a character typed into a text is not told', () => {
    expect(
      [new Key('keydown', 'k'), new Key('keypress', 'k'), new Key('keyup', 'k'), new Event('input')].map((event) =>
        heard(true, event)
      )
    ).toEqual([false, false, false, false])
  })

  test('every other key in a text is, and other events', () => {
    expect(
      [
        new Key('keydown', 'Escape'),
        new Key('keydown', 'Tab'),
        new Key('keydown', 'k', true),
        new Event('focusin')
      ].map((event) => heard(true, event))
    ).toEqual([true, true, true, true])
  })

  test('in fields and buttons all of it is', () => {
    expect(
      [new Key('keydown', 'k'), new Key('keypress', 'k'), new Event('input')].map((event) => heard(false, event))
    ).toEqual([true, true, true])
  })
})

test('what is taken away is not told any more, and what is there twice is told once', () => {
  const element = withoutWriting(new Element(false) as unknown as HTMLElement)
  const listener = vi.fn()
  element.addEventListener('keydown', listener, { capture: true })
  element.addEventListener('keydown', listener, { capture: true })
  element.addEventListener('keyup', listener)
  element.dispatchEvent(new Key('keydown', 'Escape'))
  expect(listener).toHaveBeenCalledOnce()
  element.removeEventListener('keydown', listener, { capture: true })
  element.dispatchEvent(new Key('keydown', 'Escape'))
  expect(listener).toHaveBeenCalledOnce()
  element.dispatchEvent(new Key('keyup', 'Escape'))
  expect(listener).toHaveBeenCalledTimes(2)
})

test('what listens meanwhile is not told of one type, what listens before and after is', () => {
  const target = new EventTarget()
  const [before, meanwhile, after] = [vi.fn(), vi.fn(), vi.fn()]
  target.addEventListener('selectionchange', before)
  expect(
    without('selectionchange', target, () => {
      target.addEventListener('selectionchange', meanwhile)
      target.addEventListener('click', meanwhile)
      return 'done'
    })
  ).toBe('done')
  target.addEventListener('selectionchange', after)
  target.dispatchEvent(new Event('selectionchange'))
  expect([before, meanwhile, after].map((listener) => listener.mock.calls.length)).toEqual([1, 0, 1])
  target.dispatchEvent(new Event('click'))
  expect(meanwhile).toHaveBeenCalledOnce()
})
