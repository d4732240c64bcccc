import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { requireNode, root } from '../../scripts/lib/places.mjs'

/** What the check says of a source with these files. */
function said(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'galley-expressions-'))
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  try {
    return execFileSync(requireNode(), [join(root, 'scripts/check-expressions.mjs'), folder], { encoding: 'utf8' })
  } catch (error) {
    return (error as { stdout: string }).stdout
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('an expression over foreign text that is not linear fails the check, literal or put together', () => {
  const found = said({
    'src/shared/intake/ends.ts': 'export const end = (text: string) => text.replace(/\\s+$/, "")\n',
    'src/main/core/intake/pairs.ts': 'export const pairs = /^(?:a+)+b$/\n',
    'src/shared/formats/built.ts':
      'const months = ["may", "june"].join("|")\nexport const day = new RegExp(`\\\\s*(?:${months})$`)\n',
    'src/shared/lib/fine.ts': 'export const fine = /(?<!\\s)\\s+$/\n',
    'src/shared/story/short.ts': '// Over 300 characters at most.\nexport const short = /\\s+$/\n',
    'src/main/hosts/ours.ts': 'export const ours = /\\s+$/\n'
  })
  expect(found.trim().split('\n').toSorted()).toEqual([
    'src/main/core/intake/pairs.ts:1: /^(?:a+)+b$/ can take a power of two of the length of its text',
    'src/shared/formats/built.ts:2: /\\s*(?:may|june)$/ can take the square of the length of its text',
    'src/shared/intake/ends.ts:1: /\\s+$/ can take the square of the length of its text'
  ])
})
