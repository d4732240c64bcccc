import { describe, expect, it, vi } from 'vitest'
import type { TextContext } from '../../../src/shared/checks/finding.ts'
import { embargo } from '../../../src/shared/checks/rules/embargo.ts'
import { leftovers, placeholders } from '../../../src/shared/checks/rules/leftovers.ts'
import { lengthOf, offBy } from '../../../src/shared/checks/rules/lengths.ts'
import { links } from '../../../src/shared/checks/rules/links.ts'
import { alike, namesIn } from '../../../src/shared/checks/rules/names.ts'
import { quotes } from '../../../src/shared/checks/rules/quotes.ts'
import { weekdays } from '../../../src/shared/checks/rules/weekdays.ts'

const about = Date.UTC(2026, 2, 14)
const context = (language: string): TextContext => ({ language, about })
const marked = (text: string, hits: readonly { start: number; end: number }[]): string[] =>
  hits.map(({ start, end }) => text.slice(start, end))

describe('leftovers', () => {
  it.each([
    ['The mayor, TK, said so.', ['TK']],
    ['It cost TKTK pounds.', ['TKTK']],
    ['The total [CHECK] is 12.', ['[CHECK]']],
    ['Signed by (check with Amal) no', []],
    ['Signed by [CHECK with Amal] today', ['[CHECK with Amal]']],
    ['Der Turm [PRÜFEN] steht.', ['[PRÜFEN]']],
    ['الرقم [للتحقق] غير مؤكد', ['[للتحقق]']],
    ['TKO in the third round; the NETK index; the check is in the post', []]
  ])('%s', (text, found) => expect(marked(text, leftovers(text))).toEqual(found))
})

describe('placeholders', () => {
  it.each([
    ['en', 'He scored XX goals.', ['XX']],
    ['en', 'at xx:30 on Sunday', ['xx']],
    ['en', 'women have XX chromosomes', []],
    ['en', 'Super Bowl XX was dull', []],
    ['es', 'el siglo XX fue largo', []],
    ['en', 'in size XXL and XX-large', []],
    ['en', 'love from all of us xx', []]
  ])('%s: %s', (language, text, found) => expect(marked(text, placeholders(text, context(language)))).toEqual(found))
})

describe('quotation marks', () => {
  const wrong = (text: string, language: string): boolean => {
    const { hits, open } = quotes(text, language)
    return hits.length > 0 || open !== null
  }
  it.each([
    ['en', '“Come in,” she said.'],
    ['en', '"Come in," she said. "Now."'],
    ['en', 'It’s the dogs’ dinner, ’tis.'],
    ['en', 'A 27" screen and a man of 5\'10".'],
    ['en', '"He is 15" was all she said.'],
    ['de', '„Kommt herein“, sagte sie.'],
    ['de', '»Kommt herein«, sagte sie.'],
    ['de', '«Kommt herein», sagte sie.'],
    ['fr', 'Elle dit : « Entrez. »'],
    ['sv', '”Kom in”, sa hon.'],
    ['pl', '„Proszę”, powiedziała.'],
    ['ar', 'قالت: «ادخلوا».'],
    ['ar', 'قالت: ”ادخلوا“ ثم خرجت.'],
    ['ja', '「どうぞ」と言った。']
  ])('%s, in order: %s', (language, text) => expect(wrong(text, language)).toBe(false))
  it.each([
    ['en', '“Come in, she said.'],
    ['en', 'Come in,” she said.'],
    ['en', '“Come “in,” she said.'],
    ['en', '"Come in, she said.'],
    ['de', '„Kommt herein, sagte sie.'],
    ['fr', 'Elle dit : « Entrez.'],
    ['ar', 'قالت: «ادخلوا.'],
    ['ja', '「どうぞと言った。']
  ])('%s, one too few: %s', (language, text) => expect(wrong(text, language)).toBe(true))
})

