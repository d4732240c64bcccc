import { createStore } from './store.ts'

export const textSizes = ['small', 'normal', 'large', 'larger'] as const
export const measures = ['narrow', 'normal', 'wide'] as const

export interface Reading {
  readonly size: (typeof textSizes)[number]
  readonly measure: (typeof measures)[number]
}

const KEY = 'galley.reading'
const standard: Reading = { size: 'normal', measure: 'normal' }

/** How large the story is set on this machine, and how long its lines are. What readers get stays as it is. */
export const reading = createStore<Reading>(remembered())

export function setReading(change: Partial<Reading>): void {
  const next = { ...reading.get(), ...change }
  localStorage.setItem(KEY, JSON.stringify(next))
  reading.set(next)
}

function remembered(): Reading {
  try {
    const { size, measure } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Reading>
    return {
      size: textSizes.find((one) => one === size) ?? standard.size,
      measure: measures.find((one) => one === measure) ?? standard.measure
    }
  } catch {
    return standard
  }
}
