import { describe, expect, test } from 'vitest'
import { DEEPEST, droppedFiles, MOST_FILES } from '../../src/renderer/api/dropped-files.ts'

type Tree = { readonly [name: string]: Tree | 'file' | 'gone' }

/** A folder as the browser gives it: its entries in portions, and files that are read when they are asked for. */
function folder(name: string, tree: Tree | null): unknown {
  return {
    name,
    isDirectory: true,
    isFile: false,
    createReader() {
      const entries = Object.entries(tree ?? {}).map(([inner, what]) =>
        typeof what === 'string' ? file(inner, what) : folder(inner, what)
      )
      return {
        readEntries(resolve: (portion: unknown[]) => void, reject: (why: Error) => void) {
          if (tree === null) reject(new Error('not yours'))
          else resolve(entries.splice(0, 100))
        }
      }
    }
  }
}

function file(name: string, what: 'file' | 'gone'): unknown {
  return {
    name,
    isDirectory: false,
    isFile: true,
    file(resolve: (file: File) => void, reject: (why: Error) => void) {
      if (what === 'gone') reject(new Error('gone'))
      else resolve(new File(['words'], name))
    }
  }
}

function drop(...entries: readonly unknown[]): DataTransfer {
  return {
    files: [],
    items: entries.map((entry) => ({ kind: 'file', webkitGetAsEntry: () => entry }))
  } as unknown as DataTransfer
}

const many = (n: number): Tree => Object.fromEntries(Array.from({ length: n }, (_, at) => [`${at}.txt`, 'file']))
const namesIn = (files: readonly File[]): string[] => files.map(({ name }) => name)

describe('folders that are dropped', () => {
  test('give all their files but for the one that cannot be read, which is named', async () => {
    const { files, unread, isCut } = await droppedFiles(
      drop(folder('export', { 'a.json': 'file', 'link.jpg': 'gone', media: { 'b.jpg': 'file' }, '.hidden': 'gone' }))
    )
    expect([namesIn(files), unread, isCut]).toEqual([['a.json', 'b.jpg'], ['link.jpg'], false])
  })

  test('that cannot be opened keep no other from coming in', async () => {
    const { files, unread } = await droppedFiles(drop(folder('closed', null), folder('open', { 'a.txt': 'file' })))
    expect([namesIn(files), unread]).toEqual([['a.txt'], ['closed']])
  })

  test.each([MOST_FILES, MOST_FILES + 1, 5 * MOST_FILES])('say that something is left of %i files', async (n) => {
    const { files, isCut } = await droppedFiles(drop(folder('export', many(n))))
    expect([files.length, isCut]).toEqual([MOST_FILES, n > MOST_FILES])
  })

  test('say that something is left deep within them', async () => {
    const nested = (depth: number): Tree =>
      depth === 1 ? { 'a.txt': 'file' } : { 'a.txt': 'file', inner: nested(depth - 1) }
    const whole = await droppedFiles(drop(folder('export', nested(DEEPEST))))
    expect([whole.files.length, whole.isCut]).toEqual([DEEPEST, false])
    const cut = await droppedFiles(drop(folder('export', nested(DEEPEST + 1))))
    expect([cut.files.length, cut.isCut]).toEqual([DEEPEST, true])
  })
})
