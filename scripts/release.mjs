// npm run release:check: the tag is this version, and the changelog has it. npm run release:draft: the packages in dist,
// with their checksums, as a draft that a person publishes.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './lib/places.mjs'

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const notes = sectionOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'))
const tag = process.env.GITHUB_REF_NAME ?? `v${version}`

const problems = [
  ...(tag === `v${version}` ? [] : [`The tag is ${tag}, and package.json says ${version}.`]),
  ...(notes === null ? [`CHANGELOG.md has no section "## ${version}".`] : []),
  ...(notes?.heading.includes('unreleased') ? [`CHANGELOG.md still calls ${version} unreleased.`] : [])
]
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1
else if (process.argv[2] === 'draft') draft()
else console.log(`${tag} can be released.`)

function draft() {
  const dist = join(root, 'dist')
  const files = readdirSync(dist).filter((name) => /\.(?:dmg|zip|exe|AppImage|deb|cdx\.json)$/.test(name))
  const sums = files.map(
    (name) =>
      `${createHash('sha256')
        .update(readFileSync(join(dist, name)))
        .digest('hex')}  ${name}`
  )
  writeFileSync(join(dist, 'SHA256SUMS'), `${sums.join('\n')}\n`)
  writeFileSync(join(dist, 'notes.md'), notes.text)
  const { status } = spawnSync(
    'gh',
    [
      'release',
      'create',
      tag,
      '--draft',
      '--verify-tag',
      `--title=Galley ${version}`,
      `--notes-file=${join(dist, 'notes.md')}`,
      ...[...files, 'SHA256SUMS'].map((name) => join(dist, name))
    ],
    { cwd: root, stdio: 'inherit' }
  )
  process.exitCode = status ?? 1
}

/** The section of this version: its heading and what is below it; null where there is none. */
function sectionOf(changelog) {
  const sections = changelog.split(/^(?=## )/m)
  const found = sections.find((section) => section.startsWith(`## ${version}`))
  return found ? { heading: found.split('\n', 1)[0], text: found.slice(found.indexOf('\n') + 1).trim() } : null
}
