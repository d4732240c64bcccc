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
    ['a source', `<p>Source: ${links[2] ?? ''}</p>`],
    [
      'a table with points',
      '<h3>Standings</h3>' +
        ['Max Emil Brandt', 'Nora van Lind', 'Omar al Said']
          .map((name, n) => `<p><a href="${base}${String(n)}">${name}</a> – ${String(437 - n)} points</p>`)
          .join('')
    ],
    [
      'results of matches',
      '<h3>Saturday</h3><ul>' +
        ['Carlos Alcaraz Garfia', 'Nora van Lind', 'Omar al Said']
          .map((name, n) => `<li><a href="${base}${String(n)}">${name}</a> 6-4 6-${String(n)}</li>`)
          .join('') +
        '</ul>'
    ],
    [
      'a filmography',
      '<h3>Films</h3><ul>' +
        ['The Grand Hotel', 'The Lamp Again', 'A Night Out']
          .map((name, n) => `<li><a href="${base}${String(n)}">${name}</a> (201${String(n)})</li>`)
          .join('') +
        '</ul>'
    ],
    [
      'fixtures',
      '<h3>To come</h3>' +
        ['Leeds United v York City', 'Hull City v Ellery Town', 'Mole Rovers v Haddad Bay']
          .map((name, n) => `<p><a href="${base}${String(n)}">${name}</a> – ${String(n + 3)} March 2026</p>`)
          .join('')
    ],
    [
      'nominees by name',
      '<h3>Nominees</h3><ul>' +
        ['Max Emil Brandt', 'Nora van Lind', 'Omar al Said']
          .map((name, n) => `<li><a href="${base}${String(n)}">${name}</a></li>`)
          .join('') +
        '</ul>'
    ],
    [
      'a row of links in a table',
      `<table><tr><th>Port</th><th>Paper</th></tr><tr><td>${links[0] ?? ''}</td><td>${links[1] ?? ''}</td></tr><tr><td>Ellery</td><td>None</td></tr></table>`
    ],
    [
      'a table of links',
      `<table>${others.map((text, n) => `<tr><td><a href="${base}${String(n)}">Pier of number ${String(n)}</a></td><td><a href="${base}b${String(n)}">${text}</a></td></tr>`).join('')}</table>`
    ],
    [
      'an item of two links',
      `<ul><li>The lamp is lit by hand.</li><li>${links[0] ?? ''} | ${links[2] ?? ''}</li><li>The oil is paid.</li></ul>`
    ],
    ['an item with a label', `<ul><li>The lamp is lit by hand.</li><li>Podcast: ${links[0] ?? ''}</li></ul>`]
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

it.each([
  'Photo: <a href="/d">Jane Doe / Reuters</a>',
  'Photos: <a href="/d">Jane Doe / Reuters</a>',
  '<a href="/d">Photo: Jane Doe / Reuters</a>',
  '<a href="https://r.example/d">Photo: Jane Doe / Reuters</a>'
])('who made the picture is no link to another story: %s', (credit) => {
  const found = read(`<figure><img src="/lamp.jpg" alt="The lamp on Friday night"></figure><p>${credit}</p>`)
  expect(lines(found, 'furniture').join('\n')).not.toContain('Jane Doe')
  expect(JSON.stringify([found.fields, found.body])).toContain('Jane Doe / Reuters')
})
