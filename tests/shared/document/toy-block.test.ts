import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** Every part a block has, each with a way to leave it out. */
const parts: Readonly<Record<string, string>> = {
  upgrade: '{}',
  canonical: '(block) => block',
  toHtml: "() => ''",
  toText: "() => ''",
  toPlainText: "() => ''",
  searchText: "() => ({ body: '', captions: [] })",
  words: '() => 0',
  pictures: '() => []',
  withPictures: '(block) => block',
  links: '() => []',
  ninjs: '() => []',
  fromHtml: 'null'
}
const whole = (names: readonly string[]) => names.map((name) => `${name}: ${parts[name] ?? ''}`).join(', ')
const names = Object.keys(parts)

const sharedSide = `
import { blockSchema, defineBlock } from '../../src/shared/document/blocks/define-block.ts'
const schema = blockSchema('toy', {})
export const complete = defineBlock({ schema, ${whole(names)} })
${names.map((left) => `export const no_${left} = defineBlock({ schema, ${whole(names.filter((name) => name !== left))} })`).join('\n')}
`
const editorSide = `
import { editorBlocks, type BlockChoice } from '../../src/renderer/editor/blocks/editor-blocks.ts'
import type { KnownBlock } from '../../src/shared/document/document.ts'
import { en } from '../../src/shared/words/en/window.ts'
export const noEditorBlock: { readonly [Type in KnownBlock['type'] | 'toy']: unknown } = editorBlocks
export const noWord: Readonly<Record<BlockChoice | 'toyChoice', string>> = en.toolbar.blocks
`

let folder: string
let report: string

// Inside the project, so that what is planted finds the packages; in a cache folder nothing else looks into.
beforeAll(async () => {
  folder = await mkdtemp(resolve('node_modules', 'toy-block-'))
  await writeFile(join(folder, 'shared-side.ts'), sharedSide.replaceAll('../../src', resolve('src')))
  await writeFile(join(folder, 'editor-side.ts'), editorSide.replaceAll('../../src', resolve('src')))
  const config = {
    extends: resolve('src/renderer/tsconfig.json'),
    compilerOptions: {
      composite: false,
      incremental: false,
      noEmit: true,
      emitDeclarationOnly: false,
      declaration: false,
      rootDir: '/'
    },
    include: [],
    references: [],
    files: ['shared-side.ts', 'editor-side.ts']
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
  report = await new Promise((done) => {
    const tsc = resolve('node_modules/typescript/bin/tsc')
    execFile(process.execPath, [tsc, '-p', folder], { maxBuffer: 1 << 24 }, (_error, stdout) => done(stdout))
  })
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The whole message, whose first line says where and whose others go on indented. */
function errorAt(file: string, line: number): string {
  return report
    .split(/\n(?=\S)/)
    .filter((text) => text.includes(`${file}(${line},`))
    .join('\n')
}

test.each(names)('a block without its part %s does not compile, and the compiler names it', (name) => {
  expect(errorAt('shared-side.ts', 5 + names.indexOf(name))).toContain(`'${name}'`)
})

test('a block that has all parts compiles', () => {
  expect(errorAt('shared-side.ts', 4)).toBe('')
})

test('a block without its side of the editor does not compile', () => {
  expect(errorAt('editor-side.ts', 5)).toContain("'toy'")
})

test('a choice without its word does not compile', () => {
  expect(errorAt('editor-side.ts', 6)).toContain("'toyChoice'")
})
