import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IntakeReview } from '../../../src/shared/contract/intake.ts'
import { body, review } from './support.ts'

const opening =
  'The council said on Tuesday that ferries carry more people than the bridge did, and that it counted them.'
const closing =
  'The figures are those of the harbour office, which has counted since the spring, officials said on Tuesday.'

const page = (table: string): IntakeReview =>
  review(
    `<html><body><article><h1>Ferries carry more</h1><p>${opening}</p>${table}<p>${closing}</p></article></body></html>`,
    {
      name: 'page.html'
    }
  )
const count = (text: string): number => text.match(/Mole|4/g)?.length ?? 0
const tables = (found: IntakeReview) => found.body.blocks.filter(({ type }) => type === 'table')

describe('a table on a web page', () => {
  it('is a table, with the row that names its columns', () => {
    const found = page(
      '<table><thead><tr><th>Route</th><th>Passengers</th></tr></thead><tbody><tr><td>North <b>quay</b></td><td>1,200</td></tr><tr><td>Mole</td><td></td></tr></tbody></table>'
    )
    expect(body(found)).toEqual([
      `paragraph: ${opening}`,
      'table: Route | Passengers / North quay | 1,200 / Mole | ',
      `paragraph: ${closing}`
    ])
    expect(tables(found)[0]).toMatchObject({
      headerRow: true,
      headerColumn: false,
      rows: [{}, { cells: [{ runs: [{ text: 'North ' }, { text: 'quay', marks: ['bold'] }] }, {}] }, {}]
    })
  })

  it('has the column that names its rows, and empty cells where they are', () => {
    const found = page(
      '<table><tr><td></td><th>2024</th><th>2025</th></tr><tr><th>Mole</th><td>4</td><td>5</td></tr><tr><th>Quay</th><td></td><td>7</td></tr></table>'
    )
    expect(body(found)[1]).toBe('table:  | 2024 | 2025 / Mole | 4 | 5 / Quay |  | 7')
    expect(tables(found)[0]).toMatchObject({ headerRow: false, headerColumn: true })
  })

  it('has merged cells spread over the columns and rows they cover', () => {
    const found = page(
      '<table><tr><th colspan="2">Route and day</th><th>Passengers</th></tr><tr><td rowspan="2">Mole</td><td>Mon</td><td>4</td></tr><tr><td>Tue</td><td>5</td></tr></table>'
    )
    expect(body(found)[1]).toBe('table: Route and day |  | Passengers / Mole | Mon | 4 /  | Tue | 5')
  })

  it('is one of its own beside another, whose end tags are left out', () => {
    const found = page(
      '<table><tr><td>Mole<td>4<tr><td>Quay<td>5</table><table><tr><td>Bus<td>9<tr><td>Tram<td>3</table>'
    )
    expect(body(found).slice(1, 3)).toEqual(['table: Mole | 4 / Quay | 5', 'table: Bus | 9 / Tram | 3'])
  })

  it('of one row, of one column, or that lays out the page is its text', () => {
    expect(body(page('<table><tr><td>Mole</td><td>4</td></tr></table>'))[1]).toBe('paragraph: Mole\t4')
    expect(tables(page('<table><tr><td>Mole</td></tr><tr><td>Quay</td></tr></table>'))).toEqual([])
    const laidOut = page(
      `<table><tr><td><h2>Ferries</h2><p>${opening}</p></td><td><p>${closing}</p></td></tr><tr><td><p>${opening}</p></td><td>x</td></tr></table>`
    )
    expect(tables(laidOut)).toEqual([])
    expect(body(laidOut).join('\n')).toContain('heading: Ferries')
  })

  it('loses a row that a person leaves out, and no other', () => {
    const html = `<html><body><article><h1>Ferries carry more</h1><p>${opening}</p><table><tr><td>Mole</td><td>4</td></tr><tr><td>Quay</td><td>5</td></tr><tr><td>Dam</td><td>6</td></tr></table><p>${closing}</p></article></body></html>`
    const quay = review(html, { name: 'page.html' }).lines.find(({ text }) => text.startsWith('Quay'))
    const found = review(html, { name: 'page.html', assignments: { [String(quay?.n)]: 'furniture' } })
    expect(body(found)[1]).toBe('table: Mole | 4 / Dam | 6')
    const heading = review(html, { name: 'page.html', assignments: { [String(quay?.n)]: 'heading' } })
    expect(body(heading).slice(1, 4)).toEqual(['paragraph: Mole\t4', 'heading: Quay | 5', 'paragraph: Dam\t6'])
  })

  it.each([
    ['is more than its words', '<tr><td>Tue<br>night</td><td>5</td></tr>'],
    ['has no words', '<tr><td></td><td></td></tr>']
  ])('has what a cell covers of a row that %s end with that row', (_what, row) => {
    const found = page(
      `<table><tr><td rowspan="2">Mole</td><td>Mon</td><td>4</td></tr>${row}<tr><td>Quay</td><td>Wed</td><td>6</td></tr><tr><td>Dam</td><td>Thu</td><td>7</td></tr></table>`
    )
    expect(body(found).join('\n')).toContain('Quay | Wed | 6 / Dam | Thu | 7')
    expect(body(found).join('\n')).not.toContain(' |  | ')
    expect(
      tables(found).flatMap(({ rows }) => (rows as { cells: unknown[] }[]).map(({ cells }) => cells.length))
    ).not.toContain(4)
  })

  it('has what a cell covers of the next rows, also where its own row is more than its words', () => {
    const found = page(
      '<table><tr><td rowspan="3">Mole</td><td>Mon<br>night</td><td>4</td></tr><tr><td>Tue</td><td>5</td></tr><tr><td>Wed</td><td>6</td></tr></table>'
    )
    expect(body(found).join('\n')).toContain('table:  | Tue | 5 /  | Wed | 6')
  })

  it.each([
    ['before its cells', '<tr>Pier<td>Mole</td><td>4</td></tr>', 'Pier | Mole | 4'],
    ['between them', '<tr><td>Mole</td>Pier<td>4</td></tr>', 'Mole Pier | 4'],
    ['behind them', '<tr><td>Mole</td><td>4</td>Pier</tr>', 'Mole | 4Pier']
  ])('keeps words that a page has %s', (_where, row, text) => {
    const found = page(`<table>${row}<tr><td>Quay</td><td>5</td></tr><tr><td>Dam</td><td>6</td></tr></table>`)
    expect(body(found).slice(1, 3)).toEqual([`paragraph: ${text}`, 'table: Quay | 5 / Dam | 6'])
  })

  it.each([
    ['cells beyond number', `<tr>${'<td>a'.repeat(100_000)}</tr>`],
    ['merged cells beyond number', `<tr>${'<td colspan=1000000000 rowspan=1000000000>a'.repeat(20_000)}</tr>`],
    ['rows beyond number', '<tr><td>a<td>b'.repeat(50_000)],
    ['tables in tables', '<table><tr><td>a<td>b'.repeat(5_000)]
  ])('with %s is read to its end', (_what, rows) => {
    const found = page(`<table>${rows}</table>`)
    expect(body(found).join('\n')).toContain('figures are those')
  })

  it('loses no word, whatever its markup is', () => {
    const tag = fc.constantFrom(
      '<table>',
      '</table>',
      '<tr>',
      '</tr>',
      '<td>',
      '</td>',
      '<th colspan=2>',
      '<td rowspan=3>',
      '<p>',
      '</p>',
      '<br>',
      '<img alt="pier">',
      '<thead>',
      '<b>',
      '</b>',
      'Mole ',
      ' 4',
      '|',
      ' '
    )
    fc.assert(
      fc.property(fc.array(tag, { maxLength: 40 }), (tags) => {
        // The account of the review throws where a word of a line went missing.
        const found = page(`<table><tr>${tags.join('')}</table>`)
        const kept = found.lines.filter(
          ({ kept, role }) => kept && ['body', 'heading', 'quote', 'listItem'].includes(role)
        )
        expect(count(body(found).join('\n'))).toBe(count(kept.map(({ text }) => text).join('\n')))
      }),
      { numRuns: 300 }
    )
  })
})

