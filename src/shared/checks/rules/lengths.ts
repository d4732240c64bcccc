import { say } from '../../words/message.ts'
import type { Hit } from '../finding.ts'
import type { FieldRule } from '../profile.ts'

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Characters as readers count them: a letter with its accents is one. */
export function lengthOf(text: string): number {
  // Almost all text is one unit to a character.
  if (/^[\u0020-\u02ff\u2010-\u2044]*$/.test(text)) return text.length
  return [...characters.segment(text)].length
}

/** How far a text is past its limits: above zero, too long by so many; below, too short; null where it fits. */
export function offBy(text: string, { min, max }: Pick<FieldRule, 'min' | 'max'>): number | null {
  const length = lengthOf(text.trim())
  if (max !== undefined && length > max) return length - max
  if (min !== undefined && length < min) return length - min
  return null
}

/** A field that is filled and does not fit. An empty one is missing, or not needed. */
export function lengths(text: string, rule: FieldRule): Hit[] {
  const off = text.trim() === '' ? null : offBy(text, rule)
  if (off === null) return []
  const said =
    off > 0
      ? say('checks.tooLong', { by: off, max: rule.max ?? 0 })
      : say('checks.tooShort', { by: -off, min: rule.min ?? 0 })
  return [{ rule: 'length', start: 0, end: text.length, said }]
}
