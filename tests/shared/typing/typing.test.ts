import { describe, expect, test } from 'vitest'
import { lineSign, markedText } from '../../../src/shared/typing/markdown.ts'
import { PUNCTUATED, punctuate } from '../../../src/shared/typing/punctuation.ts'

/** Typed key by key, each correction done at once. */
function typed(keys: string, language: string): string {
  let line = ''
  for (const key of keys) {
    line += key
    const correction = PUNCTUATED.test(key) ? punctuate(line, language) : null
    if (correction) line = line.slice(0, line.length - correction.remove) + correction.insert
  }
  return line
}

describe('quotes, dashes and spaces as they are typed', () => {
  test.each([
    ['en', `"It's late," she said. 'Go.'`, '“It’s late,” she said. ‘Go.’'],
    ['en-GB', `("No" and 'yes')`, '(“No” and ‘yes’)'],
    ['en', `He said "they called it 'home'".`, 'He said “they called it ‘home’”.'],
    ['en', `the '90s and 1990's`, "the ’90s and 1990's"],
    ['en', `He is 5'10" tall on a 27" screen`, `He is 5'10" tall on a 27" screen`],
    ['en', `"He is 25" and "5'10" tall"`, '“He is 25” and “5\'10" tall”'],
    ['en', 'one -- two - three', 'one – two – three'],
    ['en-US', 'one--two---three - four', 'one—two—three - four'],
    ['en', 'one---two', 'one—two'],
    ['en', '5 - 3, well-known, 2020-24', '5 - 3, well-known, 2020-24'],
    ['de', `"Das ist 'gut'", sagt sie. Wie geht's?`, '„Das ist ‚gut‘“, sagt sie. Wie geht’s?'],
    ['de-CH', `"Gut"`, '«Gut»'],
    ['fr', `"L'eau est "bonne"", dit-il !`, '«\u202fL’eau est “bonne”\u202f», dit-il\u202f!'],
    ['fr', 'Quoi? Non! Oui; 10:30 : voilà', 'Quoi\u202f? Non\u202f! Oui\u202f; 10:30\u00a0: voilà'],
    ['fr', '« Oui », dit-elle', '«\u202fOui\u202f», dit-elle'],
    ['fr', 'Quoi?!', 'Quoi\u202f?!'],
    ['fr-CH', `"Oui"!`, '«Oui»!'],
    ['es', `"Dijo "sí"" -- eso`, '«Dijo “sí”» — eso'],
    ['es-MX', `"Sí"`, '“Sí”'],
    ['it', `"L'acqua"`, '«L’acqua»'],
    ['pt-BR', `"Sim"`, '“Sim”'],
    ['pt-PT', `"Sim"`, '«Sim»'],
    ['ru', `"Он сказал "да"" - и`, '«Он сказал „да“» — и'],
    ['ar', `قال "نعم"`, 'قال «نعم»'],
    ['sv', `"Ja" och "nej"`, '”Ja” och ”nej”'],
    // A language whose customs are not known is left as it is typed.
    ['ja', `"a" -- 'b'`, `"a" -- 'b'`],
    ['sr-Latn', `"a"`, `"a"`],
    ['de-Latn-CH', `"Gut"`, '«Gut»']
  ])('%s: %s', (language, keys, line) => {
    expect(typed(keys, language)).toBe(line)
  })

  test.each(['https://example.org/a--b?q="x"', "www.example.org/it's", 'desk@example.org--', 'example.org/a--b'])(
    'never in an address: %s',
    (address) => {
      for (const language of ['en', 'fr', 'de']) expect(typed(address, language)).toBe(address)
    }
  )
})

describe('signs of Markdown', () => {
  test('make a line what they say', () => {
    expect(
      ['## ', '### ', '#### ', '- ', '* ', '1. ', '> ', '# ', '##', '2. ', 'a - ', ' - ', '-  ', 'constructor '].map(
        lineSign
      )
    ).toEqual([
      'heading2',
      'heading3',
      'heading4',
      'bulleted',
      'bulleted',
      'numbered',
      'quote',
      null,
      null,
      null,
      null,
      null,
      null,
      null
    ])
  })

  test('set the text between them', () => {
    expect(markedText('so **very bold**')).toEqual({ mark: 'bold', length: 13, text: 'very bold' })
    expect(markedText('*it*')).toEqual({ mark: 'italic', length: 4, text: 'it' })
    expect(markedText('(*it*')).toEqual({ mark: 'italic', length: 4, text: 'it' })
    for (const none of ['**bold*', '2*3*', '2**3**', '* a*', '*a *', '**', '****', '***', 'a*b*', '\\*a*', 'no signs'])
      expect([none, markedText(none)]).toEqual([none, null])
  })
})
