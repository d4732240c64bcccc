import { expect, test } from 'vitest'
import { findBrowser, findHeadlessShell, howToInstall, quietSwitches } from '../../scripts/lib/browsers.mjs'

const only =
  (...paths: string[]) =>
  (path: string): boolean =>
    paths.includes(path)

test('an installed browser is found where each system keeps it', () => {
  expect(findBrowser({ PATH: '/usr/local/bin:/usr/bin' }, 'linux', only('/usr/bin/google-chrome'))).toBe(
    '/usr/bin/google-chrome'
  )
  expect(findBrowser({ PATH: '/usr/bin' }, 'linux', only('/usr/bin/google-chrome', '/usr/bin/chromium'))).toBe(
    '/usr/bin/chromium'
  )
  expect(
    findBrowser(
      { HOME: '/Users/a' },
      'darwin',
      only('/Users/a/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge')
    )
  ).toBe('/Users/a/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge')
  expect(findBrowser({ PROGRAMFILES: 'C:/Program Files' }, 'win32', (path) => path.includes('msedge'))).toContain(
    'Edge'
  )
})

test('the one that is named has the first word, and none is none', () => {
  expect(findBrowser({ CHROMIUM_PATH: '/opt/mine', PATH: '/usr/bin' }, 'linux', () => true)).toBe('/opt/mine')
  expect(findBrowser({ PATH: '/usr/bin' }, 'linux', () => false)).toBeNull()
  expect(findBrowser({}, 'linux', () => true)).toBeNull()
})

test('a browser without windows is looked for by itself, where systems have one', () => {
  const there = only('/usr/bin/chromium', '/usr/bin/chromium-headless-shell')
  expect(findHeadlessShell({ PATH: '/usr/bin' }, 'linux', there)).toBe('/usr/bin/chromium-headless-shell')
  expect(findHeadlessShell({ PATH: '/usr/bin' }, 'linux', only('/usr/bin/chromium'))).toBeNull()
  expect(findHeadlessShell({ PATH: '/usr/bin' }, 'win32', () => true)).toBeNull()
  // It opens no window: never the one that Galley starts.
  expect(findBrowser({ PATH: '/usr/bin' }, 'linux', there)).toBe('/usr/bin/chromium')
})

test('where there is none the exact command is named', () => {
  expect(howToInstall('linux')).toContain('apt-get install chromium')
  expect(howToInstall('darwin')).toContain('brew install')
})

test('the sandbox is given up as root and never otherwise', () => {
  expect(quietSwitches.includes('--no-sandbox')).toBe(process.getuid?.() === 0)
})
