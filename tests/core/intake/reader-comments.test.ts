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
    '12 Reacties',
    'Komentarze (12)',
    '评论（8）',
    'Comments [4]',
    'Leave a comment'
  ])('below the heading %s', (heading) => {
    expect(body(read(`<h3>${heading}</h3>${comment}`))).toEqual(whole)
  })

  describe.each(['Comments', 'Commenti', 'Reacties', 'Комментарии', 'コメント', '评论', '댓글', 'What do you think?'])(
    'below “%s” only where it is proved',
    (heading) => {
      it.each([
        ['by a name and a date', `<p>Nora Lind</p><p>13 August 2026</p>${comment}`],
        ['by a name and how long ago', `<p>Nora Lind, 3 hours ago</p>${comment}`],
        ['by a name with the hour', `<p><b>Nora Lind</b> • 13 August 2026 at 10:12</p>${comment}`],
        ['by who says it', `<p>Nora Lind says:</p>${comment}`],
        ['by what answers it', `<p>Nora Lind</p>${comment}<p>Reply</p>`],
        ['by the markup below', `<div class="comment">${comment}</div>`]
      ])('%s', (_, below) => {
        expect(body(read(`<h3>${heading}</h3>${below}`))).toEqual(whole)
      })

      it('by the markup around it', () => {
        expect(body(read(`<h3 class="comments-title">${heading}</h3>${comment}`))).toEqual(whole)
      })

      it('else it and what follows are the story’s', () => {
        const more = '<p>“We shall pay for the oil of it,” the mayor said on Saturday when he came to see the lamp.</p>'
        expect(body(read(`<h3>${heading}</h3>${comment}${more}`)).slice(3)).toEqual(
          [`heading: ${heading}`, `paragraph: ${comment}`, `paragraph: ${more}`].map((text) =>
            text.replace(/<[^>]+>/g, '')
          )
        )
      })
    }
  )

  it('in a list that is called one of comments', () => {
    expect(body(read(`<ol class="commentlist"><li>${comment}</li></ol>`))).toEqual(whole)
  })

  it.each([
    'Responses to the letter',
    'Two thoughts on the lamp',
    'Three thoughts on “Hamlet”',
    'Commenti della stampa'
  ])('but a heading of the story stays with its text: %s', (heading) => {
    expect(body(read(`<h3>${heading}</h3>${comment}`)).join('\n')).toContain('not ashamed')
  })
})

it.each(['Reacties', 'Commentaires', 'Comments'])('a crosshead “%s” in plain text ends nothing', (heading) => {
  const text = `Lamp is lit again\n\n${story.slice(0, 2).join('\n\n')}\n\n${heading}\n\n${story[2] ?? ''}\n`
  expect(body(review(text)).at(-1)).toBe(whole[2])
})

it.each(['30', 'Fin', 'Ende'])('a heading “%s” ends no story', (heading) => {
  const found = body(read(`<h3>${heading}</h3>${comment}`)).join('\n')
  expect(found).toContain('not ashamed')
})

it('names that the page shows apart, with a word between them, are two', () => {
  const found = read(
    '',
    '<div><span>By</span><a href="/i">Ida Brandt</a><span>and</span><a href="/o">Omar Said</a></div>'
  )
  expect(found.fields.authors?.map(({ name }) => name)).toEqual(['Ida Brandt', 'Omar Said'])
})
