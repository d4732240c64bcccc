import { describe, expect, it } from 'vitest'
import { readByline } from '../../../src/shared/intake/bylines.ts'

const read = (line: string) =>
  readByline(line)?.authors.map(({ name, role = '' }) => (role === '' ? name : `${name}: ${role}`))

describe('a role behind a comma is whole', () => {
  it.each([
    'Home Affairs Editor',
    'Associated Press Writer',
    'Chief Political Correspondent',
    'Skerry Post Staff Writer',
    'New York Correspondent',
    'Middle East Correspondent',
    'Local Democracy Reporter',
    'BBC News Science Editor',
    'Health and Social Care Editor'
  ])('%s', (role) => {
    expect(read(`By Ines Marr, ${role}`)).toEqual([`Ines Marr: ${role}`])
    expect(read(`By Ann Boe and Ines Marr, ${role}`)).toEqual(['Ann Boe', `Ines Marr: ${role}`])
  })
})

describe('without a person’s name in front of it, the words are not divided', () => {
  it.each([
    'Our Staff Reporter',
    'Our Special Correspondent',
    'Financial Times Reporter',
    'Local Democracy Reporter',
    'Assistant Managing Editor',
    'Consumer Affairs Correspondent',
    'Los Angeles Correspondent',
    'Skerry’s Island Reporter',
    'Ines Marr Westminster Correspondent'
  ])('By %s', (words) => {
    expect(read(`By ${words}`)).toEqual([words])
  })
})

it('a role right behind a name of two or three words is that person’s', () => {
  expect(read('By Ines Marr Staff Writer')).toEqual(['Ines Marr: Staff Writer'])
  expect(read('By Ines K. Marr Chief Political Correspondent')).toEqual(['Ines K. Marr: Chief Political Correspondent'])
  expect(read('By Ines Marr Staff Writer and Paul bin Osei Senior Reporter')).toEqual([
    'Ines Marr: Staff Writer',
    'Paul bin Osei: Senior Reporter'
  ])
  expect(read('By Ines Marr Staff Writer, Paul Osei Senior Reporter')).toEqual([
    'Ines Marr: Staff Writer',
    'Paul Osei: Senior Reporter'
  ])
})

it.each([
  'Ines Marr Staff Writer and Ji-won Park Staff Writer',
  'Ines Marr Political Editor and Omar Said Home Affairs Editor',
  'Ines Marr Staff Reporter and Lot van der Berg Sports Editor'
])('nobody behind a name whose role was cut off goes: %s', (words) => {
  const kept = read(`By ${words}`)?.join(' ')
  for (const name of words.match(/Ji-won Park|Omar Said|Lot van der Berg|Ines Marr/g) ?? [])
    expect(kept).toContain(name)
})
