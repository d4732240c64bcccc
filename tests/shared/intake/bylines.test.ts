import { describe, expect, it } from 'vitest'
import { readByline } from '../../../src/shared/intake/bylines.ts'
import { readDateline } from '../../../src/shared/intake/places.ts'

function read(line: string) {
  const byline = readByline(line)
  return (
    byline && {
      words: line.slice(byline.from, byline.to),
      authors: byline.authors.map(({ name }) => name),
      source: byline.source
    }
  )
}

describe('bylines', () => {
  it('keep their label as readers see it, authors do without, agencies as sources', () => {
    expect(read('By AFP')).toEqual({ words: 'By AFP', authors: ['AFP'], source: 'AFP' })
    expect(read('BY AMAL HADDAD')).toEqual({ words: 'BY AMAL HADDAD', authors: ['AMAL HADDAD'], source: '' })
    expect(read('By Amal Haddad and Omar bin Said in Beirut')).toEqual({
      words: 'By Amal Haddad and Omar bin Said in Beirut',
      authors: ['Amal Haddad', 'Omar bin Said'],
      source: ''
    })
    expect(read('By Amal Haddad, Omar Said and Jo al-Masri')).toEqual({
      words: 'By Amal Haddad, Omar Said and Jo al-Masri',
      authors: ['Amal Haddad', 'Omar Said', 'Jo al-Masri'],
      source: ''
    })
    expect(read('By Amal Haddad / Reuters')).toEqual({
      words: 'By Amal Haddad / Reuters',
      authors: ['Amal Haddad', 'Reuters'],
      source: 'Reuters'
    })
    expect(read('Agence France-Presse')).toEqual({
      words: 'Agence France-Presse',
      authors: ['Agence France-Presse'],
      source: 'AFP'
    })
    expect(read('文● サトウ／海辺編集部')).toEqual({
      words: '文● サトウ／海辺編集部',
      authors: ['サトウ', '海辺編集部'],
      source: ''
    })
    expect(read('著者：佐藤 花')?.authors).toEqual(['佐藤 花'])
    // Without a sign it is a word like any other.
    expect(read('文 化の日')).toBeNull()
    expect(read('بقلم: أمل حداد وعمر سعيد')).toEqual({
      words: 'بقلم: أمل حداد وعمر سعيد',
      authors: ['أمل حداد', 'عمر سعيد'],
      source: ''
    })
    expect(readByline('أمل حداد - بيروت', true)?.authors).toEqual([{ name: 'أمل حداد', kind: 'person', role: 'بيروت' }])
    expect(read('By Amal Haddad - AFP')).toEqual({
      words: 'By Amal Haddad - AFP',
      authors: ['Amal Haddad', 'AFP'],
      source: 'AFP'
    })
    expect(read('By Staff Reporter')?.source).toBe('')
    expect(readByline('By Amal Haddad, Senior Reporter')?.authors).toEqual([
      { name: 'Amal Haddad', kind: 'person', role: 'Senior Reporter' }
    ])
  })

  it('are not sentences that begin with By', () => {
    for (const line of [
      'By Tuesday the water had reached the second step.',
      'By the time the boats came the quay was empty',
      'By contrast, fares elsewhere rose',
      'Bystanders cheered',
      'Amal Haddad',
      'By law'
    ])
      expect(read(line)).toBeNull()
  })
})

describe('datelines', () => {
  const table: readonly (readonly [string, { place: string; source: string } | null])[] = [
    ['GAZA CITY (AP) — The crossing opened on Monday.', { place: 'GAZA CITY', source: 'AP' }],
    ['KELLIM, Northmark (AP) -- The glaciers lost ice.', { place: 'KELLIM, Northmark', source: 'AP' }],
    ['DUBAI: The council met.', { place: 'DUBAI', source: '' }],
    ['PARIS — The council met.', { place: 'PARIS', source: '' }],
    ['LONDON, Nov 6 (Reuters) - Fares rose.', { place: 'LONDON', source: 'Reuters' }],
    ['بيروت (رويترز) - استقبل الميناء سفينة.', { place: 'بيروت', source: 'رويترز' }],
    ['The council (AFP) met on Monday.', null],
    ['WATCH: The council met.', null],
    ['He said: nothing.', null]
  ]
  for (const [paragraph, expected] of table) it(paragraph, () => expect(readDateline(paragraph)).toEqual(expected))
})
