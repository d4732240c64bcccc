import { plainWord } from './words.ts'

/** The form in which the contract accepts a word. */
const ONE_WORD = /^\S{1,100}$/u

/**
 * The words of a text file with one word per line, without repetitions. A Hunspell word list (.dic) has their number in
 * its first line and flags after a slash. Skips anything that is not a word or not UTF-8.
 */
export function wordsOfFile(text: string, name: string): string[] {
  const isHunspell = /\.dic$/i.test(name)
  const words = text.split(/\r\n|\r|\n/).map((line) => {
    const word = plainWord(line.trim())
    return isHunspell ? word.replace(/(?<!\\)\/.*$/, '').replaceAll('\\/', '/') : word
  })
  return [...new Set(words)].filter((word) => ONE_WORD.test(word) && !/^\d+$/.test(word) && !word.includes('\ufffd'))
}
