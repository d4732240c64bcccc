import { setTimeout as sleep } from 'node:timers/promises'
import { Chromium } from '../lib/chromium.ts'
import { heapByKind } from '../lib/heap.ts'
import { sizeName, type Options } from '../lib/options.ts'
import type { Plan, Step } from '../lib/plan.ts'
import type { Measurement } from '../lib/results.ts'
import { Galley, openStory, SMALL } from './galley-subject.ts'
import { PASTE_BYTES, PASTE_END, peers, startHarness } from './harness.ts'
import { measureEarlyTyping, measurePaste, measureScroll, measureTyping, placeCaret } from './measure.ts'
import { fillClipboard, peerSubject } from './peer-subject.ts'
import type { Opened, Subject } from './subject.ts'

/** Editors whose scrolling and first keys in the longest story are looked at; the rest are covered by typing. */
const CLOSE_PEERS = ['galley', 'contenteditable', 'lexical', 'prosemirror']

/** Repetition by repetition, size by size, and within a size every editor in turn, a different one first each time. */
export async function planEditor(options: Options, versions: Record<string, string>): Promise<Plan> {
  const harness = await startHarness(options.seed)
  const galley = new Galley(options.sizes, options.seed)
  const browser = new Browser()
  versions['chromium'] = await (await browser.get()).version()

  const all: Subject[] = [galley, ...peers.map((peer) => peerSubject(peer, harness.origin))]
  const chosen = options.editors.length > 0 ? all.filter(({ name }) => options.editors.includes(name)) : all
  const longest = Math.max(...options.sizes)
  const steps: Step[] = []
  const withGalley = chosen.includes(galley)
  if (withGalley)
    steps.push({
      label: 'editor · make the stories',
      seconds: 5,
      limit: 120,
      run: async () => {
        await galley.prepare(options.reps)
        return []
      }
    })

  for (let rep = 0; rep < options.reps; rep++) {
    for (const [at, size] of options.sizes.entries()) {
      for (const subject of rotate(chosen, rep * 3 + at))
        steps.push(typingStep(browser, subject, size, rep, options.keys))
    }
    for (const subject of rotate(
      chosen.filter(({ name }) => name !== 'harness'),
      rep
    ))
      steps.push(pasteStep(browser, harness.origin, subject, rep))
    for (const subject of rotate(
      chosen.filter(({ name }) => CLOSE_PEERS.includes(name)),
      rep
    ))
      steps.push(longStep(browser, subject, longest, rep))
  }
  if (withGalley)
    steps.push(switchStep(browser, galley, options.quick ? 40 : 200, options.sizes.includes(10_000) ? 10_000 : SMALL))

  return {
    steps,
    async close() {
      await galley.close()
      await browser.close()
      await harness.close()
    }
  }
}

/** The browser of the run; a new one when the last has crashed. */
class Browser {
  #chromium: Chromium | null = null

