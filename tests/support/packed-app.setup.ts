import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { dirname, join, posix, sep } from 'node:path'
import { promisify } from 'node:util'
import { extractAll, listPackage } from '@electron/asar'
import { expect, test as setup } from '@playwright/test'
import { FUSES } from '../../scripts/lib/packaging.mjs'
import { requireNode, root } from '../../scripts/lib/places.mjs'
import { packedApp } from './packed-app.ts'

/** What a package holds at its top, and the modules it brings; the numbers of files may change, these only on purpose. */
const PARTS = ['node_modules', 'out', 'package.json', 'resources']
const MODULES = [
  '@img/colour',
  `@img/sharp-${process.platform}-${process.arch}`,
  ...(process.platform === 'win32' ? [] : [`@img/sharp-libvips-${process.platform}-${process.arch}`]),
  '@xmldom/xmldom',
  'better-sqlite3',
  'detect-libc',
  'diff',
  'dom-serializer',
  'domelementtype',
  'domhandler',
  'domutils',
  'entities',
  'exifreader',
  'htmlparser2',
  'libheif-js',
  'semver',
  'sharp',
  'temporal-polyfill',
  'temporal-spec',
  'temporal-utils',
  'zod'
]

setup('the app is packed, holds what it needs and nothing else, and is unpacked to be driven', async () => {
  setup.setTimeout(180_000)
  const output = join(root, '.cache', 'packed')
  const { stdout } = await promisify(execFile)(requireNode(), ['scripts/package.mjs', '--hollow', '--output', output], {
    cwd: root
  })
  expect(stdout).toContain(`Fuses read back: ${Object.keys(FUSES).length} as they should be.`)
  expect(stdout).toMatch(/all of it +\d/)

  const resources = join(output, 'linux-unpacked', 'resources')
  const archive = join(resources, 'app.asar')
  const files = listPackage(archive, { isPack: false }).map((path) => path.split(sep).join(posix.sep).slice(1))
  expect([...new Set(files.map((path) => path.split('/')[0]))].toSorted()).toEqual(PARTS)
  const modules = files.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/@]+)\//.exec(path)?.[1] ?? [])
  expect([...new Set(modules)].toSorted()).toEqual(MODULES.toSorted())
  expect(
    files.filter((path) => /\.map$|\.[cm]?tsx?$|\.(?:cc?|cpp|h|gypi?)$|\/node-|headless|\bcli\b/.test(path))
  ).toEqual([])
  expect(files.filter((path) => path.includes('/prebuilds/'))).toEqual([
    `node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`
  ])

  rmSync(dirname(dirname(packedApp)), { recursive: true, force: true })
  extractAll(archive, packedApp)
})
