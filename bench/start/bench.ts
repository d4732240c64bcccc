import { gzipSync } from 'node:zlib'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { measureScroll } from '../editor/measure.ts'
import { openStory } from '../editor/galley-subject.ts'
import { Chromium } from '../lib/chromium.ts'
import { startHost } from '../lib/host.ts'
import { bigLibrary } from '../lib/library.ts'
import type { Options } from '../lib/options.ts'
import { OUT } from '../lib/paths.ts'
import type { Page } from '../lib/page.ts'
import type { Plan, Step } from '../lib/plan.ts'
import type { Measurement } from '../lib/results.ts'
import { makeScratch, type Scratch } from '../lib/scratch.ts'
import { quantile } from '../lib/stats.ts'
import { openBareReader } from '../store/bare.ts'
import { bareList, type ListBox } from './bare-list.ts'
import { startElectron } from './electron.ts'
import { dropPacked, packApp, startStandIn, type App } from './stand-in.ts'
import { addStory, FIRST_PARAGRAPH, HEADLINE, STORY } from './first-story.ts'

export async function planStart(options: Options): Promise<Plan> {
  const empty: Scratch = makeScratch('start')
  const chromium = await Chromium.launch()
  let big = ''
  const libraries = (): (readonly [number, string])[] =>
    big
      ? [
          [0, empty.folder],
          [options.stories, big]
        ]
      : [[0, empty.folder]]

  const steps: Step[] = [
    {
      label: 'start · an empty library',
      seconds: 4,
      run: async () => {
        await addStory(empty.folder)
        // The first start of a run reads every file from the disk; it would be counted against whichever library comes
        // first.
        await coldStart(chromium, empty.folder, 0, 0)
        return []
      }
    },
    {
      label: `start · ${options.stories.toLocaleString('en')} stories`,
      seconds: 5,
      limit: 900,
      run: async () => {
        const folder = bigLibrary(options.stories, options.seed)
        await addStory(folder)
        big = folder
        return []
      }
    }
  ]
  // A package is made for the system it is made on, and a hollow one on Linux alone.
  const hasPacked = process.platform === 'linux'
  if (hasPacked) {
    steps.push({
      label: 'start · pack',
      seconds: 25,
      limit: 300,
      run: async () => {
        await packApp()
        // Read from the disk once, as the others have been.
        for (const app of ['as built', 'packed'] as const) await startStandIn(app, empty.folder, 0, 0)
        return []
      }
    })
  }
  for (let rep = 0; rep < options.reps; rep++) {
    steps.push({
      label: `start · loopback host · ${rep + 1}`,
      seconds: 14,
      limit: 120,
      run: async () => {
        const found: Measurement[] = []
        for (const [size, folder] of rep % 2 === 0 ? libraries() : libraries().toReversed())
          found.push(await coldStart(chromium, folder, size, rep))
        return found
      }
    })
    steps.push({
      label: `start · Electron · ${rep + 1}`,
      seconds: 1,
      limit: 120,
      run: async () => {
        const found: Measurement[] = []
        for (const [size, folder] of libraries()) found.push(...(await startElectron(folder, size, rep)))
        return found
      }
    })
    if (hasPacked) {
      steps.push({
        label: `start · stand-in, as built and packed · ${rep + 1}`,
        seconds: 20,
        limit: 120,
        run: async () => {
          const found: Measurement[] = []
          const apps: readonly App[] = rep % 2 === 0 ? ['as built', 'packed'] : ['packed', 'as built']
          for (const [size, folder] of libraries())
            for (const app of apps) found.push(await startStandIn(app, folder, size, rep))
          return found
        }
      })
    }
    steps.push({
      label: `start · scroll the list · ${rep + 1}`,
      seconds: 17,
      limit: 120,
      run: () => scrollLists(chromium, big || empty.folder, rep)
    })
  }
  steps.push({ label: 'start · what is loaded first', seconds: 4, run: () => bundle(chromium, empty.folder) })

  return {
    steps,
    async close() {
      await chromium.close()
      dropPacked()
      empty.remove()
    }
  }
}

