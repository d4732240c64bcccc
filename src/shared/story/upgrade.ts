import type { z } from 'zod'
import { GalleyError } from '../rpc/errors.ts'
import { fieldDefaults, FieldsPatch, StoryFields, timesDefaults } from './fields.ts'
import { say } from '../words/message.ts'

/** The version of stored fields this build writes. Fields that name none are of version 1. */
export const FIELDS_VERSION = 2

type Stored = Readonly<Record<string, unknown>>
/**
 * From the version named to the next. Works on all the fields of a story and on a part of them, as the journal keeps.
 */
export type FieldsStep = (fields: Stored) => Stored

/** Never edited after release; the frozen libraries prove each. */
const steps: Readonly<Record<number, FieldsStep>> = { 1: releaseToEmbargo }

/** A field that came later is absent from older stories and gets its default; it needs no step and no new version. */
export interface FieldsFormat<Fields extends StoryFields, Patch> {
  readonly version: number
  readonly steps: Readonly<Record<number, FieldsStep>>
  readonly defaults: Stored
  readonly schema: z.ZodType<Fields>
  readonly patchSchema: z.ZodType<Patch>
}

const format: FieldsFormat<StoryFields, FieldsPatch> = {
  version: FIELDS_VERSION,
  steps,
  defaults: fieldDefaults,
  schema: StoryFields,
  patchSchema: FieldsPatch
}

/**
 * Reads the stored fields of a story, of any version this build knows. Keys it does not know are kept. Throws
 * `unsupported` for fields from the future and `damaged` for what does not fit; neither is ever rewritten.
 */
export function upgradeFields(stored: unknown): StoryFields {
  return upgradeFieldsOf(format, stored)
}

/** The same for a change to some fields, as the journal keeps it. */
export function upgradeFieldsPatch(stored: unknown): FieldsPatch {
  const { data, error } = format.patchSchema.safeParse(climb(format, stored))
  if (!data) throw damaged(error)
  return data
}

/** How fields are stored: with the version they are of. The version is the file's affair and no field of the story. */
export function toStoredFields<Fields extends FieldsPatch>(fields: Fields): Fields & { readonly version: number } {
  return { version: FIELDS_VERSION, ...fields }
}

export function upgradeFieldsOf<Fields extends StoryFields, Patch>(
  known: FieldsFormat<Fields, Patch>,
  stored: unknown
): Fields {
  const fields = climb(known, stored)
  const times = isRecord(fields['times']) ? { ...timesDefaults, ...fields['times'] } : fields['times']
  const { data, error } = known.schema.safeParse({ ...known.defaults, ...fields, times })
  if (!data) throw damaged(error)
  return data
}

function climb(
  { version: newest, steps: known }: Pick<FieldsFormat<StoryFields, unknown>, 'version' | 'steps'>,
  stored: unknown
): Stored {
  if (!isRecord(stored)) throw damaged()
  const { version: named = 1, ...rest } = stored
  if (typeof named !== 'number' || !Number.isInteger(named) || named < 1) throw damaged()
  if (named > newest) {
    throw new GalleyError('unsupported', say('stories.newerStory'), {
      detail: { version: named }
    })
  }
  let fields: Stored = rest
  for (let version = named; version < newest; version += 1) fields = known[version]?.(fields) ?? fields
  return fields
}

/**
 * Version 1 had one release: an embargo, or a schedule of the story. An embargo stays the story's; a schedule belongs
 * to a delivery now. That of a story without one is kept as `planned`, so that it is offered on publishing and nothing
 * leaves early.
 */
function releaseToEmbargo(fields: Stored): Stored {
  const { times } = fields
  if (!isRecord(times) || !('release' in times)) return fields
  const { release, ...rest } = times
  if (!isRecord(release)) return { ...fields, times: { ...rest, embargo: null } }
  const { at, kind } = release
  return {
    ...fields,
    times: { ...rest, embargo: kind === 'embargoed' ? at : null, ...(kind !== 'embargoed' && { planned: at }) }
  }
}

function isRecord(value: unknown): value is Stored {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function damaged(error?: z.ZodError): GalleyError {
  return new GalleyError('damaged', say('stories.fieldsUnreadable'), {
    detail: { path: error?.issues[0]?.path.join('.') ?? '' }
  })
}
