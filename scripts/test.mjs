// npm test: everything, on whatever machine this is. Builds, finds or fetches a Chromium, runs Vitest and Playwright,
// adds up.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser, findHeadlessShell, howToInstall } from './lib/browsers.mjs'
import { ensureBuild } from './lib/build.mjs'
import { requireNode, root } from './lib/places.mjs'

const only = process.argv.slice(2).find((argument) => !argument.startsWith('-')) ?? 'all'
if (!['all', 'unit', 'e2e'].includes(only)) {
  console.error('npm test takes nothing, `unit` or `e2e`.')
  process.exit(2)
}
const node = requireNode()
const apt = '/usr/bin/apt-get'
const reports = mkdtempSync(join(tmpdir(), 'galley-test-'))
const sum = { passed: 0, failed: 0, skipped: 0 }

await ensureBuild(node)
if (only !== 'e2e') await runVitest()
if (only !== 'unit') await runPlaywright(await ensureChromium())

console.log(`\n${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`)
process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0

async function runVitest() {
  console.log('\nUnit, contract and migration tests')
  const report = join(reports, 'vitest.json')
  const code = await runNode([
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`
  ])
  const found = readReport(report)
  const failed = found?.numFailedTests ?? 0
  sum.passed += found?.numPassedTests ?? 0
  sum.skipped += (found?.numPendingTests ?? 0) + (found?.numTodoTests ?? 0)
  // A file that cannot be loaded, or a run that fell over, has no test to count: it counts as one.
  sum.failed += code !== 0 && failed === 0 ? 1 : failed
}

async function runPlaywright(chromium) {
  console.log(`\nEnd-to-end tests in ${chromium}`)
  const report = join(reports, 'playwright.json')
  const code = await runNode(
    ['node_modules/@playwright/test/cli.js', 'test', `--reporter=${process.env.CI ? 'line' : 'list'},json`],
    {
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      GALLEY_TEST_CHROMIUM: ensureHeadlessShell() ?? chromium,
      CHROMIUM_PATH: chromium
    }
  )
  const stats = readReport(report)?.stats
  const failed = stats?.unexpected ?? 0
  sum.passed += (stats?.expected ?? 0) + (stats?.flaky ?? 0)
  sum.skipped += stats?.skipped ?? 0
  sum.failed += code !== 0 && failed === 0 ? 1 : failed
}

/**
 * A Chromium for the tests: named, Playwright's own, the system's, or fetched; else the exact command that brings one.
 */
async function ensureChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named) return named
  const found = [await playwrightChromium(), findBrowser()].find((path) => path && starts(path))
  if (found) return found
  console.log('No Chromium here yet; fetching one for the tests …')
  await runNode(['node_modules/@playwright/test/cli.js', 'install', 'chromium'], {
    PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000'
  })
  const fetched = await playwrightChromium()
  if (fetched && starts(fetched)) return fetched
  if (mayInstall()) {
    console.log('Installing the system’s chromium …')
    install('chromium')
    const installed = findBrowser()
    if (installed && starts(installed)) return installed
  }
  console.error(
    `\nThe end-to-end tests need a Chromium. ${process.platform === 'linux' ? 'Run `sudo npx playwright install --with-deps chromium`, or `sudo apt-get install chromium`' : howToInstall()}, then \`npm test\` again.`
  )
  sum.failed += 1
  console.log(`\n${sum.passed} passed, ${sum.failed} failed`)
  return process.exit(1)
}

/** Only where it costs nothing to have it: the tests run in a whole browser as well, for longer. */
function ensureHeadlessShell() {
  const found = findHeadlessShell()
  if (found || !process.env.CI || !mayInstall()) return found
  console.log('Installing the system’s chromium-headless-shell …')
  install('chromium-headless-shell')
  const installed = findHeadlessShell()
  return installed && starts(installed) ? installed : null
}

function mayInstall() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync(apt)
}

function install(name) {
  const patience = ['-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::https::Timeout=20']
  spawnSync(apt, ['update', '-qq', ...patience], { stdio: 'inherit' })
  spawnSync(apt, ['install', '-y', '-qq', '--no-install-recommends', ...patience, name], {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  })
}

async function playwrightChromium() {
  const { chromium } = await import('@playwright/test')
  const path = chromium.executablePath()
  return path && existsSync(path) ? path : null
}

/** A browser that was fetched may lack the system's libraries. */
function starts(path) {
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0
}

function runNode(args, env = {}) {
  mkdirSync(reports, { recursive: true })
  return new Promise((resolve) => {
    const child = spawn(
      node,
      args.map((argument, at) => (at === 0 ? join(root, argument) : argument)),
      { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } }
    )
    child.on('error', () => resolve(1))
    child.on('close', (code) => resolve(code ?? 1))
  })
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}