/**
 * Process started → address printed → list on screen → story on screen → a key → that key on disk, as the file itself
 * says.
 */
async function coldStart(chromium: Chromium, library: string, size: number, rep: number): Promise<Measurement> {
  const began = performance.now()
  const host = await startHost(library)
  const context = await chromium.newContext()
  try {
    const page = await chromium.newPage(context)
    await page.goto(host.enter)
    await listed(page)
    const list = performance.now() - began
    await page.run(openStory, STORY, FIRST_PARAGRAPH.slice(0, 40))
    const story = performance.now() - began
    const at = await page.run(() => {
      const box = window.galleyBench.editable()?.querySelector('p')?.getBoundingClientRect()
      return { x: (box?.left ?? 0) + 20, y: (box?.top ?? 0) + 8 }
    })
    await page.click(at.x, at.y)
    const db = openBareReader(library)
    // A story is its stored content and the journal after it; the row of the list follows.
    const revision = db
      .prepare<[string], number>(
        `
      SELECT max(c.revision, coalesce((SELECT max(revision) FROM journal AS j WHERE j.seq = c.seq), 0))
      FROM article_content AS c JOIN articles AS a ON a.seq = c.seq WHERE a.id = ?`
      )
      .pluck()
    const before = revision.get(STORY)
    const pressed = performance.now()
    await page.type('x', 12)
    while (revision.get(STORY) === before) {
      if (performance.now() - pressed > 10_000) throw new Error('the key was not on disk in 10 s')
      await sleep(2)
    }
    const onDisk = performance.now()
    db.close()
    await page.close()
    return {
      bench: 'start',
      task: 'loopback host',
      subject: 'galley',
      size,
      rep,
      values: {
        host: host.readyAfter,
        list,
        story,
        keyOnDisk: onDisk - began,
        keyToDisk: onDisk - pressed,
        hostBytes: host.memory()
      }
    }
  } finally {
    await chromium.closeContext(context)
    await host.close()
  }
}

/**
 * Through the whole list and through a bare one of the same size, in turns: the wheel, slowly and fast; then jumps to
 * anywhere until rows are there.
 */
async function scrollLists(chromium: Chromium, library: string, rep: number): Promise<Measurement[]> {
  const host = await startHost(library)
  const context = await chromium.newContext()
  const bareContext = await chromium.newContext()
  try {
    const page = await chromium.newPage(context)
    await page.goto(host.enter)
    await listed(page)
    await sleep(800)
    const list = await page.run(listBox, HEADLINE)
    const middle = { x: Math.round(list.left + list.width / 2), y: Math.round(list.top + list.height / 2) }
    const bare = await chromium.newPage(bareContext)
    await bare.goto(bareList(list))
    await sleep(300)
    const found: Measurement[] = []
    const pages = [
      ['galley', page],
      ['bare list', bare]
    ] as const
    for (const [subject, one] of rep % 2 === 0 ? pages : pages.toReversed()) {
      for (const [task, notch] of [
        ['scroll the list', 120],
        ['scroll the list fast', 1500]
      ] as const) {
        found.push({ bench: 'start', task, subject, rep, values: await measureScroll(one, 2, notch, middle) })
      }
    }
    await bare.close()
    const jumps = await page.run(jumpAbout, 25, middle)
    found.push({
      bench: 'start',
      task: 'jump in the list to rows on screen',
      subject: 'galley',
      rep,
      values: { p50: quantile(jumps, 0.5), p95: quantile(jumps, 0.95), max: quantile(jumps, 1) }
    })
    return found
  } finally {
    await chromium.closeContext(bareContext)
    await chromium.closeContext(context)
    await host.close()
  }
}

