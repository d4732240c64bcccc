import { expect, it } from 'vitest'
import { emptyImageUse } from '../../../src/shared/document/image-use.ts'
import { namesOfStory } from '../../../src/shared/spelling/story-names.ts'

const none = { authors: [], byline: '', leadImage: null }
const author = (name: string) => ({ name }) as never

it('knows the authors, the byline and the credits of the pictures, and whose something is', () => {
  const isName = namesOfStory(
    {
      authors: [author('Rana el-Khoury')],
      byline: 'By Rana el-Khoury and Bjørn Ødegård in Tyre',
      leadImage: { ...emptyImageUse(), credit: 'Photo: Zsófia Nagy/AFP' }
    },
    [{ credit: 'Tariq Mouneimne' }]
  )
  const known = ['Rana', 'el-Khoury', 'Khoury', "Khoury's", 'KHOURY', 'Bjørn', 'Ødegård', 'Tyre', 'Zsófia', 'Mouneimne']
  for (const word of known) expect(isName(word), word).toBe(true)
  for (const word of ['rana', 'Kury', 'and', 'in', 'Odegard']) expect(isName(word), word).toBe(false)
})

it('takes a slip of the keys between the names for what it is, and the small words of a name for its own', () => {
  const isName = namesOfStory(
    { ...none, authors: [author('Lena van der Broek')], byline: 'Lena van der Broek adn Co' },
    []
  )
  expect(['van', 'Broek', 'Co', 'adn'].map(isName)).toEqual([true, true, true, false])
})

it('knows names in a script without capitals', () => {
  const isName = namesOfStory({ ...none, byline: 'ليلى حداد' }, [])
  expect(['ليلى', 'حداد', 'حدود'].map(isName)).toEqual([true, true, false])
})
