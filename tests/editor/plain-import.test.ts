import { expect, test } from 'vitest'
import { blocksOfPlainText, fitPlain } from '../../src/renderer/editor/clipboard/plain-import.ts'

const textOf = (block: object): string =>
  'runs' in block ? (block.runs as readonly { text: string }[]).map(({ text }) => text).join('') : ''

test('a hundred megabytes of plain text come in as far as fits, up to a whole word, and the rest is counted', () => {
  const text = 'tide '.repeat(20_000_000)
  const { text: fitting, left } = fitPlain(text)
  expect(fitting.length + left).toBe(text.length)
  expect(fitting.length).toBeGreaterThan(19_999_000)
  expect(fitting.endsWith('tide ')).toBe(true)
  expect(fitPlain('tide')).toEqual({ text: 'tide', left: 0 })
  // Nothing to cut at: never within a character.
  expect(fitPlain('\u{1F6F6}'.repeat(20), 7)).toEqual({ text: '\u{1F6F6}'.repeat(3), left: 34 })
})

test('a paragraph that no browser could lay out is parted between words, and none is lost', () => {
  const long = Array.from({ length: 60_000 }, (_, n) => `word${n}`).join(' ')
  const blocks = blocksOfPlainText(`Before.\n\n${long}\n\n${'x'.repeat(250_000)}`)
  expect(blocks.every((block) => textOf(block).length <= 100_000)).toBe(true)
  expect(blocks.map(textOf).join('')).toBe(`Before.${long}${'x'.repeat(250_000)}`)
  expect(blocks.slice(1, -3).every((block) => !/\S$/.test(textOf(block)) || textOf(block).endsWith('word59999'))).toBe(
    true
  )
})
