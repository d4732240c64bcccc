import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { planEditor } from './editor/bench.ts'
import { describeMachine } from './lib/machine.ts'
import { HELP, parseOptions, type BenchName, type Options } from './lib/options.ts'
import { BENCH, RESULTS, ROOT } from './lib/paths.ts'
import { runSteps, type Plan } from './lib/plan.ts'
import { saveResults, type Results } from './lib/results.ts'
import { writeDocs } from './report/docs.ts'
import { report } from './report/report.ts'

const planners: Readonly<Record<BenchName, (options: Options, versions: Record<string, string>) => Promise<Plan>>> = {
  editor: planEditor,
  desk: async (options, versions) => (await import('./desk/bench.ts')).planDesk(options, versions),
  store: async (options) => (await import('./store/bench.ts')).planStore(options),
  export: async (options) => (await import('./export/bench.ts')).planExport(options),
  publish: async (options) => (await import('./publish/bench.ts')).planPublish(options),
  cms: async (options) => (await import('./cms/bench.ts')).planCms(options),
  beside: async (options) => (await import('./beside/bench.ts')).planBeside(options),
  start: async (options) => (await import('./start/bench.ts')).planStart(options),
  profile: async (options) => (await import('./editor/profile.ts')).planProfile(options)
}

const options = readOptions()
const results = options.from ? (JSON.parse(readFileSync(options.from, 'utf8')) as Results) : await run(options)
const lines = report(results)
console.log(`\n${lines.join('\n')}`)
if (options.writeDocs) console.log(`\nWritten to ${writeDocs(results, lines)}`)

async function run(chosen: Options): Promise<Results> {
  const found: Results = {
    format: 1,
    startedAt: new Date().toISOString(),
    finishedAt: null,
    machine: describeMachine(),
    options: chosen,
    versions: versionsInUse(),
    measurements: [],
    problems: []
  }
  const file = join(RESULTS, `${found.startedAt.replaceAll(/[-:]/g, '').slice(0, 15)}.json`)
  console.log(`${chosen.benches.join(', ')}: every measurement goes to ${file} as it is made`)
  if (found.machine.loadBefore > 0.5)
    console.log(
      `This machine is not idle (load ${found.machine.loadBefore.toFixed(2)}): ratios may still hold, times will not.`
    )
  saveResults(file, found)
  for (const name of chosen.benches) {
    let plan: Plan | null = null
    try {
      plan = await planners[name](chosen, found.versions)
      await runSteps(plan.steps, {
        measured(measurements) {
          found.measurements.push(...measurements)
          saveResults(file, found)
        },
        failed(problem) {
          found.problems.push(problem)
          saveResults(file, found)
        }
      })
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      console.log(`${name}: could not begin: ${message}`)
      found.problems.push({ step: name, message })
    } finally {
      await plan?.close().catch((error: unknown) => console.log(`${name}: did not end well: ${String(error)}`))
    }
  }
  found.finishedAt = new Date().toISOString()
  saveResults(file, found)
  return found
}

function readOptions(): Options {
  try {
    const parsed = parseOptions(process.argv.slice(2))
    if (parsed !== 'help') return parsed
    console.log(HELP)
    process.exit(0)
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    console.error(`\n${HELP}`)
    process.exit(2)
  }
}

function versionsInUse(): Record<string, string> {
  const { dependencies } = JSON.parse(readFileSync(join(BENCH, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  const root = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    version: string
    devDependencies: Record<string, string>
  }
  return {
    galley: root.version,
    lexical: root.devDependencies['lexical'] ?? '',
    prosemirror: dependencies['prosemirror-view'] ?? '',
    tiptap: dependencies['@tiptap/core'] ?? '',
    quill: dependencies['quill'] ?? '',
    ckeditor: dependencies['ckeditor5'] ?? ''
  }
}