/** In the page: what scrolls around that headline, and the rows in it. */
function listBox(headline: string): ListBox {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (words.nextNode() && !words.currentNode.textContent?.includes(headline));
  const row = words.currentNode.parentElement?.closest('[role="option"]')
  let list = words.currentNode.parentElement
  while (
    list &&
    !(list.scrollHeight > list.clientHeight + 10 && ['auto', 'scroll'].includes(getComputedStyle(list).overflowY))
  )
    list = list.parentElement
  if (!list || !row) throw new Error('there is no list to scroll')
  const { left, top, width, height } = list.getBoundingClientRect()
  const rowHeight = row.getBoundingClientRect().height
  return { left, top, width, height, rowHeight, rows: Math.round(list.scrollHeight / rowHeight) }
}

/**
 * In the page: sets the scroll position anywhere and waits for the frame in which the row at that point has its words.
 */
async function jumpAbout(times: number, { x, y }: { x: number; y: number }): Promise<number[]> {
  let list = document.elementFromPoint(x, y)
  while (
    list &&
    !(list.scrollHeight > list.clientHeight + 10 && ['auto', 'scroll'].includes(getComputedStyle(list).overflowY))
  )
    list = list.parentElement
  if (!list) throw new Error('there is no list to scroll')
  const took: number[] = []
  for (let turn = 0; turn < times; turn++) {
    const began = performance.now()
    list.scrollTop = (((turn * 7919 + 13) % 1000) / 1000) * (list.scrollHeight - list.clientHeight)
    for (;;) {
      await window.galleyBench.frameEnd()
      const row = document.elementFromPoint(x, y)?.closest('[role="row"], [role="option"], [role="listitem"], li, tr')
      if (row && !row.closest('[aria-busy="true"]') && (row.textContent?.trim().length ?? 0) > 12) break
      if (performance.now() - began > 5000) throw new Error('no row stood at the middle of the list in 5 s')
    }
    took.push(performance.now() - began)
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
  return took
}

/** The renderer's files by size, and which of them a cold start asks for before the list can be used. */
async function bundle(chromium: Chromium, library: string): Promise<Measurement[]> {
  const folder = join(OUT, 'renderer')
  const host = await startHost(library)
  const context = await chromium.newContext()
  let loaded: string[] = []
  try {
    const page = await chromium.newPage(context)
    await page.goto(host.enter)
    await listed(page)
    loaded = await page.run(() =>
      performance.getEntriesByType('resource').map(({ name }) => decodeURIComponent(new URL(name).pathname))
    )
  } finally {
    await chromium.closeContext(context)
    await host.close()
  }
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name)
      const content = readFileSync(path)
      const name = relative(folder, path).replaceAll('\\', '/')
      return {
        name,
        bytes: content.length,
        gzip: gzipSync(content).length,
        first: name === 'index.html' || loaded.includes(`/${name}`)
      }
    })
    .toSorted((a, b) => b.bytes - a.bytes)
  const of = (subject: string, some: typeof files): Measurement => ({
    bench: 'start',
    task: 'bundle',
    subject,
    rep: 0,
    values: {
      kB: some.reduce((all, { bytes }) => all + bytes, 0) / 1000,
      gzipkB: some.reduce((all, { gzip }) => all + gzip, 0) / 1000,
      files: some.length,
      first: some.filter(({ first }) => first).length
    }
  })
  return [
    of('everything', files),
    of(
      'before the list can be used',
      files.filter(({ first }) => first)
    ),
    ...files.slice(0, 25).map((file) => of(file.name, [file]))
  ]
}

async function listed(page: Page): Promise<void> {
  await page.run(async (headline) => {
    const began = performance.now()
    while (!document.body.innerText.includes(headline)) {
      await window.galleyBench.frameEnd()
      if (performance.now() - began > 20_000) throw new Error('the list was not there in 20 s')
    }
    await window.galleyBench.stableFrame()
  }, HEADLINE)
}
