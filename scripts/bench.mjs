// npm run bench [-- editor|desk|store|start|export|publish|cms|beside|profile] [--quick] …   See docs/performance.md.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const bench = join(root, 'bench')
const args = process.argv.slice(2)

if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(`The bench needs Node 24 or newer and this is ${process.version}. Start it with: npm run bench`)
  process.exit(1)
}

const onlyTells = args.includes('--help') || args.some((arg) => arg === '--from' || arg.startsWith('--from='))
if (!onlyTells) {
  installPeers()
  build()
}
process.exit(run(process.execPath, [join(bench, 'main.ts'), ...args], root))

/** The other editors live in bench/ alone. Installed when they are missing or the lockfile has moved on. */
function installPeers() {
  const installed = join(bench, 'node_modules', '.package-lock.json')
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(bench, 'package-lock.json')).mtimeMs) return
  console.log('Installing the other editors (once) …')
  stopUnless(
    run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], bench),
    'The other editors could not be installed.'
  )
}

/** What is measured is the product as it is built; a GALLEY_OUT names a build that is kept elsewhere. */
function build() {
  if (process.env.GALLEY_OUT) return
  console.log('Building the product …')
  stopUnless(
    run(process.execPath, [binOf('electron-vite'), 'build', '--logLevel', 'warn'], root),
    'The product could not be built.'
  )
}

function binOf(name) {
  const folder = join(root, 'node_modules', name)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[name])
}

function run(command, commandArgs, cwd) {
  const windows = process.platform === 'win32'
  const { status, error } = spawnSync(command, commandArgs, {
    cwd,
    stdio: 'inherit',
    shell: windows && command === 'npm'
  })
  if (error) console.error(error.message)
  return status ?? 1
}

function stopUnless(status, sentence) {
  if (status === 0) return
  console.error(sentence)
  process.exit(status)
}
