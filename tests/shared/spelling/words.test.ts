import { describe, expect, it } from 'vitest'
import { acceptedWords, shownFindings, type Finding } from '../../../src/shared/spelling/finding.ts'
import { spansWithoutCopy, wordsOf } from '../../../src/shared/spelling/words.ts'

const plain = (text: string, language = 'en'): string[] => wordsOf(text, language).map((word) => word.plain)

describe('the words of a text that are spelt', () => {
  it('has them with their apostrophes, as a dictionary writes them', () => {
    expect(plain('L’homme d’Europe, aujourd’hui', 'fr')).toEqual(["L'homme", "d'Europe", "aujourd'hui"])
    expect(plain("don't ‘quote’ it")).toEqual(["don't", 'quote', 'it'])
  })

  it('is one for both ways of writing an accent, and for a word with soft hyphens', () => {
    expect(plain('e\u0301te\u0301', 'fr')).toEqual(['été'])
    expect(plain('Wohnungs\u00adbau\u00adgesellschaft', 'de')).toEqual(['Wohnungsbaugesellschaft'])
    const [word] = wordsOf('a  Wohnungs\u00adbau', 'de').slice(-1)
    expect(word).toMatchObject({ start: 3, end: 15 })
  })

  it('takes Arabic words whole, with their short vowels, and without the stroke that only fills a line', () => {
    expect(plain('قال والمدرسة مُدَرِّس كتـــاب', 'ar')).toEqual(['قال', 'والمدرسة', 'مُدَرِّس', 'كتاب'])
  })

  it('leaves out what is in another script than the language', () => {
    expect(plain('Der Hamburger Hafen порт ميناء', 'de')).toEqual(['Der', 'Hamburger', 'Hafen'])
    expect(plain('رويترز Reuters', 'ar')).toEqual(['رويترز'])
    expect(plain('порт Reuters', 'ru')).toEqual(['порт'])
  })

  it('leaves out addresses, accounts, tags, figures, initials and notes to the desk', () => {
    expect(
      plain(
        'See https://example.org/a-pagge?x=1, www.exampel.org, exampel.com/x or jo.smiht@exampel.org: @jsmiht #Brekzit £3.2bn 27th 2–1 J. U.S. TK TKTK [CHECK naem] end'
      )
    ).toEqual(['See', 'or', 'end'])
  })

  it('says where those are', () => {
    const text = 'ask @jo at a@b.org'
    expect(spansWithoutCopy(text).map(({ start, end }) => text.slice(start, end))).toEqual(['@jo', 'a@b.org'])
  })
})

describe('text that is made to keep a reader busy', () => {
  const worst = ['a', 'a.', 'a-', '@', 'a@', 'a@b.', '#', '#a.', '[', 'TK', 'X', 'www.', 'a.com/', '-', '..', 'é.']
  it.each(worst)('is read to its end: %j, 200,000 characters of it', (unit) => {
    const text = unit.repeat(200_000 / unit.length)
    for (const tail of ['', ' ', '@', 'a ende'])
      for (const span of spansWithoutCopy(text + tail)) expect(span.end).toBeLessThanOrEqual(text.length + tail.length)
  })
})

describe('what a person is shown of it', () => {
  const found = (text: string, word: string, kind: Finding['kind'] = 'spelling'): Finding => {
    const start = text.indexOf(word)
    return { start, end: start + word.length, kind, rule: 'x', suggestions: [], message: '' }
  }
  const all = { grammar: true, capitals: false, accepts: () => false }
  const shown = (text: string, words: string[], filter = all, code: { start: number; end: number }[] = []): string[] =>
    shownFindings(
      text,
      words.map((word) => found(text, word)),
      code,
      filter
    ).map(({ start, end }) => text.slice(start, end))

  it('is nothing of code, addresses, figures and capitals', () => {
    const text = 'run gally up, £3.2bn for USAF at exampel.org, and coucil'
    const code = [{ start: 4, end: 9 }]
    expect(shown(text, ['gally', 'bn', 'USAF', 'exampel', 'coucil'], all, code)).toEqual(['coucil'])
    expect(shown(text, ['USAF', 'coucil'], { ...all, capitals: true })).toEqual(['USAF', 'coucil'])
  })

  it('is no grammar where that is switched off', () => {
    const text = 'the the end'
    const doubled = [found(text, 'the the', 'grammar')]
    expect(shownFindings(text, doubled, [], all)).toHaveLength(1)
    expect(shownFindings(text, doubled, [], { ...all, grammar: false })).toEqual([])
  })

  it('takes an accepted word with a capital too, and a name only as a name', () => {
    const accepts = acceptedWords(['liveblog', 'Scholz', 'O’Neill'])
    expect(
      ['liveblog', 'Liveblog', 'LIVEBLOG', 'Scholz', 'SCHOLZ', "O'Neill"].filter((word) => !accepts(word))
    ).toEqual([])
    expect(['scholz', 'liveBlog', 'liveblogs'].filter(accepts)).toEqual([])
  })
})
