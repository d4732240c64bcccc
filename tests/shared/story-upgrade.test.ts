import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fieldDefaults, StoryFields } from '../../src/shared/story/fields.ts'
import { toStoredFields, upgradeFields, upgradeFieldsOf, upgradeFieldsPatch } from '../../src/shared/story/upgrade.ts'
import { frozenText } from '../frozen/frozen-library.ts'

const created = { utc: '2026-01-01T00:00:00.000Z', zone: 'UTC', origin: 'clock' }
const at = { utc: '2027-01-02T05:00:00.000Z', zone: 'Europe/London', origin: 'typed' }
const written = (name: string): Record<string, unknown> =>
  (
    JSON.parse(frozenText('0.1.0', 'exports', name, 'galley.json')) as {
      story: { fields: Record<string, unknown> }
    }
  ).story.fields

describe('stored fields', () => {
  it('of this version come back as they went', () => {
    const fields = upgradeFields(written('everything'))
    expect(upgradeFields(JSON.parse(JSON.stringify(toStoredFields(fields))))).toEqual(fields)
  })

  it('keep an embargo as the story’s, and a schedule that no delivery had as what is planned', () => {
    const times = (release: unknown): unknown =>
      upgradeFields({ times: { created, firstPublished: null, lastUpdated: null, release } }).times
    const none = { created, firstPublished: null, lastUpdated: null }
    expect(times({ at, kind: 'embargoed' })).toEqual({ ...none, embargo: at })
    expect(times({ at, kind: 'scheduled' })).toEqual({ ...none, embargo: null, planned: at })
    expect(times(null)).toEqual({ ...none, embargo: null })
  })

  it('upgrade the same in a change of the journal, which holds some of them only', () => {
    expect(upgradeFieldsPatch({ headline: 'A' })).toEqual({ headline: 'A' })
    const change = {
      kicker: 'B',
      times: { created, firstPublished: null, lastUpdated: null, release: { at, kind: 'embargoed' } }
    }
    expect(upgradeFieldsPatch(change)).toEqual({
      kicker: 'B',
      times: { created, firstPublished: null, lastUpdated: null, embargo: at }
    })
    expect(upgradeFieldsPatch(toStoredFields({ headline: 'C' }))).toEqual({ headline: 'C' })
  })

  it('a field that came later has its default in older stories, and unknown keys are kept', () => {
    const Later = StoryFields.extend({ mood: z.enum(['calm', 'loud']), angles: z.array(z.string()) })
    const format = {
      version: 3,
      steps: { 1: (fields: object) => upgradeOne(fields), 2: (fields: object) => ({ ...fields, renamed: true }) },
      defaults: { ...fieldDefaults, mood: 'calm', angles: [] },
      schema: Later,
      patchSchema: Later.partial()
    }
    for (const name of ['everything', 'draft-planned', 'published']) {
      const { times: _times, ...fields } = written(name)
      expect(upgradeFieldsOf(format, written(name))).toMatchObject({
        ...fields,
        mood: 'calm',
        angles: [],
        renamed: true
      })
    }
    // Read by the build before, what the later one wrote is kept for it.
    const later = { ...toStoredFields(upgradeFields(written('published'))), mood: 'loud' }
    expect(upgradeFields(later)).toMatchObject({ mood: 'loud' })
  })

  it('from the future are refused, and what is no set of fields is damaged', () => {
    expect(() => upgradeFields({ version: 3 })).toThrow(expect.objectContaining({ code: 'unsupported' }))
    for (const bad of [
      null,
      [],
      'x',
      { version: 0 },
      { version: 'two' },
      {},
      { times: null },
      { urgency: 12, times: { created } }
    ])
      expect(() => upgradeFields(bad), JSON.stringify(bad)).toThrow(expect.objectContaining({ code: 'damaged' }))
  })
})

function upgradeOne(fields: object): Record<string, unknown> {
  return { ...upgradeFieldsPatch(fields) }
}
