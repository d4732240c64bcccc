import { expect, test } from 'vitest'
import { livePage } from '../../src/renderer/features/publishing/standings.ts'

test('a page is offered only while readers see it', () => {
  const url = 'https://example.org/bridge'
  expect(livePage({ url })).toBe(url)
  expect(livePage({ url, since: 'changed' })).toBe(url)
  expect(livePage({ url, since: 'gone' })).toBeNull()
  expect(livePage({ url, withdrawn: true })).toBeNull()
  expect(livePage({ url: null })).toBeNull()
})