describe('Markdown', () => {
  const markdown = (text: string): IntakeReview => review(`${opening}\n\n${text}\n\n${closing}\n`, { name: 'copy.md' })

  it('has its tables as tables, with their formatting', () => {
    const found = markdown('| Route | Passengers |\n|:---|---:|\n| **Mole** | 4 |\n| Quay \\| Dam | |')
    expect(body(found)[1]).toBe('table: Route | Passengers / Mole | 4 / Quay | Dam | ')
    expect(tables(found)[0]).toMatchObject({
      headerRow: true,
      rows: [{}, { cells: [{ runs: [{ text: 'Mole', marks: ['bold'] }] }, {}] }, {}]
    })
    expect(body(markdown('Route | Passengers\n--- | ---\nMole | 4\nNot a row')).slice(1, 3)).toEqual([
      'table: Route | Passengers / Mole | 4',
      'paragraph: Not a row'
    ])
  })

  it('has headings that are underlined, and dividers where dashes underline no heading', () => {
    const found = markdown('The way there\n=============\n\nHow it was counted\n---\n\nBy hand.')
    expect(found.fields.headline).toBe('The way there')
    expect(body(found).slice(1, 3)).toEqual(['heading: How it was counted', 'paragraph: By hand.'])
    expect(body(markdown('It was counted by hand.\n\n---\n\nAnd again.'))).toContain('divider: ')
    expect(body(markdown('It was counted by hand.\n---\n\nAnd again.'))).toContain('divider: ')
  })

  it('has code between fences as it is written, without the fences', () => {
    const found = markdown('```js\n# not a heading\n**not bold**\n```')
    expect(body(found)[1]).toBe('paragraph: # not a heading\n**not bold**')
    expect(body(markdown('```\n**never** closed'))[1]).toBe('paragraph: never closed')
  })

  it('goes on with its own paragraph behind a table of a text that is wrapped by hand', () => {
    const found = review(
      [
        '# Ferries carry more',
        '',
        'The harbour office has counted since the spring who takes the ferry and who the',
        'bridge, and it has counted them one by one, as it did in all of the years before',
        'and will do in those to come, said the council.',
        '',
        '| The route and the days on which it runs at all | Passengers in the year |',
        '| --- | --- |',
        '| North quay to the mole by way of the island, and back | 1,200 and a few more |',
        'These are the figures of the spring, without those of the boats that were not',
        'counted.'
      ].join('\n'),
      { name: 'copy.md' }
    )
    expect(body(found).slice(1, 3)).toEqual([
      'table: The route and the days on which it runs at all | Passengers in the year / North quay to the mole by way of the island, and back | 1,200 and a few more',
      'paragraph: These are the figures of the spring, without those of the boats that were not counted.'
    ])
  })

  it.each([
    ['bars', `${'|a'.repeat(200_000)}\n|---|---|\n${'|b'.repeat(200_000)}`],
    ['columns', `${'a|'.repeat(4_000)}\n${'-|'.repeat(900)}\n${'b|'.repeat(4_000)}`],
    ['rows', `a|b\n-|-\n${'c|d\n'.repeat(50_000)}`],
    ['fences', '```a\n'.repeat(50_000)],
    ['dashes', 'Words\n---\n\n'.repeat(30_000)]
  ])('with %s beyond number is read to its end', (_what, text) => {
    expect(body(markdown(text)).join('\n')).toContain('figures are those')
  })

  it('loses no word, whatever its bars, dashes and fences are', () => {
    const line = fc.constantFrom(
      'a | b',
      '|---|---|',
      '---',
      '===',
      '```',
      '~~~',
      '| **x** | `y|z` |',
      '|',
      '||',
      '| a',
      'Words',
      '',
      '    code',
      'x \\| y | z',
      '# Head | ing',
      '- item | two'
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        markdown(lines.join('\n'))
      }),
      { numRuns: 300 }
    )
  })
})
