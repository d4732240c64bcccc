import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { en } from '../../src/shared/words/en/index.ts'

const root = resolve(import.meta.dirname, '../..')
const read = (pattern: string): string =>
  globSync(pattern, { cwd: root })
    .filter((file) => !file.replaceAll('\\', '/').includes('shared/words/en/'))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n')

it('every sentence the core can say is said somewhere', () => {
  const source = read('src/**/*.{ts,tsx}')
  const keys = Object.entries(en.said).flatMap(([room, sentences]) =>
    Object.keys(sentences).map((sentence) => `${room}.${sentence}`)
  )
  expect(keys.filter((key) => !source.includes(`'${key}'`))).toEqual([])
})

it('every word of the window, the menu and the command line is shown somewhere', () => {
  const source = read('src/**/*.{ts,tsx}')
  const names = (value: object): string[] =>
    Object.entries(value).flatMap(([name, inner]) =>
      // What is chosen by a value (a status, a role) is an object looked up by it: its own name is what is used.
      typeof inner === 'object' && inner !== null && !Array.isArray(inner) && !isLookedUp(source, name)
        ? names(inner as object)
        : [name]
    )
  const dead = names({ window: en.window, menu: en.menu }).filter(
    (name) => !built.test(name) && !new RegExp(`\\b${name}\\b`).test(source)
  )
  expect(dead).toEqual([])
})

it('every style token is used', () => {
  const css = read('src/**/*.{css,tsx,ts,html}')
  const tokens = new Set([...css.matchAll(/^\s*(--[\w-]+)\s*:/gm)].map(([, name]) => name ?? ''))
  expect([...tokens].filter((token) => !css.includes(`var(${token}`) && !css.includes(`'${token}'`))).toEqual([])
})

/** Put together from the name of a field: `${field}Hint`. */
const built = /^(?:headline|kicker|standfirst|byline)Hint$/

function isLookedUp(source: string, name: string): boolean {
  return new RegExp(`\\.${name}\\[`).test(source)
}
