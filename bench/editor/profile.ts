import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Chromium } from '../lib/chromium.ts'
import { sizeName, type Options } from '../lib/options.ts'
import type { Page } from '../lib/page.ts'
import { CACHE, ROOT } from '../lib/paths.ts'
import type { Plan, Step } from '../lib/plan.ts'
import type { Measurement } from '../lib/results.ts'
import { Galley, SMALL } from './galley-subject.ts'
import { PASTE_BYTES, PASTE_END, peers, startHarness } from './harness.ts'
import { measurePaste, placeCaret } from './measure.ts'
import { fillClipboard, peerSubject } from './peer-subject.ts'
import { watchRenders } from './react-renders.ts'
import type { Subject } from './subject.ts'

/**
 * Where the time of a key goes: JavaScript by function from the CPU profiler, the rest of the main thread by kind from
 * the trace. Never mixed with the other benches: both cost time.
 */
export async function planProfile(options: Options): Promise<Plan> {
  const out = join(CACHE, 'profile-out')
  const harness = await startHarness(options.seed)
  const galley = new Galley(options.sizes, options.seed, { out })
  const chromium = await Chromium.launch()
  const wanted = options.editors.length > 0 ? options.editors : ['galley', 'contenteditable', 'lexical']
  const subjects: Subject[] = [galley, ...peers.map((peer) => peerSubject(peer, harness.origin))].filter(({ name }) =>
    wanted.includes(name)
  )
  const sizes = [...new Set([Math.min(...options.sizes), Math.max(...options.sizes)])]
  const steps: Step[] = sizes.flatMap((size) =>
    subjects.map((subject): Step => ({
      label: `profile · ${sizeName(size)} · ${subject.name}`,
      seconds: 25,
      limit: 180,
      run: async () => [
        ...(await profile(chromium, subject, size, options.keys)),
        ...(subject === galley ? await renders(chromium, galley, size, options.keys) : [])
      ]
    }))
  )
  steps.push(
    ...subjects
      .filter(({ name }) => name !== 'contenteditable')
      .map((subject): Step => ({
        label: `profile · paste 500 kB · ${subject.name}`,
        seconds: 10,
        limit: 120,
        run: () => profilePaste(chromium, harness.origin, subject)
      }))
  )
  if (wanted.includes('galley')) {
    steps.unshift({
      label: 'profile · build with names',
      seconds: 10,
      limit: 300,
      run: async () => {
        buildWithNames(out)
        await galley.prepare(1)
        return []
      }
    })
  }
  return {
    steps,
    async close() {
      await galley.close()
      await chromium.close()
      await harness.close()
    }
  }
}

/** The product with its functions' own names; otherwise as it is shipped. */
function buildWithNames(out: string): void {
  rmSync(out, { recursive: true, force: true })
  // The command has no option for it; its function has.
  const program = `import { build } from 'electron-vite'; await build({ logLevel: 'error', build: { outDir: ${JSON.stringify(out)}, minify: false } })`
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' }
  })
  if (status !== 0) throw new Error(`the build for the profile failed: ${stderr.slice(-500)}`)
}

async function profile(chromium: Chromium, subject: Subject, size: number, keys: number): Promise<Measurement[]> {
  const { page, close } = await subject.open(chromium, size)
  try {
    await placeCaret(page)
    await page.type('and so ', 12)
    await sleep(1000)
    const text = 'the late edition waits for one more line from the desk '.repeat(Math.ceil(keys / 55)).slice(0, keys)
    const functions = await functionTimes(page, () => page.type(text, 12).then(() => sleep(1200)))
    await sleep(500)
    const kinds = await kindTimes(chromium, page, () => page.type(text, 12).then(() => sleep(1200)))
    const list = (times: Map<string, number>, most: number): string =>
      [...times]
        .toSorted((a, b) => b[1] - a[1])
        .slice(0, most)
        .map(([name, ms]) => `\n    ${(ms / keys).toFixed(3).padStart(8)}  ${name}`)
        .join('')
    const top = (times: Map<string, number>): Record<string, number> =>
      Object.fromEntries(
        [...times]
          .toSorted((a, b) => b[1] - a[1])
          .slice(0, 60)
          .map(([name, ms]) => [name, ms / keys])
      )
    const of = (task: string, times: Map<string, number>, most: number): Measurement => ({
      bench: 'profile',
      task,
      subject: subject.name,
      size,
      rep: 0,
      values: top(times),
      note: `${sizeName(size)} words, ms per key, self time:${list(times, most)}`
    })
    return [of('JavaScript by function', functions, 25), of('main thread by kind', kinds, 18)]
  } finally {
    await close().catch(() => {})
  }
}

async function profilePaste(chromium: Chromium, origin: string, subject: Subject): Promise<Measurement[]> {
  await fillClipboard(chromium, origin, `${origin}/paste?bytes=${PASTE_BYTES}`)
  const { page, close } = await subject.open(chromium, SMALL, 2)
  try {
    await placeCaret(page)
    const functions = await functionTimes(page, () => measurePaste(page, PASTE_END))
    const top = [...functions].toSorted((a, b) => b[1] - a[1]).slice(0, 30)
    return [
      {
        bench: 'profile',
        task: 'paste by function',
        subject: subject.name,
        rep: 0,
        values: Object.fromEntries(top),
        note: `500 kB of HTML, ms, self time:${top.map(([name, ms]) => `\n    ${ms.toFixed(1).padStart(8)}  ${name}`).join('')}`
      }
    ]
  } finally {
    await close().catch(() => {})
  }
}

