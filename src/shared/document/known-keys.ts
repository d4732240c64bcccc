import { z } from 'zod'
import { sameJson } from '../lib/same-json.ts'
import { pairValues } from './diff/pair-values.ts'

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
  return merged(own, known(unwrapped(schema), own, reduced), back)
}

/** `left`: the known part of `own`, as it left. */
function merged(own: unknown, left: unknown, back: unknown): unknown {
  if (sameJson(left, back)) return own
  if (isRecord(own) && isRecord(left) && isRecord(back)) {
    if (isAnother(left, back)) return back
    return Object.fromEntries(
      [...new Set([...Object.keys(back), ...Object.keys(own)])]
        .map((key): [string, unknown] => [key, merged(at(own, key), at(left, key), at(back, key))])
        .filter(([, value]) => value !== undefined)
    )
  }
  if (isWords(own) && (left === undefined || isWords(left)) && (back === undefined || isWords(back))) {
    const more = own.filter((word) => !left?.includes(word) && !back?.includes(word))
    return more.length === 0 ? back : [...(back ?? []), ...more]
  }
  if (Array.isArray(own) && Array.isArray(left) && Array.isArray(back) && own.length === left.length) {
    const ownOf = new Map(pairValues(left, back, (one, other) => !isAnother(one, other)).map(([i, j]) => [j, i]))
    return back.map((one: unknown, j) => {
      const i = ownOf.get(j)
      return i === undefined ? one : merged(own[i], left[i], one)
    })
  }
  return back
}

/** By which of its keys a value says what it is of, the first that it has. */
const NAMING = ['mediaId', 'href', 'code', 'name', 'storyId', 'url', 'id']

/**
 * Another picture, person, topic or page took the place of the one that was there. What another build knew of that one,
 * such as a crop or an account, is not true of this one.
 */
function isAnother(left: unknown, back: unknown): boolean {
  if (!isRecord(left) || !isRecord(back)) return false
  const naming = NAMING.find((key) => key in left)
  return naming !== undefined && left[naming] !== back[naming]
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

function at(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined
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
    .filter(([key]) => Object.hasOwn(shape, key))
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
