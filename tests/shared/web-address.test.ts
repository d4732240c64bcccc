import { expect, test } from 'vitest'
import { isWebAddress } from '../../src/shared/lib/web-address.ts'
import { RelatedStory } from '../../src/shared/story/fields.ts'

test.each([
  ['https://example.org', true],
  ['HTTP://example.org/a b', true],
  ['https://пример.рф/новости', true],
  ['https://example.org next', false],
  ['https://', false],
  ['ftp://example.org', false],
  ['javascript:alert(1)', false],
  [`https://example.org/${'a'.repeat(2000)}`, false]
])('%s is an address that can be stored: %s', (text, isOne) => {
  expect(isWebAddress(text)).toBe(isOne)
  // What is taken for one is never refused when it is stored.
  if (isOne) expect(RelatedStory.safeParse({ headline: text, url: text }).success).toBe(true)
})
