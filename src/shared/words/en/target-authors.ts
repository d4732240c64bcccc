import { grammar } from '../grammar.ts'

const { plural } = grammar('en-GB')

/** Matching bylines to the users of a CMS. */
export const targetAuthors = {
  title: (chosen: number) =>
    chosen === 0 ? 'Authors: by their names' : `Authors: ${plural(chosen, { one: '# chosen', other: '# chosen' })}`,
  text: 'A story’s author there is whoever has the name in its byline. If nobody has it, the author is the account Galley uses. The byline itself is in the text either way.',
  asLastTold: 'These are the authors it last reported.',
  noNames: 'No story of this library has a byline yet.',
  byName: (name: string) => `By name: ${name}`,
  nobody: 'By name: no match there, so Galley’s account',
  account: 'Galley’s account',
  gone: (id: string) => `Somebody who has gone (${id})`
} as const
