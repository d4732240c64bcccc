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
  isOff: 'Spelling is off. Settings turn it on.',
  done: 'The whole story has been looked at.',
  noDictionary: (language: string) => `There is no dictionary of ${language}.`,
  failed: (language: string) => `The spelling of ${language} could not be looked at.`,
  group: 'Spelling',
  onOff: 'Mark spelling',
  onOffText: 'What is misspelt in a story is underlined as you write. Nothing leaves this machine.',
  grammar: 'Mark grammar',
  grammarText:
    'In English sentences: a word twice, “there” for “their”, a verb that does not agree. Underlined with dots.',
  capitals: 'Words in capitals too',
  capitalsText: 'Off, NATO and USAF are left alone.',
  ownWords: 'Your words',
  ownWordsText: 'Words that are right in every story. They stay in this library.',
  count: (n: number) => (n === 0 ? 'None yet' : plural(n, { one: '# word', other: '# words' })),
  newWord: 'Another word',
  add: 'Add',
  forget: (word: string) => `Take out ${word}`,
  findWord: 'Find in your words',
  noneFound: 'None of your words has that in it.',
  more: (n: number) => plural(n, { one: 'and # more', other: 'and # more' }),
  forgetAll: 'Take out all',
  forgotten: (n: number) => plural(n, { one: '# word taken out.', other: '# words taken out.' }),
  exportWords: 'Export',
  importWords: 'Import…',
  imported: (n: number) =>
    n === 0 ? 'No new words in that file.' : plural(n, { one: '# word added.', other: '# words added.' }),
  fileName: 'galley-words.txt',
  dictionariesText: (folder: string) =>
    `Galley brings Arabic, German, English, French, Italian, Portuguese, Russian and Spanish. For others put the two files of a Hunspell dictionary, such as nl.aff and nl.dic, into ${folder}`
}
