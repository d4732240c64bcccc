import { describe, expect, it } from 'vitest'
import type { LineRole } from '../../../src/shared/contract/intake.ts'
import { body, codes, instants, reviewFile, review } from './support.ts'
import { say } from '../../../src/shared/words/message.ts'

/**
 * harbour-fares.txt by line: 0 headline, 2 standfirst, 4 byline, 11 rail, 13 alt, 14 caption, 16 published, 18 updated,
 * 20… body, 27 "Also read", 31 section.
 */
const choose = (assignments: Record<string, LineRole>) => reviewFile('harbour-fares.txt', { assignments })

describe('what a person decides in the review', () => {
  it('a caption made body becomes a paragraph at its place', () => {
    const found = choose({ '14': 'body' })
    expect(body(found)[0]).toBe(
      'paragraph: Passengers board the morning ferry at the eastern quay in Port Salma on Wednesday. AFP'
    )
    expect(found.fields.leadImage).toEqual({
      mediaId: null,
      caption: '',
      credit: 'AFP',
      alt: 'Passengers board the morning ferry at the eastern quay in Port Salma on Wednesday.',
      focalPoint: null
    })
    expect(found.lines[14]).toMatchObject({ role: 'body', kept: true, reason: say('reason.chosen'), rule: null })
  })

  it('a dropped line kept comes back where it stood', () => {
    const found = choose({ '27': 'body' })
    expect(body(found)[3]).toBe('paragraph: Also read: Night boats return to the eastern crossing')
    expect(found.body.blocks).toHaveLength(5)
  })

  it('a paragraph made furniture is out; made heading, quote, list item it is that', () => {
    expect(choose({ '22': 'furniture' }).body.blocks).toHaveLength(3)
    expect(
      body(choose({ '20': 'heading', '22': 'quote', '25': 'listItem' })).map((block) => block.split(':')[0])
    ).toEqual(['heading', 'quote', 'list', 'paragraph'])
  })

  it('another headline takes the old one’s place, and the old one says why it is out', () => {
    const found = choose({ '2': 'headline' })
    expect([found.fields.headline, found.fields.standfirst]).toEqual([
      'Commuters on the eastern crossing will pay the same through the winter, says the mayor',
      ''
    ])
    expect(found.lines[0]).toMatchObject({
      role: 'furniture',
      kept: false,
      reason: say('reason.displaced', { role: 'headline' })
    })
  })

  it('two lines may share a standfirst or a byline', () => {
    expect(choose({ '27': 'standfirst' }).fields.standfirst).toBe(
      'Commuters on the eastern crossing will pay the same through the winter, says the mayor\nAlso read: Night boats return to the eastern crossing'
    )
    expect(
      review(
        'Old mill turns\n\nBy AFP\nAmal Haddad\n\nThe mill on the river turned again on Monday for the first time, the miller said.',
        { assignments: { '3': 'byline' } }
      ).fields
    ).toMatchObject({
      byline: 'By AFP, Amal Haddad',
      authors: [{ name: 'AFP' }, { name: 'Amal Haddad' }],
      source: 'AFP'
    })
  })

  it('a related line gives a related story; keywords are parted', () => {
    expect(choose({ '27': 'related' }).fields.related).toEqual([
      { headline: 'Night boats return to the eastern crossing' }
    ])
    expect(choose({ '31': 'keywords' }).fields.keywords).toEqual(['More news from Region'])
  })

  it('published and updated can be swapped; a line without a date says that it has none', () => {
    expect(instants(choose({ '16': 'updated', '18': 'published' }))).toEqual([
      '2024-11-06T17:12:00.000Z Asia/Dubai',
      '2024-11-06T15:05:00.000Z Asia/Dubai'
    ])
    const found = choose({ '22': 'published' })
    expect(found.lines[22]).toMatchObject({
      role: 'published',
      kept: false,
      reason: say('reason.noDate')
    })
    expect(codes(found)).toContain('date_unread')
  })

  it('a second caption is a second picture, at its place', () => {
    const found = choose({ '29': 'caption' })
    expect(found.fields.leadImage?.caption).toMatch(/^Passengers/)
    expect(found.body.blocks.map(({ type }) => type)).toEqual(['paragraph', 'paragraph', 'paragraph', 'image'])
  })

  it('a line too long for its role stays in the body and says so', () => {
    const long = `The mill turned ${'and turned '.repeat(40)}again.`
    const found = review(`Old mill turns\n\n${long}\n`, { assignments: { '2': 'section' } })
    expect(found.lines[2]).toMatchObject({
      role: 'body',
      kept: true,
      reason: say('reason.tooLong', { role: 'section' })
    })
    expect([found.fields.section, body(found)]).toEqual(['', [`paragraph: ${long}`]])
    expect(codes(found)).toContain('too_long')
  })

  it('a blank line has no words to give', () => {
    expect(choose({ '1': 'headline' }).lines[1]).toMatchObject({ role: 'blank', kept: false })
    expect(choose({ '1': 'headline' }).fields.headline).toBe('Harbour council freezes ferry fares until spring')
  })

  it('numbers beyond the page change nothing', () => {
    expect(choose({ '999': 'headline' })).toEqual(reviewFile('harbour-fares.txt'))
  })

  it('a story can be made of a page that seemed to hold none', () => {
    const found = reviewFile('only-furniture.txt', { assignments: { '1': 'headline', '2': 'body' } })
    expect([found.fields.headline, body(found), codes(found)]).toEqual(['News', ['paragraph: Sport'], ['no_date']])
  })
})
