import { describe, expect, it } from 'vitest'
import { body, review } from './support.ts'

const rest = `Nobody on the desk could say why, and the printer was no help.

The paper came out all the same, with every other word in bold.`

describe('text that begins with a tag', () => {
  it.each(['<b> was the first thing I learned to type.', '<p> is a tag that everybody forgets to close.'])(
    'is a column where it speaks of it: %s',
    (first) => {
      for (const name of ['column.txt', '']) {
        const found = review(`${first}\n\n${rest}`, { name })
        expect(found.fields.headline).toBe(first)
        expect(body(found)).toEqual(rest.split('\n\n').map((text) => `paragraph: ${text}`))
      }
    }
  )

  it.each([
    ['closed', `<p>The paper came out all the same.</p>\n\n${rest}`],
    ['in every paragraph', '<p>The paper came out all the same.\n\n<p>Nobody could say why.\n\n<p>It was in bold.'],
    ['of a whole page', `<body>The paper came out all the same.\n\n${rest}`],
    ['alone', '<p>The paper came out all the same, with every other word in bold.']
  ])('is HTML where the tag is %s', (_, text) => {
    expect(body(review(text, { name: 'page.txt' })).join(' ')).not.toContain('<')
  })

  it.each([
    '<p>The paper came out all the same.',
    '<p> The paper came out all the same.',
    '<img src="a.jpg">',
    '<br>',
    '<font color="red"> the paper came out all the same',
    '<center>\nThe paper came out all the same.'
  ])('is HTML where the tag opens a line as markup: %s', (first) => {
    const found = review(`${first}\n\n${rest}`, { name: 'page.txt' })
    expect(`${found.fields.headline ?? ''} ${body(found).join(' ')}`).not.toContain('<')
  })

  it('is HTML where the file is called so', () => {
    const found = review(`<p>The paper came out all the same.\n\n${rest}`, { name: 'page.html' })
    expect(body(found).join(' ')).not.toContain('<')
  })
})
