import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { drawIcons } from '../../scripts/lib/icons.mjs'
import { missingKeys, packagingConfig, PAGES, publisher } from '../../scripts/lib/packaging.mjs'
import { root } from '../../scripts/lib/places.mjs'

test('the icon is drawn in every size, and each system’s file of icons holds whole pictures', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'galley-icons-'))
  await drawIcons(join(root, 'packaging/icon.svg'), folder)
  const sizeOf = async (bytes: Buffer): Promise<number> => (await sharp(bytes).metadata()).width

  const ico = readFileSync(join(folder, 'icon.ico'))
  const inIco: number[] = []
  for (let at = 6; inIco.length < ico.readUInt16LE(4); at += 16) {
    const begin = ico.readUInt32LE(at + 12)
    const size = await sizeOf(ico.subarray(begin, begin + ico.readUInt32LE(at + 8)))
    expect(ico.readUInt8(at)).toBe(size % 256)
    inIco.push(size)
  }
  expect(inIco).toEqual([16, 24, 32, 48, 64, 128, 256])

  const icns = readFileSync(join(folder, 'icon.icns'))
  expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length])
  const inIcns: [string, number][] = []
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4))
    inIcns.push([
      icns.toString('latin1', at, at + 4),
      await sizeOf(icns.subarray(at + 8, at + icns.readUInt32BE(at + 4)))
    ])
  expect(Object.fromEntries(inIcns)).toMatchObject({ ic07: 128, ic08: 256, ic09: 512, ic10: 1024 })
  expect(await sizeOf(readFileSync(join(folder, 'icons/256x256.png')))).toBe(256)
  rmSync(folder, { recursive: true })
})

const config = (platform: string, env: Record<string, string> = {}): Record<string, any> =>
  packagingConfig({
    platform,
    arch: 'x64',
    made: '/made',
    output: '/out',
    env,
    electronVersion: '1.0.0',
    electronDist: null,
    inspectable: false
  })
const apple = { CSC_LINK: 'x', CSC_KEY_PASSWORD: 'x', APPLE_API_KEY: 'x', APPLE_API_KEY_ID: 'x', APPLE_API_ISSUER: 'x' }

test('a package is signed and notarised where the keys are there, and says which are missing where not', () => {
  expect(missingKeys('darwin', {})).toEqual(Object.keys(apple))
  expect(missingKeys('darwin', apple)).toEqual([])
  expect(missingKeys('linux', {})).toEqual([])
  expect(config('darwin', apple)['mac']).toMatchObject({ notarize: true, hardenedRuntime: true })
  expect(config('darwin', apple)['mac']).not.toHaveProperty('identity')
  expect(config('darwin')['mac']).toMatchObject({ notarize: false, identity: '-' })
})

test('each system gets its own build of the database and no other', () => {
  for (const platform of ['darwin', 'win32', 'linux']) {
    const files = config(platform)['files'] as string[]
    expect(files).toContain('!node_modules/better-sqlite3/prebuilds/**')
    expect(files.filter((pattern) => /prebuilds\/\w/.test(pattern))).toEqual([
      `node_modules/better-sqlite3/prebuilds/${platform}-x64.node`
    ])
  }
})

test('no one but Galley is put out of its place: pages are offered to it, stories are its own', () => {
  const { mac, win, linux } = config('darwin') as Record<string, { fileAssociations: Record<string, unknown>[] }>
  expect(mac?.fileAssociations).toMatchObject([{ rank: 'Alternate' }])
  expect(linux?.fileAssociations).toMatchObject([{ ext: 'galley.json' }])
  // Windows would give every double click on a page to whoever names it among its associations.
  expect(win).not.toHaveProperty('fileAssociations')
})

test('on a Mac a story is a type of its own, of which Galley is the owner, and JSON is only offered to it', () => {
  const { extendInfo } = config('darwin')['mac'] as { extendInfo: Record<string, Record<string, unknown>[]> }
  const [story] = extendInfo['UTExportedTypeDeclarations']!
  expect(story).toMatchObject({
    UTTypeConformsTo: ['public.json'],
    UTTypeTagSpecification: { 'public.filename-extension': ['galley.json'] }
  })
  expect(
    extendInfo['CFBundleDocumentTypes']!.map((type) => [type['LSItemContentTypes'], type['LSHandlerRank']])
  ).toEqual([
    [[story!['UTTypeIdentifier']], 'Owner'],
    [['public.json'], 'Alternate']
  ])
})

test('a Debian package names its publisher, its section and its licence, and no address of a stranger', () => {
  const named = { GALLEY_MAINTAINER: 'Harbour Post <desk@example.org>', GALLEY_HOMEPAGE: 'https://example.org/galley' }
  const { linux, deb, extraMetadata } = config('linux', named)
  expect(linux).toMatchObject({ maintainer: named.GALLEY_MAINTAINER })
  expect(deb).toMatchObject({ packageCategory: 'editors', priority: 'optional' })
  expect(extraMetadata).toEqual({ homepage: named.GALLEY_HOMEPAGE })
  const { license, description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  expect({ license, description }).toEqual({ license: 'Apache-2.0', description: expect.stringMatching(/\.$/) })
  expect(publisher(named).missing).toEqual([])
  const { maintainer, homepage, missing } = publisher({})
  expect([maintainer, homepage].every((text) => /\.invalid[>/]/.test(text))).toBe(true)
  expect(missing).toEqual(Object.keys(named))
})

test('on Windows “Open with” offers Galley for all it takes in, and nothing of that is left when it goes', () => {
  const path = (config('win32')['nsis'] as { include: string }).include
  const script = readFileSync(path, 'utf8')
  const endings = (macro: string): string[] =>
    [...script.matchAll(new RegExp(`insertmacro ${macro} "\\.(\\w+)"`, 'g'))].map(([, ending]) => ending ?? '')
  expect(endings('galleyOpens')).toEqual([...PAGES, 'json'])
  expect(endings('galleyOpensNoMore')).toEqual([...PAGES, 'json'])
  // Never the key that a double click goes by.
  expect(script).not.toMatch(/"Software\\Classes\\\$\{ENDING\}"/)
})

test('the app calls itself on Windows what its installer calls it', () => {
  expect(readFileSync(join(root, 'src/main/hosts/electron/run.ts'), 'utf8')).toContain(
    `setAppUserModelId('${String(config('win32')['appId'])}')`
  )
})
