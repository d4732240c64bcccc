import { describe, expect, it } from 'vitest'
import { body, lines, review } from './support.ts'

const story = [
  'The weir was opened at dawn on Monday, and the water in the lower town fell by the width of a hand.',
  'Nobody was hurt, said the fire service, which had carried two calves and a piano out of the mill.',
  'The railway stays closed until Thursday, when the engineers will have looked at the bridge once more.'
]
const paragraphs = story.map((text) => `<p>${text}</p>`).join('\n')
const headline = 'The water falls in the lower town'
const read = (inner: string, title = headline) =>
  review(`<!doctype html><html lang="en"><head><title>${title}</title></head><body>${inner}</body></html>`, {
    name: 'weir.html'
  })
const whole = story.map((text) => `paragraph: ${text}`)

describe('a log of posts', () => {
  const hour = (n: number): string => `<time datetime="2024-08-13T1${String(n)}:00:00Z">1${String(n)}:00</time>`
  const posts = (post: (n: number, text: string) => string): string =>
    story.map((text, n) => `<div class="post">${post(n, `<p>${text}</p>`)}</div>`).join('')
  const expected = story.flatMap((text, n) => [
    `paragraph: 1${String(n)}:00`,
    `heading: The weir, part ${String(n)}`,
    `paragraph: ${text}`
  ])

  it('keeps the hours and the headings of all its posts', () => {
    const found = read(
      `<article><h1>${headline}</h1>${posts((n, text) => `${hour(n)}<h2>The weir, part ${String(n)}</h2>${text}`)}</article>`
    )
    expect(body(found)).toEqual(expected)
  })

  it('below an introduction, and with the hour below the heading', () => {
    const opening = 'Here is what happened along the river between dawn and noon, hour by hour, as we were told of it.'
    const found = read(
      `<article><h1>${headline}</h1><p>${opening}</p>${posts((n, text) => `<h2>The weir, part ${String(n)}</h2>${hour(n)}${text}`)}</article>`
    )
    expect(body(found)).toEqual([
      `paragraph: ${opening}`,
      ...story.flatMap((text, n) => [
        `heading: The weir, part ${String(n)}`,
        `paragraph: 1${String(n)}:00`,
        `paragraph: ${text}`
      ])
    ])
  })

  it('with hours that the markup does not call so', () => {
    const found = read(
      `<article><h1>${headline}</h1>${posts((n, text) => `<span>1${String(n)}:00</span><h2>The weir, part ${String(n)}</h2>${text}`)}</article>`
    )
    expect(body(found)).toEqual(expected)
  })

  it('a story with its dates above it is none', () => {
    const found = read(
      `<article><h1>${headline}</h1><p>Piano and calves are safe on the hill</p><div>By Ines Mora</div>${hour(1)}<div>Updated ${hour(3)}</div>${paragraphs}</article>`
    )
    expect(body(found)).toEqual(whole)
    expect(found.fields.byline).toBe('By Ines Mora')
    expect(found.fields.times?.firstPublished?.utc).toBe('2024-08-13T11:00:00.000Z')
  })
})

describe('a story in parts', () => {
  it.each([
    ['numbers', (n: number) => `${String(n + 1)}. Look at the river from the old stone bridge`],
    ['few words', (n: number) => `The ${['weir', 'mill', 'bridge'][n] ?? ''}`]
  ])('keeps the heading of its first part: %s', (_, heading) => {
    const found = read(
      `<article><h1>${headline}</h1>${story.map((text, n) => `<h2>${heading(n)}</h2><p>${text}</p>`).join('')}</article>`
    )
    expect(body(found)).toEqual(story.flatMap((text, n) => [`heading: ${heading(n)}`, `paragraph: ${text}`]))
  })

  it('a long line under the headline is the standfirst all the same', () => {
    const found = read(
      `<article><h1>${headline}</h1><h2>Engineers will look at the bridge once more</h2><p>${story[0] ?? ''}</p><h2>The mill</h2><p>${story[1] ?? ''}</p><h2>The bridge</h2><p>${story[2] ?? ''}</p></article>`
    )
    expect(found.fields.standfirst).toBe('Engineers will look at the bridge once more')
  })

  it('a label of the page above the text is none', () => {
    const found = read(
      `<article><h1>${headline}</h1><h3>Share</h3>${paragraphs}<h3>The mill</h3><p>${story[1] ?? ''}</p></article>`
    )
    expect(body(found)[0]).toBe(whole[0])
  })
})

