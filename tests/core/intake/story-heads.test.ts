import { describe, expect, it } from 'vitest'
import { body, codes, instants, lines, review } from './support.ts'

const html = (text: string, options = {}) => review(text, { name: 'page.html', ...options })
const orchard =
  'The orchard on the hill will be picked by children this year, the parish said on Thursday after a short vote.'
const ladders =
  'Ladders are lent by the fire brigade, and each child goes home with a basket, the secretary of the parish added.'
const story = `<p>${orchard}</p><p>${ladders}</p>`
const names = (found: ReturnType<typeof html>) => found.fields.authors?.map(({ name }) => name)

describe('the head of a web page', () => {
  it('a page wrapped in one form keeps its story, a search form beside it does not get in', () => {
    const found = html(
      `<body><form action="."><div><h1>Children pick the hill orchard</h1>${story}</div></form><form><p>Search the archive of the parish paper by year, by place and by the name of the writer.</p></form></body>`
    )
    expect(found.fields.headline).toBe('Children pick the hill orchard')
    expect(body(found)).toEqual([`paragraph: ${orchard}`, `paragraph: ${ladders}`])
  })

  it('the story’s own header outside its body: headline, byline and machine date', () => {
    const found = html(
      `<body><div class="masthead"><p>The Hill Paper</p></div><div class="post"><header><h1>Children pick the hill orchard</h1><div class="meta">By Ines Marr <time datetime="2023-09-14T08:05:00+01:00">14 Sep 2023</time> 3 min read</div></header><div class="text">${story}<p>The first apples are expected in October, when the nights are cold enough for the skins to turn red.</p></div></div></body>`
    )
    expect(found.fields).toMatchObject({ headline: 'Children pick the hill orchard', byline: 'By Ines Marr' })
    expect(names(found)).toEqual(['Ines Marr'])
    expect(instants(found)[0]).toBe('2023-09-14T07:05:00.000Z Asia/Dubai')
    expect(found.body.blocks).toHaveLength(3)
  })

  it.each([
    ['rel=author', '<p><a rel="author" href="/i">Ines Marr</a></p>'],
    ['itemprop', '<span itemprop="author" itemscope><span itemprop="name">Ines Marr</span></span>'],
    [
      'a class that says so',
      '<div class="article-byline"><span class="byline-name">Ines Marr</span><span class="byline-role">Staff Writer</span></div>'
    ],
    ['a link to a profile', '<div>By <a href="https://hill.example/people/ines-marr/">Ines Marr</a>, Hill Paper</div>'],
    [
      'a date in front',
      '<div>Posted on <time datetime="2023-09-14T08:05:00+01:00">September 14, 2023</time> by <a rel="author" href="/i">Ines Marr</a> | 12 comments</div>'
    ],
    [
      '“By” on a line of its own',
      '<div class="byline"><div>By</div><div><a href="/people/ines-marr">Ines Marr</a></div></div>'
    ]
  ])('names the author by %s', (_, markup) => {
    const found = html(`<body><article><h1>Children pick the hill orchard</h1>${markup}${story}</article></body>`)
    expect(names(found)).toEqual(['Ines Marr'])
    expect(found.fields.byline).toContain('Ines Marr')
    expect(found.body.blocks).toHaveLength(2)
  })

  it('names and jobs that stand in elements side by side are not glued together', () => {
    const found = html(
      `<body><article><h1>Children pick the hill orchard</h1><div class="authors"><a href="/people/ines">Ines Marr</a><span>Staff Writer</span></div>${story}</article></body>`
    )
    expect(found.fields.byline).toBe('Ines Marr Staff Writer')
    expect(names(found)).toEqual(['Ines Marr'])
  })

  it('nobody the byline names is left out because the page’s data names fewer', () => {
    const data = '<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"Ines Marr"}}</script>'
    const found = html(
      `<html><head>${data}</head><body><article><h1>Children pick the hill orchard</h1><p class="byline">By Ines Marr and Paul Osei</p>${story}</article></body></html>`
    )
    expect(names(found)).toEqual(['Ines Marr', 'Paul Osei'])
  })

  it('names in a rail and under the comments are not the story’s authors', () => {
    const others = ['Ada Quill', 'Ben Stow', 'Cleo Wray']
      .map((name) => `<li><a rel="author" href="/u">${name}</a></li>`)
      .join('')
    const found = html(
      `<body><article><h1>Children pick the hill orchard</h1><p>By <a rel="author" href="/i">Ines Marr</a></p>${story}</article><ul class="comment-list">${others}</ul></body>`
    )
    expect(names(found)).toEqual(['Ines Marr'])
  })

  it('reads JSON-LD with line breaks in its strings, entries of the page in a graph, authors by reference', () => {
    const graph = `{"@graph":[{"@type":"WebSite","name":"Hill Paper"},{"@type":"WebPage","datePublished":"2023-09-14T08:05:00+01:00","author":{"@id":"#im"},"description":"Baskets\nfor all"},{"@type":"Person","@id":"#im","name":"Ines Marr"}],}`
    const found = html(
      `<html><head><script type="application/ld+json">${graph}</script></head><body><article><h1>Children pick the hill orchard</h1>${story}</article></body></html>`
    )
    expect(names(found)).toEqual(['Ines Marr'])
    expect(instants(found)[0]).toBe('2023-09-14T07:05:00.000Z Asia/Dubai')
  })

  it('takes the heading that the page’s title has, not the section’s or the site’s', () => {
    const found = html(
      `<html><head><title>Children pick the hill orchard | Hill Paper</title><meta property="og:site_name" content="Hill Paper"></head><body><header><h1><a href="https://hill.example/">Hill Paper</a></h1></header><h1>Parish news</h1><div><h2>Children pick the hill orchard</h2>${story}<h1 class="box">Read more</h1><p>${orchard.replace('orchard', 'meadow')}</p></div></body></html>`
    )
    expect(found.fields.headline).toBe('Children pick the hill orchard')
  })

  it('a kicker inside the heading is a kicker, a break in a headline a space', () => {
    const found = html(
      `<body><article><h1><span class="kicker">Harvest</span> Children pick<br>the hill orchard</h1>${story}</article></body>`
    )
    expect(found.fields).toMatchObject({ kicker: 'Harvest', headline: 'Children pick the hill orchard' })
  })
})

