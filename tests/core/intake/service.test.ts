import { describe, expect, it } from 'vitest'
import { emptyFields, StoryFields } from '../../../src/shared/story/fields.ts'
import type { Story } from '../../../src/shared/story/story.ts'
import type { Settings } from '../../../src/shared/contract/settings.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { createIntakeService, type IntakeStory } from '../../../src/main/core/intake/intake.ts'
import { NOW } from './support.ts'

const created = { utc: new Date(NOW).toISOString(), zone: 'Asia/Dubai', origin: 'clock' as const }

function desk(
  settings: Pick<Settings, 'zone' | 'language' | 'intakeRules'> = {
    zone: 'Asia/Dubai',
    language: 'en',
    intakeRules: []
  }
) {
  const stored: { story: IntakeStory; by: string | null }[] = []
  const service = createIntakeService({
    clock: { now: () => NOW, after: () => () => undefined },
    settings: () => settings,
    findOrigin: () => null,
    findRaw: () => stored.at(-1)?.story.raw ?? null,
    pictureHere: () => null,
    madeFrom: () => Promise.resolve([]),
    updateStory: () => {
      throw new Error('nothing is brought up to date here')
    },
    createStory(story, by): Story {
      stored.push({ story, by })
      return {
        id: newId(NOW),
        revision: 1,
        status: 'draft',
        fields: StoryFields.parse({ ...emptyFields(created), ...story.fields }),
        body: story.body,
        changedAt: created.utc
      }
    }
  })
  return { service, stored }
}

const source = (text: string, name = 'page.txt') => ({ name, bytes: new TextEncoder().encode(text) })
const page =
  'Old mill turns again\n\nBy Reuters\n\nPublished: 13 Aug 2024, 4:48 PM\n\nThe mill on the river turned again on Monday for the first time since the flood, the miller said.\n'

describe('the intake service', () => {
  it('reviews without storing anything', async () => {
    const { service, stored } = desk()
    const found = await service.review({ source: source(page), assignments: {} })
    expect(found.fields).toMatchObject({
      headline: 'Old mill turns again',
      byline: 'By Reuters',
      times: { firstPublished: { utc: '2024-08-13T12:48:00.000Z' } }
    })
    expect(stored).toEqual([])
  })

  it('accepts what the same review shows, with the raw page byte for byte', async () => {
    const { service, stored } = desk()
    const request = { source: source(page), zone: 'Europe/London', assignments: { '0': 'kicker' as const } }
    const found = await service.review(request)
    const story = await service.accept(request, 'window-1')
    expect(stored).toEqual([
      {
        story: {
          fields: found.fields,
          body: found.body,
          raw: { name: 'page.txt', type: 'text/plain', bytes: new TextEncoder().encode(page) }
        },
        by: 'window-1'
      }
    ])
    expect(story.fields).toMatchObject({
      headline: '',
      kicker: 'Old mill turns again',
      times: { firstPublished: { utc: '2024-08-13T15:48:00.000Z', zone: 'Europe/London' } }
    })
    expect(service.raw(story.id)?.bytes).toEqual(new TextEncoder().encode(page))
  })

  it('uses the desk’s zone and rules', async () => {
    const { service } = desk({
      zone: 'Asia/Tokyo',
      language: 'en',
      intakeRules: [{ id: 'desk.mill', description: 'mill line', match: { line: ['Old mill *'] }, role: 'kicker' }]
    })
    const found = await service.review({ source: source(page), assignments: {} })
    expect([found.zone, found.lines[0]?.rule, found.fields.times?.firstPublished?.utc]).toEqual([
      'Asia/Tokyo',
      'desk.mill',
      '2024-08-13T07:48:00.000Z'
    ])
  })

  it('lets other work in while it reads a long page, and stops when told to', { timeout: 120_000 }, async () => {
    const { service } = desk()
    const long = Array.from(
      { length: 20_000 },
      (_, n) => `The clerk of day ${String(n)} wrote that nothing had been decided that had not been decided before.\n`
    ).join('\n')
    let turns = 0
    let isDone = false
    const others = (async () => {
      while (!isDone) {
        await new Promise((resolve) => setImmediate(resolve))
        turns += 1
      }
    })()
    const found = await service.review({ source: source(`Old mill turns again\n\n${long}`), assignments: {} })
    isDone = true
    await others
    expect(found.body.blocks).toHaveLength(20_000)
    expect(turns).toBeGreaterThan(10)

    const stopped = new AbortController()
    setImmediate(() => stopped.abort())
    await expect(service.review({ source: source(long), assignments: {} }, stopped.signal)).rejects.toMatchObject({
      code: 'cancelled'
    })
  })

  it('refuses in plain words what it cannot read, and stores nothing', async () => {
    const { service, stored } = desk()
    await expect(service.accept({ source: source('  '), assignments: {} })).rejects.toMatchObject({
      code: 'invalid_input',
      message: 'There is no text in that file.'
    })
    await expect(
      service.accept({ source: { name: 'a.pdf', bytes: new TextEncoder().encode('%PDF-1.7') }, assignments: {} })
    ).rejects.toMatchObject({ code: 'unsupported' })
    expect(stored).toEqual([])
  })
})