describe('pictures below the last paragraph', () => {
  const figure = (n: number): string =>
    `<figure><img src="${String(n)}.jpg" alt="River, view ${String(n)}"><figcaption>The river at bridge ${String(n)} on Monday morning</figcaption></figure>`

  it('are the story’s where it is told in them', () => {
    const found = read(
      `<article><h1>${headline}</h1><p>${story[0] ?? ''}</p>${[1, 2, 3, 4].map(figure).join('')}</article>`
    )
    expect(lines(found, 'caption')).toEqual(
      [1, 2, 3, 4].map((n) => `The river at bridge ${String(n)} on Monday morning`)
    )
    expect(body(found).filter((block) => block.startsWith('image'))).toHaveLength(3)
  })

  it('are somebody else’s where they lead away', () => {
    const teaser = (n: number): string =>
      `<figure><a href="https://hill.example/story-${String(n)}">${figure(n).slice(8, -9)}</a></figure>`
    const found = read(`<article><h1>${headline}</h1>${paragraphs}${[1, 2, 3, 4].map(teaser).join('')}</article>`)
    expect(body(found)).toEqual(whole)
  })
})

describe('readers’ words under a heading', () => {
  const comments =
    '<div><p>Ola Berg</p><p>I saw the piano go past our window with my own eyes, and it was still in tune, I swear.</p></div>'

  it.each(['Comments (2)', '2 comments', 'Leave a comment'])('%s: all below is theirs', (heading) => {
    const found = read(`<div><h1>${headline}</h1>${paragraphs}<h3>${heading}</h3>${comments}${comments}</div>`)
    expect(body(found)).toEqual(whole)
    expect(found.lines.filter(({ kept }) => !kept).map(({ text }) => text)).toContain('Ola Berg')
  })

  it('a link to them in the midst of the story ends nothing', () => {
    const found = read(
      `<div><h1>${headline}</h1><p>${story[0] ?? ''}</p><p>${story[1] ?? ''}</p><div><a href="#c">2 comments</a></div><p>${story[2] ?? ''}</p></div>`
    )
    expect(body(found)).toEqual(whole)
  })
})

describe('words nobody can see', () => {
  const secret = 'Cheap pianos and dry calves for sale here, said nobody who ever stood on this bridge.'

  it.each(['font-size:0', 'font-size: 0px', 'position:absolute;left:-9999px', 'top:-999em; position: fixed'])(
    'are no copy: %s',
    (style) => {
      const found = read(`<article><h1>${headline}</h1>${paragraphs}<p style="${style}">${secret}</p></article>`)
      expect(body(found)).toEqual(whole)
      expect(lines(found, 'furniture')).toContain(secret)
    }
  )

  it.each([
    ['a size of their own', `<div style="font-size:0"><div style="font-size:16px"><p>${secret}</p></div></div>`],
    ['a size inside the line', `<p style="font-size:0"><span style="font-size:1rem">${secret}</span></p>`],
    ['a place on the page', `<p style="position:relative;left:-9999px">${secret}</p>`],
    ['a small step aside', `<p style="position:absolute;left:-20px">${secret}</p>`]
  ])('those with %s stay', (_, markup) => {
    expect(body(read(`<article><h1>${headline}</h1>${paragraphs}${markup}</article>`))).toContain(
      `paragraph: ${secret}`
    )
  })
})

describe('a name and a job in an element that says nothing', () => {
  it.each(['Ines Mora, River Correspondent', 'Ines Mora, Staff Writer', 'Ines de la Mora, Senior Editor'])(
    '%s is the byline',
    (line) => {
      const found = read(
        `<article><h1>${headline}</h1><div>${line}</div><div>13 August 2024</div>${paragraphs}</article>`
      )
      expect(found.fields.byline).toBe(line)
      expect(found.fields.authors?.map(({ name }) => name)).toEqual([line.split(',')[0]])
      expect(body(found)).toEqual(whole)
    }
  )

  it.each([
    'Old Town, Harbour District',
    'Oslo, Norway',
    'Sports, Culture',
    'News Desk, Chief Editor',
    'Ines Mora, mayor'
  ])('%s is none', (line) => {
    const found = read(
      `<article><h1>${headline}</h1><div>${line}</div><div>13 August 2024</div>${paragraphs}</article>`
    )
    expect([found.fields.byline, found.fields.authors ?? []]).toEqual(['', []])
  })

  it('none beside a byline that says so', () => {
    const found = read(
      `<article><h1>${headline}</h1><div>By Ola Berg</div><div>Ines Mora, River Correspondent</div>${paragraphs}</article>`
    )
    expect(found.fields.authors?.map(({ name }) => name)[0]).toBe('Ola Berg')
  })
})
