import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineRoles, IntakeReview, type LineRole } from '../../../src/shared/contract/intake.ts'
import { bodyToText } from '../../../src/shared/document/to-text.ts'
import { LinkHref } from '../../../src/shared/document/runs.ts'
import { splitLines } from '../../../src/shared/intake/page.ts'
import { accountFor } from '../../../src/shared/intake/account.ts'
import { run } from '../../../src/shared/intake/read-page.ts'
import { pageOfText } from '../../../src/shared/intake/page.ts'
import { review } from './support.ts'

const words = fc.constantFrom(
  'the council',
  'met on Monday',
  'and agreed',
  'to nothing',
  'Port Salma',
  'الميناء القديم',
  '«enfin»',
  'AFP',
  'Reuters',
  '"yes,"',
  'he said.',
  '1,198',
  'x/y',
  '— no',
  '42',
  'don’t',
  '東京都で会議',
  '(R)'
)
const sentence = fc.array(words, { minLength: 1, maxLength: 14 }).map((all) => all.join(' '))
const furniture = fc.constantFrom(
  'Follow us on',
  '  • whatsapp',
  'Top Stories',
  'Read more',
  'Advertisement',
  'Share',
  'More news from World',
  'More from Business',
  'Tags: a, b; c',
  'شارك',
  'إعلان',
  'المزيد من العالم',
  '© 2024 All rights reserved',
  '3 min read',
  'Related stories'
)
const marked = fc.constantFrom(
  'By AFP',
  'By Amal Haddad and Omar Said',
  'بقلم: أمل حداد',
  'Published: Tue 13 Aug 2024, 4:48 PM',
  'Last updated: 14 Aug 2024',
  'Published: soon',
  '13 August 2024',
  'Published 13 Aug 2024 4:48 PM | Updated 14 Aug 2024',
  'By Amal Haddad | 13 Aug 2024',
  'Photo: Omar Said/Reuters',
  'Boats in the harbour on Monday. AFP',
  'Boats in the harbour on Monday. AFP',
  'Boats (AFP)',
  'GAZA CITY (AP) — It began.',
  '# Heading',
  '> quoted',
  '- item',
  '• item',
  '1. one',
  '***',
  '---',
  '؟',
  '.',
  'Photo:',
  'By',
  'By ',
  'Published:',
  '• ',
  'Tags:',
  'Section: World',
  'FILE: ships'
)
const line = fc.oneof(
  { weight: 4, arbitrary: sentence },
  { weight: 2, arbitrary: furniture },
  { weight: 3, arbitrary: marked },
  { weight: 2, arbitrary: fc.constantFrom('', ' ', '\t') },
  { weight: 1, arbitrary: fc.string({ maxLength: 60, unit: 'binary' }) }
)
const page = fc
  .tuple(fc.array(line, { maxLength: 40 }), fc.constantFrom('\n', '\r\n', '\r', '\n\n'))
  .map(([lines, end]) => lines.join(end))
const name = fc.constantFrom('page.txt', 'page.md', 'page')
const assignments = fc.dictionary(fc.nat(45).map(String), fc.constantFrom<LineRole>(...lineRoles), { maxKeys: 8 })

/** The letters and digits of a text, in order: what no reading may lose. */
const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')

function read(text: string, options: object = {}): IntakeReview | null {
  if (!/[\p{L}\p{N}]/u.test(text) || text.includes('\u0000')) return null
  try {
    return review(text, options)
  } catch (error) {
    // What decodes to noise or to JSON is refused; everything else is a bug.
    if (error instanceof Error && error.name === 'GalleyError') return null
    throw error
  }
}

