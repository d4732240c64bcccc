import type { Correction, StoryFields } from './fields.ts'

/** Those that are above the text, or below it, in their order. */
export function correctionsAt(corrections: readonly Correction[], place: 'top' | 'bottom'): Correction[] {
  return corrections.filter((one) => (one.place ?? 'bottom') === place)
}

/** As readers and CMSs get them: why one was made is the desk's own. */
export function withoutReasons<Fields extends Pick<StoryFields, 'corrections'>>(fields: Fields): Fields {
  if (!fields.corrections.some(({ reason }) => reason !== undefined)) return fields
  return { ...fields, corrections: fields.corrections.map(({ reason: _reason, ...rest }) => rest) }
}
