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
  withTexts: '(block) => block',
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
// A toy format, language, status and field: each planted where the compiler has to ask for it.
const otherSeams = `
import type { ExportFormat } from '../../src/shared/contract/exports.ts'
import type { Format } from '../../src/main/core/exporting/formats.ts'
import { formats } from '../../src/main/core/exporting/formats.ts'
import type { Status } from '../../src/shared/story/status.ts'
import { fieldDefaults } from '../../src/shared/story/fields.ts'
import type { FieldName } from '../../src/shared/story/compare.ts'
import { en } from '../../src/shared/words/en/index.ts'
import type { Language } from '../../src/shared/words/language.ts'
export const noWriter: Readonly<Record<ExportFormat | 'toy', Format>> = formats
export const noFormatName: Readonly<Record<ExportFormat | 'toy', string>> = en.window.exporting.formatNames
export const noFormatText: Readonly<Record<ExportFormat | 'toy', string>> = en.window.exporting.formatText
export const noStatusName: Readonly<Record<Status | 'toy', string>> = en.window.status
export const noDefault: Readonly<Record<keyof typeof fieldDefaults | 'toy', unknown>> = fieldDefaults
const { headline: _name, ...fieldNames } = en.window.compare.fields
export const noFieldName: Readonly<Record<FieldName, string>> = fieldNames
const { reason: _room, ...rooms } = en.said
export const noRoom: Language = { ...en, said: rooms }
const { tooLarge: _sentence, ...sentences } = en.said.intake
export const noSentence: Language = { ...en, said: { ...en.said, intake: sentences } }
export const complete: Language = { ...en }
`

let folder: string
let report: string

// Inside the project, so that what is planted finds the packages; in a cache folder nothing else looks into.
beforeAll(async () => {
  folder = await mkdtemp(resolve('node_modules', 'toy-block-'))
  await writeFile(join(folder, 'shared-side.ts'), sharedSide.replaceAll('../../src', resolve('src')))
  await writeFile(join(folder, 'editor-side.ts'), editorSide.replaceAll('../../src', resolve('src')))
  await writeFile(join(folder, 'other-seams.ts'), otherSeams.replaceAll('../../src', resolve('src')))
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
    files: ['shared-side.ts', 'editor-side.ts', 'other-seams.ts']
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

test.each([
  ['a format without its writer', 'noWriter', 'toy'],
  ['a format without its name', 'noFormatName', 'toy'],
  ['a format that nothing is said of', 'noFormatText', 'toy'],
  ['a status without its name', 'noStatusName', 'toy'],
  ['a field without what it holds at first', 'noDefault', 'toy'],
  ['a field that a comparison cannot name', 'noFieldName', 'headline'],
  ['a language without the sentences of a room', 'noRoom', 'reason'],
  ['a language without one sentence', 'noSentence', 'tooLarge']
])('%s does not compile, and the compiler names it', (_what, name, missing) => {
  const line = otherSeams.split('\n').findIndex((text) => text.startsWith(`export const ${name}:`)) + 1
  expect(errorAt('other-seams.ts', line)).toContain(`'${missing}'`)
})

test('a language that has every sentence compiles', () => {
  const line = otherSeams.split('\n').findIndex((text) => text.startsWith('export const complete:')) + 1
  expect(errorAt('other-seams.ts', line)).toBe('')
})
