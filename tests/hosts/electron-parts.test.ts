import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { deskAddress, isOurs, isWebAddress, linkAmong } from '../../src/main/hosts/electron/page-address.ts'
import { keychainSecrets, type SafeStorage } from '../../src/main/hosts/electron/secrets.ts'
import { readWindowState, writeWindowState } from '../../src/main/hosts/electron/window-state.ts'
import { dataFolder } from '../../src/main/hosts/folders.ts'
import { isNodeNewEnough } from '../../src/main/hosts/require-node.ts'

const id = '0190d9a0-0000-7000-8000-00000000000a'

test('a link opens a story by its id and nothing else', () => {
  expect(deskAddress(`galley://story/${id}`)).toBe(`/story/${id}`)
  expect(deskAddress(`GALLEY://STORY/${id.toUpperCase()}`)).toBe(`/story/${id}`)
  for (const link of [
    `galley://story/${id}/../../x`,
    'galley://story/',
    `galley://settings`,
    `http://story/${id}`,
    `galley://story/${id}?x=1`,
    `galley://story/${id}#x`,
    `--x=galley://story/${id}`
  ]) {
    expect(deskAddress(link)).toBeNull()
  }
  expect(linkAmong(['/usr/bin/galley', '--flag', `galley://story/${id}`])).toBe(`/story/${id}`)
  expect(linkAmong(['/usr/bin/galley'])).toBeNull()
})

test('only our own scheme and host are ours', () => {
  expect(isOurs('app://galley/story/1')).toBe(true)
  expect(isOurs('http://localhost:5173/x', 'http://localhost:5173')).toBe(true)
  for (const address of [
    'app://other/',
    'app://galley.evil/',
    'app://galley@evil/',
    'app://x@galley/',
    'file:///x',
    'https://galley/',
    'about:blank',
    'javascript:1',
    '',
    'http://localhost:5173/'
  ])
    expect(isOurs(address)).toBe(false)
  for (const address of ['javascript:1', 'file:///etc/passwd', 'smb://x', 'ms-msdt:x', 'vbscript:x', '//x'])
    expect(isWebAddress(address)).toBe(false)
  expect(isWebAddress('https://example.org/')).toBe(true)
})

