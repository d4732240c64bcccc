import { describe, expect, it } from 'vitest'
import { body, lines, review } from './support.ts'

const ferry =
  'The ferry to Skerry will sail twice a day from Monday, the harbour board said after a meeting of four hours.'
const fares =
  'Fares stay as they are until the spring, when a new boat comes that carries twice as many cars, it added on Tuesday.'
const text = (last: string, byline = '') =>
  review(`Second ferry to Skerry from Monday\n\n${byline}${ferry}\n\n${fares}\n\n${last}\n`)
const html = (markup: string) => review(`<body>${markup}</body>`, { name: 'page.html' })
const page = (head: string, tail = '') =>
  html(`<article><h1>Second ferry to Skerry from Monday</h1>${head}<p>${ferry}</p><p>${fares}</p>${tail}</article>`)
const names = ({ fields }: ReturnType<typeof review>) => fields.authors?.map(({ name }) => name)

describe('a sign-off below the story', () => {
  it.each([
    ['(AFP)', 'AFP', ['AFP']],
    ['[Reuters/AP]', 'Reuters/AP', ['Reuters', 'AP']],
    ['(avec AFP)', 'avec AFP', ['AFP']],
    [
      '(Reporting by Ines Marr in Skerry and Ann Boe; Editing by Paul Osei and Omar Said)',
      'Reporting by Ines Marr in Skerry and Ann Boe; Editing by Paul Osei and Omar Said',
      ['Ines Marr', 'Ann Boe']
    ]
  ])('%s is the byline where the story has no other', (line, byline, authors) => {
    for (const found of [text(line), page('', `<p>${line}</p>`)]) {
      expect(found.fields.byline).toBe(byline)
      expect(names(found)).toEqual(authors)
      expect(body(found)).toHaveLength(2)
    }
  })

  it('beside a byline is left out', () => {
    const found = text('(Reporting by Ines Marr; editing by Paul Osei)', 'By Ines Marr\n\n')
    expect(found.fields.byline).toBe('By Ines Marr')
    expect(lines(found, 'furniture')).toEqual(['(Reporting by Ines Marr; editing by Paul Osei)'])
  })

  it.each([
    ['an agency', '(With AP)'],
    ['a reporter', '(Reporting by Ines Marr and Ali; editing by Paul Osei)'],
    ['another who helped', '(Editing by Paul Osei; additional reporting by Ann Boe)'],
    ['the editors of a book', '(Edited by Jane Roe and Mark Poe)'],
    ['who edited', '(Editing by Paul Osei)']
  ])('beside a byline that does not name %s it stays', (_, line) => {
    const found = text(line, 'By Ines Marr\n\n')
    expect(body(found).at(-1)).toContain(line)
    expect(names(found)).toEqual(['Ines Marr'])
  })

  it('beside a byline or a dateline that names the agency it is left out', () => {
    expect(lines(text('(AP)', 'By Ines Marr / Associated Press\n\n'), 'furniture')).toEqual(['(AP)'])
    const dated = review(
      `Second ferry to Skerry from Monday\nBy Ines Marr\n\nSKERRY (AFP) - ${ferry}\n\n${fares}\n\n(AFP)\n`
    )
    expect(lines(dated, 'furniture')).toEqual(['(AFP)'])
  })

  it('beside an author whom only the metadata names it takes nobody’s place', () => {
    const found = html(
      `<head><meta name="author" content="Ines Marr"></head><article><h1>Second ferry to Skerry from Monday</h1><p>${ferry}</p><p>${fares}</p><p>(With AP)</p></article>`
    )
    expect(names(found)).toEqual(['Ines Marr'])
    expect(body(found).at(-1)).toContain('(With AP)')
  })

  it('of two both stay', () => {
    expect(body(text('(dpa)\n\n(mit Reuters)')).slice(2)).toEqual(['paragraph: (dpa)', 'paragraph: (mit Reuters)'])
  })

  it.each([
    '(Editing by Paul Osei)',
    '(Graphics by Ann Boe; editing by Paul Osei)',
    '(Editing by Paul Osei; additional reporting by Ann Boe)',
    '(Written by John Keats)',
    '(Written by Jane Austen; edited by Ann Boe)',
    '(Compiled by Ann Boe)',
    '(Getty Images)',
    '(Map)',
    '(The board has nine members.)',
    '(Photo)',
    '(Laughter)',
    '(Reporting by telephone was forbidden until May)',
    '(With the AP)',
    'Reporting by Ines Marr was read out twice.',
    'THE END OF THE LINE'
  ])('%s is the story’s last line', (line) => {
    expect(body(text(line)).at(-1)).toContain(line)
    expect(text(line).fields.byline).toBe('')
  })

  it('(AFP) between two paragraphs stays', () => {
    expect(body(text(`(AFP)\n\n${fares.replace('Fares', 'Prices')}`))[2]).toContain('(AFP)')
  })
})

