// What others wrote and this product ships: every package the source imports, and what those need, under which licence
// and with its text. Read from the lockfile and from the packages themselves, so that the list is never out of date.
import { existsSync, globSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { dictionaryNotices } from './dictionaries.mjs'

/**
 * @typedef {object} Notice
 * @property {string} name
 * @property {string} version
 * @property {string} licence SPDX expression.
 * @property {string} text The licence as it came with the package.
 */

/** Licences this product can be shipped with. The LGPL's libraries stay files of their own, which may be exchanged. */
export const ACCEPTED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'LGPL-3.0',
  'LGPL-3.0-or-later',
  'MIT',
  'MPL-1.1',
  'MPL-2.0',
  'OFL-1.1'
])

/** An empty module of React's, whose text is under `react`. */
const WITHOUT_TEXT = new Set(['client-only'])

/**
 * Every shipped package, by name, with what is wrong with it where something is: an unknown licence, or no text.
 * Packages for other systems, which are not installed here, are left out.
 * @param {string} root The project's folder.
 * @returns {{ notices: Notice[], problems: string[] }}
 */
export function thirdParty(root) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  /** @type {Map<string, Notice>} */
  const found = new Map()
  const problems = []
  for (const path of shippedPaths(root, lock)) {
    const { version, license = '' } = lock[path]
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const text = textOf(join(root, path))
    // Of licences to choose from one is enough.
    const choices = license.replace(/[()]/g, ' ').split(/\s+AND\s+/)
    if (!choices.every((ids) => ids.split(/\s+OR\s+/).some((id) => ACCEPTED.has(id.trim()))))
      problems.push(`${name} ${version}: licence “${license}” is not one we accept`)
    if (text === null && !WITHOUT_TEXT.has(name)) problems.push(`${name} ${version}: no text of its licence`)
    found.set(`${name}@${version}`, { name, version, licence: license, text: text ?? '' })
  }
  const notices = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  return { notices, problems }
}

/** A plugin for the build: the list beside the page, for the window and the command line. Fails the build on a problem. */
export function licencesFile(root) {
  return {
    name: 'galley-licences',
    generateBundle() {
      const { notices, problems } = thirdParty(root)
      if (problems.length > 0) throw new Error(problems.join('\n'))
      this.emitFile({
        type: 'asset',
        fileName: 'licences.json',
        source: JSON.stringify([...notices, ...dictionaryNotices(root)])
      })
    }
  }
}

/** Paths in the lockfile of what the source imports, and of all that those need and that is installed. */
function shippedPaths(root, lock) {
  const paths = new Set()
  const add = (name, from) => {
    const path = resolveIn(lock, name, from)
    if (path === null || paths.has(path) || !existsSync(join(root, path))) return
    paths.add(path)
    const { dependencies = {}, optionalDependencies = {} } = lock[path]
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) add(needed, path)
  }
  for (const name of importedPackages(root)) add(name, '')
  return paths
}

/** As Node looks for it: beside whoever needs it, then further out. */
function resolveIn(lock, name, from) {
  for (let folder = from; ;) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
    if (lock[path]) return path
    if (folder === '') return null
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))
  }
}

/** Names of the packages that code and styles import, and of those the built product loads. Electron brings its own. */
function importedPackages(root) {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const names = new Set(Object.keys(dependencies))
  for (const file of globSync('src/**/*.{ts,tsx,css}', { cwd: root }))
    for (const [, name = ''] of readFileSync(join(root, file), 'utf8').matchAll(
      /(?:\bfrom|\bimport|@import|\burl)\s{0,3}\(?\s{0,3}(?:url\()?['"]?([@a-z][^'"()\s]*)['")]/g
    ))
      if (!name.startsWith('node:') && name !== 'electron')
        names.add(name.split('/', name.startsWith('@') ? 2 : 1).join('/'))
  return names
}

/** The file that holds the licence; else what the read-me says under that heading. */
function textOf(folder) {
  const files = readdirSync(folder)
  const named = files.filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file)).sort()
  if (named.length > 0) return named.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n')
  const readMe = files.find((file) => /^readme/i.test(file))
  if (readMe === undefined) return null
  const [, said] = /^#+ *licen[cs](?:e|ing)[^\n]*\n([\s\S]*)/im.exec(readFileSync(join(folder, readMe), 'utf8')) ?? []
  return said === undefined ? null : said.trim()
}
