import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Galley, openStory, SMALL } from '../editor/galley-subject.ts'
import { measureTyping, placeCaret } from '../editor/measure.ts'
import { Chromium } from '../lib/chromium.ts'
import { sizeName, type Options } from '../lib/options.ts'
import type { Page } from '../lib/page.ts'
import type { Plan, Step } from '../lib/plan.ts'
import type { Measurement } from '../lib/results.ts'
import { summary } from '../lib/stats.ts'

/** In every story, in sight as soon as it opens. */
const MISSPELT = 'The coucil spoke of it.'
/** Found about 5,000 times in 100,000 words of the bench. */
const SOUGHT = 'th'
const WORDS = 'while the desk reads what is there somebody goes on writing as if nothing were under way '

const tools = {
  off: { spelling: false, grammar: false, spellingCapitals: false },
  on: { spelling: true, grammar: true, spellingCapitals: true }
} as const
type Tools = keyof typeof tools

/**
 * The desk with all its tools on (spelling and grammar, the checks in sight, a search with its hits) against the same
 * desk without them, side by side in one run; and how soon the first words are underlined.
 */
export async function planDesk(options: Options, versions: Record<string, string>): Promise<Plan> {
  const desks = {
    off: new Galley(options.sizes, options.seed, { settings: tools.off, standfirst: MISSPELT }),
    on: new Galley(options.sizes, options.seed, { settings: tools.on, standfirst: MISSPELT })
  }
  const chromium = await Chromium.launch()
  versions['chromium'] = await chromium.version()
  const longest = Math.max(...options.sizes)
  const steps: Step[] = [
    {
      label: 'desk · make the stories',
      seconds: 10,
      limit: 240,
      run: async () => {
        await desks.off.prepare(0)
        await desks.on.prepare(0)
        return []
      }
    }
  ]
  for (let rep = 0; rep < options.reps; rep++) {
    for (const [at, size] of options.sizes.entries())
      for (const which of (rep + at) % 2 === 0 ? (['off', 'on'] as const) : (['on', 'off'] as const))
        steps.push({
          label: `desk · type · ${rep + 1} · ${sizeName(size)} · ${which}`,
          seconds: 12 + options.keys / 12,
          limit: 180,
          run: () => type(which, size, rep)
        })
    steps.push({ label: `desk · first marks · ${rep + 1}`, seconds: 12, limit: 120, run: () => firstMarks(rep) })
    for (const how of ['without a pause', 'in bursts'] as const)
      steps.push({
        label: `desk · type ${how} while ${sizeName(longest)} is read · ${rep + 1}`,
        seconds: 45,
        limit: 180,
        run: () => typeWhileRead(longest, rep, how)
      })
  }

  async function type(which: Tools, size: number, rep: number): Promise<Measurement[]> {
    const { page, close } = await desks[which].open(chromium, size)
    try {
      if (which === 'on') {
        await marked(page)
        await clickTab(page, 'Checks')
        await search(page)
      }
      await placeCaret(page)
      const values = await measureTyping(page, { keys: options.keys, expectText: true })
      return [
        { bench: 'desk', task: 'type', subject: which, size, rep, values },
        {
          bench: 'desk',
          task: 'memory of the page and its workers',
          subject: which,
          size,
          rep,
          values: { rendererBytes: rendererBytes(await pids(chromium)) }
        }
      ]
    } finally {
      await close()
    }
  }

  /** From asking for a story of 1,000 words to its first underlined word: after a load of the page, and after another. */
  async function firstMarks(rep: number): Promise<Measurement[]> {
    const page = await desks.on.desk(chromium)
    try {
      const other = desks.on.story(SMALL, 1)
      const began = performance.now()
      await page.run(openStory, other.id, other.start)
      await marked(page)
      const cold = performance.now() - began
      await sleep(1500)
      const { id, start } = desks.on.story(SMALL)
      const warm = await page.run(
        async (storyId: string, begin: string) => {
          const asked = performance.now()
          CSS.highlights.clear()
          history.pushState(null, '', `/story/${storyId}`)
          dispatchEvent(new PopStateEvent('popstate'))
          for (;;) {
            await window.galleyBench.frameEnd()
            const shown = document.querySelector('.story')?.textContent.includes(begin)
            if (shown && (CSS.highlights.get('galley-spelling')?.size ?? 0) > 0) return performance.now() - asked
            if (performance.now() - asked > 30_000) throw new Error('no word was underlined in 30 s')
          }
        },
        id,
        start
      )
      return [
        { bench: 'desk', task: 'first marks', subject: 'cold', size: SMALL, rep, values: { ms: cold } },
        { bench: 'desk', task: 'first marks', subject: 'worker up', size: SMALL, rep, values: { ms: warm } }
      ]
    } finally {
      await desks.on.put(page)
    }
  }

  /**
   * Keys while the background reads all of the longest story: from the moment it is there and without a pause, in which
   * the background waits; or from its first marks and with pauses between, in which it goes on, so that each burst begins
   * in the midst of it.
   */
  async function typeWhileRead(
    size: number,
    rep: number,
    how: 'without a pause' | 'in bursts'
  ): Promise<Measurement[]> {
    const values = {} as Record<Tools, Record<string, number>>
    for (const which of rep % 2 === 0 ? (['off', 'on'] as const) : (['on', 'off'] as const)) {
      const { page, close } = await desks[which].open(chromium, size)
      try {
        // An engine does not start while somebody types, and not in pauses as short as these.
        if (which === 'on' && how === 'in bursts') await marked(page)
        await placeCaret(page)
        await page.run(() => {
          window.galleyBench.keyToPaint.length = 0
          window.galleyBench.longTasks.length = 0
        })
        if (how === 'without a pause') await page.type(WORDS.repeat(2).slice(0, 120), 12)
        else
          for (let burst = 0; burst < 10; burst++) {
            await page.type(WORDS.slice(burst, burst + 12), 12)
            await sleep(1000)
          }
        await page.run(() => window.galleyBench.frameEnd())
        values[which] = {
          ...summary('paint', await page.run(() => window.galleyBench.keyToPaint)),
          longestTask: await page.run(() => Math.max(0, ...window.galleyBench.longTasks))
        }
      } finally {
        await close()
      }
    }
    return (['off', 'on'] as const).map((which) => ({
      bench: 'desk',
      task: how === 'in bursts' ? 'type in bursts while the story is read' : 'type while the story is read',
      subject: which,
      size,
      rep,
      values: values[which]
    }))
  }

  return {
    steps,
    async close() {
      await desks.off.close()
      await desks.on.close()
      await chromium.close()
    }
  }
}

