import { expect, it } from 'vitest'
import { zoneOptions } from '../../src/renderer/ui/zone-options.ts'

const summer = Date.UTC(2026, 6, 1)

it('zones are named by their city and by what their clocks are ahead at that hour', () => {
  const of = (id: string, ms = summer) => zoneOptions('UTC', ms).find((option) => option.id === id)
  expect(of('Asia/Dubai')).toEqual({ id: 'Asia/Dubai', label: 'Dubai (GMT+4)', detail: 'Asia' })
  expect(of('Europe/London')?.label).toBe('London (GMT+1)')
  expect(of('Europe/London', Date.UTC(2026, 0, 1))?.label).toBe('London (GMT)')
  expect(of('America/North_Dakota/Center')).toMatchObject({ detail: 'America, North Dakota' })
  expect(of('UTC')?.label).toBe('UTC')
})

it('a zone that is chosen and is not on this machine’s list is offered too', () => {
  expect(zoneOptions('US/Pacific', summer)[0]).toMatchObject({ id: 'US/Pacific', label: 'Pacific (GMT-7)' })
})