describe('links', () => {
  const check = (href: string, text = 'the report'): string[] =>
    links([{ href, text }], text).map(({ said }) => said.key.replace('checks.', ''))
  it.each([
    ['https://example.org/report', 'the report'],
    ['https://en.wikipedia.org/wiki/Bridge_(structure)', 'bridges'],
    ['https://www.example.org/a', 'example.org'],
    ['https://news.example.org/a', 'example.org/a'],
    ['mailto:desk@example.org?subject=Hi', 'write to us'],
    ['tel:+44 20 7946 0000', 'call'],
    ['https://münchen.example/', 'Munich']
  ])('%s is fine', (href, text) => expect(check(href, text)).toEqual([]))
  it.each([
    ['https://https://example.org/', 'linkBroken'],
    ['https://example/', 'linkBroken'],
    ['https://exa mple.org/', 'linkBroken'],
    ['mailto:desk', 'linkBroken'],
    ['tel:ask', 'linkBroken'],
    ['http://localhost:3000/x', 'linkPrivate'],
    ['https://192.168.1.4/', 'linkPrivate'],
    ['https://cms.intranet/x', 'linkPrivate'],
    ['https://example.org/wp-admin/post.php?post=4', 'linkPrivate'],
    ['https://example.org/a).', 'linkEnds']
  ])('%s: %s', (href, fault) => expect(check(href)).toEqual([fault]))
  it('words that name another place, and no words at all', () => {
    expect(check('https://elsewhere.example/', 'example.org')).toEqual(['linkElsewhere'])
    expect(check('https://example.org/', ' ')).toEqual(['linkWithoutWords'])
  })
  it('stands on its words', () => {
    const text = 'See it here and it there.'
    const two = [
      { href: 'https://example.org/', text: 'it' },
      { href: 'http://localhost/', text: 'it' }
    ]
    expect(links(two, text).map(({ start }) => start)).toEqual([16])
  })
})

describe('weekdays', () => {
  it.each([
    ['en', 'on Saturday 14 March 2026 at noon'],
    ['en', 'Saturday, March 14, 2026'],
    ['en', 'Saturday 14 March'],
    ['en', 'Wednesday the 4th of March 2026'],
    ['en', 'He came on Monday. 3 March 2026 was fine.'],
    ['en', 'Monday May was late; in March 2026'],
    ['de', 'am Samstag, dem 14. März 2026'],
    ['de', 'Samstag, 14.3.2026'],
    ['fr', 'le samedi 14 mars 2026'],
    ['es', 'el sábado 14 de marzo de 2026'],
    ['it', 'sabato 14 marzo 2026'],
    ['ru', 'в субботу, 14 марта 2026'],
    ['ar', 'يوم السبت 14 مارس 2026'],
    ['ar', 'السبت ١٤ آذار 2026'],
    ['ja', '2026年3月14日(土)'],
    ['zh', '2026年3月14日（六）'],
    ['th', 'วันจันทร์ 14 มีนาคม 2026']
  ])('%s agrees: %s', (language, text) => expect(weekdays(text, context(language))).toEqual([]))
  it.each([
    ['en', 'on Monday 14 March 2026 at noon', 'Monday 14 March 2026', 'Saturday'],
    ['en', 'Monday, March 14, 2026', 'Monday, March 14, 2026', 'Saturday'],
    ['en', 'on Mon 14 Mar, he', 'Mon 14 Mar', 'Saturday'],
    ['de', 'am Montag, dem 14. März 2026', 'Montag, dem 14. März 2026', 'Samstag'],
    ['de', 'Montag, 14.3.2026', 'Montag, 14.3.2026', 'Samstag'],
    ['fr', 'le lundi 14 mars 2026', 'lundi 14 mars 2026', 'samedi'],
    ['es', 'el lunes 14 de marzo de 2026', 'lunes 14 de marzo de 2026', 'sábado'],
    ['ar', 'يوم الاثنين 14 مارس 2026', 'الاثنين 14 مارس 2026', 'السبت'],
    ['ar', 'الإثنين ١٤ آذار 2026', 'الإثنين ١٤ آذار 2026', 'السبت'],
    ['ja', '2026年3月14日(月)', '2026年3月14日(月)', '土']
  ])('%s does not: %s', (language, text, words, weekday) => {
    const hits = weekdays(text, context(language))
    expect(marked(text, hits)).toEqual([words])
    expect(hits[0]?.said.params).toEqual({ date: words, weekday })
  })
})

