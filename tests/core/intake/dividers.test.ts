import { describe, expect, it } from 'vitest'
import { review } from './support.ts'

const HEAD = 'Council votes to close harbour bridge for a year'
const WORDS =
  'The council voted seven to two on Tuesday to close the harbour bridge, after engineers found cracks in a quarter of its cable anchors, officials said.'
const types = (found: ReturnType<typeof review>): string[] => found.body?.blocks.map(({ type }) => type) ?? []
const page = (body: string): ReturnType<typeof review> =>
  review(`<article><h1>${HEAD}</h1><p>By Amal Haddad</p>${body}</article>`, { name: 'page.html' })

describe('a rule on a page', () => {
  it('between two paragraphs is a divider; at either end of the story it is not', () => {
    expect(types(page(`<hr><p>${WORDS}</p><hr><p>Later. ${WORDS}</p><hr/>`))).toEqual([
      'paragraph',
      'divider',
      'paragraph'
    ])
  })

  it('parts a list from the next one, and a paragraph from the words behind a line break', () => {
    expect(types(page(`<p>${WORDS}</p><ul><li>one</li></ul><hr><ul><li>two</li></ul><p>${WORDS}</p>`))).toEqual([
      'paragraph',
      'list',
      'divider',
      'list',
      'paragraph'
    ])
    expect(types(page(`<p>${WORDS}<br><hr>Later. ${WORDS}</p>`))).toEqual(['paragraph', 'divider', 'paragraph'])
  })

  it('several in a row are one, and one around what is left out is none', () => {
    expect(types(page(`<p>${WORDS}</p><hr><hr><p>Later. ${WORDS}</p>`))).toEqual(['paragraph', 'divider', 'paragraph'])
    expect(types(page(`<p>${WORDS}</p><hr><div class="share-bar">Share</div><hr><p>Later. ${WORDS}</p>`))).toEqual([
      'paragraph',
      'paragraph'
    ])
  })
})

describe('a rule drawn with signs', () => {
  it.each(['* * *', '***', '---', '- - -', '____', '###', '⁂'])('%s', (sign) => {
    for (const name of ['copy.txt', 'copy.md']) {
      const found = review(`${HEAD}\n\nBy Amal Haddad\n\n${WORDS}\n\n${sign}\n\nLater. ${WORDS}\n\n${sign}\n`, { name })
      expect(types(found), name).toEqual(['paragraph', 'divider', 'paragraph'])
      expect(JSON.stringify(found.body)).not.toContain(sign)
    }
  })

  it('a line of dots and a dash before a name are none', () => {
    const found = review(`${HEAD}\n\n${WORDS}\n\n…\n\nLater. ${WORDS}\n\n-- Amal\n`)
    expect(types(found)).not.toContain('divider')
  })
})
