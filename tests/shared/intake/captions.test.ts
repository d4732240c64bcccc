import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { creditLine, splitCaption } from '../../../src/shared/intake/captions.ts'

const table: readonly (readonly [line: string, caption: string, credit: string])[] = [
  [
    'The mayor (R) meets the pilots in Port Salma on Tuesday. AFP',
    'The mayor (R) meets the pilots in Port Salma on Tuesday.',
    'AFP'
  ],
  ['The mayor meets the pilots in Port Salma. (AFP)', 'The mayor meets the pilots in Port Salma.', 'AFP'],
  ['The mayor meets the pilots [Amal Haddad/Reuters]', 'The mayor meets the pilots', 'Amal Haddad/Reuters'],
  ['The mayor meets the pilots. Photo: Amal Haddad', 'The mayor meets the pilots.', 'Amal Haddad'],
  ['The mayor meets the pilots. (Photo by Amal Haddad/AFP)', 'The mayor meets the pilots.', 'Amal Haddad/AFP'],
  ['The mayor meets the pilots. Credit: Getty Images', 'The mayor meets the pilots.', 'Getty Images'],
  ['The mayor meets the pilots © Reuters', 'The mayor meets the pilots', 'Reuters'],
  ['The mayor meets the pilots / AFP', 'The mayor meets the pilots', 'AFP'],
  ['The mayor meets the pilots/AFP', 'The mayor meets the pilots', 'AFP'],
  ['The mayor meets the pilots — Reuters', 'The mayor meets the pilots', 'Reuters'],
  ['The mayor meets the pilots - Getty Images', 'The mayor meets the pilots', 'Getty Images'],
  ['The mayor meets the pilots | WAM', 'The mayor meets the pilots', 'WAM'],
  ['The mayor meets the pilots. Jane Doe/AFP', 'The mayor meets the pilots.', 'Jane Doe/AFP'],
  ['The mayor meets the pilots. Jane Doe/Pool via AP', 'The mayor meets the pilots.', 'Jane Doe/Pool via AP'],
  ['The mayor meets the pilots at the old quay AFP', 'The mayor meets the pilots at the old quay', 'AFP'],
  ['سفينة عند الرصيف يوم الثلاثاء. (رويترز)', 'سفينة عند الرصيف يوم الثلاثاء.', 'رويترز'],
  ['سفينة عند الرصيف يوم الثلاثاء (تصوير: أمل حداد)', 'سفينة عند الرصيف يوم الثلاثاء', 'أمل حداد'],
  // Nothing here names who took the picture: every word stays caption.
  ['The harbour was quiet, the pilot told AFP', 'The harbour was quiet, the pilot told AFP', ''],
  ['The mayor meets the pilots in Port Salma on Tuesday.', 'The mayor meets the pilots in Port Salma on Tuesday.', ''],
  [
    'A photo: nothing more was left of the house by the river',
    'A photo: nothing more was left of the house by the river',
    ''
  ],
  ['The bridge, seen from the east — before the flood', 'The bridge, seen from the east — before the flood', ''],
  ['Either the road and/or the rail line', 'Either the road and/or the rail line', ''],
  ['AFP', 'AFP', '']
]

describe('caption and credit', () => {
  for (const [line, caption, credit] of table) {
    it(line, () => {
      const parts = splitCaption(line)
      expect({ caption: parts.caption, credit: parts.credit }).toEqual({ caption, credit })
    })
  }

  it('are the line between them, whatever the line', () => {
    const piece = fc.constantFrom(
      'AFP',
      'Reuters',
      'Photo:',
      'Credit',
      '(',
      ')',
      '/',
      '—',
      '|',
      '©',
      '. ',
      ' ',
      'via',
      'by',
      'Jane Doe',
      'mayor',
      'قال',
      '[',
      ']',
      '\t',
      '…',
      'Getty Images'
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(' ')),
          fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(''))
        ),
        (line) => {
          const { lead, caption, separator, credit, tail } = splitCaption(line)
          expect(lead + caption + separator + credit + tail).toBe(line)
          // What is left out of both is never a word of its own: labels, brackets, dashes.
          expect(
            `${separator}${tail}`.replace(/photo|picture|image|credits?|by|via|copyright|pic|\(c\)|\d{4}/giu, '')
          ).not.toMatch(/\p{L}{2,}/u)
        }
      )
    )
  })

  it('reads a credit on a line of its own', () => {
    const read = (line: string) => {
      const found = creditLine(line)
      return found && line.slice(found.from, found.to)
    }
    expect(read('Photo: Amal Haddad/AFP')).toBe('Amal Haddad/AFP')
    expect(read('  (Reuters)')).toBe('Reuters')
    expect(read('© Getty Images')).toBe('Getty Images')
    expect(read('Photo finish at the regatta')).toBeNull()
    expect(read('Amal Haddad')).toBeNull()
  })
})