describe('embargo', () => {
  it.each([
    'EMBARGOED UNTIL 06:00 GMT',
    'Embargo: 3 March',
    'This is strictly embargoed until Monday.',
    'Not for publication before noon',
    'sous embargo jusqu’à lundi',
    'Sperrfrist: Montag, 6 Uhr',
    'محظور نشره حتى السادسة'
  ])('%s', (text) => expect(embargo(text)).toHaveLength(1))
  it.each(['The arms embargo until 2026 was kept.', 'They lifted the embargo.', 'The EU embargo, in place since May'])(
    'not: %s',
    (text) => expect(embargo(text)).toEqual([])
  )
})

describe('names', () => {
  const pairs = (text: string, language = 'en'): [string, string][] => {
    const counts = new Map<string, number>()
    for (const { name } of namesIn(text, language)) counts.set(name, (counts.get(name) ?? 0) + 1)
    return alike(counts).map(({ rarer, other }) => [rarer, other])
  }
  it.each([
    ['with Amal Haddad. For Amal Haddad, and Amal Hadad.', [['Amal Hadad', 'Amal Haddad']]],
    ['by Mohammed Saleh, Mohammed Saleh and Mohamed Saleh', [['Mohamed Saleh', 'Mohammed Saleh']]],
    ['with François Leduc, François Leduc, Francois Leduc', [['Francois Leduc', 'François Leduc']]],
    ['from Ann Clarke to Ann Clarke’s and Ann Clark', [['Ann Clark', 'Ann Clarke']]]
  ])('%s', (text, found) => expect(pairs(text)).toEqual(found))
  it.each([
    'from North Korea and the North Korean army',
    'with Mario Rossi and Maria Rossi',
    'of Amal Haddad and Amal Haddad’s',
    'in East London and West London',
    'by John Smith and Jane Smith',
    'the Western Front and the Eastern Front',
    'by Ali Reza and Ali Rezai'
  ])('not: %s', (text) => expect(pairs(text)).toEqual([]))
  it('are compared again only where they are others, as often, or in another order', () => {
    const counts = new Map(Array.from({ length: 500 }, (_, at) => [`Amal Haddad${at}x`, 2]))
    counts.set('Amal Hadad7x', 1)
    const first = alike(counts)
    const composed = vi.spyOn(String.prototype, 'normalize')
    try {
      expect(alike(new Map(counts))).toBe(first)
      expect(composed).not.toHaveBeenCalled()
    } finally {
      composed.mockRestore()
    }
    const two = (names: string[]) => alike(new Map(names.map((name) => [name, 1]))).map(({ rarer }) => rarer)
    expect([two(['Amal Hadad', 'Amal Haddad']), two(['Amal Haddad', 'Amal Hadad'])]).toEqual([
      ['Amal Haddad'],
      ['Amal Hadad']
    ])
  })
  it('not where names are declined', () => {
    expect(pairs('с Иваном Петровым и Иваном Петровом', 'ru')).toEqual([])
  })
})

it('lengths are counted in the characters readers see, and the difference has a sign', () => {
  expect([lengthOf('café'), lengthOf('cafe\u0301'), lengthOf('👩‍🚀!')]).toEqual([4, 4, 2])
  expect(offBy('12345', { max: 4 })).toBe(1)
  expect(offBy('12345', { min: 8 })).toBe(-3)
  expect(offBy('12345', { min: 5, max: 5 })).toBeNull()
})
