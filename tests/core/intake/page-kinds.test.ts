import { describe, expect, it } from 'vitest'
import { body, instants, review } from './support.ts'

const story = [
  'The ferry to the outer islands will run every hour from Monday, the harbour office said in a short note.',
  'Two boats that had been laid up since the spring are back, and a third is being painted in the yard.',
  'Tickets stay at the old price until the end of the year, when the council will look at the fares again.'
]
const paragraphs = story.map((text) => `<p>${text}</p>`).join('\n')
const page = (head: string, inner: string): string =>
  `<!doctype html><html lang="en"><head>${head}</head><body>${inner}</body></html>`
const read = (head: string, inner: string) => review(page(head, inner), { name: 'page.html' })

describe('which heading is the headline', () => {
  it('not the name of the site, where the page’s title has both', () => {
    const found = read(
      '<title>The Island Diary - Hourly ferries are back on the water</title>',
      `<h1>The Island Diary</h1><h3>12 March 2023</h3><h2>■ Hourly ferries are back on the water</h2>${paragraphs}`
    )
    expect(found.fields.headline).toContain('Hourly ferries are back on the water')
  })

  it('not a shorter one that the markup calls an alternative', () => {
    const found = read(
      '<title>Ferries | Island Post</title><meta property="og:title" content="Ferries run every hour again, and the price stays">',
      `<h1 itemprop="alternativeHeadline">Ferries</h1>
       <h2 itemprop="headline">Ferries run every hour again, and the price stays</h2>${paragraphs}`
    )
    expect(found.fields.headline).toBe('Ferries run every hour again, and the price stays')
  })

  it('not one below the story that has no word of the page’s own title', () => {
    const found = read(
      '<title>Ferries run every hour again</title>',
      `<div>${paragraphs}</div><div class="box"><h1>Original text</h1><p>Rate this</p></div>`
    )
    expect(found.fields.headline).toBe('Ferries run every hour again')
  })

  it('not the only paragraph of a page', () => {
    const found = read(
      '',
      '<ol><li><p>Nothing has changed on the island so far. The ferry is late, Lars says</p></li></ol>'
    )
    expect(found.fields.headline).toBe('')
    expect(body(found).join('\n')).toContain('Nothing has changed on the island so far. The ferry is late, Lars says')
  })
})

describe('when it was published', () => {
  const header = (date: string): string =>
    `<div class="top"><h1>Ferries run every hour again</h1><ul class="facts"><li>Background</li><li>${date}</li></ul></div><div class="text">${paragraphs}</div>`

  it.each([
    ['19.07.2022', '2022-07-18T20:00:00.000Z Asia/Dubai'],
    ['2019年04月21日 12時00分更新', '2019-04-21T08:00:00.000Z Asia/Dubai'],
    ['2019年2月27日 読了時間 3 分', '2019-02-26T20:00:00.000Z Asia/Dubai'],
    ['2019年2月27日（水）', '2019-02-26T20:00:00.000Z Asia/Dubai'],
    ['13 August 2024, 5 min read', '2024-08-12T20:00:00.000Z Asia/Dubai']
  ])('a date alone in the story’s head says it, wherever the page puts it: %s', (date, expected) => {
    expect(instants(read('', header(date)))[0]).toBe(expected)
  })

  it('a date in a sentence does not', () => {
    expect(instants(read('', header('It opened on 13 August 2024 at noon')))[0]).toBeNull()
  })
})

it('a page of a few lines has nothing hanging below it', () => {
  expect(body(read('<title>Notes</title>', '<a href="#"><p>abc</p><p>def</p> ghi</a>')).join(' ')).toContain('ghi')
})
