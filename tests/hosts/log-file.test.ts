import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bugLine, noticeLine } from '../../src/main/core/app/log-lines.ts'
import { logFile } from '../../src/main/hosts/log-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'galley-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const read = (name = 'galley.log') => readFileSync(join(folder, name), 'utf8')

describe('the log in the library folder', () => {
  it('has a time on each line, is the owner’s alone and names nobody’s folders', () => {
    const log = logFile(folder, () => Date.UTC(2026, 10, 29, 9))
    log(`first: ${folder}/galley.db`)
    log(`second\n  at ${homedir()}/work/x.ts\u0007`)
    expect(read()).toBe(
      '2026-11-29T09:00:00.000Z first: <library>/galley.db\n2026-11-29T09:00:00.000Z second\n    at ~/work/x.ts \n'
    )
    expect(statSync(join(folder, 'galley.log')).mode & 0o777).toBe(0o600)
  })

  it('never takes more than three files', () => {
    const log = logFile(folder)
    for (const name of ['old', 'older', 'oldest', 'gone'].toReversed()) {
      writeFileSync(join(folder, 'galley.log'), `${name}\n${'x'.repeat(1_000_000)}`)
      log('new')
    }
    expect(readdirSync(folder).toSorted()).toEqual(['galley.log', 'galley.log.1', 'galley.log.2'])
    expect(read()).toMatch(/^\S+ new\n$/)
    expect([read('galley.log.1'), read('galley.log.2')].map((text) => text.split('\n', 1)[0])).toEqual(['old', 'older'])
  })

  it('cuts a line that is too long, and stays silent where it cannot write', () => {
    logFile(folder)('y'.repeat(100_000))
    expect(read().length).toBeLessThan(4100)
    expect(() => logFile(join(folder, 'no', 'such', 'folder'))('lost')).not.toThrow()
  })
})

describe('what is said in it', () => {
  it('a bug is named by kind and place, without the copy that engines quote', () => {
    let thrown: unknown
    try {
      JSON.parse('{"headline": "Minister resigns", oops')
    } catch (error) {
      thrown = error
    }
    const line = bugLine('stories.get', thrown)
    expect(line).toMatch(/^bug in stories\.get: SyntaxError: [^\n]*\n\s+at /)
    expect(line).not.toContain('Minister')
    expect(bugLine('stories.get', 'Minister resigns')).not.toContain('Minister')
  })

  it('what was lost is counted and never named', () => {
    const saved = { revision: 2, at: '2026-11-29T09:00:00.000Z' }
    const line = noticeLine({
      id: '01980000-0000-7000-8000-000000000001',
      at: '2026-11-29T09:00:00.000Z',
      kind: 'older',
      forward: 3,
      kept: ['galley.db.1'],
      lost: [{ storyId: '01980000-0000-7000-8000-000000000002', headline: 'Minister resigns', saved, now: null }]
    })
    expect(line).toBe('on opening: kind older · forward 3 · lost 1 · kept galley.db.1')
  })
})
