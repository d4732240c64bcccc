import { expect, it } from 'vitest'
import { otherLanguageOf } from '../../../src/shared/document/language-guess.ts'

const ARABIC = 'قالت البلدية إن العبارة تتسع لأربعين راكبا آخرين اعتبارا من السبت.'
const FRENCH =
  'La mairie a dit que les bateaux du matin, qui sont dans le port pour une semaine, ont de la place pour les élèves et pas pour une voiture.'
const ENGLISH =
  'The board said that the early boat has room for forty more from Saturday, and that it was the wish of the schools to have it so by the end of term.'
const PORTUGUESE =
  'A câmara disse que o barco da manhã tem lugar para mais quarenta pessoas e que a escola pediu que fosse assim, como no ano passado, por uma semana.'

it.each([
  ['Arabic in an English story', ARABIC, 'en-GB', 'ar'],
  ['English in an Arabic story', ENGLISH, 'ar', 'en'],
  ['French in an English story', FRENCH, 'en', 'fr'],
  ['Russian in a German story', 'Утром на пароме стало больше мест.', 'de', 'ru'],
  ['a story in its own language', ENGLISH, 'en-US', null],
  ['Persian letters in a Persian story', 'قایق صبح چهل جای دیگر دارد و گفتند', 'fa', null],
  ['Arabic letters in an Urdu story, which shares them', ARABIC, 'ur', null],
  ['a name in another script', 'ليلى حداد', 'en', null],
  [
    'a quotation of some words in a sentence',
    `The board called it “مكان للجميع” in its letter to the schools.`,
    'en',
    null
  ],
  ['what nobody could tell', 'Ferry timetable: 06.00, 07.30, 09.00', 'de', null],
  ['a neighbour in Latin letters that is not known by its words', PORTUGUESE, 'pt', null],
  ['a code of no language', FRENCH, 'xx-', null]
])('%s', (_, text, language, expected) => {
  expect(otherLanguageOf(text, language)).toBe(expected)
})
