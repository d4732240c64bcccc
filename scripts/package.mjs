// npm run package: Galley as this system installs programs. `--dir` stops at the unpacked program; `--hollow` packs
// around an empty Electron, where Electron's program cannot be had.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuild } from './lib/build.mjs'
import { dictionaryNotices } from './lib/dictionaries.mjs'
import { electronPackage, fetchElectron } from './lib/fetch-electron.mjs'
import { hollowElectron } from './lib/hollow-electron.mjs'
import { drawIcons } from './lib/icons.mjs'
import { thirdParty } from './lib/licences.mjs'
import { FUSES, missingKeys, packagingConfig, publisher } from './lib/packaging.mjs'
import { electronBinary, requireNode, root } from './lib/places.mjs'

const { values } = parseArgs({
  options: {
    dir: { type: 'boolean', default: false },
    hollow: { type: 'boolean', default: false },
    inspectable: { type: 'boolean', default: false },
    output: { type: 'string', default: 'dist' }
  }
})
const output = resolve(root, values.output)
const made = join(output, '.made')
const { platform, arch } = process
const { version: electronVersion } = JSON.parse(readFileSync(join(electronPackage(), 'package.json'), 'utf8'))

await ensureBuild(requireNode())
rmSync(output, { recursive: true, force: true })
mkdirSync(made, { recursive: true })
await drawIcons(join(root, 'packaging/icon.svg'), made)
writeFileSync(join(made, 'THIRD-PARTY.txt'), licences())

const electronDist = values.hollow
  ? hollowElectron(join(made, 'electron'), electronVersion, platform)
  : await realElectron()
const missing = missingKeys(platform, process.env)
if (missing.length > 0)
  console.log(`Not signed: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not in the environment.`)

const unnamed = platform === 'linux' ? publisher(process.env).missing : []
if (unnamed.length > 0)
  console.log(`No publisher: without ${unnamed.join(' and ')} the Debian package names addresses that do not exist.`)

const { build, Platform } = await import('electron-builder')
await build({
  targets: Platform.current().createTarget(values.dir || values.hollow ? 'dir' : undefined),
  projectDir: root,
  config: packagingConfig({
    platform,
    arch,
    made,
    output,
    env: process.env,
    electronVersion,
    electronDist,
    inspectable: values.inspectable
  })
})
await checkFuses()
await tellSizes()

/** Electron's own folder, fetched where it is missing. */
async function realElectron() {
  const why = electronBinary()
    ? null
    : await fetchElectron({ tell: (percent) => console.log(`Electron: ${percent} %`) })
  if (why === null) return join(electronPackage(), 'dist')
  console.error(`Electron cannot be had here (${why}). \`npm run package -- --hollow\` packs all but Electron itself.`)
  return process.exit(1)
}

function licences() {
  const { notices, problems } = thirdParty(root)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  const line = '='.repeat(80)
  return [...notices, ...dictionaryNotices(root)]
    .map(({ name, version, licence, text }) => `${line}\n${name} ${version} (${licence})\n\n${text}\n`)
    .join('\n')
}

function programFolder() {
  const folder = readdirSync(output).find((name) =>
    /^(?:mac|win|linux).*(?:unpacked|arm64|universal)$|^mac$/.test(name)
  )
  if (!folder) throw new Error('electron-builder left no program')
  return join(output, folder)
}

/** What was set is read back from the program that was made. */
async function checkFuses() {
  const { FuseV1Options, getCurrentFuseWire } = await import('@electron/fuses')
  const program = join(programFolder(), { darwin: 'Galley.app', win32: 'Galley.exe', linux: 'galley' }[platform])
  const wire = await getCurrentFuseWire(program)
  for (const [name, on] of Object.entries({ ...FUSES, enableNodeCliInspectArguments: values.inspectable })) {
    const found = wire[FuseV1Options[name[0].toUpperCase() + name.slice(1)]] === '1'.charCodeAt(0)
    if (found !== on) throw new Error(`The fuse ${name} is ${found ? 'on' : 'off'} in ${program}`)
  }
  console.log(`Fuses read back: ${Object.keys(FUSES).length} as they should be.`)
}

/** What Galley adds to Electron, by part, as it is on disk and as a download carries it. */
async function tellSizes() {
  const { gzipSync } = await import('node:zlib')
  const resources =
    platform === 'darwin' ? join(programFolder(), 'Galley.app/Contents/Resources') : join(programFolder(), 'resources')
  const { extractAll } = await import('@electron/asar')
  const unpacked = join(made, 'archive')
  extractAll(join(resources, 'app.asar'), unpacked)
  const sizes = new Map()
  for (const path of filesBelow(unpacked)) {
    const bytes = readFileSync(join(unpacked, path))
    const [, part = path.split(/[\\/]/)[0]] = /^node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(path) ?? []
    const [plain, packed] = sizes.get(part) ?? [0, 0]
    sizes.set(part, [plain + bytes.length, packed + gzipSync(bytes).length])
  }
  rmSync(unpacked, { recursive: true, force: true })
  const rows = [...sizes].sort(([, [, a]], [, [, b]]) => b - a)
  const megabytes = (bytes) => (bytes / 1024 / 1024).toFixed(1).padStart(6)
  console.log('\nAdded to Electron, in MB       on disk  compressed')
  for (const [part, [plain, packed]] of rows)
    if (packed > 50_000) console.log(`  ${part.padEnd(28)}${megabytes(plain)}  ${megabytes(packed)}`)
  const [plain, packed] = rows.reduce((sum, [, one]) => [sum[0] + one[0], sum[1] + one[1]], [0, 0])
  console.log(`  ${'all of it'.padEnd(28)}${megabytes(plain)}  ${megabytes(packed)}`)
  if (packed > 60 * 1024 * 1024) throw new Error('The package adds more than 60 MB to the download.')
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((path) => existsSync(join(folder, path)) && statSync(join(folder, path)).isFile())
    .map((path) => relative(folder, join(folder, path)))
}
