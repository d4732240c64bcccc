import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, posix, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areaOf, areas } from '../../scripts/lib/walls.mjs'

/** Every package the house uses, and some that it must not. */
const packages = [...new Set(areas.flatMap(({ packages: all }) => all))]
  .map((name) => name.replace('node:*', 'node:fs').replace('@lexical/*', '@lexical/link'))
  .concat('left-pad')

/** An import that is planted: in one area, of another or of a package. `line` is where it is in its file. */
interface Planted {
  readonly from: string
  readonly file: string
  readonly what: string
  readonly line: number
  readonly allowed: boolean
}

/** The forms an import can have; a wall must see them all. */
const forms: readonly ((from: string) => string)[] = [
  (from) => `import { x } from '${from}'`,
  (from) => `import type { x } from '${from}'`,
  (from) => `export { x } from '${from}'`,
  (from) => `export * from '${from}'`,
  (from) => `void import('${from}')`,
  (from) => `type T = import('${from}').T`
]

describe('the walls of the house', () => {
  const planted: Planted[] = []
  let folder: string
  let report: readonly string[]

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'galley-walls-'))
    for (const from of areas) {
      const file = placeIn(from.name)
      const lines: string[] = []
      const plant = (what: string, specifier: string, allowed: boolean): void => {
        const form = forms[planted.length % forms.length]
        if (form) lines.push(form(specifier))
        planted.push({ from: from.name, file, what, line: lines.length, allowed })
      }
      for (const to of areas) {
        if (to === from) continue
        const goal = to.doors?.[0] ?? placeIn(to.name)
        plant(
          to.name,
          relative(file, goal),
          from.may.some((name) => fits(name, to.name))
        )
        const owner = to.doors && to.files.test(file)
        if (to.doors && !owner && from.name !== 'core/create-core')
          plant(`${to.name} past its door`, relative(file, `${dirname(to.doors[0] ?? '')}/planted-behind.ts`), false)
      }
      for (const name of packages)
        plant(
          name,
          name,
          from.packages.some((allowed) => fits(allowed, name))
        )
      await write(file, lines.join('\n'))
    }
    await write('src/shared/lib/circle-a.ts', "import type { B } from './circle-b.ts'\nexport type A = B\n")
    await write('src/shared/lib/circle-b.ts', "import type { A } from './circle-a.ts'\nexport type B = A\n")
    await write('src/shared/nowhere.ts', "import { x } from './lib/circle-a.ts'\nexport { x }\n")
    report = await new Promise((done) => {
      execFile(
        process.execPath,
        [resolve('scripts/check-walls.mjs'), folder],
        { maxBuffer: 1 << 24 },
        (_error, stdout) => done(stdout.split('\n'))
      )
    })
  })

  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('plants every import that the list does not allow', () => {
    expect(planted.filter(({ allowed }) => !allowed).length).toBeGreaterThan(areas.length * 20)
  })

  it.each(areas.map(({ name }) => name))('%s: what is not allowed is caught, and nothing else', (name) => {
    const expected = planted.filter(({ from, allowed }) => from === name && !allowed)
    const file = placeIn(name)
    const caught = report.filter((line) => line.startsWith(`${file}:`) && !line.includes('in a circle'))
    const lines = [...new Set(caught.map((line) => Number(line.split(':')[1])))].sort((a, b) => a - b)
    expect(lines).toEqual(expected.map(({ line }) => line))
  })

  it('finds circles of types too', () => {
    expect(report.filter((line) => line.includes('in a circle') && line.includes('circle-a.ts'))).toHaveLength(1)
  })

  it('wants an area for every file', () => {
    expect(report.some((line) => line.startsWith('src/shared/nowhere.ts:') && line.includes('no area'))).toBe(true)
  })

  async function write(file: string, code: string): Promise<void> {
    const path = join(folder, file)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, code)
  }
})

/** A file that belongs to the area, by what its pattern says. */
function placeIn(name: string): string {
  const area = areas.find((one) => one.name === name)
  const path = area?.files.source
    .replaceAll('\\/', '/')
    .replaceAll('\\.', '.')
    .replace(/^\^|\$$/g, '')
    .replace('[a-z]+/([a-z]+-)?handlers', 'stories/handlers')
    .replace('[a-z-]+', 'planted')
    .replace('[A-Za-z-]+', 'planted')
    .replace('.tsx?', '.ts')
  const file = path?.endsWith('/') ? `${path}planted.ts` : (path ?? '')
  if (areaOf(file)?.name !== name) throw new Error(`no place found in ${name}: ${file}`)
  return file
}

function relative(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to)
  return path.startsWith('.') ? path : `./${path}`
}

function fits(allowed: string, name: string): boolean {
  return allowed.endsWith('*') ? name.startsWith(allowed.slice(0, -1)) : allowed === name
}
