import type { z } from 'zod'
import { GalleyError } from '../rpc/errors.ts'
import { fieldDefaults, FieldsPatch, StoryFields, timesDefaults } from './fields.ts'
import { say } from '../words/message.ts'

/** The version of stored fields that this build writes. Fields without a version are version 1. */
export const FIELDS_VERSION = 2

type Stored = Readonly<Record<string, unknown>>
/** A step from one version to the next. Takes all the fields of a story, or some of them as stored in the journal. */
export type FieldsStep = (fields: Stored) => Stored

/** Never edited after release; the frozen libraries test each one. */
const steps: Readonly<Record<number, FieldsStep>> = { 1: releaseToEmbargo }

/**
 * A field added later is missing in older stories and gets its default; that needs neither a step nor a new version.
 */
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
 * Reads a story's stored fields, in any version this build knows. Unknown keys are kept. Throws `unsupported` for
 * fields from a newer version and `damaged` for what does not fit; neither is ever rewritten.
 */
export function upgradeFields(stored: unknown): StoryFields {
  return upgradeFieldsOf(format, stored)
}

/** The same for a change to some fields, as stored in the journal. */
export function upgradeFieldsPatch(stored: unknown): FieldsPatch {
  const { data, error } = format.patchSchema.safeParse(climb(format, stored))
  if (!data) throw damaged(error)
  return data
}

/** The fields as stored, with their version, which belongs to the stored form and is not a field of the story. */
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
 * Version 1 had a single release, either an embargo or a schedule. An embargo stays with the story; a schedule now
 * belongs to a delivery. A schedule without a delivery is kept as `planned`, so that it is offered on publishing and
 * nothing leaves early.
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
