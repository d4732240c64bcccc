// Fetches Electron's own program, once: its package no longer does so by itself. What comes is held against the
// checksum that the package carries; a machine that cannot have it is asked once and not at every start.
import { createHash } from 'node:crypto'
import { createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { finished } from 'node:stream/promises'
import { root } from './places.mjs'

/** Ms without an answer, or without the next bytes of one, after which there is none to come. */
const SILENCE = 10_000
const programs = { darwin: 'Electron.app/Contents/MacOS/Electron', linux: 'electron', win32: 'electron.exe' }

export const refusals = join(root, '.cache', 'electron-refused.json')

/** The package that names the version and its checksums. */
export function electronPackage() {
  return dirname(createRequire(import.meta.url).resolve('electron/package.json'))
}

/**
 * Whether to fetch it at this start: where it is missing and a window would use it; never in CI, and not again where this
 * version was refused, unless the person asks for it.
 */
export function shouldFetch({ has, windowed, browser, asked, env, version, file = refusals }) {
  if (has || !windowed || browser) return false
  return asked || (!env.CI && refused(file) !== version)
}

function refused(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).version
  } catch {
    return null
  }
}

/**
 * Fetches and unpacks it into its package. Answers null, or why there is none, which is remembered in `file`. `tell` is
 * given the percentage that has come, at each tenth.
 */
export async function fetchElectron({
  folder = electronPackage(),
  mirror = process.env.ELECTRON_MIRROR ?? 'https://github.com/electron/electron/releases/download/',
  platform = process.platform,
  arch = process.arch,
  silence = SILENCE,
  file = refusals,
  tell = () => undefined,
  extract
} = {}) {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const name = `electron-v${version}-${platform}-${arch}.zip`
  const zip = join(folder, `${name}.part`)
  try {
    const checksum = JSON.parse(readFileSync(join(folder, 'checksums.json'), 'utf8'))[name]
    if (!checksum || !programs[platform]) throw new Error(`there is no Electron for ${platform} ${arch}`)
    const found = await download(new URL(`v${version}/${name}`, mirror), zip, silence, tell)
    if (found !== checksum) throw new Error('what came is not what Electron published')
    await unpack(zip, folder, programs[platform], extract)
    rmSync(file, { force: true })
    return null
  } catch (error) {
    const why = error.cause?.code ?? error.cause?.message ?? error.message
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify({ version, why }))
    return why
  } finally {
    rmSync(zip, { force: true })
  }
}

/** Answers the SHA-256 of what came, in hex. */
async function download(address, path, silence, tell) {
  const stop = new AbortController()
  let timer
  const listen = () => {
    clearTimeout(timer)
    timer = setTimeout(() => stop.abort(new Error(`no answer for ${silence / 1000} s`)), silence)
  }
  listen()
  const hash = createHash('sha256')
  const out = createWriteStream(path)
  out.on('error', (error) => stop.abort(error))
  try {
    const response = await fetch(address, { signal: stop.signal })
    if (!response.ok) throw new Error(`the answer was ${response.status}`)
    const total = Number(response.headers.get('content-length') ?? 0)
    let come = 0
    let told = -1
    for await (const chunk of response.body) {
      listen()
      hash.update(chunk)
      if (!out.write(chunk)) await new Promise((resolve) => out.once('drain', resolve))
      come += chunk.length
      const tenth = total > 0 ? Math.floor((come / total) * 10) : -1
      if (tenth > told) tell((told = tenth) * 10)
    }
    return hash.digest('hex')
  } finally {
    clearTimeout(timer)
    out.end()
    await finished(out)
  }
}

/** All of it or nothing: half a program must not look like one. */
async function unpack(zip, folder, program, extract) {
  const unzip =
    extract ??
    ((from, to) =>
      createRequire(join(folder, 'package.json'))('@electron-internal/extract-zip').extract(from, { dir: to }))
  const half = join(folder, 'dist.part')
  const dist = join(folder, 'dist')
  rmSync(half, { recursive: true, force: true })
  await unzip(zip, half)
  if (!existsSync(join(half, program))) throw new Error(`the archive has no ${program}`)
  rmSync(dist, { recursive: true, force: true })
  renameSync(half, dist)
  writeFileSync(join(folder, 'path.txt'), program)
}
