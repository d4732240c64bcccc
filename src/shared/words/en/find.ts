import { grammar } from '../grammar.ts'

const { number, plural } = grammar('en-GB')

/** Finding and replacing in a story. */
export const find = {
  label: 'Find in the story',
  title: 'Find in the story',
  titleReplace: 'Find and replace in the story',
  find: 'Find',
  replaceWith: 'Replace with',
  matchCase: 'Match case',
  wholeWord: 'Whole words',
  matchAccents: 'Match accents and letter forms',
  isRegExp: 'Regular expression',
  next: 'Next match',
  previous: 'Previous match',
  showReplace: 'Show replace',
  hideReplace: 'Hide replace',
  replace: 'Replace',
  replaceAll: 'Replace all',
  none: 'Nothing found',
  count: ({ at, of }: { readonly at: number; readonly of: number }) => `${number(at)} of ${number(of)}`,
  replaced: (n: number) => (n === 0 ? 'Nothing replaced' : plural(n, { one: '# replaced', other: '# replaced' })),
  invalid: 'Not a regular expression',
  ended: 'Took too long',
  standsIn: (place: string) => `This one is in: ${place}`
}
