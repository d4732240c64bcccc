import { describe, expect, it } from 'vitest'
import { body, lines, review } from './support.ts'

const story = [
  'The lamp on the mole burned again on Friday night, after eleven months in which no boat could see the bar.',
  'Its lens was cleaned by hand, said the keeper, who had kept the brushes of his grandfather in a tea tin.',
  'The harbour master wants a second lamp on the other side, and has written to the ministry about it twice.'
]
const paragraphs = story.map((text) => `<p>${text}</p>`).join('\n')
const page = (inner: string, head = ''): string =>
  `<!doctype html><html lang="en"><head>${head}</head><body>${inner}</body></html>`
const read = (inner: string, head = '') => review(page(inner, head), { name: 'lamp.html' })
const whole = story.map((text) => `paragraph: ${text}`)
const headline = 'The lamp on the mole burns again'

describe('pages of AMP', () => {
  it('what slides in, what is sold and what asks for consent is no story', () => {
    const found = read(
      `<amp-sidebar id="menu"><p>All the stories of the week from the coast, sorted by the hour they came in.</p></amp-sidebar>
       <article><h1>${headline}</h1>${paragraphs}
       <amp-ad width="300"><div fallback><p>Boots that keep the water out are half the price until Sunday evening.</p></div></amp-ad></article>
       <amp-user-notification><p>We keep a note of what you read here, so that we can show you more of the same.</p></amp-user-notification>
       <amp-consent><p>Choose what our partners may keep about you before you go on to the next page.</p></amp-consent>`
    )
    expect(found.fields.headline).toBe(headline)
    expect(body(found)).toEqual(whole)
  })

  it('an advertisement between two paragraphs takes neither with it', () => {
    const [first, ...others] = story.map((text) => `<p>${text}</p>`)
    const found = read(
      `<h1>${headline}</h1>${first}<amp-ad><p>Boots that keep the water out are half the price until Sunday evening.</p></amp-ad>${others.join('')}`
    )
    expect(body(found)).toEqual(whole)
  })
})

describe('words for those who hear the page', () => {
  it.each(['sr-only', 'visually-hidden', 'visuallyHidden', 'screen-reader-text', 'u-screen-reader-only'])(
    'are no copy: %s',
    (name) => {
      const found = read(
        `<article><h1>${headline}</h1><p class="${name}">Skip the pictures and go on with the words of the story below them.</p>${paragraphs}</article>`
      )
      expect(body(found)).toEqual(whole)
      expect(lines(found, 'furniture').join(' ')).toContain('Skip the pictures')
    }
  )

  it('a whole story in an element of that class stays', () => {
    const found = read(`<article class="sr-only-fallback sr-only"><h1>${headline}</h1>${paragraphs}</article>`)
    expect(body(found).join(' ')).toContain(story[1])
  })
})

describe('the end of a wire story', () => {
  it('companies named below the initials go with them', () => {
    const found = review(`${headline}\n\n${story.join('\n\n')}\n\nbur-kl/mo\n\nHARBOUR LINES\n`)
    expect(body(found)).toEqual(whole)
    expect(lines(found, 'furniture')).toEqual(['bur-kl/mo', 'HARBOUR LINES'])
  })

  it('with their places on an exchange as well, and several of them', () => {
    const found = review(`${headline}\n\n${story.join('\n\n')}\n\nkl/mo\n\nHARBOUR LINES\n\nNORTH LAMPS PLC\n`)
    expect(body(found)).toEqual(whole)
  })

  it('a line in capitals below a story without initials stays', () => {
    const found = review(`${headline}\n\n${story.join('\n\n')}\n\nTHE LAMP IS LIT\n`)
    expect(body(found).at(-1)).toMatch(/THE LAMP IS LIT$/)
  })
})

describe('where nothing is a heading', () => {
  const title = `<title>${headline} | Mole Gazette</title>`

  it.each([
    ['the line that is the page’s title', `<div class="top">${headline}</div>`],
    ['in a span', `<div><span>${headline}</span></div>`],
    ['in a bold paragraph', `<p><b>${headline}</b></p>`]
  ])('%s is the headline and no copy', (_, line) => {
    const found = read(`<div>Mole Gazette</div>${line}<div>${paragraphs}</div>`, title)
    expect(found.fields.headline).toBe(headline)
    expect(body(found)).toEqual(whole)
  })

  it('the name of the site alone is none', () => {
    const found = read(`<div>Mole Gazette</div><div>${paragraphs}</div>`, title)
    expect(found.fields.headline).toBe(headline)
  })
})

describe('components saved with what they show', () => {
  it('a declarative shadow root is part of the page', () => {
    const found = read(
      `<x-story><template shadowrootmode="open"><h1>${headline}</h1><slot></slot></template>${paragraphs}</x-story>`
    )
    expect(found.fields.headline).toBe(headline)
    expect(body(found)).toEqual(whole)
  })

  it('with the whole story in it', () => {
    const found = read(
      `<x-story><template shadowrootmode="open"><style>p{margin:0}</style><h1>${headline}</h1>${paragraphs}</template></x-story>`
    )
    expect(body(found)).toEqual(whole)
  })

  it('a template that the page only keeps for later is not', () => {
    const found = read(
      `<template><p>${story[2]?.replace('second', 'third')}</p></template><h1>${headline}</h1>${paragraphs}`
    )
    expect(body(found)).toEqual(whole)
  })
})

describe('embargoes in more languages', () => {
  it.each([
    'Эмбарго до 13 августа 2026, 16:48',
    'Не публиковать до 13 августа 2026, 16:48',
    'Ембарго до 13 серпня 2026, 16:48',
    'Embargo do 13 sierpnia 2026, 16:48',
    'Embargo till 13 augusti 2026 kl. 16:48',
    'Embargo til 13. august 2026 kl. 16.48',
    'Nie publikować przed 13 sierpnia 2026, 16:48',
    'Ambargo: 13 Ağustos 2026 16:48'
  ])('%s', (line) => {
    const found = review(`${line}\n\n${headline}\n\n${story.join('\n\n')}\n`)
    expect(found.fields.times?.embargo?.utc).toBe('2026-08-13T12:48:00.000Z')
    expect(body(found)).toEqual(whole)
  })

  it.each([
    'Не публиковать до отмены запрета, просит министерство в письме.',
    'Embargo do broni jest konieczne, mówi minister w liście.',
    'Embargo until the end of the war is no answer, the minister said.'
  ])('a sentence in the story that speaks of one sets none: %s', (line) => {
    const found = review(`${headline}\n\n${story[0]}\n\n${line}\n\n${story.slice(1).join('\n\n')}\n`)
    expect(found.fields.times?.embargo ?? null).toBeNull()
    expect(body(found)).toContain(`paragraph: ${line}`)
  })

  it('an order without an hour on top of the story stays out of it, and is said', () => {
    const found = review(
      `Embargo until the minister has spoken in the house.\n\n${headline}\n\n${story.join('\n\n')}\n`
    )
    expect(body(found)).toEqual(whole)
    expect(found.warnings.map(({ code }) => code)).toContain('embargo_unread')
  })
})
