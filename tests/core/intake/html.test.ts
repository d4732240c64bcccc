import { describe, expect, it } from 'vitest'
import { body, codes, instants, review, reviewFile } from './support.ts'

const html = (text: string, options = {}) => review(text, { name: 'page.html', ...options })
const words = (n: number) =>
  `The council of the upper town met on day ${String(n)} and decided nothing that it had not decided before, a clerk said.`

describe('HTML pages', () => {
  it('a whole page: elements, marks, links, the page’s own data, its furniture out', () => {
    const found = reviewFile('water-rules.html')
    expect(found.fields).toMatchObject({
      headline: 'Hill towns agree to share the water',
      standfirst: 'Three councils sign after nine dry summers',
      byline: 'By Mara Ellis in Upper Kell',
      authors: [{ name: 'Mara Ellis', kind: 'person' }],
      section: 'Environment',
      source: 'The Terrace Gazette',
      keywords: ['water', 'hills'],
      language: 'en-GB',
      direction: 'ltr',
      leadImage: {
        mediaId: null,
        caption: 'The upper dam at Kell at the end of the summer.',
        credit: 'Jonas Reed/Reuters',
        alt: 'The upper dam at Kell, half empty'
      }
    })
    expect(instants(found)).toEqual(['2025-03-02T06:15:00.000Z Asia/Dubai', '2025-03-02T08:40:00.000Z Asia/Dubai'])
    expect(found.body.blocks).toEqual([
      {
        id: 'in12',
        type: 'paragraph',
        runs: [
          {
            text: 'Three hill towns that have argued over one river for nine summers signed an agreement on Sunday to share its water by the day of the week.'
          }
        ]
      },
      {
        id: 'in13',
        type: 'paragraph',
        runs: [
          { text: 'Under the ' },
          { text: 'agreement', link: { href: 'https://gazette.example/documents/agreement.pdf' } },
          { text: ' the upper town closes its sluice ' },
          { text: 'two days', marks: ['bold'] },
          { text: ' in every seven, and the lower towns pay for the ' },
          { text: 'repair', marks: ['italic'] },
          { text: ' of the old channel.' }
        ]
      },
      { id: 'in16', type: 'heading', level: 2, runs: [{ text: 'Nine summers' }] },
      { id: 'in17', type: 'quote', runs: [{ text: 'We counted every bucket and we are tired of counting.' }] },
      {
        id: 'in18',
        type: 'paragraph',
        runs: [
          {
            text: 'The towns will meet again after the harvest to see whether the days were fairly chosen, the mayor of the upper town said.'
          }
        ]
      },
      {
        id: 'in19',
        type: 'list',
        ordered: false,
        items: [
          { runs: [{ text: 'Monday and Tuesday: the upper town' }], depth: 0 },
          { runs: [{ text: 'Wednesday to Friday: the lower towns' }], depth: 0 }
        ]
      },
      {
        id: 'in22',
        type: 'paragraph',
        runs: [
          { text: 'A dispute that reaches no settlement goes to the district judge\n' },
          { text: 'who grew up beside the river.' }
        ]
      }
    ])
    expect(codes(found)).toEqual([])
  })

  it('hostile markup: the words stay, nothing that acts does', () => {
    const found = html(
      `<h1 onclick="steal()">Safe headline for everybody</h1><article><p>${words(1)} <a href="javascript:alert(1)">first</a> <a href="jAvA&#9;script:alert(1)">second</a> <a href="data:text/html,x">third</a> <a href="https://news.example/a?b=1">fourth</a></p>` +
        `<script>alert('never a line')</script><style>p{color:red}</style><iframe src="https://evil.example"><p>framed</p></iframe><!-- <p>commented</p> --><svg><script>alert(2)</script><text>drawn</text></svg>` +
        `<p>${words(2)}<img src=x onerror="alert(3)" alt="A picture of the council chamber"></p><p style="x:expression(1)">${words(3)}</p></article>`
    )
    const text = JSON.stringify([found.fields, found.body])
    for (const bad of [
      'javascript',
      'alert',
      'onclick',
      'onerror',
      'never a line',
      'framed',
      'commented',
      'drawn',
      'data:',
      'expression',
      'evil'
    ])
      expect(text).not.toContain(bad)
    expect(body(found)[0]).toBe(`paragraph: ${words(1)} first second third fourth`)
    expect(found.body.blocks[0]).toMatchObject({
      runs: [
        { text: `${words(1)} first second third ` },
        { text: 'fourth', link: { href: 'https://news.example/a?b=1' } }
      ]
    })
    expect(found.fields.leadImage?.alt).toBe('A picture of the council chamber')
  })

  it('a page without paragraphs, in a table, with line breaks', () => {
    const found = html(
      `<html><body><table><tr><td><b>Old mill turns again</b><br><br>By Reuters<br><br>${words(1)}<br><br>${words(2)}<br><br>${words(3)}</td></tr></table></body></html>`
    )
    expect([found.fields.headline, found.fields.byline]).toEqual(['Old mill turns again', 'By Reuters'])
    expect(body(found)).toEqual([1, 2, 3].map((n) => `paragraph: ${words(n)}`))
  })

  it('class names of furniture on the element that holds the story do not drop it', () => {
    const found = html(
      `<body class="has-sidebar related"><div class="content with-ads"><h1>Old mill turns again</h1>${[1, 2, 3, 4].map((n) => `<p>${words(n)}</p>`).join('')}</div><div class="related-links"><p>${words(9)}</p></div></body>`
    )
    expect(body(found)).toEqual([1, 2, 3, 4].map((n) => `paragraph: ${words(n)}`))
    expect(found.lines.at(-1)).toMatchObject({ role: 'furniture', kept: false, rule: 'html.rail' })
  })

  it('the page’s own data fills in what it shows nobody, and settles the zone', () => {
    const head =
      '<meta property="og:title" content="Old mill turns again"><meta name="author" content="Amal Haddad"><meta property="article:published_time" content="2024-08-13T14:48:00+02:00"><meta property="article:section" content="Culture">'
    const page = (visible: string) =>
      html(
        `<html><head>${head}</head><body><h1>Old mill turns again</h1>${visible}<p>${words(1)}</p><p>${words(2)}</p></body></html>`
      )
    expect(page('').fields).toMatchObject({
      byline: 'Amal Haddad',
      section: 'Culture',
      times: { firstPublished: { utc: '2024-08-13T12:48:00.000Z', source: '2024-08-13T14:48:00+02:00' } }
    })
    const seen = page('<div>13 August 2024, 2:48 pm</div>')
    expect(seen.fields.times?.firstPublished).toEqual({
      utc: '2024-08-13T12:48:00.000Z',
      zone: 'Asia/Dubai',
      origin: 'intake',
      source: '13 August 2024, 2:48 pm'
    })
    expect(codes(seen)).toEqual(['dates_differ'])
  })

  it('damaged data of the page is passed over', () => {
    for (const data of [
      '{',
      '[]',
      'null',
      '{"@type":"NewsArticle","headline":{"a":1},"author":[null,3,{"name":{}}],"datePublished":9}',
      '{"@graph":{"@graph":{"@graph":[]}}}'
    ]) {
      const found = html(
        `<script type="application/ld+json">${data}</script><h1>Old mill turns again</h1><p>${words(1)}</p>`
      )
      expect(found.fields.headline).toBe('Old mill turns again')
    }
  })

  it('Arabic in a template that calls itself English', () => {
    const found = html(
      '<html lang="en"><body><h1>الميناء القديم يستقبل أول سفينة</h1><p>استقبل الميناء القديم يوم الثلاثاء أول سفينة شحن منذ إغلاقه قبل عامين لأعمال الترميم الطويلة.</p></body></html>'
    )
    expect([found.fields.language, found.fields.direction]).toEqual(['ar', 'rtl'])
  })

  it('a hundred thousand elements deep', () => {
    const deep = 100_000
    const found = html(
      `<html><body><h1>Old mill turns again</h1>${'<div><b>'.repeat(deep)}<p>${words(1)}</p>${'</i></div>'.repeat(deep)}<p>${words(2)}</p></body></html>`
    )
    const text = body(found).join(' ')
    expect(text).toContain(words(1))
    expect(text).toContain(words(2))
  })

  it('a page with nothing to read says so plainly', () => {
    expect(() => html('<html><body><div id="root"></div><script>start()</script></body></html>')).toThrow(
      'That page shows no text.'
    )
  })

  it('what is text by its bytes is text, whatever it is called', () => {
    expect(
      review('Old mill turns again\n\nA < B and C > D, the clerk said.', { name: 'a.html', type: 'text/html' }).format
    ).toBe('text')
    expect(review('<!doctype html><p>Old mill turns again</p>', { name: 'a.txt', type: 'text/plain' }).format).toBe(
      'html'
    )
  })
})

it('characters that have a name come in whole, however far they are', () => {
  const text = 'The council said that the letters &Afr; and &zscr; stand for the two sides of the harbour, as ever.'
  const found = review(`<html><body><article><h1>Sides</h1><p>${text}</p></article></body></html>`, {
    name: 'page.html'
  })
  expect(body(found).join()).toContain('letters 𝔄 and 𝓏 stand')
})