describe('no word is lost', { timeout: 120_000 }, () => {
  it('every line of a text page is in the review once, in order, and the review fits the contract', () => {
    fc.assert(
      fc.property(page, name, assignments, (text, file, chosen) => {
        const found = read(text, { name: file, assignments: chosen })
        if (!found || found.format === 'html') return
        expect(found.lines.map((one) => one.text)).toEqual(
          splitLines(new TextDecoder().decode(new TextEncoder().encode(text)))
        )
        expect(found.lines.map(({ n }) => n)).toEqual(found.lines.map((_, n) => n))
        expect(IntakeReview.parse(found)).toEqual(found)
      }),
      { numRuns: 300 }
    )
  })

  it('the words of body lines are the body, and every other kept word is in the story', () => {
    fc.assert(
      fc.property(page, name, assignments, (text, file, chosen) => {
        const found = read(text, { name: file, assignments: chosen })
        if (!found || found.format !== 'text') return
        const kept = found.lines.filter((one) => one.kept)
        const inBody = new Set<LineRole>(['body', 'heading', 'quote', 'listItem'])
        const pictures = found.body.blocks.filter(({ type }) => type === 'image')
        const textBlocks = { ...found.body, blocks: found.body.blocks.filter(({ type }) => type !== 'image') }
        expect(letters(bodyToText(textBlocks))).toBe(
          letters(
            kept
              .filter(({ role }) => inBody.has(role))
              .map((one) => one.text)
              .join(' ')
          )
        )
        // The date of copy under embargo is told, and taken for nothing.
        const told = found.warnings.filter(({ code }) => code === 'date_under_embargo')
        const story = letters(JSON.stringify([found.fields, pictures, told]))
        for (const one of kept.filter(({ role }) => !inBody.has(role))) {
          for (const word of one.text.split(/[^\p{L}\p{N}]+/u)) {
            if (word === '' || LABELS.has(word.toLowerCase()) || story.includes(word)) continue
            throw new Error(`“${word}” of “${one.text}” (${one.role}) is not in the story`)
          }
        }
      }),
      { numRuns: 300 }
    )
  })

  it('what a person decides happens, and moves no other line', () => {
    fc.assert(
      fc.property(page, fc.nat(40), fc.constantFrom<LineRole>(...lineRoles), (text, at, role) => {
        const before = read(text)
        const after = read(text, { assignments: { [String(at)]: role } })
        const target = before?.lines[at]
        if (!before || !after || !target || before.format !== 'text') return
        const isBlank = letters(target.text) === ''
        expect(after.lines[at]?.role).toBe(isBlank ? 'blank' : role)
        expect(after.lines[at]?.rule).toBeNull()
        const single = new Set<LineRole>(['headline', 'section', 'kicker', 'published', 'updated'])
        for (const [n, one] of before.lines.entries()) {
          if (n === at) continue
          const moved = single.has(role) && !isBlank && one.role === role
          expect(after.lines[n]?.role).toBe(moved ? 'furniture' : one.role)
        }
      }),
      { numRuns: 300 }
    )
  })

  it('every visible word of an HTML page is in a line, in order, once', () => {
    const tags = [
      'div',
      'p',
      'b',
      'i',
      'a',
      'h1',
      'h2',
      'ul',
      'li',
      'blockquote',
      'figure',
      'figcaption',
      'span',
      'table',
      'tr',
      'td',
      'aside',
      'nav',
      'footer',
      'article',
      'section',
      'em',
      'time',
      'header'
    ]
    const attributes = fc.constantFrom(
      '',
      ' class="related share"',
      ' href="https://a.example/"',
      ' href="javascript:x"',
      ' id=main',
      ' hidden',
      ' class="caption"',
      ' datetime="2024-08-13T12:48Z"',
      ' class="story-byline"'
    )
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5, depthSize: 'small' },
        fc.oneof(sentence, furniture, marked).map((text) => ` ${text.replace(/[<&]/g, '')} `),
        fc.constantFrom(
          '<br>',
          '<br/>',
          '<hr>',
          '<script>var hidden = 1</script>',
          '<style>p{}</style>',
          '<!-- hidden -->',
          '</b>',
          '</p>',
          '</div>',
          '<p>',
          '<li>',
          '&nbsp;',
          '<wbr>'
        ),
        fc
          .tuple(fc.constantFrom(...tags), attributes, fc.array(tie('tree'), { maxLength: 5 }))
          .map(([tag, attribute, inside]) => `<${tag}${attribute}>${inside.join('')}</${tag}>`)
      )
    }))
    fc.assert(
      fc.property(fc.array(tree, { minLength: 1, maxLength: 6 }), assignments, (trees, chosen) => {
        const markup = trees.join('')
        const found = read(`<html><body>${markup}</body></html>`, { name: 'page.html', assignments: chosen })
        if (!found) return
        const visible = markup.replace(/<(script|style)>[^<]*<\/\1>|<!--.*?-->/g, ' ').replace(/<[^>]*>|&nbsp;/g, ' ')
        expect(letters(found.lines.map((one) => one.text).join(' '))).toBe(letters(visible))
        const parsed = IntakeReview.parse(found)
        for (const block of parsed.body.blocks) {
          for (const run of 'runs' in block && Array.isArray(block.runs)
            ? (block.runs as { link?: { href: string } }[])
            : []) {
            if (run.link) expect(LinkHref.safeParse(run.link.href).success).toBe(true)
          }
        }
      }),
      { numRuns: 300 }
    )
  })

  it.each([1, 3, 6, 8, 11])('copy that a page marks as a time is kept, %i clauses of it', (clauses) => {
    const copy = 'the board met again and spoke of the ferry, '.repeat(clauses)
    const found = review(
      `<html><body><time><td>${copy}Published: Tue 13 Aug 2024, 4:48 PM</td></time> By AFP</body></html>`,
      { name: 'page.html' }
    )
    expect(JSON.stringify([found.fields, found.body])).toContain(copy.trim().replace(/,$/, ''))
  })

  it('the check itself finds what is missing', () => {
    const text =
      'Old mill turns again\n\nThe mill on the river turned again on Monday for the first time since the flood, the miller said.\n'
    const decoded = pageOfText(text, 'utf-8')
    const check = (change: (found: IntakeReview) => void) => {
      const found = structuredClone(review(text))
      change(found)
      run(accountFor(found, decoded, []))
    }
    expect(() => check(() => undefined)).not.toThrow()
    expect(() =>
      check((found) => {
        found.lines.pop()
      })
    ).toThrow('as many lines')
    expect(() =>
      check((found) => {
        Object.assign(found.lines[0] ?? {}, { text: 'Old mill' })
      })
    ).toThrow('line 0 of the page')
    expect(() =>
      check((found) => {
        found.fields.headline = 'Old mill turns'
      })
    ).toThrow('words of line 0 are in the story')
    expect(() =>
      check((found) => {
        found.body.blocks = []
      })
    ).toThrow('no more and no less')
    expect(() =>
      check((found) => {
        found.body.blocks.push({ id: 'x', type: 'paragraph', runs: [{ text: 'invented' }] })
      })
    ).toThrow('no more and no less')
    expect(() =>
      check((found) => {
        Object.assign(found.lines[0] ?? {}, { kept: false })
      })
    ).toThrow('line 0 is dropped')
  })
})

/** Words that only say what a line is. */
const LABELS = new Set(
  'by published last updated update on photo tags more news from read section file بقلم المزيد من related stories follow us share top add image picture caption credit date posted topics filed under category also'.split(
    ' '
  )
)
