import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textOfRuns } from '../../../src/shared/document/runs.ts'
import { readInline } from '../../../src/shared/intake/markdown-inline.ts'
import { body, review } from '../../core/intake/support.ts'

const link = (href: string) => ({ link: { href } })

describe('one line of Markdown', () => {
  it.each([
    ['**b** and *i*', [{ text: 'b', marks: ['bold'] }, { text: ' and ' }, { text: 'i', marks: ['italic'] }]],
    [
      'a **b *c* d**',
      [
        { text: 'a ' },
        { text: 'b ', marks: ['bold'] },
        { text: 'c', marks: ['bold', 'italic'] },
        { text: ' d', marks: ['bold'] }
      ]
    ],
    ['~~no~~ __yes__', [{ text: 'no', marks: ['strikethrough'] }, { text: ' ' }, { text: 'yes', marks: ['bold'] }]],
    ['`a * b` is', [{ text: 'a * b', marks: ['code'] }, { text: ' is' }]],
    [
      'see [the *report*](https://x.example/a_(1) "T")',
      [
        { text: 'see ' },
        { text: 'the ', ...link('https://x.example/a_(1)') },
        { text: 'report', marks: ['italic'], ...link('https://x.example/a_(1)') }
      ]
    ],
    ['<https://x.example>', [{ text: 'https://x.example', ...link('https://x.example') }]],
    ['[x](javascript:alert(1)) y', [{ text: 'x y' }]],
    ['[a page](page.html)', [{ text: 'a page' }]],
    ['![A bridge](bridge.jpg)', [{ text: 'A bridge' }]],
    ['a \\*star\\*', [{ text: 'a *star*' }]]
  ])('%s', (text, runs) => {
    expect(readInline(text, 0)?.runs).toEqual(runs)
  })

  it.each(['plain words', '2 * 3 * 4', 'snake_case_name', 'a ** b', '[no link] here', 'a * b', '*'])(
    'has nothing to set in: %s',
    (text) => {
      expect(readInline(text, 0)).toBeNull()
    }
  )

  it('is its words and its markup, each once and in order', () => {
    const piece = fc.constantFrom(
      '**',
      '*',
      '_',
      '__',
      '~~',
      '`',
      '[',
      ']',
      '](https://x.example)',
      '<https://y.example>',
      '\\',
      'a',
      'b c',
      ' ',
      '!'
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        const text = pieces.join('')
        const inline = readInline(text, 0)
        if (!inline) return
        let at = 0
        let words = ''
        for (const { from, to } of inline.markup) {
          expect(from).toBeGreaterThanOrEqual(at)
          expect(to).toBeGreaterThan(from)
          words += text.slice(at, from)
          at = to
        }
        expect(textOfRuns(inline.runs)).toBe(words + text.slice(at))
      })
    )
  })
})

it('a Markdown file keeps no marks as text, wherever its lines go', () => {
  const found = review(
    '# A **bold** headline\n\nBy *Amal Haddad*\n\nThe council `voted` **seven to two**, it said.\n\n- First *item* of three\n- Second\n',
    { name: 'copy.md' }
  )
  expect(found.fields).toMatchObject({ headline: 'A bold headline', byline: 'By Amal Haddad' })
  expect(body(found)).toEqual([
    'paragraph: The council voted seven to two, it said.',
    'list: First item of three | Second'
  ])
  expect(found.lines[0]?.text).toBe('# A **bold** headline')
})
