// npm start: Galley in Electron where its binary is, else in an app window of an installed browser over the loopback
// host.
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { engineSwitches, findBrowser, howToInstall, isSnap, quietSwitches } from './lib/browsers.mjs'
import { ensureBuild } from './lib/build.mjs'
import { electronPackage, fetchElectron, shouldFetch } from './lib/fetch-electron.mjs'
import { dataFolder, electronBinary, hasDisplay, out, requireNode, root } from './lib/places.mjs'

const { values } = parseArgs({
  options: {
    library: { type: 'string' },
    exports: { type: 'string' },
    port: { type: 'string' },
    electron: { type: 'boolean', default: false },
    browser: { type: 'boolean', default: false },
    'no-window': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false }
  }
})
if (values.help) {
  console.log(`npm start -- [options]

  --library DIR   the library to open (default: ${join(dataFolder(), 'Library')})
  --exports DIR   where exports go while the desk has chosen no folder
  --port N        port of the loopback host (default: any free one)
  --electron      open in Electron; try to fetch it even where that was refused before
  --browser       open in a browser window even where Electron is
  --no-window     only serve, and print the address`)
  process.exit(0)
}

const node = requireNode()
await ensureBuild(node)
const library = resolve(values.library ?? join(dataFolder(), 'Library'))
const windowed = hasDisplay() && !values['no-window']

const { version } = JSON.parse(readFileSync(join(electronPackage(), 'package.json'), 'utf8'))
const facts = { has: electronBinary() !== null, windowed, browser: values.browser, asked: values.electron }
if (shouldFetch({ ...facts, env: process.env, version })) {
  process.stdout.write(`Fetching Electron ${version}, once …`)
  const why = await fetchElectron({ tell: (percent) => process.stdout.write(` ${percent} %`) })
  console.log(why === null ? ' done.' : ' not to be had here.')
  if (why !== null)
    console.log(
      `Opening Galley in a browser window instead (${why}). \`npm start -- --electron\` tries again; nothing else does.`
    )
}
const electron = windowed && !values.browser ? electronBinary() : null
if (electron) startElectron(electron)
else startHost()

function startElectron(binary) {
  const child = spawn(binary, [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, `--library=${library}`], {
    stdio: 'inherit'
  })
  const began = Date.now()
  let running = true
  child.on('error', () => undefined)
  child.on('close', (code) => {
    running = false
    if (code !== 0 && Date.now() - began < 5000) {
      console.log('Electron could not start here; opening Galley in a browser window instead.')
      startHost()
    } else process.exit(code ?? 0)
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => running && child.kill('SIGTERM'))
}

function startHost() {
  // Lent to every host of this run: one that has to be started again knows the window that is open.
  const key = randomBytes(32).toString('base64url')
  let host
  let browser = null
  let address = null
  let ending = false
  let restarts = 0

  run(values.port ?? '0')
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end)

  function run(port) {
    host = spawn(
      node,
      [
        '--enable-source-maps',
        join(out, 'main/headless.js'),
        '--end-with-parent',
        '--port',
        port,
        '--library',
        library,
        ...(values.exports ? ['--exports', resolve(values.exports)] : [])
      ],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
        env: { ...process.env, GALLEY_WINDOW_KEY: key }
      }
    )
    host.stdin.on('error', () => undefined)
    createInterface(host.stdout).on('line', (line) => {
      const found = /^Galley is at (http:\/\/127\.0\.0\.1:\d+\/enter\?code=[\w-]+)$/.exec(line)?.[1]
      if (!found) console.log(line)
      else if (address) console.log('Galley had to be started again; its window goes on.')
      else {
        address = found
        show()
      }
    })
    host.on('close', (code) => {
      if (ending || code === 0) return finish(code)
      // Whoever has a window open, this one's own or one at the printed address, has words in it that are not on disk yet:
      // bring the host back under the same address.
      if (address && restarts++ < 5) return run(new URL(address).port)
      finish(code ?? 1)
    })
  }

  /**
   * A host that ends with 0 by itself has found the library open elsewhere and lent an address there: that window
   * stays.
   */
  function finish(code) {
    if (ending) browser?.kill()
    process.exit(code ?? 0)
  }

  /** Asks the host to end: it puts the window's last words on disk first. */
  function end() {
    if (ending) return
    ending = true
    host.stdin.end()
    if (process.platform !== 'win32') host.kill('SIGTERM')
  }

  function show() {
    if (!windowed) {
      console.log(`Galley is at ${address}`)
      console.log(
        `${values['no-window'] ? 'No window was asked for.' : 'There is no display here, so no window was opened.'} The address works once, within 30 seconds; \`npm start\` in another terminal prints a new one. Ctrl+C ends Galley.`
      )
      return
    }
    const program = findBrowser()
    if (!program) {
      console.log(`Galley is at ${address}`)
      console.log(
        `No Chromium, Chrome, Edge or Brave was found for a window of its own. ${howToInstall()} Opening the address in your usual browser; Ctrl+C here ends Galley.`
      )
      openElsewhere(address)
      return
    }
    browser = spawn(
      program,
      [
        `--app=${address}`,
        `--user-data-dir=${profile(program)}`,
        '--window-size=1360,860',
        '--class=Galley',
        ...quietSwitches,
        ...engineSwitches,
        ...(process.env.GALLEY_BROWSER_FLAGS?.split(' ').filter(Boolean) ?? [])
      ],
      {
        stdio: 'ignore',
        // Ctrl+C in the terminal is for the host first: the window has last words to say.
        detached: process.platform !== 'win32'
      }
    )
    browser.on('error', () => {
      console.log(`${program} could not be started. Galley is at ${address}`)
      browser = null
    })
    browser.on('exit', () => {
      browser = null
      end()
    })
    console.log('Galley is open. Close its window, or press Ctrl+C here, to end it.')
  }

  /** A browser profile of Galley's own for each library: nothing of the person's browsing is in it. */
  function profile(program) {
    const name = createHash('sha256').update(library).digest('hex').slice(0, 12)
    const folder = isSnap(program)
      ? join(homedir(), 'snap', 'chromium', 'common', 'galley', name)
      : join(dataFolder(), 'Window', name)
    mkdirSync(folder, { recursive: true })
    return folder
  }
}

function openElsewhere(url) {
  const [command, args] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['rundll32', ['url.dll,FileProtocolHandler', url]]
        : ['xdg-open', [url]]
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref()
}
