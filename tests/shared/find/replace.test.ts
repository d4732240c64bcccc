import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainFinder } from '../../../src/shared/find/find.ts'
import { keyOf, replaceInRuns, replaceInStory, type Replacement } from '../../../src/shared/find/replace.ts'
import { textsOfStory } from '../../../src/shared/find/story-texts.ts'
import type { Block, StoredBody } from '../../../src/shared/document/document.ts'
import { textOfRuns, type Run } from '../../../src/shared/document/runs.ts'
import { MOST_CHARACTERS } from '../../../src/shared/document/text.ts'
import { emptyFields, type StoryFields } from '../../../src/shared/story/fields.ts'
import { storedBody } from '../../editor/support/bodies.ts'

const query = { text: 'Hadad', matchCase: false, matchAccents: false, wholeWord: false, isRegExp: false }
const created = {
  at: '2026-05-01T08:00:00.000Z',
  zone: 'UTC',
  source: 'hand'
} as unknown as StoryFields['times']['created']

const fields: StoryFields = {
  ...emptyFields(created),
  headline: 'Hadad speaks',
  byline: 'By Amal Hadad',
  leadImage: { mediaId: null, caption: 'Hadad', credit: '', alt: 'Amal Hadad', focalPoint: null },
  corrections: [
    { at: '2026-05-01T08:00:00.000Z', text: 'We wrote Hadad.', kind: 'correction' },
    { at: '2026-05-02T08:00:00.000Z', text: 'No name', kind: 'update' }
  ],
  authors: [{ name: 'Amal Hadad', role: 'Reporter' }],
  slug: 'hadad',
  keywords: ['harbour', 'Hadad']
}
const blocks: Block[] = [
  { id: 'p', type: 'paragraph', runs: [{ text: 'Amal ' }, { text: 'Had', marks: ['bold'] }, { text: 'ad said' }] },
  { id: 'l', type: 'list', ordered: false, items: [{ runs: [{ text: 'Hadad' }], depth: 0 }] },
  { id: 'i', type: 'image', image: { mediaId: null, caption: 'Hadad', credit: '', alt: '', focalPoint: null } },
  { id: 'q', type: 'attributed-quote', runs: [{ text: 'Good' }], speaker: 'Amal Hadad' },
  {
    id: 't',
    type: 'table',
    headerRow: true,
    headerColumn: false,
    rows: [{ cells: [{ runs: [{ text: 'Who' }] }, { runs: [{ text: 'Hadad' }] }] }]
  },
  { id: 'u', type: 'someone-elses', words: 'Hadad' } as Block
]

function replacementsOf(story: StoryFields, body: readonly Block[], needle: string, instead: string): Replacement[] {
  const finder = plainFinder({ ...query, text: needle })
  return textsOfStory(story, body).flatMap(({ place, searched }) =>
    finder(searched).map((found) => ({ ...found, place, instead }))
  )
}