/** Waits for the first underlined word; only what is in sight is underlined. */
async function marked(page: Page): Promise<void> {
  await page.until('an underlined word', () => (CSS.highlights.get('galley-spelling')?.size ?? 0) > 0, 60_000)
}

async function clickTab(page: Page, name: string): Promise<void> {
  const { x, y } = await page.run((tabName: string) => {
    const tab = [...document.querySelectorAll('[role="tab"]')].find((one) => one.textContent.startsWith(tabName))
    const box = tab?.getBoundingClientRect()
    if (!box) throw new Error(`there is no tab ${tabName}`)
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 }
  }, name)
  await page.click(x, y)
  await sleep(200)
}

/**
 * Opens the search of the story with its hits; the caret is put back into the text afterwards. The search scrolls to its
 * first hit in the frames after it is found: whoever looks for the middle paragraph before that clicks where it was.
 */
async function search(page: Page): Promise<void> {
  await page.shortcut('f')
  await page.until('the search', () => document.activeElement?.closest('[role="search"]') !== null)
  await page.type(SOUGHT, 12)
  await page.until('the hits', () => / of \d/.test(document.querySelector('[role="search"] output')?.textContent ?? ''))
  await page.run(() => window.galleyBench.stableFrame())
  await sleep(300)
}

async function pids(chromium: Chromium): Promise<number[]> {
  const { processInfo } = (await chromium.cdp.send('SystemInfo.getProcessInfo')) as {
    processInfo: { type: string; id: number }[]
  }
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
}

/** Of the largest renderer, its workers with it: its own pages and its share of those it has in common. */
function rendererBytes(ids: readonly number[]): number {
  const sizes = ids.map((id) => {
    try {
      return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1]) * 1024
    } catch {
      return Number.NaN
    }
  })
  const known = sizes.filter((size) => !Number.isNaN(size))
  return known.length === 0 ? Number.NaN : Math.max(...known)
}
