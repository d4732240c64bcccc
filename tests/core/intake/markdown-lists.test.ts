import { describe, expect, it } from 'vitest'
import { body, review } from './support.ts'

describe('the numbers of a list in Markdown', () => {
  const read = (text: string): string[] => body(review(`# Lamp is lit again\n\n${text}\n`, { name: 'piece.md' }))

  it.each([
    [
      'a year',
      '1911. It was a year of storms.\n\nThe lamp burned.',
      ['paragraph: 1911. It was a year of storms.', 'paragraph: The lamp burned.']
    ],
    [
      'questions with answers between',
      '1. Who keeps it?\n\nInes Mora.\n\n2. Who pays?\n\nNobody.',
      ['list: Who keeps it?', 'paragraph: Ines Mora.', 'paragraph: 2. Who pays?', 'paragraph: Nobody.']
    ],
    ['a countdown', '3. Cod\n2. Hake\n1. Herring', ['paragraph: 3. Cod', 'paragraph: 2. Hake', 'list: Herring']]
  ])('that it would not show stay with the words: %s', (_, text, blocks) => {
    expect(read(text)).toEqual(blocks)
  })

  const lit = 'The keeper of the lamp climbs the stairs at dusk and lights it'
  const out = 'The keeper of the lamp climbs the stairs at dawn and puts out'
  it.each([
    ['goes on indented', `1. ${lit}\n   with a match.\n2. ${out}\n   its flame.`],
    ['goes on below', `1. ${lit}\nwith a match.\n2. ${out}\nits flame.`]
  ])('are shown where an item %s', (_, text) => {
    const items = read(text).filter((block) => block.startsWith('list: '))
    expect(items).toEqual([`list: ${lit}`, `list: ${out}`])
  })

  it('are counted in a list within a list', () => {
    expect(read('1. Cod\n    1. whole\n    2. cut\n2. Hake')).toEqual(['list: Cod | whole | cut | Hake'])
  })

  it.each(['1. Cod\n2. Hake\n3. Herring', '1. Cod\n\n2. Hake\n\n3. Herring', '1. Cod\n1. Hake\n1. Herring'])(
    'that it shows are its own (%#)',
    (text) => {
      expect(read(text)).toEqual(['list: Cod | Hake | Herring'])
    }
  )
})
