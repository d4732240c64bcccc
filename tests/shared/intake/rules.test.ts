import { describe, expect, it } from 'vitest'
import { RuleEngine } from '../../../src/shared/intake/engine.ts'
import { plain } from '../../../src/shared/intake/plain.ts'
import {
  DEFAULT_MAX_LENGTH,
  failedExample,
  IntakeRule,
  LineMatcher,
  parseRules
} from '../../../src/shared/intake/rules.ts'
import { builtinRules } from '../../../src/shared/intake/rules/builtin.ts'
import { en } from '../../../src/shared/words/en/index.ts'
import { sentence } from '../../../src/shared/words/language.ts'

const neighbours = { previous: () => '', next: () => '' }

describe('the rules Galley brings along', () => {
  for (const rule of builtinRules.filter(({ match }) => match.line)) {
    it(`${rule.id} catches its examples and leaves the others alone`, () => {
      expect(rule.examples.yes.length).toBeGreaterThan(0)
      expect(rule.examples.no.length).toBeGreaterThan(0)
      expect(failedExample(rule)).toBeNull()
    })
  }

  it('have ids of their own', () => {
    expect(new Set(builtinRules.map(({ id }) => id)).size).toBe(builtinRules.length)
  })

  it('leave sentences alone that begin like furniture', () => {
    const engine = new RuleEngine(builtinRules, 'en')
    const sentences = [
      'Share prices in the ferry company fell by a tenth on Monday, the exchange said.',
      'Related charges were dropped in the spring after the witness moved abroad.',
      'Comments made by the mayor on Tuesday angered the drivers’ union.',
      'Follow the river for a mile and the mill comes into sight.',
      'Read aloud in court, the letter ran to nine pages.',
      'More news came in overnight from the islands, where the power was still out.',
      'Save the children, the old sign says.',
      'إعلان النتائج تأخر حتى المساء بسبب عطل في النظام.',
      'شارك عشرون فريقا في السباق الذي بدأ عند الفجر.'
    ]
    expect(sentences.map((text) => engine.find({ text }, neighbours)?.rule.id ?? null)).toEqual(
      sentences.map(() => null)
    )
  })
})

describe('line patterns', () => {
  const catches = (pattern: string, line: string) => new LineMatcher([pattern]).find(line) !== null

  it('take a star for any words or none, and a hash for a number', () => {
    expect(catches('# min read', '12 min read')).toBe(true)
    expect(catches('# min read', '١٢ min read')).toBe(true)
    expect(catches('# min read', 'A min read')).toBe(false)
    expect(catches('More from *', 'More from the islands')).toBe(true)
    expect(catches('More from *', 'Much more from the islands')).toBe(false)
    expect(catches('*all rights reserved*', '© 2024 The Post. All Rights Reserved. No copying.')).toBe(true)
    expect(catches('Image # of #', 'Image 3 of 12')).toBe(true)
    expect(catches('Image # of #', 'Image 3 of')).toBe(false)
    expect(catches('a*b*c', 'aXbXbXc')).toBe(true)
    expect(catches('a*bc', 'abcXc')).toBe(false)
  })

  it('do not mind bullets, case, colons, curly quotes or Arabic vowel signs', () => {
    expect(catches("Editor's picks", '  • EDITOR’S PICKS:')).toBe(true)
    expect(catches('Also read *', 'Also read: The bridge')).toBe(true)
    expect(catches('اقرأ أيضا *', 'اقرأ أيضاً: الجسر')).toBe(true)
  })

  it('cost no more than the line is long, whatever the pattern', () => {
    // 300 characters of pattern with eight stars on a line of 2,000: a backtracking matcher would not come back.
    const pattern = `${'a*'.repeat(8)}b`
    expect(catches(pattern, 'a'.repeat(2000))).toBe(false)
  })
})

