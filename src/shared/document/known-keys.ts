import { z } from 'zod'
import { sameJson } from '../lib/same-json.ts'

/** How the values of one schema are reduced that say more than its keys do. */
export type Reduced = ReadonlyMap<unknown, (value: unknown) => unknown>

/** The value without the keys that its schema does not name, at any depth; the value itself if it has none. */
export function knownKeys<Value>(schema: unknown, value: Value, reduced: Reduced = new Map()): Value {
  return known(unwrapped(schema), value, reduced) as Value
}

/**
 * What came back of a value that left with its known keys only: the value itself if nothing was changed, otherwise what
 * came back with the keys of ours that had not left.
 */
export function withOwnKeys(schema: unknown, own: unknown, back: unknown, reduced: Reduced = new Map()): unknown {
  const inner = unwrapped(schema)
  if (sameJson(known(inner, own, reduced), back)) return own
  if (inner instanceof z.ZodObject && isRecord(own) && isRecord(back)) {
    const shape: Readonly<Record<string, unknown>> = inner.shape
    const kept = Object.entries(own).filter(([key]) => !(key in shape) && !(key in back))
    const changed = Object.entries(back).map(([key, one]) => [
      key,
      key in shape ? withOwnKeys(shape[key], own[key], one, reduced) : one
    ])
    return { ...Object.fromEntries(changed), ...Object.fromEntries(kept) }
  }
  if (inner instanceof z.ZodArray && Array.isArray(own) && Array.isArray(back)) {
    const left: unknown[] = own.map((one: unknown) => known(unwrapped(inner.element), one, reduced))
    return back.map((one: unknown) => {
      const at = left.findIndex((each) => sameJson(each, one))
      return at < 0 ? one : (own[at] as unknown)
    })
  }
  return back
}

function known(schema: unknown, value: unknown, reduced: Reduced): unknown {
  const reduce = reduced.get(schema)
  if (reduce) return reduce(value)
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    const element = unwrapped(schema.element)
    const all: unknown[] = value.map((one: unknown) => known(element, one, reduced))
    return all.every((one, at) => one === value[at]) ? value : all
  }
  if (!(schema instanceof z.ZodObject) || !isRecord(value)) return value
  const shape: Readonly<Record<string, unknown>> = schema.shape
  const all = Object.entries(value)
    .filter(([key]) => key in shape)
    .map(([key, one]): [string, unknown] => [key, known(unwrapped(shape[key]), one, reduced)])
  const isWhole = all.length === Object.keys(value).length && all.every(([key, one]) => one === value[key])
  return isWhole ? value : Object.fromEntries(all)
}

function unwrapped(schema: unknown): unknown {
  let inner = schema
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable || inner instanceof z.ZodDefault)
    inner = inner.unwrap()
  return inner
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
