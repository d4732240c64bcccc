import { z } from 'zod'
import { Place } from '../story/place.ts'
import { Message } from '../words/message.ts'

/** What a check is called in a profile, in the command line's JSON and in tests. */
export const rules = [
  'needed',
  'length',
  'blocks',
  'slot',
  'alt',
  'caption',
  'credit',
  'pictureSize',
  'leftovers',
  'placeholders',
  'quotes',
  'links',
  'weekdays',
  'embargo',
  'names'
] as const
export const Rule = z.enum(rules)
export type Rule = z.infer<typeof Rule>

export const Finding = z.object({
  rule: Rule,
  /** What is required holds publishing up; what is advised asks. */
  level: z.enum(['required', 'advised']),
  place: Place,
  /** What is wrong, in words. */
  said: Message,
  /** The words it is about; empty where there are none. */
  quote: z.string()
})
export type Finding = z.infer<typeof Finding>

/** What a rule finds in one text. */
export interface Hit {
  readonly rule: Rule
  readonly start: number
  readonly end: number
  readonly said: Message
}

/** What a rule is told about the text it reads. */
export interface TextContext {
  readonly language: string
  /** About when the story is set, in ms UTC: the year of a date that names none. */
  readonly about: number
}
