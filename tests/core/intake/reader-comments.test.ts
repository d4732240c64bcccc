import { describe, expect, it } from 'vitest'
import { body, review } from './support.ts'

const story = [
  'The lamp on the mole burned again on Friday night, after eleven months in which no boat could see the bar.',
  'Its lens was cleaned by hand, said the keeper, who had kept the brushes of his grandfather in a tea tin.',
  'The harbour master wants a second lamp on the other side, and has written to the ministry about it twice.'
]
const whole = story.map((text) => `paragraph: ${text}`)
const read = (inner: string, above = '') =>
  review(
    `<html><body><article><h1>Lamp is lit again</h1>${above}${story.map((text) => `<p>${text}</p>`).join('')}${inner}</article></body></html>`,
    { name: 'lamp.html' }
  )
const comment = '<p>I saw the lamp from my boat on Friday night, and I am not ashamed to say that I cried.</p>'

describe('what readers wrote below a story is not part of it', () => {
  it.each([
    '2 responses to “Lamp is lit again”',
    '14 thoughts on “Lamp is lit again”',
    'One reply to “Lamp is lit again”',
    'Kommentarer (3)',
    '3 Comentários',
    'Commenti',
    'Reacties',
    'Komentarze (12)',
    'Комментарии',
    'コメント',
    '评论（8）',
    '댓글'
  ])('below the heading %s', (heading) => {
    expect(body(read(`<h3>${heading}</h3>${comment}`))).toEqual(whole)
  })

  it('in a list that is called one of comments', () => {
    expect(body(read(`<ol class="commentlist"><li>${comment}</li></ol>`))).toEqual(whole)
  })

  it.each(['Responses to the letter', 'Two thoughts on the lamp', 'Commenti della stampa'])(
    'but a heading of the story stays with its text: %s',
    (heading) => {
      expect(body(read(`<h3>${heading}</h3>${comment}`)).join('\n')).toContain('not ashamed')
    }
  )
})

it('names that the page shows apart, with a word between them, are two', () => {
  const found = read(
    '',
    '<div><span>By</span><a href="/i">Ida Brandt</a><span>and</span><a href="/o">Omar Said</a></div>'
  )
  expect(found.fields.authors?.map(({ name }) => name)).toEqual(['Ida Brandt', 'Omar Said'])
})
