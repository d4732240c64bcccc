// The dictionaries that are shipped: what the build copies beside the page, one folder a language, each of which may be
// taken away. They are works of their own under their own licences, some the GPL's; nothing of them is built into code.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * By BCP 47 tag: the folder they come from, with the name of the files in it. `about` where no package says it.
 * @type {readonly { tag: string, from: string, file: string, about?: { name: string, version: string, license: string } }[]}
 */
const DICTIONARIES = [
  {
    tag: 'ar',
    from: 'resources/dictionaries/ar',
    file: 'ar',
    // Ayaspell, as Debian packages it.
    about: { name: 'hunspell-ar', version: '3.2-1.2', license: '(GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1)' }
  },
  ...['de', 'es', 'fr', 'it', 'pt', 'pt-PT', 'ru'].map((tag) => ({
    tag,
    from: `node_modules/dictionary-${tag.toLowerCase()}`,
    file: 'index'
  }))
]

/**
 * @typedef {object} Dictionary
 * @property {string} tag
 * @property {string} name Of the package it comes from.
 * @property {string} version
 * @property {string} licence SPDX expression.
 * @property {string} text The licence as it came with it.
 * @property {string} aff Paths of its two files.
 * @property {string} dic
 */

/** @type {(root: string) => Dictionary[]} */
export function dictionaries(root) {
  return DICTIONARIES.map(({ tag, from, file, about }) => {
    const at = (/** @type {string} */ name) => join(root, from, name)
    const { name, version, license } = about ?? JSON.parse(readFileSync(at('package.json'), 'utf8'))
    return {
      tag,
      name,
      version,
      licence: license,
      text: readFileSync(at(about ? 'LICENCE.txt' : 'license'), 'utf8').trim(),
      aff: at(`${file}.aff`),
      dic: at(`${file}.dic`)
    }
  })
}

/**
 * Whose work they are, for the list of licences.
 * @type {(root: string) => import('./licences.mjs').Notice[]}
 */
export function dictionaryNotices(root) {
  return dictionaries(root).map(({ name, version, licence, text }) => ({ name, version, licence, text }))
}

/** What lies beside them, for whoever looks into the folder. */
function noticeOf(/** @type {readonly Dictionary[]} */ all) {
  return [
    'Dictionaries for the spelling of stories',
    '',
    'Each folder is a work of its own, under the licence that lies in it. Galley reads these files as data; none of them',
    'is part of its code. A folder may be taken away, or its files exchanged: a language without a dictionary is then not',
    'checked. The GPL lies in the folder “licences”. Your own dictionaries belong into the folder “dictionaries” of the library.',
    '',
    ...all.map(({ tag, name, version, licence }) => `${tag.padEnd(6)} ${licence}\n       ${name} ${version}`),
    ''
  ].join('\n')
}

/** A plugin for the build of the window: the dictionaries beside the page. A development server serves them from here. */
export function dictionaryFiles(/** @type {string} */ root) {
  return {
    name: 'galley-dictionaries',
    generateBundle() {
      const all = dictionaries(root)
      const emit = (fileName, source) => this.emitFile({ type: 'asset', fileName: `dictionaries/${fileName}`, source })
      for (const { tag, text, aff, dic } of all) {
        emit(`${tag}/${tag}.aff`, readFileSync(aff))
        emit(`${tag}/${tag}.dic`, readFileSync(dic))
        emit(`${tag}/LICENCE.txt`, `${text}\n`)
      }
      for (const name of ['GPL-2.0.txt', 'GPL-3.0.txt'])
        emit(`licences/${name}`, readFileSync(join(root, 'resources/dictionaries/licences', name)))
      emit('NOTICE.txt', noticeOf(all))
    },
    configureServer(server) {
      server.middlewares.use('/dictionaries', (request, response) => {
        const [, tag, ending] = /^\/([\w-]+)\.(aff|dic)$/.exec(request.url ?? '') ?? []
        const found = dictionaries(root).find((one) => one.tag === tag || one.tag === tag?.split('-')[0])
        response.statusCode = found ? 200 : 404
        response.end(found ? readFileSync(found[ending]) : '')
      })
    }
  }
}