  async get(): Promise<Chromium> {
    if (this.#chromium && !this.#chromium.alive) await this.close()
    this.#chromium ??= await Chromium.launch()
    return this.#chromium
  }

  async close(): Promise<void> {
    const chromium = this.#chromium
    this.#chromium = null
    await chromium?.close()
  }
}

function typingStep(browser: Browser, subject: Subject, size: number, rep: number, keys: number): Step {
  return {
    label: `editor · type · ${rep + 1} · ${sizeName(size)} · ${subject.name}`,
    seconds: 5 + keys / 12,
    run: () =>
      using(browser, subject, size, async ({ page, load }) => {
        await placeCaret(page)
        const typing = await measureTyping(page, { keys, expectText: subject.expectText })
        const { heap, nodes } = await page.settledHeap()
        return [
          { bench: 'editor', task: 'type', subject: subject.name, size, rep, values: typing },
          {
            bench: 'editor',
            task: 'load',
            subject: subject.name,
            size,
            rep,
            values: { ms: load, heapBytes: heap, nodes }
          }
        ]
      })
  }
}

function pasteStep(browser: Browser, origin: string, subject: Subject, rep: number): Step {
  return {
    label: `editor · paste 500 kB · ${rep + 1} · ${subject.name}`,
    seconds: 6,
    limit: 90,
    run: async () => {
      await fillClipboard(await browser.get(), origin, `${origin}/paste?bytes=${PASTE_BYTES}`)
      return using(
        browser,
        subject,
        SMALL,
        async ({ page }) => {
          await placeCaret(page)
          return [
            { bench: 'editor', task: 'paste', subject: subject.name, rep, values: await measurePaste(page, PASTE_END) }
          ]
        },
        2 + rep
      )
    }
  }
}

/** The first keys in a story that has just been opened, then the wheel through it. */
function longStep(browser: Browser, subject: Subject, size: number, rep: number): Step {
  return {
    label: `editor · first keys, scroll · ${rep + 1} · ${sizeName(size)} · ${subject.name}`,
    seconds: 7,
    run: () =>
      using(browser, subject, size, async ({ page }) => {
        const { x, y } = await page.run(() => {
          const box = window.galleyBench.editable()?.querySelector('p')?.getBoundingClientRect()
          // Behind the words by which the next repetition knows the story.
          return { x: (box?.right ?? 0) - 20, y: (box?.top ?? 0) + 8 }
        })
        await page.click(x, y)
        const early = await measureEarlyTyping(page)
        await sleep(1000)
        const scroll = await measureScroll(page, 2.5)
        return [
          { bench: 'editor', task: 'first keys', subject: subject.name, size, rep, values: early },
          { bench: 'editor', task: 'scroll', subject: subject.name, size, rep, values: scroll }
        ]
      })
  }
}

/** Two stories, back and forth: what is left behind grows or does not. */
function switchStep(browser: Browser, galley: Galley, times: number, size: number): Step {
  return {
    label: `editor · switch stories ${times} times`,
    seconds: 5 + times * 0.25,
    limit: 60 + times * 2,
    run: () =>
      using(browser, galley, size, async ({ page }) => {
        const stories = [galley.story(size, 1), galley.story(size, 0)]
        const took: number[] = []
        const state: Measurement[] = []
        for (let turn = 0; turn <= times; turn++) {
          // The first ten fill what is meant to be filled once.
          if (turn === 10 || turn === times >> 1 || turn === times) {
            await sleep(1000)
            const { heap, nodes, listeners, documents } = await page.settledHeap()
            const { own, code } = await heapByKind(page)
            state.push({
              bench: 'editor',
              task: 'switch',
              subject: galley.name,
              size,
              rep: state.length,
              values: { turn, heapBytes: heap, ownBytes: own, codeBytes: code, nodes, listeners, documents }
            })
          }
          const story = stories[turn % 2]
          if (story) took.push(await page.run(openStory, story.id, story.start))
        }
        const sorted = took.toSorted((a, b) => a - b)
        return [
          ...state,
          {
            bench: 'editor',
            task: 'switch time',
            subject: galley.name,
            size,
            rep: 0,
            values: {
              p50: sorted[sorted.length >> 1] ?? Number.NaN,
              p95: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN,
              max: sorted.at(-1) ?? Number.NaN
            }
          }
        ]
      })
  }
}

async function using(
  browser: Browser,
  subject: Subject,
  size: number,
  what: (opened: Opened) => Promise<Measurement[]>,
  which = 0
): Promise<Measurement[]> {
  const opened = await subject.open(await browser.get(), size, which)
  try {
    return await what(opened)
  } finally {
    await opened.close().catch(() => {})
  }
}

function rotate<T>(list: readonly T[], by: number): T[] {
  const first = list.length > 0 ? by % list.length : 0
  return [...list.slice(first), ...list.slice(0, first)]
}
