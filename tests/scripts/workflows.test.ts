import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { missingKeys, publisher } from '../../scripts/lib/packaging.mjs'
import { root } from '../../scripts/lib/places.mjs'

interface Step {
  readonly uses?: string
  readonly run?: string
  readonly if?: string
  readonly name?: string
  readonly env?: Record<string, string>
}
interface Workflow {
  readonly on: unknown
  readonly permissions: unknown
  readonly jobs: Record<string, { readonly 'timeout-minutes'?: number; readonly steps: readonly Step[] }>
}

const folder = join(root, '.github/workflows')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
const workflows = readdirSync(folder).map((name): [string, Workflow] => [
  name,
  parse(readFileSync(join(folder, name), 'utf8'), { strict: true }) as Workflow
])

test.each(workflows)('%s runs nothing but scripts of this repository', (_name, { jobs }) => {
  for (const { steps } of Object.values(jobs)) {
    for (const { run, uses, name } of steps) {
      if (run === undefined) {
        // GitHub's own, which fetch, cache and keep; nobody else's code sees the keys.
        expect(uses).toMatch(/^actions\/[\w-]+@v\d+$/)
        continue
      }
      // What a hosted machine needs before Chromium's sandbox works, and a person's does not.
      if (name === "Let Chromium's sandbox have its namespaces") continue
      const [, script] = /^npm (?:run )?([\w:]+)(?: -- [\w -]+)?$/.exec(run) ?? []
      if (script === 'ci') continue
      expect(scripts, run).toHaveProperty([script ?? run])
      const [, file] = /^node (\S+)/.exec(scripts[script ?? ''] ?? '') ?? []
      if (file) expect(existsSync(join(root, file)), file).toBe(true)
    }
  }
})

test.each(workflows)('%s may only read, ends by itself, and is not moved by what somebody writes', (name, workflow) => {
  expect(workflow.permissions).toEqual({ contents: 'read' })
  for (const [, job] of Object.entries(workflow.jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0)
  // A title or a branch of somebody else's in a command line would be run.
  const text = readFileSync(join(folder, name), 'utf8')
  expect(text).not.toMatch(/run:.*\$\{\{/)
  expect(text).not.toContain('pull_request_target')
})

test('the release hands every key that signing needs, and who publishes, to the packaging and to nothing else', () => {
  const release = workflows.find(([name]) => name === 'release.yml')?.[1]
  const steps = Object.values(release?.jobs ?? {}).flatMap((job) => job.steps)
  const given = steps.filter(({ env }) => Object.values(env ?? {}).some((value) => value.includes('secrets.')))
  expect(given.map(({ run }) => run)).toEqual(['npm run package'])
  const needed = ['darwin', 'win32'].flatMap((platform) => missingKeys(platform, {}))
  // Who publishes is no secret.
  expect(Object.entries(given[0]?.env ?? {})).toEqual([
    ...needed.map((key) => [key, `\${{ secrets.${key} }}`]),
    ...publisher({}).missing.map((key) => [key, `\${{ vars.${key} }}`])
  ])
})
