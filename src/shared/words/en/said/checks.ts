import { grammar } from '../../grammar.ts'
import type { Said } from '../../said.ts'
import { checkNames } from '../checks.ts'

const { plural, number } = grammar('en-GB')

/** Findings of the checks. */
export const checks = {
  brokenProfile: {
    text: ({ where }: { readonly where: string }) => `This file of checks cannot be used: “${where}” is not valid.`,
    next: 'Galley uses its own checks until the file is fixed.'
  },
  unknownInProfile: {
    text: ({ keys }: { readonly keys: string }) => `This file of checks cannot be used: “${keys}” is unknown.`,
    next: 'Galley uses its own checks until the file is fixed.'
  },
  notJson: {
    text: 'This file of checks cannot be used: it is not JSON.',
    next: 'Galley uses its own checks until the file is fixed.'
  },
  needed: ({ field }: { readonly field: string }) => `${nameOf(field)}: not there yet.`,
  tooLong: ({ by, max }: { readonly by: number; readonly max: number }) =>
    `Too long by ${plural(by, { one: '# character', other: '# characters' })}: ${number(max)} at most.`,
  tooShort: ({ by, min }: { readonly by: number; readonly min: number }) =>
    `Too short by ${plural(by, { one: '# character', other: '# characters' })}: ${number(min)} at least.`,
  blockNotAllowed: ({ kind }: { readonly kind: string }) => `This desk does not use this part of a story: ${kind}.`,
  pictureToCome: 'A picture is still to come: the story leaves without it.',
  noAlt: 'A picture has no alt text.',
  noCaption: 'A picture has no caption.',
  noCredit: 'A picture has no credit.',
  pictureSmall: ({ width, least }: { readonly width: number; readonly least: number }) =>
    `A picture is too small for its place: ${number(width)} pixels wide, ${number(least)} are needed.`,
  leftover: ({ mark }: { readonly mark: string }) => `“${mark}” is still in the copy.`,
  placeholder: ({ mark }: { readonly mark: string }) => `“${mark}” may stand for something still to come.`,
  unbalancedQuote: 'A quotation mark without its partner.',
  linkBroken: ({ address }: { readonly address: string }) => `A link that leads nowhere: ${address}`,
  linkPrivate: ({ address }: { readonly address: string }) => `A link that readers cannot open: ${address}`,
  linkEnds: ({ address }: { readonly address: string }) => `A link that ends in a punctuation mark: ${address}`,
  linkWithoutWords: ({ address }: { readonly address: string }) => `A link without words: ${address}`,
  linkElsewhere: ({ shown, host }: { readonly shown: string; readonly host: string }) =>
    `A link that says ${shown} and leads to ${host}.`,
  weekday: ({ date, weekday }: { readonly date: string; readonly weekday: string }) =>
    `${date}: that day is a ${weekday}.`,
  embargoWording: 'The copy mentions an embargo, but the story has none.',
  spelledTwoWays: ({ name, other }: { readonly name: string; readonly other: string }) =>
    `“${name}” here, “${other}” elsewhere.`,
  stopsPublishing: {
    text: ({ findings }: { readonly findings: readonly Said[] }) =>
      `This has to be fixed before the story is published: ${findings.join(' ')}`,
    next: 'Fix it, then publish.'
  },
  blankCorrection: {
    text: 'A correction has no words yet.',
    next: 'Write it or remove it, then publish.'
  }
} as const

function nameOf(field: string): string {
  const names: Readonly<Record<string, string>> = checkNames
  return names[field] ?? field
}
