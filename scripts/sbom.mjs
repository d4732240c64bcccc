// npm run sbom: what is inside Galley, as CycloneDX 1.6: the packages it ships, bundled ones too, and Electron.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { electronPackage } from './lib/fetch-electron.mjs'
import { dictionaryNotices } from './lib/dictionaries.mjs'
import { thirdParty } from './lib/licences.mjs'
import { root } from './lib/places.mjs'

const about = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
const { name, version } = about(root)
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
const { notices, problems } = thirdParty(root)
if (problems.length > 0) throw new Error(problems.join('\n'))
const electron = about(electronPackage())

const components = [
  ...notices,
  ...dictionaryNotices(root),
  { name: 'electron', version: electron.version, licence: electron.license }
].map((one) => {
  const integrity =
    lock[`node_modules/${one.name}`]?.version === one.version && lock[`node_modules/${one.name}`].integrity
  const [, algorithm, content] = /^(sha512)-(.+)$/.exec(integrity || '') ?? []
  return {
    type: one.name === 'electron' ? 'framework' : 'library',
    'bom-ref': purl(one),
    name: one.name,
    version: one.version,
    purl: purl(one),
    licenses: [{ expression: one.licence }],
    ...(algorithm && { hashes: [{ alg: 'SHA-512', content: Buffer.from(content, 'base64').toString('hex') }] })
  }
})
const file = join(root, 'dist', 'galley.cdx.json')
mkdirSync(join(root, 'dist'), { recursive: true })
writeFileSync(
  file,
  `${JSON.stringify(
    {
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      version: 1,
      metadata: { component: { type: 'application', 'bom-ref': `${name}@${version}`, name, version } },
      components
    },
    null,
    2
  )}\n`
)
console.log(`${components.length} components in ${file}`)

function purl({ name: of, version: at }) {
  // The one dictionary that comes from no package of npm's.
  if (of.startsWith('hunspell-') && of !== 'hunspell-wasm') return `pkg:deb/debian/${of}@${at}`
  return `pkg:npm/${of.replace('@', '%40')}@${at}`
}
