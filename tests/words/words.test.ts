import { describe, expect, it } from 'vitest'
import { GalleyError, storedError } from '../../src/shared/rpc/errors.ts'
import { en } from '../../src/shared/words/en/index.ts'
import { grammar } from '../../src/shared/words/grammar.ts'
import { nextStep, sentence, sentences, type Language } from '../../src/shared/words/language.ts'
import { languageOf } from '../../src/shared/words/languages.ts'
import { say } from '../../src/shared/words/message.ts'

describe('what the core says', () => {
  it('is a key with parameters, and a sentence only where it is read', () => {
    const failure = new GalleyError('read_only', say('galley.readOnly'))
    expect(failure.toWire()).toEqual({ code: 'read_only', key: 'galley.readOnly' })
    expect(failure.message).toBe('This library is open for reading only.')
    expect(sentences(languageOf('en-XA'), failure.toWire())).toMatch(/^\[Ţĥîš.*\] \[Çļöš/)
  })

  it('does not compile with a key or a parameter that is not there', () => {
    // @ts-expect-error there is no such sentence
    say('galley.nonsense')
    // @ts-expect-error it needs its text
    say('legacy.sentence')
    // @ts-expect-error the text is not a number
    say('legacy.sentence', { text: 1 })
    // @ts-expect-error a sentence without parameters takes none
    say('galley.stopped', { text: '' })
    expect.assertions(0)
  })

  it('survives a message of another version: an unknown key, missing and foreign parameters', () => {
    for (const message of [
      { key: 'room.unknown' },
      { key: 'galley' },
      { key: 'galley.constructor' },
      { key: '__proto__.x' },
      { key: 'legacy.sentence' },
      { key: 'legacy.sentence', params: { text: 7 } }
    ]) {
      expect(sentence(en, message)).toBe(en.unknownMessage)
      expect(nextStep(en, message)).toBeNull()
    }
  })

  it('passes on the advice of the message it wraps', () => {
    const full = say('files.diskFull')
    const wrapped = say('exporting.cutShort', { problem: full, done: 2, total: 52 })
    expect(sentence(en, wrapped)).toBe(`${sentence(en, full)} 2 of 52 stories were exported before that.`)
    expect(nextStep(en, wrapped)).toBe('Free some space and try again.')
  })

  it('shows what older libraries stored as it was written', () => {
    const old = { code: 'refused', message: 'The CMS refused it (422).', next: 'Change what it names.' }
    const failure = storedError(JSON.parse(JSON.stringify(old)))
    expect(failure.code).toBe('refused')
    expect(sentences(en, failure)).toBe('The CMS refused it (422). Change what it names.')
    expect(storedError(failure)).toEqual(failure)
    expect(storedError({ nothing: true }).code).toBe('internal')
  })
})

describe('what the window says', () => {
  it('is in the words of a newsroom: nothing of how Galley keeps a story', () => {
    const own = /\b(?:blocks?|revisions?|articles?|hash(?:es)?|etag)\b/i
    expect(spoken(en.window).filter((text) => own.test(text))).toEqual([])
  })

  it('has one word for one thing: what failed is tried again', () => {
    // Of a sentence that takes parameters, as it is written.
    const written = (value: unknown): string[] =>
      typeof value === 'object' && value !== null ? Object.values(value).flatMap(written) : [String(value)]
    const other = /\bretr(?:y|ied)\b|try now/i
    expect(written({ window: en.window, said: en.said }).filter((text) => other.test(text))).toEqual([])
  })
})

/** Every sentence below, those that take parameters with some. */
function spoken(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function') return spoken(filled(value as (...values: unknown[]) => unknown))
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(spoken) : []
}

/** What a sentence says of several things, or, where it takes their names, of two. */
function filled(say: (...values: unknown[]) => unknown): unknown {
  for (const parameter of [2, ['one', 'other'], 'one', { row: 2, column: 2 }]) {
    try {
      return say(...Array.from({ length: Math.max(1, say.length) }, () => parameter))
    } catch {
      // It takes something else.
    }
  }
  throw new Error(`No parameters fit ${say}`)
}

describe('another language', () => {
  it('is whole: the compiler names a sentence that is missing', () => {
    const { unknownMessage: _, ...rest } = en
    // @ts-expect-error a sentence is missing
    const language: Language = rest
    expect(language.locale).toBe('en-GB')
  })

  it('counts by the rules of the language and writes its figures', () => {
    const arabic = grammar('ar-EG')
    const forms = { zero: 'لا قصص', one: 'قصة', two: 'قصتان', few: '# قصص', many: '# قصة', other: '# قصة' }
    expect([0, 1, 2, 3, 11].map((n) => arabic.plural(n, forms))).toEqual(['لا قصص', 'قصة', 'قصتان', '٣ قصص', '١١ قصة'])
    const polish = grammar('pl')
    const stories = { one: '# tekst', few: '# teksty', many: '# tekstów', other: '# tekstu' }
    expect([1, 3, 5, 22].map((n) => polish.plural(n, stories))).toEqual([
      '1 tekst',
      '3 teksty',
      '5 tekstów',
      '22 teksty'
    ])
  })
})

describe('the pseudo language', () => {
  it('has every sentence of English, accented and in brackets', () => {
    const pseudo = languageOf('en-XA')
    expect(pseudo.window.common.save).toBe('[Šåṽé]')
    expect(pseudo.window.library.total(2)).toBe('[2 šţöŕîéš]')
    expect(pseudo.window.welcome.steps[0]?.title).toBe('[Ɓŕîñĝ îñ çöþý]')
  })
})
