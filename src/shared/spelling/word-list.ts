import { plainWord } from './words.ts'

/** As the contract takes a word. */
const ONE_WORD = /^\S{1,100}$/u

/**
 * The words of a text file with a word a line, each once. A Hunspell word list (.dic) has their number in its first line,
 * and flags behind a slash. What was no text in UTF-8, and what is no word, is left out.
 */
export function wordsOfFile(text: string, name: string): string[] {
  const isHunspell = /\.dic$/i.test(name)
  const words = text.split(/\r\n|\r|\n/).map((line) => {
    const word = plainWord(line.trim())
    return isHunspell ? word.replace(/(?<!\\)\/.*$/, '').replaceAll('\\/', '/') : word
  })
  return [...new Set(words)].filter((word) => ONE_WORD.test(word) && !/^\d+$/.test(word) && !word.includes('\ufffd'))
}
