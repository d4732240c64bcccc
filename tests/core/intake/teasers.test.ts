import { describe, expect, it } from 'vitest'
import { body, lines, review } from './support.ts'

const story = [
  'The lamp on the mole burned again on Friday night, after eleven months in which no boat could see the bar.',
  'Its lens was cleaned by hand, said the keeper, who had kept the brushes of his grandfather in a tea tin.',
  'The harbour master wants a second lamp on the other side, and has written to the ministry about it twice.'
]
const whole = story.map((text) => `paragraph: ${text}`)
const others = [
  'Ferry fares will rise in spring',
  'Who pays for the oil of the lamps?',
  'Dredging of the bar to start in May'
]
const read = (inner: string, at = 1) => {
  const paragraphs = story.map((text) => `<p>${text}</p>`)
  const page = [...paragraphs.slice(0, at), inner, ...paragraphs.slice(at)].join('\n')
  return review(`<html><body><article><h1>Lamp is lit again</h1>${page}</article></body></html>`, { name: 'lamp.html' })
}

describe.each([
  ['relative', '/news/'],
  ['complete', 'https://mole.example/news/']
])('headlines that link to other stories are no paragraphs (%s addresses)', (_, base) => {
  const links = others.map((text, n) => `<a href="${base}${String(n)}">${text}</a>`)

  it.each([
    ['in a list', `<ul>${links.map((link) => `<li>${link}</li>`).join('')}</ul>`],
    [
      'in a list under a heading',
      `<h3>Around the harbour</h3><ul>${links.map((link) => `<li>${link}</li>`).join('')}</ul>`
    ],
    [
      'in a list under bold words',
      `<p><b>Læs også</b></p><ul>${links.map((link) => `<li>${link}</li>`).join('')}</ul>`
    ],
    ['in paragraphs', links.map((link) => `<p>${link}</p>`).join('')],
    ['as bold paragraphs', links.map((link) => `<p><strong>${link}</strong></p>`).join('')],
    ['as headings', links.map((link) => `<h3>${link}</h3>`).join('')],
    ['in one paragraph with breaks', `<p>${links.join('<br>')}</p>`],
    ['in one line with dots', `<p>${links.join(' • ')}</p>`],
    ['in rows', `<table>${links.map((link) => `<tr><td>${link}</td></tr>`).join('')}</table>`],
    ['on cards with dates', links.map((link) => `<div>${link} <time>3 August 2026</time></div>`).join('')],
    ['behind arrows', links.map((link) => `<p>» ${link}</p>`).join('')],
    ['by itself', `<p>${links[0] ?? ''}</p>`],
    ['by itself, as a question', `<p>${links[1] ?? ''}</p>`],
    ['behind a label', `<p>VIDEO: ${links[2] ?? ''}</p>`],
    [
      'with their openings',
      `<a href="${base}1"><h4>${others[0] ?? ''}</h4><p>The town has to find the money by May.</p></a>`.repeat(2)
    ]
  ])('%s', (_shape, inner) => {
    for (const at of [1, 3]) {
      const found = read(inner, at)
      expect(body(found)).toEqual(whole)
      expect(lines(found, 'furniture').join(' ')).toMatch(/Ferry fares|Who pays|Dredging/)
    }
  })

  it.each([
    ['a paragraph with links', `<p>The council ${links[0] ?? ''} last week, and will ${links[2] ?? ''}, it said.</p>`],
    ['a paragraph that begins with one', `<p>${links[0] ?? ''}, the council said, and nobody was surprised by it.</p>`],
    [
      'a list in which some items are links',
      `<ul><li>${links[0] ?? ''}</li><li>The lamp is lit by hand.</li><li>${links[2] ?? ''}</li></ul>`
    ],
    [
      'a list that a paragraph announces',
      `<p>The keeper keeps three letters in his tea tin:</p><ul>${links.map((link) => `<li>${link}</li>`).join('')}</ul>`
    ],
    [
      'a quotation that is all link',
      `<p><a href="${base}9">“We shall not pay for a second lamp this year,” the minister told the house.</a></p>`
    ],
    ['a source', `<p>Source: ${links[2] ?? ''}</p>`]
  ])('but %s stays', (_shape, inner) => {
    for (const at of [1, 2]) {
      const words = inner.replace(/<[^>]+>/g, '\n').split('\n')
      const kept = body(read(inner, at)).join('\n')
      for (const word of words) expect(kept).toContain(word.trim())
    }
  })

  it('a heading that is all link above its own text stays', () => {
    const kept = body(read(`<h2>${links[0] ?? ''}</h2>`)).join('\n')
    expect(kept).toContain(others[0])
  })
})

it('a list at the end that a paragraph announces stays', () => {
  const places = '<p>It can be seen from three places in the town:</p><ul><li>North pier</li><li>South mole</li></ul>'
  expect(body(read(places, 3)).join('\n')).toMatch(/North pier \| South mole/)
})
