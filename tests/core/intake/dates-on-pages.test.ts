import { describe, expect, it } from 'vitest'
import { readDate } from '../../../src/shared/intake/dates.ts'
import { review } from './support.ts'

const HEAD = 'Council votes to close harbour bridge for a year'
const WORDS =
  'The council voted seven to two on Tuesday to close the harbour bridge, after engineers found cracks in a quarter of its cable anchors, officials said.'
const MORE = `Later. ${WORDS} Traffic is led over the northern dam until the anchors are replaced, the harbour master said on Tuesday.`
const text = `<p>${WORDS}</p><p>${MORE}</p><p>${WORDS} Again.</p>`
const page = (html: string, head = ''): ReturnType<typeof review> =>
  review(`<html><head>${head}</head><body>${html}</body></html>`, { name: 'page.html' })
const published = (html: string, head?: string): string | undefined =>
  page(html, head).fields.times?.firstPublished?.utc.slice(0, 16)

describe('the publishing date of a page', () => {
  it('is what an element tells machines of its words, whatever the element is', () => {
    const share = '<a href="/a">Share</a> <a href="/b">Pin</a> <a href="/c">Mail</a> <a href="/d">Print</a>'
    expect(
      published(
        `<article><h1>${HEAD}</h1><div class="meta"><div datetime="2016-10-13 17:00:00 -0400">Oct 13, 2016</div><div>${share}</div></div>${text}</article>`
      )
    ).toBe('2016-10-13T21:00')
  })

  it('stands in an aside of the head, or right above the headline, when its class says so', () => {
    expect(
      published(`<article><h1>${HEAD}</h1><aside><li class="meta__date">19.07.2022</li></aside>${text}</article>`)
    ).toBe('2022-07-18T20:00')
    expect(
      published(
        `<div class="cms-date">» 2019年02月22日 14時30分 公開</div><div><h1>${HEAD}</h1><div>${text}</div></div>`
      )
    ).toBe('2019-02-22T10:30')
    expect(published(`<article><h1>${HEAD}</h1><aside><p>19.07.2022</p></aside>${text}</article>`)).toBeUndefined()
  })

  it('may stand below the first paragraph when it has an hour', () => {
    const found = page(`<article><h1>${HEAD}</h1><p>${WORDS}</p><p>5 March 2019, 08:15</p><p>${MORE}</p></article>`)
    expect(found.fields.times?.firstPublished?.utc).toBe('2019-03-05T04:15:00.000Z')
    expect(JSON.stringify(found.body)).not.toContain('08:15')
  })

  it('is not what day it is today, far above the headline', () => {
    const menu = Array.from({ length: 40 }, (_, n) => `<li><a href="/${n}">Section ${n}</a></li>`).join('')
    expect(published(`<p>11 August 2022</p><ul>${menu}</ul><article><h1>${HEAD}</h1>${text}</article>`)).toBeUndefined()
  })

  it('is of two dates that readers see the one that machines are told', () => {
    const two = `<article><h1>${HEAD}</h1><p class="a">6 March 2018</p><p class="b">21 December 2016</p>${text}</article>`
    const told = '<meta property="article:published_time" content="2016-12-21T09:49:10Z">'
    expect(published(two, told)?.slice(0, 10)).toBe('2016-12-21')
    expect(published(two)?.slice(0, 10)).toBe('2018-03-05')
  })
})

it.each([
  ['Mon Aug 03 12:45:00 EDT 2015', { year: 2015, month: 8, day: 3, hour: 12, minute: 45, second: 0 }],
  ['Tue Jan  9 08:05:00 2024', { year: 2024, month: 1, day: 9, hour: 8, minute: 5, second: 0 }],
  ['2019年3月5日 午後3時15分', { year: 2019, month: 3, day: 5, hour: 15, minute: 15, second: 0 }],
  ['2019年3月5日 午前0時5分', { year: 2019, month: 3, day: 5, hour: 0, minute: 5, second: 0 }],
  ['2019년 3월 5일 오후 12시 15분', { year: 2019, month: 3, day: 5, hour: 12, minute: 15, second: 0 }],
  ['2019年3月5日 上午9时05分', { year: 2019, month: 3, day: 5, hour: 9, minute: 5, second: 0 }]
])('%s is read with its hour', (words, local) => {
  expect(readDate(words)?.local).toEqual(local)
})

describe('the head of a page', () => {
  it('a list of facts before the first long paragraph is copy from its first line', () => {
    const found = page(
      `<article><h1>${HEAD}</h1><p>Name: Amal</p><p>Where it is: Harbour Road, Port Salma</p>${text}</article>`
    )
    expect(JSON.stringify(found.body)).toContain('Name: Amal')
  })

  it('a name below a label alone is the author, and so is one whose other label is no name', () => {
    const found = page(
      `<article><h1>${HEAD}</h1><p>${WORDS}</p><p>作者：</p><p>Nora Lind</p><p>翻訳者</p><p>Omar Said</p><p>${MORE}</p></article>`
    )
    for (const { name } of found.fields.authors ?? []) expect(['Nora Lind', 'Omar Said']).toContain(name)
  })

  it('a site whose title has its own name behind a longer one keeps the headline of the page', () => {
    const found = page(
      `<h2><a href="/">From one harbour to the next economy of the coast</a></h2><article><h1>What now, harbour?</h1><div><h1>My talk at the port conference</h1>${text}</div></article>`,
      '<title>What now, harbour? - From one harbour to the next economy of the coast</title><meta property="og:title" content="What now, harbour?">'
    )
    expect(found.fields.headline).toBe('What now, harbour?')
  })

  it('a name told to machines is not found in the beginning of a longer word', () => {
    const found = page(
      `<article><h1>${HEAD}</h1><p class="byline">By Annabel Lind</p>${text}</article>`,
      '<meta name="author" content="Anna">'
    )
    expect(found.fields.authors).toEqual([{ name: 'Annabel Lind', kind: 'person' }])
  })
})
