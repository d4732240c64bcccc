// The walls of the house: what each area of the source may import. `scripts/check-walls.mjs` holds every import against
// this list, type-only ones too, and tests/walls plants everything that is not on it.

/**
 * @typedef {object} Area
 * @property {string} name
 * @property {RegExp} files Which files belong to it; the first area that fits has the file.
 * @property {readonly string[]} may Areas it may import. Its own files always.
 * @property {readonly string[]} packages Packages it may import: a name, or a beginning that ends in `*`.
 * @property {readonly string[]} [doors] The only files of it that others may import; without it, all of them.
 */

const shared = [
  'shared/checks',
  'shared/contract',
  'shared/document',
  'shared/document/from-html',
  'shared/formats',
  'shared/lib',
  'shared/publishing',
  'shared/rpc',
  'shared/story',
  'shared/words'
]
const rooms = [
  'stories',
  'library',
  'media',
  'intake',
  'exporting',
  'publishing',
  'recovery',
  'checking',
  'spelling',
  'app'
].map((room) => `core/${room}`)
const floor = ['core/store', 'core/files', 'core/workers', 'core/ports', 'core/events']
const node = ['node:*']
const window = ['react', 'react-dom', 'react-aria-components', 'lucide-react', '@tanstack/react-virtual']

/** @type {(name: string, doors: readonly string[], packages: readonly string[], more?: readonly string[]) => Area} */
const room = (name, doors, packages, more = []) => ({
  name: `core/${name}`,
  files: new RegExp(`^src/main/core/${name}/`),
  may: [...rooms, ...floor, ...shared, 'shared/intake', ...more],
  packages: [...node, ...packages],
  doors: doors.map((door) => `src/main/core/${name}/${door}`)
})

