// npm run seams: adds a toy block, target, field, format, status, setting and language to a copy of the source, one at a
// time, and prints the places the compiler then names. A seam at which it names none has come open, and is a fault.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { requireNode, root } from './lib/places.mjs'

/** What somebody would write first: a new file's text, or a piece of a file and what stands in its place. */
const toys = {
  block: {
    'src/shared/document/blocks/toy/toy.ts': () => `
      import { z } from 'zod'
      import { blockSchema, defineBlock } from '../define-block.ts'
      export const toy = defineBlock({ schema: blockSchema('toy', { words: z.string() }) })`,
    'src/shared/document/blocks/blocks.ts': (text) =>
      text
        .replace('import { table }', "import { toy } from './toy/toy.ts'\nimport { table }")
        .replace(', table] as const', ', table, toy] as const')
  },
  target: {
    'src/shared/publishing/targets/index.ts': (text) => text.replace("'practice'])", "'practice', 'toy-cms'])")
  },
  field: {
    'src/shared/story/fields.ts': (text) =>
      text.replace('  headlineShort: ', '  toyField: line(10),\n  headlineShort: ')
  },
  format: {
    'src/shared/contract/exports.ts': (text) => text.replace(/exportFormats = \[/, "exportFormats = ['toy', ")
  },
  status: {
    'src/shared/story/status.ts': (text) => text.replace("  'trashed'\n] as const", "  'trashed',\n  'toy'\n] as const")
  },
  setting: {
    'src/shared/contract/settings.ts': (text) =>
      text.replace('  deskName: ', '  toySetting: z.boolean(),\n  deskName: ')
  },
  language: {
    'src/shared/words/toy/index.ts': () => `
      import type { Language } from '../language.ts'
      export const toy: Language = {}`,
    'src/shared/words/languages.ts': (text) =>
      text
        .replace('import { en }', "import { toy } from './toy/index.ts'\nimport { en }")
        .replace('  en: () => en,', '  en: () => en,\n  toy: () => toy,')
  }
}

const folder = mkdtempSync(join(tmpdir(), 'galley-seams-'))
try {
  for (const part of ['src', 'tests', 'scripts', 'tsconfig.base.json', 'package.json', 'resources'])
    cpSync(join(root, part), join(folder, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(flatProject()))
  const before = errors()
  if (before.length > 0) throw new Error(`The source does not compile as it is:\n${before.join('\n')}`)
  for (const [name, edits] of Object.entries(toys)) tryToy(name, edits)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function tryToy(name, edits) {
  for (const [file, edit] of Object.entries(edits)) {
    const path = join(folder, file)
    mkdirSync(dirname(path), { recursive: true })
    const old = file.includes('/toy/') ? '' : readFileSync(path, 'utf8')
    const text = edit(old)
    if (text === old) throw new Error(`The toy ${name} no longer fits into ${file}.`)
    writeFileSync(path, text)
  }
  const named = new Map()
  for (const line of errors()) {
    const file = /^(\S+?)\(\d+,\d+\)/.exec(line)?.[1] ?? line
    named.set(file, (named.get(file) ?? 0) + 1)
  }
  console.log(`\nA new ${name}: ${Object.keys(edits).join(', ')}; the compiler then names`)
  for (const [file, count] of named) console.log(`  ${file}${count > 1 ? ` (${count})` : ''}`)
  if (named.size === 0) {
    console.log('  nothing: whoever adds one is not told what else it needs')
    process.exitCode = 1
  }
  for (const file of Object.keys(edits)) {
    if (file.includes('/toy/')) rmSync(dirname(join(folder, file)), { recursive: true })
    else cpSync(join(root, file), join(folder, file))
  }
}

/** All of the source as one project: between projects an error in one hides those of the next. */
function flatProject() {
  return {
    extends: './tsconfig.base.json',
    compilerOptions: {
      composite: false,
      declaration: false,
      emitDeclarationOnly: false,
      noEmit: true,
      jsx: 'react-jsx',
      lib: ['es2024', 'dom', 'dom.iterable', 'esnext.iterator', 'webworker.importscripts'],
      types: ['node', 'vite/client']
    },
    include: ['src/**/*.ts', 'src/**/*.tsx', 'src/**/*.json', 'tests/**/*.ts', 'tests/**/*.tsx']
  }
}

function errors() {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const { stdout } = spawnSync(requireNode(), [compiler, '-p', folder, '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024
  })
  return stdout.split('\n').filter((line) => /error TS/.test(line))
}
