import { grammar } from '../grammar.ts'

const { plural } = grammar('en-GB')

/** The spelling of a story. */
export const spelling = {
  suggest: 'Suggestions for the word at the caret',
  check: 'Check the spelling of the story',
  menuFor: (word: string) => `Spelling of “${word}”`,
  grammarMenu: 'Grammar',
  looking: 'Looking for suggestions…',
  noSuggestion: 'No suggestion',
  remove: 'Remove',
  ignoreOnce: 'Ignore here',
  ignoreInStory: 'Ignore in this story',
  accept: (word: string) => `Always accept “${word}”`,
  next: 'Leave it, go on',
  reading: 'Reading the story…',
  nothingHere: 'Nothing is marked at the caret.',
  isOff: 'Spelling is off. Turn it on in Settings.',
  done: 'The whole story has been checked.',
  noDictionary: (language: string) => `There is no dictionary for ${language}.`,
  failed: (language: string) => `The ${language} spelling could not be checked.`,
  group: 'Spelling',
  onOff: 'Mark spelling',
  onOffText: 'Underlines misspelt words as you write. Nothing leaves this machine.',
  grammar: 'Mark grammar',
  grammarText:
    'In English sentences: a repeated word, “there” for “their”, a verb that does not agree. Marked with dots.',
  capitals: 'Words in capitals too',
  capitalsText: 'When off, NATO and USAF are not checked.',
  ownWords: 'Your words',
  ownWordsText: 'Words that are right in every story. They stay in this library.',
  count: (n: number) => (n === 0 ? 'None yet' : plural(n, { one: '# word', other: '# words' })),
  newWord: 'Another word',
  add: 'Add',
  forget: (word: string) => `Remove ${word}`,
  findWord: 'Find in your words',
  noneFound: 'None of your words contains that.',
  more: (n: number) => plural(n, { one: 'and # more', other: 'and # more' }),
  forgetAll: 'Remove all',
  forgotten: (n: number) => plural(n, { one: '# word removed.', other: '# words removed.' }),
  exportWords: 'Export',
  importWords: 'Import…',
  imported: (n: number) =>
    n === 0 ? 'No new words in that file.' : plural(n, { one: '# word added.', other: '# words added.' }),
  fileName: 'galley-words.txt',
  dictionariesText: (folder: string) =>
    `Galley includes Arabic, German, English, French, Italian, Portuguese, Russian and Spanish. For other languages, put the two files of a Hunspell dictionary, such as nl.aff and nl.dic, into ${folder}`
}
