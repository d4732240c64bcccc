import { describe, expect, it } from 'vitest'
import { chooseAuthors } from '../../../src/shared/intake/authors.ts'

const names = (byline: string, marked: readonly string[] = [], told: readonly string[] = []): string[] =>
  chooseAuthors({ byline, marked, told }).authors.map(({ name }) => name)

describe('who wrote a story', () => {
  it('is somebody, and not where they work, though the markup points out the outlet alone', () => {
    expect(names('By Nadia Osman, Ellery Evening Post', ['Ellery Evening Post'])).toEqual(['Nadia Osman'])
    expect(names('By Nadia Osman, Ellery Evening Post', [], ['Ellery Evening Post'])).toEqual(['Nadia Osman'])
    expect(names('Ellery Evening Post', ['Ellery Evening Post'])).toEqual(['Ellery Evening Post'])
  })

  it('is nobody who made the pictures', () => {
    expect(names('By Nadia Osman, Illustration by Claire Moor', ['Nadia Osman', 'Claire Moor'])).toEqual([
      'Nadia Osman'
    ])
    expect(names('By Nadia Osman, Photographs by Omar Said')).toEqual(['Nadia Osman'])
    expect(names('By Artur Bylund')).toEqual(['Artur Bylund'])
  })

  it('is never the label that stands before a name', () => {
    expect(names('作者：', ['作者：'])).toEqual([])
    expect(names('Diogo Reis, 翻訳者, 中村 花', ['Diogo Reis', '翻訳者', '中村 花'])).toEqual(['Diogo Reis', '中村 花'])
    expect(names('Author: Nadia Osman', ['Author:', 'Nadia Osman'])).toEqual(['Nadia Osman'])
  })

  it('is everybody the reader is told of, where machines are told of one', () => {
    expect(names('By Nadia Osman and Omar Said', [], ['Nadia Osman'])).toEqual(['Nadia Osman', 'Omar Said'])
  })
})
