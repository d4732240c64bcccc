import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { root } from '../../scripts/lib/places.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'galley-openapi-'))
  copyFileSync(join(root, 'docs/open-endpoint.openapi.yaml'), join(folder, 'open-endpoint.openapi.yaml'))
  cpSync(join(root, 'docs/formats'), join(folder, 'formats'), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What a linter of OpenAPI finds in the document, warnings too, by its rules. */
function problems(): string[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/@redocly/cli/bin/cli.js'), 'lint', '--format=json', 'open-endpoint.openapi.yaml'],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
    }
  )
  const start = stdout.indexOf('{')
  expect(start, stderr).toBeGreaterThanOrEqual(0)
  const report = JSON.parse(stdout.slice(start)) as { problems: { ruleId: string; message: string }[] }
  return report.problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)
}

test('the description of the open endpoint is without a fault', () => {
  expect(problems()).toEqual([])
})

test('a fault in it is found', () => {
  const file = join(folder, 'open-endpoint.openapi.yaml')
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace('required: [detail]', 'required: [detail, reason]'))
  expect(problems()).toEqual([expect.stringContaining('reason')])
})
