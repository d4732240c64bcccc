import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { OwnDictionaries } from '../../../src/main/core/spelling/own-dictionaries.ts'

let library: string
let own: OwnDictionaries
const at = (name: string): string => join(library, 'dictionaries', name)
const put = (name: string, text = name): void => writeFileSync(at(name), text)
const read = async (language: string): Promise<(string | null)[]> =>
  Promise.all(
    (['aff', 'dic'] as const).map(async (ending) => {
      const bytes = await own.file(language, ending)
      return bytes && Buffer.from(bytes).toString('utf8')
    })
  )

beforeEach(() => {
  library = mkdtempSync(join(tmpdir(), 'galley-own-'))
  own = new OwnDictionaries(library)
  mkdirSync(own.folder)
})
afterEach(() => rmSync(library, { recursive: true, force: true }))

describe('dictionaries of the person’s own', () => {
  test('are found by their tag, as most are called, and by their language', async () => {
    put('nl_NL.aff')
    put('nl_NL.dic')
    put('ca.aff')
    put('ca.dic')
    expect(await read('nl')).toEqual(['nl_NL.aff', 'nl_NL.dic'])
    expect(await read('nl-NL')).toEqual(['nl_NL.aff', 'nl_NL.dic'])
    expect(await read('nl-BE')).toEqual([null, null])
    expect(await read('ca-ES')).toEqual(['ca.aff', 'ca.dic'])
  })

  test('are none where a file of the two, or the folder, is not there', async () => {
    put('nl.aff')
    expect(await read('nl')).toEqual([null, null])
    rmSync(own.folder, { recursive: true })
    expect(await read('nl')).toEqual([null, null])
  })

  test('are never what a link leads to, a pipe, a folder, or a file that is far too large', async () => {
    writeFileSync(join(library, 'secret'), 'a secret')
    put('a.aff')
    symlinkSync(join(library, 'secret'), at('a.dic'))
    expect(await read('a')).toEqual(['a.aff', null])
    if (process.platform !== 'win32') {
      put('b.aff')
      execFileSync('mkfifo', [at('b.dic')])
      expect(await read('b')).toEqual(['b.aff', null])
    }
    put('c.aff')
    mkdirSync(at('c.dic'))
    expect(await read('c')).toEqual(['c.aff', null])
    put('d.aff')
    put('d.dic')
    truncateSync(at('d.dic'), 64 * 1024 * 1024 + 1)
    expect(await read('d')).toEqual(['d.aff', null])
  })

  test('are asked for by no name that leads out of their folder', async () => {
    writeFileSync(join(library, 'x.aff'), 'out')
    writeFileSync(join(library, 'x.dic'), 'out')
    expect(await read('../x')).toEqual([null, null])
  })
})