/**
 * What React does while somebody types: commits, and which components rendered, per key. Counted apart from the times,
 * for counting costs time.
 */
async function renders(chromium: Chromium, galley: Galley, size: number, keys: number): Promise<Measurement[]> {
  galley.script = `(${watchRenders.toString()})()`
  try {
    const { page, close } = await galley.open(chromium, size)
    try {
      await placeCaret(page)
      await page.type('and so ', 12)
      await sleep(1000)
      const before = await page.run(() => structuredClone(window.benchRenders))
      await page.type('one more line '.repeat(Math.ceil(keys / 14)).slice(0, keys), 12)
      await sleep(1200)
      const after = await page.run(() => window.benchRenders)
      const counts = Object.entries(after.components)
        .map(([name, count]): [string, number] => [name, count - (before.components[name] ?? 0)])
        .filter(([, count]) => count > 0)
        .toSorted((a, b) => b[1] - a[1])
      const commits = after.commits - before.commits
      const list = counts
        .slice(0, 40)
        .map(([name, count]) => `\n    ${String(count).padStart(6)}  ${name}`)
        .join('')
      return [
        {
          bench: 'profile',
          task: 'React renders',
          subject: galley.name,
          size,
          rep: 0,
          values: { commits, keys, ...Object.fromEntries(counts.slice(0, 60)) },
          note: `${sizeName(size)} words, ${keys} keys: ${commits} commits; renders by component:${list}`
        }
      ]
    } finally {
      await close().catch(() => {})
    }
  } finally {
    galley.script = null
  }
}

interface ProfileNode {
  readonly id: number
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
}

async function functionTimes(page: Page, during: () => Promise<unknown>): Promise<Map<string, number>> {
  await page.send('Profiler.enable')
  await page.send('Profiler.setSamplingInterval', { interval: 100 })
  await page.send('Profiler.start')
  await during()
  const { profile: found } = (await page.send('Profiler.stop')) as {
    profile: { nodes: ProfileNode[]; samples: number[]; timeDeltas: number[] }
  }
  await page.send('Profiler.disable')
  const names = new Map(
    found.nodes.map(({ id, callFrame }) => [
      id,
      `${callFrame.functionName || '(anonymous)'}${callFrame.url ? ` ${callFrame.url.split('/').at(-1) ?? ''}:${callFrame.lineNumber + 1}` : ''}`
    ])
  )
  const times = new Map<string, number>()
  for (const [at, id] of found.samples.entries()) {
    const name = names.get(id) ?? '?'
    if (name === '(idle)') continue
    times.set(name, (times.get(name) ?? 0) + (found.timeDeltas[at + 1] ?? 0) / 1000)
  }
  return times
}

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  readonly dur?: number
  readonly tdur?: number
  readonly args?: { readonly data?: { readonly type?: string } }
}

/**
 * Self times of the trace's complete events on the main thread that took the keys, in ms of that thread's processor
 * time.
 */
async function kindTimes(chromium: Chromium, page: Page, during: () => Promise<unknown>): Promise<Map<string, number>> {
  const events: TraceEvent[] = []
  const off = chromium.cdp.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as TraceEvent[]))
  })
  const done = Promise.withResolvers<void>()
  const offDone = chromium.cdp.on('Tracing.tracingComplete', () => done.resolve())
  await chromium.cdp.send('Tracing.start', {
    traceConfig: {
      includedCategories: ['devtools.timeline', 'toplevel', 'blink', 'disabled-by-default-devtools.timeline'],
      recordMode: 'recordAsMuchAsPossible'
    },
    transferMode: 'ReportEvents'
  })
  await during()
  await page.run(() => 0)
  await chromium.cdp.send('Tracing.end')
  await done.promise
  off()
  offDone()
  const complete = events.filter(({ ph, dur }) => ph === 'X' && dur !== undefined)
  const keyed = complete.find(({ name, args }) => name === 'EventDispatch' && args?.data?.type === 'keydown')
  const main = complete
    .filter(({ pid, tid }) => pid === keyed?.pid && tid === keyed.tid)
    .toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
  const times = new Map<string, number>()
  const open: { name: string; end: number }[] = []
  const add = (name: string, ms: number): void => {
    times.set(name, (times.get(name) ?? 0) + ms)
  }
  for (const { name, ts, dur = 0, tdur = dur, args } of main) {
    while (open.length > 0 && (open.at(-1)?.end ?? 0) <= ts) open.pop()
    const label = name === 'EventDispatch' ? `EventDispatch ${args?.data?.type ?? ''}` : name
    const parent = open.at(-1)
    if (parent) add(parent.name, -tdur / 1000)
    add(label, tdur / 1000)
    open.push({ name: label, end: ts + dur })
  }
  return times
}