/** @type {readonly Area[]} */
export const areas = [
  { name: 'shared/lib', files: /^src\/shared\/lib\//, may: [], packages: [] },
  { name: 'shared/words', files: /^src\/shared\/words\//, may: ['shared/lib', 'shared/publishing'], packages: ['zod'] },
  { name: 'shared/publishing', files: /^src\/shared\/publishing\//, may: ['shared/lib'], packages: ['zod'] },
  { name: 'shared/rpc', files: /^src\/shared\/rpc\//, may: ['shared/lib', 'shared/words'], packages: ['zod'] },
  {
    name: 'shared/document/from-html',
    files: /^src\/shared\/document\/from-html\//,
    may: ['shared/document', 'shared/rpc', 'shared/lib', 'shared/words'],
    // An event tokenizer: pure, linear, without a DOM.
    packages: ['htmlparser2', 'zod']
  },
  {
    name: 'shared/document',
    files: /^src\/shared\/document\//,
    may: ['shared/rpc', 'shared/lib', 'shared/words'],
    packages: ['diff', 'zod']
  },
  {
    name: 'shared/story',
    files: /^src\/shared\/story\//,
    may: ['shared/document', 'shared/rpc', 'shared/lib', 'shared/words'],
    packages: ['zod']
  },
  {
    name: 'shared/checks',
    files: /^src\/shared\/checks\//,
    may: ['shared/document', 'shared/story', 'shared/lib', 'shared/words'],
    packages: ['zod']
  },
  {
    name: 'shared/contract',
    files: /^src\/shared\/contract\//,
    may: [
      'shared/checks',
      'shared/document',
      'shared/publishing',
      'shared/story',
      'shared/rpc',
      'shared/lib',
      'shared/words'
    ],
    packages: ['zod']
  },
  {
    name: 'shared/find',
    files: /^src\/shared\/find\//,
    may: ['shared/document', 'shared/story', 'shared/lib'],
    packages: []
  },
  {
    name: 'shared/spelling',
    files: /^src\/shared\/spelling\//,
    may: ['shared/document', 'shared/story', 'shared/find', 'shared/typing', 'shared/lib'],
    packages: []
  },
  { name: 'shared/typing', files: /^src\/shared\/typing\//, may: [], packages: [] },
  { name: 'shared/formats', files: /^src\/shared\/formats\//, may: shared, packages: ['zod'] },
  { name: 'shared/intake', files: /^src\/shared\/intake\//, may: shared, packages: ['zod'] },

  {
    name: 'core/store',
    files: /^src\/main\/core\/store\//,
    may: ['core/workers', ...shared, 'shared/intake'],
    packages: [...node, 'better-sqlite3', 'zod']
  },
  {
    name: 'core/files',
    files: /^src\/main\/core\/files\//,
    may: ['shared/rpc', 'shared/lib', 'shared/words'],
    packages: node
  },
  {
    name: 'core/workers',
    files: /^src\/main\/core\/workers\//,
    may: ['shared/rpc', 'shared/lib', 'shared/words'],
    packages: node
  },
  { name: 'core/ports', files: /^src\/main\/core\/ports\.ts$/, may: shared, packages: [] },
  { name: 'core/events', files: /^src\/main\/core\/events\.ts$/, may: shared, packages: [] },
  {
    name: 'core/handlers',
    files: /^src\/main\/core\/[a-z]+\/([a-z]+-)?handlers\.ts$/,
    may: [...rooms, 'core/ports', 'shared/contract', 'shared/rpc', 'shared/lib', 'shared/story'],
    packages: []
  },
  {
    name: 'core/targets',
    files: /^src\/main\/core\/publishing\/targets\/[a-z-]+\//,
    may: ['core/publishing', 'core/ports', ...shared],
    packages: [...node, 'zod']
  },
  room(
    'publishing',
    [
      'publishing.ts',
      'targets/target.ts',
      'targets/payload.ts',
      'targets/authors.ts',
      'targets/canonical-json.ts',
      'targets/bounded-fetch.ts',
      'targets/plain-message.ts',
      'targets/only-there.ts',
      'targets/trouble.ts'
    ],
    ['zod'],
    ['core/targets']
  ),
  room('stories', ['stories.ts', 'open-story.ts', 'list-rows.ts'], []),
  room('library', ['library.ts'], []),
  room('media', ['media.ts', 'renditions.ts'], ['sharp', 'exifreader', 'libheif-js']),
  room('intake', ['intake.ts', 'story-import.ts', 'decode.ts'], ['htmlparser2', 'temporal-polyfill']),
  room('recovery', ['recovery.ts'], []),
  room('exporting', ['exporting.ts'], []),
  room('checking', ['checking.ts'], []),
  room('spelling', ['spelling.ts', 'own-dictionaries.ts'], []),
  room('app', ['settings.ts', 'jobs.ts'], []),
  {
    name: 'core/create-core',
    files: /^src\/main\/core\/create-core\.ts$/,
    may: [...rooms, ...floor, 'core/handlers', 'core/core', ...shared],
    packages: node
  },
  { name: 'core/core', files: /^src\/main\/core\/core\.ts$/, may: ['core/ports', ...shared], packages: [] },

  {
    name: 'practice-cms',
    files: /^src\/main\/practice-cms\//,
    may: ['core/files', 'core/publishing', 'core/targets', ...shared],
    packages: [...node, 'zod']
  },
  {
    name: 'samples',
    files: /^src\/main\/samples\//,
    may: ['core/store', 'core/stories', ...shared, 'shared/intake'],
    packages: node
  },

  {
    name: 'hosts/electron',
    files: /^src\/main\/hosts\/electron\//,
    may: ['hosts', 'hosts/local', 'core/core', 'core/create-core', 'core/ports', 'practice-cms', ...shared],
    packages: [...node, 'electron', 'zod']
  },
  {
    name: 'hosts/loopback',
    files: /^src\/main\/hosts\/loopback\//,
    may: ['hosts', 'hosts/local', 'core/core', 'core/create-core', 'core/ports', 'practice-cms', ...shared],
    packages: [...node, 'ws']
  },
  {
    name: 'hosts/local',
    files: /^src\/main\/hosts\/local\//,
    may: ['hosts', 'core/core', 'core/ports', ...shared],
    packages: [...node, 'zod']
  },
  {
    name: 'hosts',
    files: /^src\/main\/hosts\/[a-z-]+\.ts$/,
    may: ['core/core', 'core/ports', ...shared],
    packages: [...node, 'zod']
  },
  {
    name: 'cli',
    files: /^src\/main\/cli\//,
    may: [
      'hosts',
      'hosts/local',
      'hosts/loopback',
      'core/core',
      'core/create-core',
      'core/ports',
      'practice-cms',
      'samples',
      ...shared
    ],
    packages: node
  },
  { name: 'entry index', files: /^src\/main\/index\.ts$/, may: ['hosts', 'hosts/electron'], packages: node },
  { name: 'entry headless', files: /^src\/main\/headless\.ts$/, may: ['hosts', 'hosts/loopback'], packages: node },
  { name: 'entry cli', files: /^src\/main\/cli\.ts$/, may: ['hosts', 'cli'], packages: node },
  { name: 'preload', files: /^src\/preload\//, may: ['shared/rpc'], packages: ['electron'] },

  { name: 'renderer/styles', files: /^src\/renderer\/styles\//, may: [], packages: [] },
  {
    name: 'renderer/strings',
    files: /^src\/renderer\/strings\//,
    may: ['shared/words', 'shared/lib'],
    packages: ['react']
  },
  {
    name: 'renderer/host',
    files: /^src\/renderer\/host\//,
    may: ['shared/rpc', 'shared/lib', 'shared/words'],
    packages: []
  },
  {
    name: 'renderer/ui',
    files: /^src\/renderer\/ui\//,
    may: ['renderer/strings', 'shared/story', 'shared/lib', 'shared/words'],
    packages: [...window, '@internationalized/date', 'temporal-polyfill']
  },
  {
    name: 'renderer/api',
    files: /^src\/renderer\/api\//,
    may: ['renderer/ui', 'renderer/strings', ...shared],
    packages: ['react']
  },
  {
    name: 'renderer/editor',
    files: /^src\/renderer\/editor\//,
    may: [
      'renderer/ui',
      'renderer/strings',
      'shared/document',
      'shared/document/from-html',
      'shared/find',
      'shared/typing',
      'shared/lib',
      'shared/words'
    ],
    packages: ['react', 'react-dom', 'zod', 'lexical', '@lexical/*', 'lucide-react']
  },
  {
    name: 'renderer/spelling',
    files: /^src\/renderer\/spelling\//,
    may: ['shared/spelling', 'shared/lib'],
    packages: ['harper.js', 'hunspell-wasm']
  },
  ...[
    'checks',
    'compare',
    'exporting',
    'history',
    'intake',
    'library',
    'media',
    'palette',
    'publishing',
    'recovery',
    'settings',
    'status',
    'story',
    'times',
    'welcome'
  ].map(feature),
  {
    name: 'renderer root',
    files: /^src\/renderer\/[A-Za-z-]+\.tsx?$/,
    may: [
      'renderer/api',
      'renderer/host',
      'renderer/strings',
      'renderer/styles',
      'renderer/ui',
      'feature *',
      ...shared
    ],
    // zod: `trusted-types.ts` tells it to compile nothing.
    packages: [...window, 'zod']
  }
]

/** @type {(name: string) => Area} */
function feature(name) {
  return {
    name: `feature ${name}`,
    files: new RegExp(`^src/renderer/features/${name}/`),
    may: [
      'renderer/editor',
      'renderer/spelling',
      'renderer/ui',
      'renderer/api',
      'renderer/strings',
      'shared/find',
      'shared/spelling',
      // A rule that is written there is tried before it is kept.
      ...(name === 'settings' ? ['shared/intake'] : []),
      ...shared
    ],
    packages: window
  }
}

/** @type {(file: string) => Area | undefined} */
export function areaOf(file) {
  return areas.find(({ files }) => files.test(file))
}

/**
 * Why a file may not import another, or null when it may.
 * @type {(from: string, to: string) => string | null}
 */
export function wallBetween(from, to) {
  const here = areaOf(from)
  const there = areaOf(to)
  if (!here) return `${from} belongs to no area: name one in scripts/lib/walls.mjs`
  if (!there) return `${to} belongs to no area: name one in scripts/lib/walls.mjs`
  if (here === there) return null
  if (!here.may.some((name) => fits(name, there.name))) return `${here.name} may not import ${there.name}`
  // Handlers belong to their room and the room to its handlers; createCore puts the rooms together.
  const inside = here.name === 'core/create-core' || (here.name === 'core/handlers' && there.files.test(from))
  if (there.doors && !inside && !there.doors.includes(to))
    return `${there.name} is entered by ${there.doors.join(', ')}`
  return null
}

/** @type {(from: string, name: string) => string | null} */
export function wallToPackage(from, name) {
  const here = areaOf(from)
  if (!here) return `${from} belongs to no area: name one in scripts/lib/walls.mjs`
  return here.packages.some((allowed) => fits(allowed, name)) ? null : `${here.name} may not import ${name}`
}

/** @type {(allowed: string, name: string) => boolean} */
function fits(allowed, name) {
  return allowed.endsWith('*') ? name.startsWith(allowed.slice(0, -1)) : allowed === name
}
