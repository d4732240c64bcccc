import { spawn } from 'node:child_process'
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { out, root } from './places.mjs'

const stamp = join(out, '.built')
const sources = ['src', 'resources', 'electron.vite.config.ts', 'package.json', 'package-lock.json']

/** Builds whatever is there. */
export async function buildAnew(node) {
  rmSync(stamp, { force: true })
  await ensureBuild(node)
}

/**
 * Builds what is not built, or older than its source. Says so in a word; shows the build's own words only when it
 * fails.
 */
export async function ensureBuild(node) {
  if (existsSync(stamp) && newest(sources.map((path) => join(root, path))) <= statSync(stamp).mtimeMs) return
  process.stdout.write('Building Galley … ')
  const began = Date.now()
  rmSync(stamp, { force: true })
  const { code, words } = await build(node)
  if (code !== 0) {
    console.log('failed.\n')
    console.error(words)
    process.exit(1)
  }
  writeFileSync(stamp, '')
  console.log(`done in ${((Date.now() - began) / 1000).toFixed(1)} s.`)
}

function build(node) {
  return new Promise((resolve) => {
    const child = spawn(
      node,
      [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--outDir', out],
      { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] }
    )
    let words = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        words += chunk
      })
    child.on('error', (error) => resolve({ code: 1, words: `${words}${error.message}` }))
    child.on('close', (code) => resolve({ code, words }))
  })
}

function newest(paths) {
  let latest = 0
  for (const path of paths) {
    if (!existsSync(path)) continue
    const about = statSync(path)
    latest = Math.max(latest, about.mtimeMs)
    if (about.isDirectory()) latest = Math.max(latest, newest(readdirSync(path).map((name) => join(path, name))))
  }
  return latest
}
