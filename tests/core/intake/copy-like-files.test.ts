import { describe, expect, it } from 'vitest'
import { body, review } from './support.ts'

const paragraph =
  'Oil rose by two per cent on Friday as a storm shut the ports of the strait, and brokers said more would follow.'
const second = 'No tanker has left the mole since noon, the harbour master said, and none will before the wind drops.'

/** Every word of a text is still in what was read of it: in the body, or in a field of the story. */
const wordsKept = (text: string, name = 'copy.txt'): string => {
  const found = review(text, { name })
  return `${JSON.stringify(found.fields)}\n${body(found).join('\n')}`
}

describe('copy is not refused as source code', () => {
  it.each([
    [
      'a headline of the wire in front of its dateline',
      `UPDATE 1-Oil climbs as storm shuts ports\nLONDON (Reuters)\n${paragraph}\n${second}\n`
    ],
    ['a wire story that ends with “end”', `UPDATE 2-Oil climbs as storm shuts ports\n${paragraph}\n${second}\nend\n`],
    ['a wire story with a handle', `SELECT committee meets on oil\n${paragraph}\n@molegazette\n${second}\n`],
    [
      'lines wrapped in front of words of programs',
      'record prices were paid for the oil of the lamp on Friday\nclass after class of the harbour school came to see it lit\ntype and lens are those of the lamp that burned in 1911\nnew rules for the town’s second mole follow in the spring\nfor the first time (since the war)\n'
    ],
    ['lines in lower case with brackets', 'final score (after extra time)\nlong queues (again)\nlet them in;\n'],
    ['results under a bracket', 'Results (Saturday)\nLeeds (2)\nYork (1)\n'],
    ['results without a space', 'Leeds(2)\nYork(1)\nHull(0)\n'],
    ['a squad', 'Kane (Bayern)\nSaka (Arsenal)\nFoden (City)\n'],
    ['votes, each line with a semicolon', 'Ellery (41 votes);\nHaddad (12 votes);\nMole (7 votes);\n'],
    ['a list of handles', '@molegazette\n@ellerypost\n@harbour.radio\n'],
    ['what letters mean', 'W = won\nD = drawn\nL = lost\nP = played\n'],
    ['what prices are', 'Bread = 3\nOil = 14\nRope = 9\n'],
    [
      'a first line with an open bracket',
      `import duties rise (see below\n${paragraph}\n${second}\n${paragraph}\n${second}\n`
    ],
    ['small words one below the other', 'do\ntry\npass\nreturn\nend\n'],
    ['orders with quotes', 'set "the lamp" down\nprint the letter’s (second) page\nreturn to "the mole"\n']
  ])('%s', (_, text) => {
    expect(() => review(text)).not.toThrow()
  })

  it.each([
    ['an UPDATE', 'UPDATE lamp SET lit = 1\nWHERE id = 7;\nUPDATE lamp SET hour = 18;\n'],
    ['a SELECT', 'SELECT id, lit\nFROM lamp\nWHERE hour > 18;\n'],
    ['a script of the shell', 'if [ -f lamp ]; then\n  lamp --on\nfi\nfor f in *; do\n  echo "$f"\ndone\n'],
    [
      'a class',
      'public class Lamp : Light\n{\n    private bool lit;\n    public void On()\n    {\n        lit = true;\n    }\n}\n'
    ]
  ])('but %s is', (_, text) => {
    expect(() => review(text)).toThrow('the source code of a program')
  })
})

describe('copy is not refused as a style sheet', () => {
  it.each([
    ['a credit in braces', `Lamp is lit again\n\n${paragraph}\n\n{photo: Reuters}\n`],
    ['a note behind every paragraph', `${paragraph}\n{note: check this}\n${second}\n{note: ask her; call him}\n`],
    ['its parts in braces', `{headline: Lamp is lit again}\n{body: ${second}}\n`],
    ['a word and a note', 'lamp {colour: white; height: 40 feet}\nmole {length: 900 feet; width: 12 feet}\n'],
    ['a tag and a note', 'Lamp a {source: Reuters}\n']
  ])('%s', (_, text) => {
    expect(() => review(text)).not.toThrow()
  })

  it('but one of nested rules with notes is', () => {
    const text =
      '// The lamp\n.lamp {\n  // lit\n  color: red;\n  &:hover { color: blue; }\n  > a span { margin: 0 }\n}\n'
    expect(() => review(text)).toThrow('a style sheet')
  })
})

describe('copy is not refused as a table', () => {
  it.each([
    [
      'decimal commas',
      'Inflation steigt auf 2,3 Prozent\nArbeitslosigkeit sinkt auf 5,1 Prozent\nWachstum bleibt bei 0,4 Prozent\n'
    ],
    ['two of them in a line', 'Von 2,3 auf 2,9 Prozent\nVon 5,1 auf 4,8 Prozent\nVon 0,4 auf 0,1 Prozent\n'],
    [
      'Chinese sentences',
      '港口的灯塔周五晚上重新亮起,渔民们都很高兴\n市长当天到场祝贺大家,记者也来了\n守塔人清洗了巨大的透镜,没有人付钱\n'
    ],
    [
      'Japanese sentences',
      '灯台が金曜の夜に再び灯った,漁師たちは喜んだ。\n市長も式典に出席した,記者も来た。\n番人はレンズを磨いた,誰も払わなかった。\n'
    ]
  ])('%s', (_, text) => {
    expect(() => review(text)).not.toThrow()
  })

  it('but one in Chinese is', () => {
    expect(() => review('港口,船只,泊位\n贝鲁特,41,60\n的黎波里,12,15\n')).toThrow('a table')
  })
})

describe('copy is not refused as a file of another kind', () => {
  it.each([
    [
      'a transcript with times',
      '[00:12] Q: Who paid for the oil?\n[00:15] A: Nobody has asked me that.\n[00:21] Q: I do.\n'
    ],
    ['questions in brackets', '[q: who paid]\n[a: nobody]\n[q: why]\n'],
    ['an index of the exchange', `Index: DAX\n\n${paragraph}\n`],
    ['notes in lower case', 'notes:\n- met the mayor\n- saw the lamp\n'],
    ['notes with a source', 'who: the mayor\nwhat: a second lamp\nsources:\n- the keeper\n- her brother\n'],
    [
      'a release with its head',
      `From: Harbour office of Ellery\nTo: All desks\nSubject: Lamp is lit again\nDate: 14 August 2026\n\n${paragraph}\n`
    ],
    ['a piece set in typewriter letters', `<tt>${paragraph}</tt><p>${second}</p>`]
  ])('%s', (_, text) => {
    expect(() => review(text)).not.toThrow()
    expect(() => review(text, { name: '' })).not.toThrow()
  })

  it('typewriter letters are letters', () => {
    expect(wordsKept(`<tt>${paragraph}</tt>`, '')).not.toContain('<tt>')
  })

  it.each([
    ['a file of subtitles', '[ti:Lamp]\n[00:12.00]It burns\n[00:15.20]Again\n'],
    [
      'a list of changes',
      'Index: lamp.c\n===================================================================\n--- lamp.c\n+++ lamp.c\n'
    ],
    ['an XML file', '<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="1s">It burns</p></div></body></tt>'],
    [
      'an e-mail',
      'From: a@mole.example\nTo: b@mole.example\nSubject: Lamp\nMessage-ID: <1@mole.example>\n\nIt burns.\n'
    ]
  ])('but %s is', (is, text) => {
    expect(() => review(text)).toThrow(is)
  })
})
