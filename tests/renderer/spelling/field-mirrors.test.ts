import { expect, test } from 'vitest'
import { edgesOf } from '../../../src/renderer/features/story/spelling/field-mirrors.ts'

test('a mirror leaves out the scroll bar, on whichever side it is', () => {
  // `clientLeft` contains a bar on the left.
  const field = { offsetWidth: 280, clientWidth: 263 }
  expect(edgesOf({ offsetWidth: 280, clientWidth: 278, clientLeft: 1 })).toEqual({ left: 1, right: 1 })
  expect(edgesOf({ ...field, clientLeft: 1 })).toEqual({ left: 1, right: 16 })
  expect(edgesOf({ ...field, clientLeft: 16 })).toEqual({ left: 16, right: 1 })
})
