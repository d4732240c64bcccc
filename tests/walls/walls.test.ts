import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** A violation of each wall; the linter has to catch every one, or the wall is painted on. */
const violations: readonly { wall: string; file: string; code: string }[] = [
  {
    wall: 'shared is pure of Node',
    file: 'src/shared/planted.ts',
    code: "import { readFileSync } from 'node:fs'\nreadFileSync('x')\n"
  },
  {
    wall: 'shared knows no React',
    file: 'src/shared/planted2.ts',
    code: "import { useState } from 'react'\nuseState(1)\n"
  },
  {
    wall: 'shared never imports main',
    file: 'src/shared/planted3.ts',
    code: "import { Store } from '../main/core/store/store.ts'\nnew Store()\n"
  },
  {
    wall: 'core never imports electron',
    file: 'src/main/core/planted.ts',
    code: "import { app } from 'electron'\napp.quit()\n"
  },
  {
    wall: 'core never imports a host',
    file: 'src/main/core/planted2.ts',
    code: "import { serve } from '../hosts/loopback/server.ts'\nserve()\n"
  },
  {
    wall: 'rooms of the core do not touch SQLite',
    file: 'src/main/core/stories/planted.ts',
    code: "import Database from 'better-sqlite3'\nnew Database('x')\n"
  },
  {
    wall: 'handlers do not reach into the store',
    file: 'src/main/core/stories/handlers.ts',
    code: "import { sql } from '../store/sql.ts'\nsql`x`\n"
  },
  {
    wall: 'the store does not call the rooms above it',
    file: 'src/main/core/store/planted.ts',
    code: "import { StoriesService } from '../stories/stories.ts'\nnew StoriesService()\n"
  },
  {
    wall: 'hosts never import hosts',
    file: 'src/main/hosts/loopback/planted.ts',
    code: "import { ipc } from '../../hosts/electron/ipc.ts'\nipc()\n"
  },
  {
    wall: 'hosts see the core from outside',
    file: 'src/main/hosts/electron/planted.ts',
    code: "import { sql } from '../../core/store/sql.ts'\nsql`x`\n"
  },
  {
    wall: 'the renderer knows no Node',
    file: 'src/renderer/planted.ts',
    code: "import { join } from 'node:path'\njoin('a')\n"
  },
  {
    wall: 'Lexical lives in the editor',
    file: 'src/renderer/features/story/planted.ts',
    code: "import { $getRoot } from 'lexical'\n$getRoot()\n"
  },
  {
    wall: 'features never import features',
    file: 'src/renderer/features/story/planted2.ts',
    code: "import { List } from '../library/List.ts'\nList()\n"
  },
  {
    wall: 'ui knows no feature',
    file: 'src/renderer/ui/planted.ts',
    code: "import { List } from '../features/library/List.ts'\nList()\n"
  },
  {
    wall: 'the editor knows no feature',
    file: 'src/renderer/editor/planted.ts',
    code: "import { List } from '../features/library/List.ts'\nList()\n"
  },
  {
    wall: 'no import cycles',
    file: 'src/shared/cycle-a.ts',
    code: "import { b } from './cycle-b.ts'\nexport const a = (): unknown => b\n"
  },
  { wall: 'no any', file: 'src/shared/planted4.ts', code: 'export const x: any = 1\n' }
]

describe('the walls of the house', () => {
  let folder: string
  let report: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'galley-walls-'))
    await cp(resolve('.oxlintrc.json'), join(folder, '.oxlintrc.json'))
    for (const { file, code } of violations) await plant(file, code)
    await plant('src/shared/cycle-b.ts', "import { a } from './cycle-a.ts'\nexport const b = (): unknown => a\n")
    await plant('src/shared/clean.ts', 'export const clean = 1\n')
    report = await new Promise((done) => {
      execFile(
        process.execPath,
        [resolve('node_modules/oxlint/bin/oxlint'), '--format=unix', 'src'],
        { cwd: folder, maxBuffer: 1 << 24 },
        (_error, stdout) => done(stdout)
      )
    })
  })

  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.each(violations)('$wall', ({ wall, file }) => {
    const rule =
      wall === 'no any' ? 'no-explicit-any' : wall === 'no import cycles' ? 'no-cycle' : 'no-restricted-imports'
    expect(report.split('\n').filter((line) => line.includes(`${file}:`) && line.includes(rule))).not.toEqual([])
  })

  it('says nothing of a clean file', () => {
    expect(report).not.toContain('src/shared/clean.ts')
  })

  async function plant(file: string, code: string): Promise<void> {
    const path = join(folder, file)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, code)
  }
})
