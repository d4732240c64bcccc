import type { Correction, StoryFields } from './fields.ts'

/** The corrections above or below the text, in order. */
export function correctionsAt(corrections: readonly Correction[], place: 'top' | 'bottom'): Correction[] {
  return corrections.filter((one) => (one.place ?? 'bottom') === place)
}

/** The fields as readers and CMSs get them: the reason for a correction stays with the desk. */
export function withoutReasons<Fields extends Pick<StoryFields, 'corrections'>>(fields: Fields): Fields {
  if (!fields.corrections.some(({ reason }) => reason !== undefined)) return fields
  return { ...fields, corrections: fields.corrections.map(({ reason: _reason, ...rest }) => rest) }
}
