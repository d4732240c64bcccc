import { readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { PAGE_STYLE, PAGE_STYLE_SHA256 } from '../../../src/shared/formats/page-style.ts'
import { goldenFiles, goldenStories, pathOf } from '../../golden/golden.ts'

describe('stored stories of every version come out as they always did', () => {
  for (const [file, text] of goldenFiles()) {
    // After a change that was meant: node tests/golden/write.ts, and read the diff.
    test(file, () => {
      expect(text).toBe(readFileSync(pathOf(file), 'utf8'))
    })
  }

  test('there are stories to compare', () => {
    expect(goldenStories().map(({ name }) => name)).toEqual(expect.arrayContaining(['arabic', 'empty', 'every-block']))
  })
})

test('the page lets in its own stylesheet', () => {
  expect(createHash('sha256').update(PAGE_STYLE).digest('base64')).toBe(PAGE_STYLE_SHA256)
  expect(PAGE_STYLE).not.toMatch(/url\(|@import|<\//)
})
