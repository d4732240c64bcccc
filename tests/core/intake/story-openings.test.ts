import { describe, expect, it } from 'vitest'
import { body, lines, review } from './support.ts'

const html = (markup: string) => review(markup, { name: 'page.html' })
const ferry =
  'The ferry to Skerry will sail twice a day from Monday, the harbour board said after a meeting of four hours.'
const fares =
  'Fares stay as they are until the spring, when a new boat comes that carries twice as many cars, it added on Tuesday.'
const story = `<p>${ferry}</p><p>${fares}</p>`
const page = (head: string, text = story) =>
  html(`<body><article><h1>Second ferry to Skerry from Monday</h1>${head}${text}</article></body>`)

describe('what stands between a headline and the first paragraph', () => {
  it.each([
    ['of a few words below nothing but the headline', '<h2>At a glance</h2>', 'At a glance'],
    [
      'below a byline and a date',
      '<p>By Ines Marr</p><p>14 September 2023, 08:05</p><h2>What the board decided on its long evening</h2>',
      'What the board decided on its long evening'
    ],
    ['in a script without spaces', '<p>2023年9月14日</p><h2>何が決まったか</h2>', '何が決まったか']
  ])('a heading right above it is the story’s: %s', (_, head, heading) => {
    expect(body(page(head))).toEqual([`heading: ${heading}`, `paragraph: ${ferry}`, `paragraph: ${fares}`])
  })

  it('a heading of many words below the headline alone is the standfirst', () => {
    expect(page('<h2>The board wants the island to have a boat each morning</h2>').fields.standfirst).toBe(
      'The board wants the island to have a boat each morning'
    )
  })

  const points = '<ul><li>Two sailings a day from Monday</li><li>The old boat goes to the museum</li></ul>'

  it('the points of a story are copy, with the heading above them', () => {
    expect(body(page(`<h2>Key points</h2>${points}`)).slice(0, 2)).toEqual([
      'heading: Key points',
      'list: Two sailings a day from Monday | The old boat goes to the museum'
    ])
  })

  it.each([
    ['with a short one among them', ['The old boat goes to the museum', 'Two sailings daily', 'Fares stay']],
    ['of a word', ['The old boat is delayed.', 'Delayed']],
    ['in Chinese', ['工程师在两根主梁上发现裂缝', '排队四公里']],
    ['in Arabic', ['اغلاق الجسر حتى الربيع', 'طوابير طويلة']]
  ])('the points are kept or left out together: %s', (_, items) => {
    const list = `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`
    expect(body(page(list))[0]).toBe(`list: ${items.join(' | ')}`)
  })

  it.each(['Most read today', 'More from the islands', 'You may also like'])(
    '“%s” is a heading of the site',
    (title) => {
      expect(body(page(`<h2>${title}</h2>`))).toEqual([`paragraph: ${ferry}`, `paragraph: ${fares}`])
      expect(body(page(`<h2>${title}</h2>${points}`)).join(' ')).not.toContain(title)
    }
  )

  it.each(['Share prices fall', 'Follow the money', 'Subscribers revolt', 'You may leave'])('“%s” is not', (title) => {
    expect(body(page(`<p>By Ines Marr</p><h2>${title}</h2>`))[0]).toBe(`heading: ${title}`)
  })

  it('the only row of a table is how the page is laid out', () => {
    expect(body(page('<table><tr><td>Menu</td><td>Log in</td></tr></table>'))).toEqual([
      `paragraph: ${ferry}`,
      `paragraph: ${fares}`
    ])
  })

  it.each([
    [
      'links',
      '<ul><li><a href="/a">Old boat is sold to a museum</a></li><li><a href="/b">Board meets again</a></li></ul>'
    ],
    ['in an aside', `<aside>${points}</aside>`],
    ['labels', '<ul><li>Share</li><li>Print this</li></ul>']
  ])('a list of %s is not', (_, list) => {
    expect(body(page(list))).toEqual([`paragraph: ${ferry}`, `paragraph: ${fares}`])
  })

  it('a list of facts is copy, with what is linked in it', () => {
    const facts =
      '<dl><dt>Where</dt><dd>North quay</dd><dt>Boat</dt><dd><a href="/boats/mora">Ines Mora of Skerry</a></dd><dt>Fare</dt><dd>4.20</dd></dl>'
    expect(body(page(facts)).join(' ')).toBe(
      `paragraph: Where paragraph: North quay paragraph: Boat paragraph: Ines Mora of Skerry paragraph: Fare paragraph: 4.20 paragraph: ${ferry} paragraph: ${fares}`
    )
  })

  it('a list of dates with a link below each leads to other stories', () => {
    const others =
      '<dl><dt>12 September 2023</dt><dd><a href="/a">Board meets behind closed doors again</a></dd><dt>11 September 2023</dt><dd><a href="/b">Old ferry is sold to a museum</a></dd></dl>'
    expect(page('', `${story}${others}`).body.blocks).toHaveLength(2)
  })

  it('a table above the first paragraph is copy', () => {
    const table =
      '<table><tr><th>Sails</th><th>Lands</th></tr><tr><td>07:10</td><td>08:00</td></tr><tr><td>17:30</td><td>18:20</td></tr></table>'
    expect(body(page(table))[0]).toBe('table: Sails | Lands / 07:10 | 08:00 / 17:30 | 18:20')
  })
})

