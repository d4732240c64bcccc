import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, foldedWords, foldWithOrigin } from '../../../src/main/core/store/search-fold.ts'
import { describeSearch, parseSearch, toFtsQuery } from '../../../src/main/core/store/search-query.ts'
import { Highlighter } from '../../../src/main/core/store/search-snippet.ts'
import { sql, type SqliteDb } from '../../../src/main/core/store/sql.ts'
import { openDatabase } from '../../../src/main/core/store/database.ts'

const words = (text: string): string[] => foldedWords(fold(text))
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.constantFrom('bridge', 'مدرسة', '大橋', 'é', '"', ' ', 'AND', '-', '*', 'İ', 'ß', 'がく', '\ud800'))
    .map((parts) => parts.join(''))
)

describe('text as search knows it', () => {
  it.each([
    ['case and accents', 'Émile ZOLA’s café', ['emile', 'zola', 's', 'cafe']],
    ['letters that are not accents', 'Straße, Øresund, Łódź', ['strasse', 'oresund', 'lodz']],
    ['Turkish and Greek letters', 'İstanbul ΟΔΟΣ οδός', ['istanbul', 'οδοσ', 'οδοσ']],
    ['alef, hamza, teh marbuta, yeh, harakat and tatweel', 'أَمَل إلى مدرسة مـــدرسه', ['امل', 'الي', 'مدرسه', 'مدرسه']],
    ['Arabic digits', 'عام ٢٠٢٤', ['عام', '2024']],
    ['Chinese, one character at a time', '大橋A栋', ['大', '橋', 'a', '栋']],
    ['half-width Japanese', 'ﾃﾞｰﾀ', ['テ', 'ー', 'タ']],
    ['Hindi keeps its vowel signs', 'हिन्दी', ['हिन्दी']],
    ['soft hyphens and zero-width joiners are nothing', 'news\u00adroom co\u200dop', ['newsroom', 'coop']],
    ['Korean words stay whole', '한국어 뉴스', ['한국어', '뉴스']]
  ])('folds %s', (_what, text, expected) => {
    expect(words(text)).toEqual(expected)
  })

  it('folds the same with and without the way back, and the way back only goes forward', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { folded, origin } = foldWithOrigin(text)
        expect(foldedWords(folded)).toEqual(foldedWords(fold(text)))
        if (!origin) {
          expect(folded.length).toBe(text.length)
          return
        }
        expect(origin.length).toBe(folded.length + 1)
        for (let at = 1; at < origin.length; at++) expect(origin[at]!).toBeGreaterThanOrEqual(origin[at - 1]!)
        expect(origin.at(-1)).toBe(text.length)
      })
    )
  })
})

describe('what a person types', () => {
  it.each([
    ['nothing', '', ''],
    ['only punctuation', '… -- "" * :', ''],
    ['words, the last one open', 'council bri', 'council bri…'],
    ['a finished word', 'council bridge ', 'council bridge'],
    ['a phrase', '"council bridge"', '“council bridge”'],
    ['a phrase still open', 'new “council brid', 'new “council brid…”'],
    ['operators as words', 'trump NOT war OR peace ', 'trump not war or peace'],
    ['syntax as punctuation', 'headline:x^2 {a} b* -c', '“headline x 2” a b c'],
    ['one letter', 'a', 'a'],
    ['a hyphenated word', 'co-operation', '“co operation…”'],
    ['Chinese', '大橋', '“大橋”']
  ])('reads %s', (_what, text, expected) => {
    expect(describeSearch(parseSearch(text))).toBe(expected)
  })

  it('never makes a query SQLite refuses, whatever is typed', () => {
    const db: SqliteDb = openDatabase(':memory:', 'write')
    db.raw.exec(`CREATE VIRTUAL TABLE search USING fts5(a, content = '', contentless_delete = 1)`)
    fc.assert(
      fc.property(anyText, (text) => {
        const terms = parseSearch(text)
        if (terms.length > 0) db.all(sql`SELECT rowid FROM search WHERE search MATCH ${toFtsQuery(terms)}`)
      })
    )
    db.raw.close()
  })
})

describe('highlights', () => {
  const pieces = (query: string, text: string): string[] => new Highlighter(parseSearch(query)).pieces(text)

  it.each([
    ['bridge ', 'The bridge, the Bridges and BRIDGE', ['The ', 'bridge', ', the Bridges and ', 'BRIDGE', '']],
    ['bri', 'Bridge abridged', ['', 'Bri', 'dge abridged']],
    ['cafe ', 'Le Café', ['Le ', 'Café', '']],
    ['مدرسه ', 'في المـدرسة وفي مَدرسة', ['في المـدرسة وفي ', 'مَدرسة', '']],
    ['大桥', '临江市新大桥。大桥', ['临江市新', '大桥', '。', '大桥', '']],
    ['strasse ', 'Die Straße', ['Die ', 'Straße', '']],
    ['', 'Nothing', ['Nothing']]
  ])('finds %s as written', (query, text, expected) => {
    expect(pieces(query, text)).toEqual(expected)
  })

  it('gives back the text it was given, in an odd number of pieces', () => {
    fc.assert(
      fc.property(anyText, anyText, (query, text) => {
        const cut = pieces(query, text)
        expect(cut.length % 2).toBe(1)
        expect(cut.join('')).toBe(text.replace(/\s*\n\s*/g, ' '))
      })
    )
  })

  it('shows the paragraph that matched, cut at words', () => {
    const story = [
      'First paragraph.',
      `${'lead in '.repeat(40)}the viaduct stands ${'and on '.repeat(60)}`,
      'Standfirst.',
      'A caption',
      'By Amal'
    ]
    const snippet = new Highlighter(parseSearch('viaduct ')).snippet(story)
    expect(snippet[1]).toBe('viaduct')
    expect(snippet[0]).toMatch(/^… (lead|in) .*the $/)
    expect(snippet[2]).toMatch(/^ stands and on .* …$/)
    expect(snippet.join('').length).toBeLessThan(200)
    expect(new Highlighter(parseSearch('amal')).snippet(story)).toEqual(['By ', 'Amal', ''])
    expect(new Highlighter(parseSearch('nowhere')).snippet(story)).toEqual(['First paragraph.'])
  })
})
