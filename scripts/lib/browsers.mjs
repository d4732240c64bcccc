import { existsSync, realpathSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'brave-browser',
  'vivaldi-stable'
]
const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser', 'Vivaldi']
const windowsPaths = [
  'Google/Chrome/Application/chrome.exe',
  'Microsoft/Edge/Application/msedge.exe',
  'Chromium/Application/chrome.exe',
  'BraveSoftware/Brave-Browser/Application/brave.exe'
]

/** An installed browser of the Chromium family; CHROMIUM_PATH has the first word. Null when there is none. */
export function findBrowser(env = process.env, platform = process.platform, exists = existsSync) {
  if (env.CHROMIUM_PATH) return env.CHROMIUM_PATH
  return candidates(env, platform).find((path) => exists(path)) ?? null
}

/**
 * Chromium without the browser around it, for tests in a page: a fifth less work for the processor in each. Null where
 * none is installed.
 */
export function findHeadlessShell(env = process.env, platform = process.platform, exists = existsSync) {
  if (platform !== 'linux') return null
  return onPath(['chromium-headless-shell', 'chrome-headless-shell'], env).find((path) => exists(path)) ?? null
}

function candidates(env, platform) {
  if (platform === 'darwin') {
    return ['/Applications', join(env.HOME ?? '', 'Applications')].flatMap((folder) =>
      macApps.map((name) => join(folder, `${name}.app`, 'Contents', 'MacOS', name))
    )
  }
  if (platform === 'win32') {
    return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) =>
      env[name] ? windowsPaths.map((path) => join(env[name], path)) : []
    )
  }
  return onPath(names, env)
}

function onPath(programs, env) {
  return (env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => programs.map((name) => join(folder, name)))
}

/** Snap packages may not write into hidden folders, such as the one Galley keeps its things in. */
export function isSnap(path) {
  try {
    return /^\/snap\/|\/snap$/.test(realpathSync(path)) || existsSync(`/snap/bin/${path.split('/').at(-1)}`)
  } catch {
    return false
  }
}

/** How to get a browser on this machine, as a sentence. */
export function howToInstall(platform = process.platform) {
  if (platform === 'linux')
    return 'Install one with `sudo apt-get install chromium` (Debian, Ubuntu) or `sudo dnf install chromium` (Fedora).'
  if (platform === 'darwin')
    return 'Install one with `brew install --cask google-chrome`, or from https://www.google.com/chrome/.'
  return 'Microsoft Edge comes with Windows; or get Chrome from https://www.google.com/chrome/.'
}

/** Switches every browser Galley starts gets: nothing of the browser's own goes out to the network. */
export const quietSwitches = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-domain-reliability',
  '--disable-breakpad',
  '--disable-search-engine-choice-screen',
  '--password-store=basic',
  '--use-mock-keychain',
  // Chromium's sandbox cannot run as root; the second switch takes away the bar that says so.
  ...(process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : [])
]

/**
 * The switches a window of Galley gets from the browser's JavaScript engine. WebAssembly stays as it was compiled first:
 * compiling the spelling's again while it runs, for speed, held keys up for 50 to 250 ms in its first seconds, took as
 * much of a processor as the spelling itself, and saved a third of 150 ms in each 1,000 words.
 */
export const engineSwitches = ['--js-flags=--liftoff-only']