describe('the dates of a web page', () => {
  it('what readers see goes before what machines are told of another week', () => {
    const found = html(
      `<html><head><meta property="article:published_time" content="2023-10-30T09:00:00Z"></head><body><article><h1>Children pick the hill orchard</h1><p>Published 14 September 2023, 9:05</p>${story}</article></body></html>`
    )
    expect(instants(found)[0]).toBe('2023-09-14T05:05:00.000Z Asia/Dubai')
    expect(codes(found)).toEqual(['dates_differ'])
  })

  it('what machines are told says which is the day and which the month', () => {
    const found = html(
      `<body><article><h1>Children pick the hill orchard</h1><p><time datetime="2023-09-04T08:05:00-04:00">09/04/2023 08:05 AM EDT</time></p>${story}</article></body>`
    )
    expect(instants(found)[0]?.slice(0, 24)).toBe('2023-09-04T12:05:00.000Z')
    expect(codes(found)).not.toContain('date_unclear')
  })

  it('a date in a table belongs to its table and stays in the story', () => {
    const found = html(
      `<body><article><h1>Children pick the hill orchard</h1>${story}<table><tr><td>Early apples</td><td>02.08.2011</td></tr><tr><td>Late apples</td><td>03.10.2011</td></tr></table></article></body>`
    )
    expect(instants(found)[0]).toBeNull()
    expect(body(found).join('\n')).toContain('02.08.2011')
  })

  it('the day in the address is better than none, and said', () => {
    const found = html(
      `<html><head><link rel="canonical" href="https://hill.example/2023/09/14/orchard.html"></head><body><article><h1>Children pick the hill orchard</h1>${story}</article></body></html>`
    )
    expect(instants(found)[0]).toBe('2023-09-13T20:00:00.000Z Asia/Dubai')
    expect(codes(found)).toEqual(['date_from_address'])
  })

  it('a labelled date in the head goes before the day on the masthead', () => {
    const found = review(
      `Thu, Sep 21, 2023 | 6 Rabi 1445\nSign in\n\nChildren pick the hill orchard\n\nBy Ines Marr\n\nPublished: 14 Sep 2023, 9:05\n\n${orchard}\n\n${ladders}\n`
    )
    expect(instants(found)[0]).toBe('2023-09-14T05:05:00.000Z Asia/Dubai')
    expect(found.fields.headline).toBe('Children pick the hill orchard')
  })
})

describe('what stands below and beside a story', () => {
  it('paragraphs that come twice are paragraphs, not a caption and its alternative text', () => {
    const song =
      'We sang it once. We sang it again on the way home. Nobody had asked us to, and nobody told us to stop.'
    expect(
      body(html(`<body><article><h1>Children pick the hill orchard</h1><p>${song}</p><p>${song}</p></article></body>`))
    ).toEqual([`paragraph: ${song}`, `paragraph: ${song}`])
  })

  it('lists of links, short lines and other stories’ pictures below the last paragraph are left out', () => {
    const found = html(
      `<body><article><h1>Children pick the hill orchard</h1>${story}<p>${orchard.replace('orchard', 'meadow')}</p><div><h4>From the valley</h4><ul><li><a href="/a">Bridge closes for a week</a></li><li><a href="/b">Choir looks for tenors</a></li><li><a href="/c">Snow on the pass</a></li></ul><figure><img alt="A bridge"><figcaption>The old bridge</figcaption></figure></div></article></body>`
    )
    expect(found.body.blocks).toHaveLength(3)
    expect(lines(found, 'caption')).toEqual([])
    expect(found.fields.leadImage).toBeNull()
  })
})
