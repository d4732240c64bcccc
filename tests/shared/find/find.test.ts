import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findByRegExp, plainFinder, regExpOf, SearchedText, type FindQuery } from '../../../src/shared/find/find.ts'

const plain = { matchCase: false, matchAccents: false, wholeWord: false, isRegExp: false }

function find(text: string, needle: string, query: Partial<FindQuery> = {}): string[] {
  const finder = plainFinder({ ...plain, ...query, text: needle })
  return finder(new SearchedText(text)).map(({ start, end }) => text.slice(start, end))
}

describe('finding words', () => {
  test.each<[string, string, string[]]>([
    ['The bridge, the Bridge', 'bridge', ['bridge', 'Bridge']],
    ['résumé, re\u0301sume\u0301, resume', 'resume', ['résumé', 're\u0301sume\u0301', 'resume']],
    ['resume', 'résumé', ['resume']],
    ['Straße und Strasse', 'strasse', ['Straße', 'Strasse']],
    // Half of a letter is no place.
    ['Straße', 'stras', []],
    ['Łódź, Smørrebrød', 'lodz', ['Łódź']],
    ['مُحَمَّد ومحمّد', 'محمد', ['مُحَمَّد', 'محمّد']],
    ['أحمد وإحمد وآحمد وٱحمد', 'احمد', ['أحمد', 'إحمد', 'آحمد', 'ٱحمد']],
    ['العـــراق', 'العراق', ['العـــراق']],
    ['العراق', 'العـراق', ['العراق']],
    // Another letter is not the same letter with a mark.
    ['мой мои', 'мои', ['мои']],
    ['ещё еще', 'еще', ['ещё', 'еще']],
    ['He said “don’t” — twice', `"don't" -`, ['“don’t” —']],
    ['10\u202f000 km, 10\u00a0000 km', '10 000', ['10\u202f000', '10\u00a0000']],
    ['aaaa', 'aa', ['aa', 'aa']],
    ['👍🏽 and 👍', '👍', ['👍', '👍']],
    ['', 'a', []],
    ['a', '', []]
  ])('in “%s” finds “%s”', (text, needle, found) => {
    expect(find(text, needle)).toEqual(found)
  })

  test('by case, by accents and by whole words, where asked', () => {
    expect(find('Bridge bridge', 'bridge', { matchCase: true })).toEqual(['bridge'])
    expect(find('résumé resume', 'résumé', { matchAccents: true })).toEqual(['résumé'])
    expect(find('re\u0301sume', 'résume', { matchAccents: true })).toEqual(['re\u0301sume'])
    expect(find('مُحمد محمد', 'محمد', { matchAccents: true })).toEqual(['محمد'])
    expect(find('cat, cats, bobcat, Cat', 'cat', { wholeWord: true })).toEqual(['cat', 'Cat'])
    expect(find('في فيه وفي', 'في', { wholeWord: true })).toEqual(['في'])
    expect(find('a.b a.bc', 'a.b', { wholeWord: true })).toEqual(['a.b'])
  })

  test('a text that is nothing but what is left out is looked for as it is', () => {
    expect(find('العـراق', 'ـ')).toEqual(['ـ'])
  })

  test('every place says, folded, what was looked for, and cuts no letter', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', 'é', 'e\u0301', 'ß', 's', 'ا', 'أ', 'ـ', 'م\u064f', ' ', '’', '👍')
    })
    fc.assert(
      fc.property(word, word, (text, needle) => {
        const finder = plainFinder({ ...plain, text: needle })
        const places = finder(new SearchedText(text))
        let last = 0
        for (const { start, end } of places) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          expect(text.slice(end)).not.toMatch(/^\p{M}/u)
          expect(finder(new SearchedText(text.slice(start, end)))).toEqual([{ start: 0, end: end - start }])
          last = end
        }
        // Two texts of nothing but letters as they are typed: then it is the plain search for them.
        if (/^[as ]*$/.test(text + needle) && needle !== '') expect(places.length).toBe(text.split(needle).length - 1)
      })
    )
  })
})

describe('finding by a regular expression', () => {
  const by = (text: string, pattern: string, replacement = '', query: Partial<FindQuery> = {}) => {
    const expression = regExpOf({ text: pattern, matchCase: false, ...query })
    return expression && findByRegExp(text, expression, { wholeWord: false, replacement, ...query })
  }

  test('gives what would stand there instead', () => {
    expect(by('12 May, 3 June', String.raw`(\d+) (?<month>\w+)`, '$<month> $1 ($&, $$1, $3)')).toEqual([
      { start: 0, end: 6, instead: 'May 12 (12 May, $1, $3)' },
      { start: 8, end: 14, instead: 'June 3 (3 June, $1, $3)' }
    ])
  })

  test('leaves out what is empty, and what is part of a word where whole words are asked for', () => {
    expect(by('aba', 'b*')).toEqual([{ start: 1, end: 2, instead: '' }])
    expect(by('cat cats', 'cat', '', { wholeWord: true })).toEqual([{ start: 0, end: 3, instead: '' }])
  })

  test('is none where it cannot be read', () => {
    expect(by('a', '(')).toBeNull()
  })
})
