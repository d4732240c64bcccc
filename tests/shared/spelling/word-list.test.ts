import { expect, test } from 'vitest'
import { SpelledWord } from '../../../src/shared/contract/spelling.ts'
import { wordsOfFile } from '../../../src/shared/spelling/word-list.ts'

test('a file of words has a word a line, whatever ends its lines, each once', () => {
  expect(wordsOfFile('\ufeffHaddad\r\nkm/h\rHaddad\n\n  and/or \ntwo words\n’tis\n', 'words.txt')).toEqual([
    'Haddad',
    'km/h',
    'and/or',
    "'tis"
  ])
})

test('a Hunspell list has its number and its flags left out, and keeps a slash that is meant', () => {
  expect(wordsOfFile('3\nfiets/AB\nkm\\/h/C\nbrug\n', 'nl.DIC')).toEqual(['fiets', 'km/h', 'brug'])
})

test('what is taken for a word is one that the library takes', () => {
  const lines = ['a', '😀'.repeat(50), `${'😀'.repeat(50)}a`, 'x'.repeat(100), 'a\tb', 'a\u00a0b', 'a\u2028b']
  for (const line of lines)
    expect(wordsOfFile(line, 'a.txt').length === 1, line).toBe(SpelledWord.safeParse(line).success)
})

test('words that were not in UTF-8, or are far too long, are no words', () => {
  expect(wordsOfFile(`caf\ufffd\ngood\n${'x'.repeat(101)}`, 'old.txt')).toEqual(['good'])
})