describe('replacing in a story', () => {
  test('changes every text somebody wrote, and nothing that was chosen or is somebody else’s', () => {
    const found = replacementsOf(fields, blocks, 'hadad', 'Haddad')
    expect(found.map(({ place }) => keyOf(place))).toEqual([
      'field headline ',
      'field byline ',
      'field leadImage caption',
      'field leadImage alt',
      'block p ',
      'block l 0',
      'block i caption',
      'block q speaker',
      'block t 0.1',
      'field keywords 1',
      'field authors 0',
      'field corrections 0'
    ])
    const replaced = replaceInStory(fields, blocks, found)
    expect(replaced.count).toBe(12)
    expect(replaced.fields).toMatchObject({
      headline: 'Haddad speaks',
      authors: [{ name: 'Amal Haddad', role: 'Reporter' }],
      keywords: ['harbour', 'Haddad']
    })
    expect(replaced.fields.slug).toBeUndefined()
    expect(replaced.fields.corrections?.[1]).toBe(fields.corrections[1])
    expect(replaced.blocks.map(({ id }) => id)).toEqual(['p', 'l', 'i', 'q', 't'])
    // What stands over two formattings is set as it began.
    expect(replaced.blocks[0]).toMatchObject({
      runs: [{ text: 'Amal ' }, { text: 'Haddad', marks: ['bold'] }, { text: ' said' }]
    })
  })

  test('leaves alone what is other by now than when it was found', () => {
    const found = replacementsOf(fields, blocks, 'hadad', 'Haddad').map((one) => ({ ...one, words: 'Hadad' }))
    const later = { ...fields, headline: 'The Hadad case', byline: 'By Amal Hadad' }
    const replaced = replaceInStory(later, blocks, found)
    expect(replaced.count).toBe(11)
    expect(replaced.fields.headline).toBeUndefined()
    expect(replaced.fields.byline).toBe('By Amal Haddad')
    const [paragraph] = blocks
    const changed = [{ ...paragraph, runs: [{ text: 'It was Hadad' }] } as Block, ...blocks.slice(1)]
    expect(replaceInStory(fields, changed, found).blocks.map(({ id }) => id)).toEqual(['l', 'i', 'q', 't'])
  })

  test('leaves a text alone that would become longer than it may be', () => {
    const replaced = replaceInStory(
      fields,
      blocks,
      replacementsOf(fields, blocks, 'hadad', 'x'.repeat(MOST_CHARACTERS + 1))
    )
    expect(Object.keys(replaced.fields)).not.toContain('headline')
    expect(replaced.blocks.map(({ id }) => id)).toEqual(['p', 'l', 't'])
  })

  test('whatever is in a body, changes what was found and not a letter else', () => {
    fc.assert(
      fc.property(
        storedBody,
        fc.constantFrom('a', 'e', 'the', ' '),
        fc.string({ maxLength: 5 }),
        (body, needle, instead) => {
          const story = emptyFields(created)
          const found = replacementsOf(story, body.blocks, needle, instead)
          const { blocks: changed, count } = replaceInStory(story, body.blocks, found)
          expect(count).toBe(found.length)
          const after = withBlocks(body, changed)
          const expected = new Map(
            textsOfStory(story, body.blocks).map(({ place, searched: { text } }) => {
              const here = found.filter((one) => keyOf(one.place) === keyOf(place))
              const written = here.reduceRight(
                (now, one) => now.slice(0, one.start) + instead + now.slice(one.end),
                text
              )
              return [keyOf(place), written]
            })
          )
          for (const [key, text] of expected) if (text === '') expected.delete(key)
          expect(
            new Map(textsOfStory(story, after.blocks).map(({ place, searched }) => [keyOf(place), searched.text]))
          ).toEqual(expected)
          // No block comes, goes, moves or becomes another kind.
          expect(after.blocks.map(({ id, type }) => [id, type])).toEqual(body.blocks.map(({ id, type }) => [id, type]))
        }
      )
    )
  })

  test('keeps every run that is not touched, and no formatting but that of the place', () => {
    const run = fc.record({ text: fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 4 }), n: fc.nat(9) })
    fc.assert(
      fc.property(fc.array(run), (made) => {
        const runs: Run[] = made.map(({ text, n }) => ({ text, marks: [`m${n}`] }))
        const text = textOfRuns(runs)
        const found = [...text.matchAll(/ab?/g)].map((match) => ({
          start: match.index,
          end: match.index + match[0].length,
          instead: 'X'
        }))
        const after = replaceInRuns(runs, found)
        expect(textOfRuns(after)).toBe(text.replace(/ab?/g, 'X'))
        const markOfEach = (all: readonly Run[]) =>
          all.flatMap((one) => [...one.text].map((letter) => letter + (one.marks?.[0] ?? '')))
        const before = markOfEach(runs)
        const kept = before.flatMap((letter, at) => {
          const one = found.find(({ start, end }) => at >= start && at < end)
          return one ? (one.start === at ? [`X${letter.slice(1)}`] : []) : [letter]
        })
        expect(markOfEach(after)).toEqual(kept)
      })
    )
  })
})

function withBlocks(body: StoredBody, changed: readonly Block[]): StoredBody {
  const byId = new Map(changed.map((block) => [block.id, block]))
  return { ...body, blocks: body.blocks.map((block) => byId.get(block.id) ?? block) }
}
