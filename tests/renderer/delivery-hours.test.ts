import { expect, it } from 'vitest'
import { hoursShown } from '../../src/renderer/features/publishing/delivery-hours.ts'

const at = (utc: string) => ({ utc, zone: 'Europe/Berlin', kind: 'exact' as const })
const evening = at('2026-12-01T18:00:00.000Z')
const spring = at('2027-03-28T01:30:00.000Z')

it.each([
  ['planned alone', { planned: evening, embargo: null, notBefore: evening.utc }, [evening, null]],
  ['embargoed alone', { planned: null, embargo: spring, notBefore: spring.utc }, [null, spring]],
  ['held beyond its plan', { planned: evening, embargo: spring, notBefore: spring.utc }, [null, spring]],
  ['planned after the embargo', { planned: spring, embargo: evening, notBefore: spring.utc }, [spring, null]],
  ['planned for its end', { planned: spring, embargo: at('2027-03-28T01:30:00Z'), notBefore: spring.utc }, 'both'],
  ['neither', { planned: null, embargo: null, notBefore: null }, [null, null]]
] as const)('%s: never an hour at which it does not go out', (_name, item, expected) => {
  const { planned, embargo } = hoursShown(item as never)
  expect([planned, embargo]).toEqual(expected === 'both' ? [item.planned, item.embargo] : expected)
})
