import { grammar } from '../grammar.ts'

const { plural } = grammar('en-GB')

/** Whom bylines are on a CMS. */
export const targetAuthors = {
  title: (chosen: number) =>
    chosen === 0 ? 'Authors: by their names' : `Authors: ${plural(chosen, { one: '# chosen', other: '# chosen' })}`,
  text: 'A story goes under whoever has the name of its byline there. Where nobody has, it goes under the account that Galley uses. The byline itself stands in the text in any case.',
  asLastTold: 'These are the authors it last told of.',
  noNames: 'No story of this library has a byline yet.',
  byName: (name: string) => `By name: ${name}`,
  nobody: 'By name: nobody there, so Galley’s account',
  account: 'Galley’s account',
  gone: (id: string) => `Somebody who has gone (${id})`
} as const