describe('who and when beside the head of a web page', () => {
  it('in an aside of its own', () => {
    const found = page('<aside><p>By Ines Marr</p><time datetime="2023-09-14T08:05:00Z">14 Sep 2023</time></aside>')
    expect(found.fields.byline).toBe('By Ines Marr')
  })

  it('in the aside of a rail they are others’', () => {
    const found = page('<aside><h3>Most read</h3><p>Old boat is sold</p><p>By Ada Quill</p></aside>')
    expect(found.fields.byline).toBe('')
  })

  const box = (more = '', name = '') =>
    `<aside class="${name}">${more}<p>By Ada Quill</p><time datetime="2021-09-14T08:05:00Z">14 Sep 2021</time></aside>`
  const withAuthor = (name: string, head: string) =>
    html(
      `<head><meta name="author" content="${name}"></head><article><h1>Second ferry to Skerry from Monday</h1>${head}<p>${ferry}</p><p>${fares}</p></article>`
    )

  it.each([
    ['has a picture', page(box('<img src="a.jpg" alt="A portrait">'))],
    ['is called after other stories', page(box('', 'related-story'))],
    ['is not alone in naming somebody', page(box() + box().replace('Ada Quill', 'Ben Stow'))],
    ['names somebody else than the metadata', withAuthor('Ines Marr', box())]
  ])('in an aside they are others’ where it %s', (_, found) => {
    expect(found.fields.byline).not.toContain('Quill')
    expect(names(found)).not.toContain('Ada Quill')
  })

  it('in an aside with a picture they are the story’s where the metadata names the same person', () => {
    expect(withAuthor('Ada Quill', box('<img src="a.jpg" alt="A portrait">')).fields.byline).toBe('By Ada Quill')
  })

  it.each([
    ['a heading', '<h4>More stories</h4><p>By Ada Quill</p><time datetime="2021-09-14">14 Sep 2021</time>'],
    [
      'a link',
      '<a href="/l">The lamp is lit again</a><span>By Ada Quill</span> <time datetime="2021-09-14">14 Sep 2021</time>'
    ],
    ['what leads on', '<p>Next up</p><p>By Ada Quill</p><time datetime="2021-09-14">14 Sep 2021</time>'],
    ['a translator and an earlier hour', '<p>Translated by Ada Quill</p><p>First published on 3 March 1923</p>'],
    ['a date alone', '<time datetime="2021-09-14">14 Sep 2021</time>']
  ])('an article’s footer with %s tells nothing', (_, foot) => {
    const found = page('', `<footer>${foot}</footer>`)
    expect(found.fields.byline).toBe('')
    expect(found.fields.times?.firstPublished ?? null).toBeNull()
  })

  it('in an article’s footer they are others’ where the metadata names somebody else', () => {
    const found = html(
      `<head><meta name="author" content="Ines Marr"></head><article><h1>Second ferry to Skerry from Monday</h1><p>${ferry}</p><p>${fares}</p><footer><p>By Ada Quill</p></footer></article>`
    )
    expect(names(found)).toEqual(['Ines Marr'])
  })

  it('in the article’s own footer', () => {
    const found = page('', '<footer><p>By Ines Marr</p><p>Published 14 September 2023</p></footer>')
    expect(found.fields.byline).toBe('By Ines Marr')
    expect(found.fields.times?.firstPublished?.utc).toBe('2023-09-13T20:00:00.000Z')
  })

  it('several articles’ footers, and a footer below a head with a byline, tell nothing', () => {
    const foot = (name: string) => `<article><h2>Old boat is sold</h2><footer>By ${name}</footer></article>`
    expect(page('', foot('Ada Quill') + foot('Ben Stow')).fields.byline).toBe('')
    expect(page('<p>By Ines Marr</p>', '<footer>By Ada Quill</footer>').fields.byline).toBe('By Ines Marr')
  })

  it.each([
    [
      'elements side by side',
      '<div class="byline"><span class="name">Ines Lind</span><span class="role">Staff Writer</span></div>'
    ],
    ['no space between', '<div class="byline">By Ines LindStaff Writer</div>'],
    ['a longer role', '<p class="byline">By Ines Lind Senior Political Correspondent</p>']
  ])('a name and a role with %s', (_, markup) => {
    expect(page(markup).fields.authors?.map(({ name, role }) => [name, role?.split(' ').at(-1)])).toEqual([
      ['Ines Lind', expect.stringMatching(/Writer|Correspondent/)]
    ])
  })

  it('where somebody works, on the line below the byline', () => {
    expect(text(fares, 'By Ines Marr\nHill News\n\n').fields.byline).toBe('By Ines Marr, Hill News')
  })

  it('a heading below the byline is no outlet, whatever words are in it', () => {
    const found = text(fares, 'By Ines Marr\nPost Office Closes\n\n')
    expect(found.fields.byline).toBe('By Ines Marr')
  })

  it('“Published” alone above the date is no standfirst', () => {
    const found = text(fares, 'Published\n14 September 2023\n\n')
    expect(found.fields.standfirst).toBe('')
    expect(lines(found, 'furniture')).toEqual(['Published'])
  })
})

