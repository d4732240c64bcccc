import { grammar } from '../../grammar.ts'
import { statuses } from '../statuses.ts'

const { number, plural } = grammar('en-GB')
const statusNames: Readonly<Record<string, string>> = statuses

const fields = {
  headline: 'The headline',
  keyword: 'A keyword',
  author: 'An author',
  byline: 'The byline',
  dateline: 'The dateline',
  kicker: 'The kicker',
  headlineSeo: 'The search headline',
  section: 'The section',
  headlineShort: 'The short headline',
  slug: 'The slug',
  slugline: 'The slugline',
  headlineSocial: 'The social headline',
  source: 'The source',
  credit: 'A credit',
  related: 'A related headline'
} as const

/** A field whose text was longer than it may be. */
export type CutField = keyof typeof fields

type OfDate = { readonly text: string }
type Count = { readonly count: number }

/** Warnings about a story imported from a file. */
export const importWarning = {
  dateUnread: ({ text }: OfDate) => `The date “${text}” could not be read and was left out.`,
  dateSkipped: ({ text, zone }: OfDate & { readonly zone: string }) =>
    `The clocks in ${zone} skip “${text}”; the time after the change was taken. Check it.`,
  dateTwice: ({ text, zone }: OfDate & { readonly zone: string }) =>
    `The clocks in ${zone} show “${text}” twice; the first was taken. Check it.`,
  dateWithoutZone: ({ text, zone }: OfDate & { readonly zone: string }) =>
    `The date “${text}” names no zone; it was read in ${zone}.`,
  cut: ({ field, max, line }: { readonly field: CutField; readonly max: number; readonly line: string }) =>
    `${fields[field]} is longer than ${number(max)} characters and was cut: “${line}”`,
  language: ({ language, taken }: { readonly language: string; readonly taken: string }) =>
    `The language “${language}” is not a language code; ${taken} was taken.`,
  canceled: 'The sender has canceled this item: it must not be published.',
  withheld: 'The sender withholds this item: it must not be published until released.',
  planned: ({ at }: { readonly at: string }) => `Planned for ${at} where it came from.`,
  embargoed: ({ until }: { readonly until: string }) => `Embargoed until ${until}.`,
  noBody: 'The item has no text body.',
  urgency: 'The urgency is not a number from 1 to 9; 5 was taken.',
  pictureDamaged: ({ name }: { readonly name: string }) =>
    `The picture “${name}” inside the file is damaged and was left out.`,
  picturesBeside: ({ count, names }: Count & { readonly names: readonly string[] }) =>
    `${plural(count, { one: 'One picture is', other: '# pictures are' })} not inside this file: ${names.join(', ')}. Add them by hand if they are not in this library.`,
  picturesElsewhere: ({ count }: Count) =>
    `${plural(count, { one: 'One picture is', other: '# pictures are' })} named by address only and not fetched; the captions and credits are kept, with the pictures to come.`,
  startsAsDraft: ({ status }: { readonly status: string }) =>
    `The story was ${(statusNames[status] ?? status).toLowerCase()} where it came from; here it starts as a draft.`,
  copyAdded: 'This story is in the library already; the file was added as a copy.'
} as const