describe('a desk’s own rules', () => {
  it('are read, and what does not hold together is named in plain words', () => {
    const { rules, problems } = parseRules([
      {
        id: 'desk.rail',
        description: 'partner rail',
        match: { line: ['From our partners at *'] },
        role: 'furniture',
        opensRail: true
      },
      { id: 'desk.rail', description: 'again', match: { line: ['x y'] }, role: 'furniture' },
      { id: 'desk.star', description: 'catches everything', match: { line: ['*'] }, role: 'furniture' },
      { id: 'desk.role', description: 'no such role', match: { line: ['x'] }, role: 'advert' },
      { id: 'desk.empty', description: 'nothing to look for', match: {}, role: 'furniture' },
      {
        id: 'desk.wrong',
        description: 'wrong example',
        match: { line: ['Night edition'] },
        role: 'furniture',
        examples: { yes: ['Morning edition'] }
      },
      {
        id: 'desk.broad',
        description: 'too broad',
        match: { line: ['The *'] },
        role: 'furniture',
        examples: { no: ['The bridge is open'] }
      },
      'nonsense'
    ])
    expect(rules.map(({ id }) => id)).toEqual(['desk.rail'])
    expect(problems.map(({ id, problem }) => ({ id, problem: sentence(en, problem) }))).toEqual([
      { id: 'desk.rail', problem: 'another rule has the same id' },
      { id: 'desk.star', problem: '“match.line.0” needs at least one word, or it would catch every line' },
      { id: 'desk.role', problem: expect.stringContaining('“role”') },
      { id: 'desk.empty', problem: '“match” needs a line, tag, within or hint to look for' },
      { id: 'desk.wrong', problem: 'it does not catch its own example “Morning edition”' },
      { id: 'desk.broad', problem: 'it catches “The bridge is open”, which it says it must not' },
      { id: '(a rule without an id)', problem: expect.stringContaining('it ') }
    ])
  })

  it('can ask for a neighbour, a language, a class name, an element', () => {
    const rule = (more: object) =>
      new RuleEngine(
        [IntakeRule.parse({ id: 'r', description: 'd', role: 'furniture', match: { line: ['Sport'] }, ...more })],
        'en-GB'
      )
    expect(rule({ beside: { previous: ['News'] } }).find({ text: 'Sport' }, neighbours)).toBeNull()
    expect(
      rule({ beside: { previous: ['News'] } }).find({ text: 'Sport' }, { ...neighbours, previous: () => 'News' })?.rule
        .id
    ).toBe('r')
    expect(rule({ languages: ['ar'] }).find({ text: 'Sport' }, neighbours)).toBeNull()
    expect(rule({ languages: ['en'] }).find({ text: 'Sport' }, neighbours)?.rule.id).toBe('r')
    expect(
      rule({ match: { hint: ['partner box'] } }).find({ text: 'Anything', hints: ' story partner box ' }, neighbours)
        ?.rule.id
    ).toBe('r')
    expect(
      rule({ match: { hint: ['partner box'] } }).find({ text: 'Anything', hints: ' story partner boxes ' }, neighbours)
    ).toBeNull()
    expect(
      rule({ match: { within: ['aside'] } }).find({ text: 'Anything', within: new Set(['aside']) }, neighbours)?.rule.id
    ).toBe('r')
    expect(rule({ match: { tag: ['h4'] } }).find({ text: 'Anything', tag: 'p' }, neighbours)).toBeNull()
  })

  it('leave long lines alone unless they say otherwise', () => {
    const long = `Sport ${'x'.repeat(DEFAULT_MAX_LENGTH)}`
    const engine = (maxLength?: number) =>
      new RuleEngine(
        [
          IntakeRule.parse({
            id: 'r',
            description: 'd',
            role: 'furniture',
            match: { line: ['Sport *'], ...(maxLength && { maxLength }) }
          })
        ],
        'en'
      )
    expect(engine().find({ text: long }, neighbours)).toBeNull()
    expect(engine(500).find({ text: long }, neighbours)?.rule.id).toBe('r')
  })

  it('see a section’s name behind the words of their pattern', () => {
    const engine = new RuleEngine(
      [IntakeRule.parse({ id: 'r', description: 'd', role: 'section', match: { line: ['Weiteres aus *'] } })],
      'de'
    )
    expect(engine.find({ text: '• Weiteres aus Kultur' }, neighbours)?.labelWords).toBe(2)
    expect(plain('• Weiteres  aus: Kultur')).toBe('weiteres aus kultur')
  })
})