describe('headings of a web page', () => {
  const small = (heading: string, title = 'x') =>
    html(`<head><title>${title}</title></head><h1>${heading}</h1><p>${ferry}</p><p>${fares}</p>`)

  it.each([
    ['the page’s own title is what follows', '<small>Islands</small> Second ferry to Skerry', 'Second ferry to Skerry'],
    [
      'the title goes on with the site’s name',
      '<small>Islands</small> Second ferry to Skerry',
      'Second ferry to Skerry | The Hill Paper'
    ],
    ['a break follows', '<small>Islands</small><br>Second ferry to Skerry', 'x'],
    ['a block follows', '<small>Islands</small><div>Second ferry to Skerry</div>', 'x']
  ])('what is set small at the start of the headline is its kicker where %s', (_, heading, title) => {
    expect(small(heading, title).fields).toMatchObject({ kicker: 'Islands', headline: 'Second ferry to Skerry' })
  })

  it('the name of a section set small there is the section', () => {
    const found = small('<small>Analysis</small> Second ferry to Skerry')
    expect(found.fields).toMatchObject({ section: 'Analysis', headline: 'Second ferry to Skerry' })
  })

  it.each([
    ['<small>The</small> ferry to Skerry sails twice', 'The ferry to Skerry sails twice'],
    ['<small>The</small><br>ferry to Skerry sails twice', 'The ferry to Skerry sails twice'],
    ['<small>Second</small> ferry to Skerry', 'Second ferry to Skerry'],
    ['<small>A</small>ll aboard for Skerry', 'All aboard for Skerry'],
    [
      '<small>The board has sold the old ferry to a museum</small><br>What now?',
      'The board has sold the old ferry to a museum What now?'
    ],
    ['<small>Second ferry to Skerry</small>', 'Second ferry to Skerry']
  ])('else it is words of the headline: %s', (heading, headline) => {
    const found = small(heading)
    expect(found.fields).toMatchObject({ kicker: '', headline })
    expect(lines(found, 'furniture')).toEqual([])
  })

  it('of two, the article’s own is the headline', () => {
    const found = html(
      `<h1>The Hill Paper</h1><article><h1>Second ferry to Skerry</h1><p>${ferry}</p><p>${fares}</p></article>`
    )
    expect(found.fields.headline).toBe('Second ferry to Skerry')
  })

  it.each([
    ['CDATA', '//<![CDATA[\n{0}\n//]]>'],
    ['a comment', '<!--\n{0}\n-->'],
    ['both', '/*<![CDATA[*/\n<!--\n{0}\n-->\n/*]]>*/']
  ])('reads what machines are told in %s', (_, around) => {
    const data = '{"@type":"NewsArticle","author":"Ines Marr",}'
    const found = html(
      `<script type="application/ld+json">${around.replace('{0}', data)}</script><h1>Second ferry to Skerry</h1><p>${ferry}</p><p>${fares}</p>`
    )
    expect(names(found)).toEqual(['Ines Marr'])
  })
})

describe('lists with numbers', () => {
  const lists = (markup: string) =>
    page('', `${markup}<p>${fares.replace('Fares', 'Prices')}</p>`).body.blocks.flatMap((block) => {
      if (block.type !== 'list' || !('items' in block) || !Array.isArray(block.items)) return []
      const items = block.items as { runs: { text: string }[]; depth: number }[]
      return [
        [
          block['start'] ?? 1,
          ...items.map((item) => `${String(item.depth)} ${item.runs.map((run) => run.text).join('')}`)
        ]
      ]
    })

  it.each([
    ['<ol start="4"><li>Buy</li><li>Sail</li></ol>', [[4, '0 Buy', '0 Sail']]],
    [
      '<ol><li>Buy</li></ol><p>A word between them, then.</p><ol start="2"><li>Sail</li></ol>',
      [
        [1, '0 Buy'],
        [2, '0 Sail']
      ]
    ],
    [
      '<ol><li>Buy</li><li>Sail</li></ol><ol><li>Land</li></ol>',
      [
        [1, '0 Buy', '0 Sail'],
        [1, '0 Land']
      ]
    ],
    [
      '<ol><li>Buy</li><li value="9">Sail</li><li>Land</li></ol>',
      [
        [1, '0 Buy'],
        [9, '0 Sail', '0 Land']
      ]
    ],
    [
      '<ol><li>Buy<ul><li>Oil</li><li>Rope</li></ul></li><li>Sail</li></ol>',
      [[1, '0 Buy', '1 Oil', '1 Rope', '0 Sail']]
    ],
    [
      '<ol reversed><li value="3">Buy</li><li value="2">Sail</li><li value="1">Land</li></ol>',
      [[1, '0 Buy', '0 Sail', '0 Land']]
    ],
    ['<ol reversed start="2"><li>Buy</li><li>Sail</li></ol>', [[1, '0 Buy', '0 Sail']]],
    ['<ol start="-3"><li>Buy</li><li>Sail</li></ol>', [[1, '0 Buy', '0 Sail']]]
  ])('%s', (markup, expected) => {
    expect(lists(markup)).toEqual(expected)
  })
})

it('a short page with a few stray zeros is read', () => {
  const found = html(`<h1>Second ferry to Skerry</h1><p>${ferry}</p><p>${fares}</p>${'\u0000'.repeat(22)}`)
  expect(body(found)).toHaveLength(2)
})
