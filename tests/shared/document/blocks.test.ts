import { describe, expect, test } from 'vitest'
import { blocks, KnownBlock } from '../../../src/shared/document/blocks/blocks.ts'
import { isDividerText } from '../../../src/shared/document/blocks/divider/divider.ts'
import { partsOfBlock, type Block, type StoredBody } from '../../../src/shared/document/document.ts'
import { blockToHtml } from '../../../src/shared/document/to-html.ts'
import { bodyToText, blockToPlainText, wordsOfBody } from '../../../src/shared/document/to-text.ts'
import { upgradeBody } from '../../../src/shared/document/upgrade.ts'

const foreign: Block = {
  id: 'u',
  type: 'x-fact-box',
  title: 'The bridge',
  rows: [{ label: 'Built', runs: [{ text: 'in ' }, { text: '1911', marks: ['bold'] }] }],
  href: 'https://example.org/not-a-word'
}

describe('a block this build does not know', () => {
  test('has the same words wherever it is read', () => {
    const words = 'The bridge\nBuilt\nin 1911'
    const parts = partsOfBlock(foreign)
    expect(parts.toText(foreign)).toBe(words)
    expect(parts.toPlainText(foreign)).toBe(words)
    expect(parts.searchText(foreign)).toEqual({ body: words, captions: [] })
    expect(parts.words(foreign)).toBe(5)
    expect(blockToHtml(foreign)).toBe('<p data-galley-type="x-fact-box">The bridge<br>Built<br>in 1911</p>')
  })

  test('is enough of a body, and counts in it', () => {
    const body: StoredBody = { version: 1, blocks: [foreign] }
    expect(bodyToText(body)).not.toBe('')
    expect(wordsOfBody(body)).toBe(5)
  })

  test('stays what it is when a later type takes its name', () => {
    const table = { id: 't', type: 'table', url: 'https://example.org/sheet', rows: [['one'], ['two']] }
    const { blocks } = upgradeBody({ version: 1, blocks: [table] })
    expect(blocks).toEqual([table])
    expect(blocks.map((block) => partsOfBlock(block).toText(block))).toEqual(['one\ntwo'])
    expect(() => upgradeBody({ version: 1, blocks: [{ id: 'h', type: 'heading', level: 9, runs: [] }] })).toThrow(
      expect.objectContaining({ code: 'damaged' })
    )
  })
})

describe('every block', () => {
  test('has a name of its own', () => {
    const types = blocks.map(({ schema }) => schema.shape.type.value)
    expect(new Set(types).size).toBe(types.length)
  })

  test('gives and takes its pictures', () => {
    const image = { mediaId: 'a'.repeat(64), caption: 'c', credit: 'd', alt: 'e', focalPoint: null }
    const block = KnownBlock.parse({ id: 'i', type: 'image', image })
    const parts = partsOfBlock(block)
    expect(parts.pictures(parts.withPictures(block, (use) => ({ ...use, alt: 'new' })))).toEqual([
      { ...image, alt: 'new' }
    ])
    expect(parts.ninjs(block)).toEqual([{ name: 'picture-i', picture: image }])
  })
})

describe('a table', () => {
  const table = KnownBlock.parse({
    id: 't',
    type: 'table',
    headerRow: true,
    headerColumn: false,
    rows: [
      { cells: [{ runs: [{ text: 'Route' }] }, { runs: [{ text: 'Fare' }] }] },
      { cells: [{ runs: [{ text: 'North\npier', link: { href: 'https://port.example/' } }] }] }
    ]
  })

  test('is tabs and lines in plain text, so that a spreadsheet takes it back', () => {
    expect(blockToPlainText(table)).toBe('Route\tFare\nNorth pier')
    expect(partsOfBlock(table).words(table)).toBe(4)
    expect(partsOfBlock(table).links(table)).toEqual([{ href: 'https://port.example/', text: 'North\npier' }])
  })

  test('has all cells of a row in HTML, those that are not stored as well', () => {
    expect(blockToHtml(table)).toBe(
      '<table><thead><tr><th scope="col">Route</th><th scope="col">Fare</th></tr></thead>' +
        '<tbody><tr><td><a href="https://port.example/">North<br>pier</a></td><td></td></tr></tbody></table>'
    )
  })
})

test('a divider is told in plain text by three signs and nothing else', () => {
  expect(['* * *', '***', '---', '— — —', '#  #  #', '⁂', ' *** '].map(isDividerText)).not.toContain(false)
  expect(['**', '* * a', '', '--', '-- a --', '#1', '*** and on'].map(isDividerText)).not.toContain(true)
})