describe('boxes whose class names say what they are not', () => {
  it.each(['nav-wrapper', 'social-share', 'menu'])('a sentence of the story in a box called %s stays', (name) => {
    const said = 'Nobody on the island was asked, a fisherman said.'
    const found = html(
      `<body><article><h1>Second ferry to Skerry from Monday</h1><p>${ferry}</p><div class="${name}"><p>${said}</p></div><p>${fares}</p></article></body>`
    )
    expect(body(found)).toEqual([`paragraph: ${ferry}`, `paragraph: ${said}`, `paragraph: ${fares}`])
  })

  it('its labels go, and so do sentences outside of the story', () => {
    const found = html(
      `<body><div class="nav"><p>All that moves on the coast, every day.</p></div><article><h1>Second ferry to Skerry from Monday</h1><div class="share"><span>Share on paper</span></div><p>${ferry}</p><p>${fares} The second boat is lent by the pilots of the mainland until the end of the year.</p></article></body>`
    )
    expect(found.body.blocks).toHaveLength(2)
    expect(lines(found, 'furniture')).toEqual(['All that moves on the coast, every day.', 'Share on paper'])
  })
})

describe('a line that begins with © beside a picture', () => {
  const figure = (words: string) => `<figure><img src="f.jpg" alt="The boat"><span>${words}</span></figure>`

  it('with what the picture shows is its caption', () => {
    const found = page(
      '',
      `<p>${ferry}</p>${figure('© Harbour Archive The boat that we all know, at the quay')}<p>${fares}</p>`
    )
    expect(lines(found, 'caption')).toEqual(['© Harbour Archive The boat that we all know, at the quay'])
  })

  it('with a name alone is its credit', () => {
    const found = page('', `<p>${ferry}</p>${figure('© Amal Haddad')}<p>${fares}</p>`)
    expect(lines(found, 'credit')).toEqual(['© Amal Haddad'])
  })

  it('beside a logo at the foot it is the site’s notice', () => {
    for (const notice of ['© 2023 The Hill Paper', '© 2023 Hill Paper Ltd']) {
      const found = page('', `${story}<p><img src="logo.png" alt="Logo"></p><p>${notice}</p>`)
      expect(lines(found, 'furniture')).toContain(notice)
      expect(lines(found, 'caption')).toEqual([])
    }
    const inFigure = page(
      '',
      `${story}<figure><img src="logo.png" alt="Logo"><span>© 2023 Hill Paper Ltd</span></figure>`
    )
    expect(lines(inFigure, 'furniture')).toContain('© 2023 Hill Paper Ltd')
  })

  it('below the story it is the site’s notice', () => {
    const found = page('', `${story}<p>© 2023 The Hill Paper. All rights reserved.</p>`)
    expect(lines(found, 'furniture')).toEqual(['© 2023 The Hill Paper. All rights reserved.'])
  })
})
