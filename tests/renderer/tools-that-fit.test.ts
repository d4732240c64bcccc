import { expect, it } from 'vitest'
import { toolsThatFit } from '../../src/renderer/features/story/tools-that-fit.ts'

const groups = ['a', 'a', 'a', 'b', 'b', 'c']

it('all tools stand in a bar that is wide enough, and before its width is known', () => {
  expect([toolsThatFit(groups, null), toolsThatFit(groups, 219)]).toEqual([6, 6])
})

it('what does not fit goes into the menu, which needs a place of its own', () => {
  expect([218, 176, 175, 73, 72, 0].map((width) => toolsThatFit(groups, width))).toEqual([5, 4, 3, 1, 0, 0])
})
