import { readFileSync } from 'node:fs'
import { binary } from 'harper.js/binary'
import { beforeAll, describe, expect, it } from 'vitest'
import { dictionaries } from '../../../scripts/lib/dictionaries.mjs'
import { root } from '../../../scripts/lib/places.mjs'
import { NoDictionary } from '../../../src/renderer/spelling/engine.ts'
import { harperEngine } from '../../../src/renderer/spelling/harper-engine.ts'
import { dictionaryText, hunspellEngine } from '../../../src/renderer/spelling/hunspell-engine.ts'

const SLOW = 120_000

describe('Hunspell, with the dictionaries that are shipped', () => {
  const shipped = dictionaries(root)
  const engine = hunspellEngine(async (language) => {
    const one = shipped.find(({ tag }) => tag === language)
    return one ? { aff: readFileSync(one.aff), dic: readFileSync(one.dic) } : null
  })
  const wrong = async (language: string, text: string): Promise<string[]> => {
    const [found = []] = await engine.check(language, [{ text, isProse: true }])
    return found.map(({ start, end }) => text.slice(start, end))
  }

  it.each([
    ['de', 'Die Wohnungsbaugesellschaft, das Bundesverfassungsgericht und die Straße; nicht Strase', ['Strase']],
    ['de', 'Wohnungsbaugeselschaft', ['Wohnungsbaugeselschaft']],
    ['fr', 'L’homme d’aujourd’hui qu’il a vu jusqu’à la maision', ['maision']],
    ['it', 'Dell’acqua c’è, perché l’aqua', ['l’aqua']],
    ['es', 'Dámelo, la inmigración no es un perrro', ['perrro']],
    ['pt', 'A ação do ônibus econômico, uma casza', ['casza']],
    ['pt-PT', 'O autocarro económico e a casza', ['casza']],
    ['ru', 'Правительство заявило: ёлка, правительтсво', ['правительтсво']],
    ['ar', 'قال المدرسون إن والمدرسة وبالمدارس سيكتبونها في الحكوومة', ['الحكوومة']],
    ['ar', 'مُدَرِّس كتـــاب', []]
  ])('%s: %s', { timeout: SLOW }, async (language, text, expected) => {
    expect(await wrong(language, text)).toEqual(expected)
  })

  it('finds a word however its accents are written', { timeout: SLOW }, async () => {
    expect(await wrong('fr', 'e\u0301te\u0301 e\u0301tte\u0301')).toEqual(['e\u0301tte\u0301'])
  })

  it('suggests, with the apostrophe the text has', { timeout: SLOW }, async () => {
    expect(await engine.suggest('de', 'Strase')).toContain('Straße')
    expect(await engine.suggest('it', 'dell’aqcua')).toContain('dell’acqua')
    expect(await engine.suggest('ar', 'الحكوومة')).toContain('الحكومة')
  })

  it('says of a language that it has no dictionary of it', async () => {
    await expect(engine.check('nl', [{ text: 'fiets', isProse: true }])).rejects.toBeInstanceOf(NoDictionary)
  })

  it('reads a dictionary in an older character set', async () => {
    const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0))
    const files = {
      aff: latin1('SET ISO8859-1\nTRY é\nSFX \u00e0 Y 1\nSFX \u00e0 0 s .\n'),
      dic: latin1('1\ncaf\u00e9/\u00e0\n')
    }
    expect(dictionaryText(files)).toMatchObject({ dic: '1\ncafé/à\n' })
    const old = hunspellEngine(async () => files)
    const [found] = await old.check('xx', [{ text: 'café cafés caffé', isProse: true }])
    expect(found).toMatchObject([{ start: 11, end: 16 }])
  })
})

describe('Harper', () => {
  const engine = harperEngine(binary)
  const check = async (language: string, text: string, isProse = true): Promise<[string, string, string][]> => {
    const [found = []] = await engine.check(language, [{ text, isProse }])
    return found.map(({ start, end, kind, suggestions }) => [text.slice(start, end), kind, suggestions?.[0] ?? ''])
  }
  const wrong = async (language: string, text: string): Promise<string[]> =>
    (await check(language, text)).map(([words]) => words)

  beforeAll(async () => void (await engine.check('en-US', [])), SLOW)

  it('spells English as the region does', { timeout: SLOW }, async () => {
    const text = 'The colour and the color were organised'
    expect(await wrong('en-US', text)).toEqual(['colour', 'organised'])
    expect(await wrong('en-GB', text)).toEqual(['color'])
    expect(await wrong('en-AU', text)).toEqual(['color'])
    expect(await wrong('en-CA', text)).toContain('color')
    expect(await wrong('en-IN', 'Two lakh and one crore')).toEqual([])
    expect(await wrong('en-GB', 'Two lakh')).toEqual(['lakh'])
  })

  it('marks in English of no country what is wrong on both sides of the ocean', { timeout: SLOW }, async () => {
    const text = 'The colour and the color were organised in the harbur'
    for (const language of ['en', 'en-XX', 'en-DE', 'english, perhaps'])
      expect(await wrong(language, text), language).toEqual(['harbur'])
  })

  it(
    'is made once for each side of the ocean, however many texts are wrong on one of them',
    { timeout: SLOW },
    async () => {
      const made: unknown[] = []
      const counted = new Proxy(binary as typeof binary & { createLinter(dialect: unknown): unknown }, {
        get(target, name) {
          if (name !== 'createLinter') return Reflect.get(target, name, target) as unknown
          return (dialect: unknown) => {
            made.push(dialect)
            return target.createLinter(dialect)
          }
        }
      })
      const text = { text: 'The colour in the harbur', isProse: true }
      const found = await harperEngine(counted).check('en', [text, text, text])
      expect(found.map((findings) => findings.length)).toEqual([1, 1, 1])
      expect(made).toHaveLength(2)
    }
  )

  it(
    'finds a misspelling in a sentence that is too long, or does not begin with a capital',
    { timeout: SLOW },
    async () => {
      const long = `the council, which met on Tuesday, ${'and sat until the evening with all of its members, '.repeat(8)}will recieve it`
      expect(await wrong('en-GB', long)).toEqual(['recieve'])
      expect(await wrong('en-GB', 'recieve the news. teh end')).toEqual(['recieve', 'teh'])
    }
  )

  it('counts as the editor does, behind signs of two units', { timeout: SLOW }, async () => {
    expect(await check('en-GB', '😀😀 the speling')).toEqual([['speling', 'spelling', 'spelling']])
  })

  it('takes either apostrophe', { timeout: SLOW }, async () => {
    expect(await wrong('en-GB', "They don’t, and they don't")).toEqual([])
  })

  it('judges grammar in sentences alone', { timeout: SLOW }, async () => {
    const text = 'Their going to the the harbour'
    expect((await check('en-GB', text)).map(([, kind]) => kind)).toContain('grammar')
    expect(await check('en-GB', text, false)).toEqual([])
  })

  it('leaves headlines, quotations and house style alone', { timeout: SLOW }, async () => {
    expect(await check('en-GB', 'PM says no to deal as leaders meet in Brussels', false)).toEqual([])
    const copy = [
      '“We are not going to do that,” the Prime Minister said on Tuesday, adding that the 27-member bloc would meet again.',
      'The company reported revenue of £3,200, up 4 per cent on the year; shares fell by a third.',
      'Police, fire and ambulance crews were called at 3am. No one was hurt, a spokesman said.'
    ]
    for (const text of copy) expect(await check('en-GB', text), text).toEqual([])
  })
})
