import { expect, it } from 'vitest'
import { meantBy, optionsFor } from '../../src/renderer/ui/combo-meaning.ts'
import { zoneOptions } from '../../src/renderer/ui/zone-options.ts'

const zones = zoneOptions('UTC', Date.UTC(2026, 6, 1))
const never = { isTaken: () => false }
const left = (words: string) => meantBy(words, zones, { isEnter: false, ...never })
const entered = (words: string) => meantBy(words, zones, { isEnter: true, ...never })

it('leaving a field takes the one option whose name the words begin, as Enter does', () => {
  expect([left('Dubai'), entered('Dubai')]).toEqual(['Asia/Dubai', 'Asia/Dubai'])
  expect([left('dub'), entered('dub')]).toEqual([undefined, expect.stringMatching(/^(Asia\/Dubai|Europe\/Dublin)$/)])
  expect(left('Europe/London')).toBe('Europe/London')
})

it('leaving a field takes nothing that the words do not begin, and Enter the first that is left', () => {
  expect([left('urich'), entered('urich')]).toEqual([undefined, 'Europe/Zurich'])
  expect([left('Atlantis'), entered('Atlantis')]).toEqual([undefined, undefined])
})

it.each(['India', 'IST', 'CAT', 'AST', 'Salt', 'Santa'])(
  'leaving a field with %s takes no city that only begins so',
  (words) => {
    expect(left(words)).toBeUndefined()
  }
)

it('two letters are a code before they begin a name', () => {
  const options = [{ id: 'ar', label: 'Arabic' }]
  const how = { isEnter: false, isTaken: (words: string) => words.length === 2 }
  expect(meantBy('Ar', options, how)).toBe('ar')
  expect(meantBy('ara', options, how)).toBeUndefined()
  expect(meantBy('ara', options, { ...how, isEnter: true })).toBe('ar')
  expect(meantBy('an', options, how)).toBe('an')
  expect(meantBy('ara', options, { isEnter: false, isTaken: () => true })).toBe('ar')
})

it('a list of hundreds shows the first hundred that fit', () => {
  expect(optionsFor(zones, ' ')).toHaveLength(100)
  expect(optionsFor(zones, 'dubai ').map(({ id }) => id)).toEqual(['Asia/Dubai'])
})