describe('secrets in the keychain', () => {
  const turned = (text: string): string => Array.from(text).toReversed().join('')

  /** Turns text round, and counts how often. */
  function storage(
    options: { available?: boolean; backend?: string; rotate?: boolean } = {}
  ): SafeStorage & { encrypted: number } {
    const made = {
      encrypted: 0,
      isAsyncEncryptionAvailable: async () => options.available ?? true,
      async encryptStringAsync(text: string) {
        made.encrypted += 1
        return Buffer.from(`v1:${turned(text)}`)
      },
      async decryptStringAsync(encrypted: Buffer) {
        const text = encrypted.toString()
        if (!text.startsWith('v1:')) throw new Error('not mine')
        return { result: turned(text.slice(3)), shouldReEncrypt: options.rotate ?? false }
      },
      getSelectedStorageBackend: () => options.backend ?? 'gnome_libsecret'
    }
    return made
  }
  const newFile = (): string => join(mkdtempSync(join(tmpdir(), 'galley-secrets-')), 'deep', 'secrets.json')

  test('are kept as ciphertexts in a file of their owner’s, and forgotten when told', async () => {
    const file = newFile()
    const secrets = await keychainSecrets(storage(), file, 'linux')
    expect(secrets.persistent).toBe(true)
    await Promise.all([
      secrets.set('a', 'first secret'),
      secrets.set('b', 'second secret'),
      secrets.set('__proto__', 'third secret')
    ])
    expect(readFileSync(file, 'utf8')).not.toContain('secret"')
    expect(readFileSync(file, 'utf8')).not.toContain('first')
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    const again = await keychainSecrets(storage(), file, 'linux')
    expect([await again.get('a'), await again.get('b'), await again.get('c')]).toEqual([
      'first secret',
      'second secret',
      null
    ])
    await again.set('a', null)
    expect(await again.get('a')).toBeNull()
    expect(await again.get('b')).toBe('second secret')
  })

  test.each([
    ['half a file', (file: string) => writeFileSync(file, '{"version":1,"secrets":{"a":"half a fi')],
    ['an empty file', (file: string) => writeFileSync(file, '')],
    ['a list', (file: string) => writeFileSync(file, '["a"]')],
    ['of another version', (file: string) => writeFileSync(file, '{"version":9,"secrets":{"a":"QUJD"}}')],
    ['bytes', (file: string) => writeFileSync(file, Buffer.from([0xff, 0xfe, 0, 1, 2]))],
    [
      'a folder',
      (file: string) => {
        mkdirSync(file)
        writeFileSync(join(file, 'inside'), 'kept')
      }
    ]
  ])(
    'what is no file of secrets (%s) is kept aside and said, and the next secret is not written over it',
    async (_, make) => {
      const file = join(mkdtempSync(join(tmpdir(), 'galley-secrets-')), 'secrets.json')
      make(file)
      const before = statSync(file).isDirectory() ? readdirSync(file) : readFileSync(file)
      const secrets = await keychainSecrets(storage(), file, 'linux')
      expect(await secrets.get('a')).toBeNull()
      await secrets.set('b', 'new')
      expect(await secrets.get('b')).toBe('new')
      const [name = '', ...more] = readdirSync(dirname(file)).filter((one) => one.includes('.unreadable-'))
      const kept = join(dirname(file), name)
      expect([secrets.keptAside, more]).toEqual([kept, []])
      expect(statSync(kept).isDirectory() ? readdirSync(kept) : readFileSync(kept)).toEqual(before)
      expect((await keychainSecrets(storage(), file, 'linux')).keptAside).toBeNull()
    }
  )

  test('a file that is locked away stays where it is and as it is, and whoever needs a secret is told', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'galley-secrets-')), 'secrets.json')
    // For root no permission is missing; a link that leads back to itself cannot be read by anybody.
    symlinkSync(file, file)
    const secrets = await keychainSecrets(storage(), file, 'linux')
    await expect(secrets.get('a')).rejects.toMatchObject({
      code: 'storage_failed',
      said: { key: 'hosts.secretsUnreadable' }
    })
    await expect(secrets.set('a', 'new')).rejects.toMatchObject({ code: 'storage_failed' })
    expect(readdirSync(dirname(file))).toEqual(['secrets.json'])
    expect(readlinkSync(file)).toBe(file)
  })

  test.each([
    ['there is no keychain', { available: false }],
    ['the backend is basic_text', { backend: 'basic_text' }],
    ['the backend is unknown', { backend: 'unknown' }]
  ])('are kept for this run only when %s', async (_why, options) => {
    const file = newFile()
    const secrets = await keychainSecrets(storage(options), file, 'linux')
    expect(secrets.persistent).toBe(false)
    await secrets.set('a', 'hush')
    expect(await secrets.get('a')).toBe('hush')
    expect(() => statSync(file)).toThrow('ENOENT')
  })

  test('a key that was rotated is taken up, and a file that cannot be read is no secret', async () => {
    const file = newFile()
    const rotating = storage({ rotate: true })
    const secrets = await keychainSecrets(rotating, file, 'darwin')
    await secrets.set('a', 'hush')
    await secrets.get('a')
    expect(rotating.encrypted).toBe(2)
    writeFileSync(file, '{"version":1,"secrets":{"a":"AAAA"}}')
    expect(await secrets.get('a')).toBeNull()
    writeFileSync(file, 'torn')
    expect(await secrets.get('a')).toBeNull()
  })
})

test('the window comes back where it was, unless no screen shows that place', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'galley-window-')), 'window.json')
  const screen = { x: 0, y: 0, width: 1920, height: 1080 }
  const state = { x: 100, y: 50, width: 1200, height: 800, maximized: false }
  expect(readWindowState(file, [screen])).toBeNull()
  writeWindowState(file, state)
  expect(readWindowState(file, [screen])).toEqual(state)
  expect(readWindowState(file, [{ ...screen, x: 5000 }])).toBeNull()
  writeFileSync(file, '{"x":1')
  expect(readWindowState(file, [screen])).toBeNull()
})

test('each system keeps the library where its people expect it', () => {
  expect(dataFolder({}, 'linux', '/home/a')).toBe('/home/a/.local/share/Galley')
  expect(dataFolder({ XDG_DATA_HOME: '/d' }, 'linux', '/home/a')).toBe('/d/Galley')
  expect(dataFolder({}, 'darwin', '/Users/a')).toBe('/Users/a/Library/Application Support/Galley')
})

test('an old Node is told what to do', () => {
  const before = process.exitCode
  expect(isNodeNewEnough('24.0.0')).toBe(true)
  expect(isNodeNewEnough('20.20.2')).toBe(false)
  process.exitCode = before
})
