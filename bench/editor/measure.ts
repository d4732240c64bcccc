import { setTimeout as sleep } from 'node:timers/promises'
import type { MainThread, Page } from '../lib/page.ts'
import { framesOnScreen } from '../lib/screen.ts'
import { quantile, summary } from '../lib/stats.ts'

const KEYS_PER_SECOND = 12
const WARM_UP = 'and so '
const WORDS = 'the late edition waits for one more line from the desk '

/**
 * Puts the caret into the middle paragraph with a real click, as a person would. Throws where it does not stand there
 * afterwards: a click beside the text would send the keys somewhere else.
 */
export async function placeCaret(page: Page): Promise<void> {
  const { x, y } = await page.run(() => window.galleyBench.middle())
  if (x >= 0) await page.click(x, y)
  await sleep(150)
  const focused = await page.run(() => {
    const root = window.galleyBench.editable()
    const active = document.activeElement
    return root === null || root.contains(active) ? null : (active?.outerHTML.slice(0, 80) ?? 'nothing')
  })
  if (focused !== null) throw new Error(`the click at ${x}, ${y} missed the text: the focus is on ${focused}`)
}

export interface Typing {
  readonly keys: number
  /** Ask that what was typed is in the text; off for the harness alone, where nothing is. */
  readonly expectText: boolean
}

/**
 * Types `keys` keys at 12 a second. Main-thread CPU time of the whole stretch, the 1.2 seconds after it included (that
 * is when an autosave happens), less what the same page costs when left alone for as long; divided by the keys.
 */
export async function measureTyping(page: Page, { keys, expectText }: Typing): Promise<Record<string, number>> {
  await page.type(WARM_UP, KEYS_PER_SECOND)
  // Some seconds after a page has loaded V8 cleans up after it, a little with each frame: the loading's price, and not
  // a key's.
  await page.collectGarbage()
  await sleep(900)
  const idle = await watch(page, () => sleep(1000))
  await page.run(() => {
    window.galleyBench.keyToPaint.length = 0
  })
  const text = WORDS.repeat(Math.ceil(keys / WORDS.length)).slice(0, keys)
  const busy = await watch(page, async () => {
    await page.type(text, KEYS_PER_SECOND)
    await sleep(1200)
  })
  const painted = await page.run(() => window.galleyBench.keyToPaint)
  if (expectText && !(await page.run((typed) => window.galleyBench.text().includes(typed), (WARM_UP + text).trim()))) {
    throw new Error(
      `the keys did not arrive in the text in one piece: ${await page.run(whereKeysWent, WARM_UP.trim())}`
    )
  }
  const perKey = (what: 'task' | 'script' | 'layout' | 'style'): number =>
    ((busy[what] - idle[what] * (busy.seconds / idle.seconds)) * 1000) / keys
  return {
    cpu: perKey('task'),
    ...summary('paint', painted),
    script: perKey('script'),
    layout: perKey('layout'),
    style: perKey('style'),
    idlePercent: (idle.task / idle.seconds) * 100,
    painted: painted.length
  }
}

/** In the page: the focus, and what stands around the first of the keys that did arrive. */
function whereKeysWent(start: string): string {
  const text = window.galleyBench.text()
  const at = text.indexOf(start)
  const found = at < 0 ? 'not even its beginning is there' : text.slice(Math.max(0, at - 40), at + 120)
  return `${found}; the focus is on ${document.activeElement?.outerHTML.slice(0, 80) ?? 'nothing'}`
}

/** Keys from the first moment the caret stands: what a person types who does not wait. */
export async function measureEarlyTyping(page: Page): Promise<Record<string, number>> {
  await page.run(() => {
    window.galleyBench.keyToPaint.length = 0
    window.galleyBench.longTasks.length = 0
  })
  const before = await page.mainThread()
  await page.type('first words typed', KEYS_PER_SECOND)
  await page.run(() => window.galleyBench.frameEnd())
  const after = await page.mainThread()
  const painted = await page.run(() => window.galleyBench.keyToPaint)
  const longest = await page.run(() => Math.max(0, ...window.galleyBench.longTasks))
  return { ...summary('paint', painted), longestTask: longest, cpu: ((after.task - before.task) * 1000) / 17 }
}

/**
 * Ctrl+V of what is on the clipboard, into the middle; done when its last words are in the text and nothing has
 * happened for half a second.
 */
export async function measurePaste(page: Page, end: string): Promise<Record<string, number>> {
  await sleep(800)
  await page.run(() => {
    window.galleyBench.longTasks.length = 0
  })
  const before = await page.mainThread()
  const began = performance.now()
  await page.command('v', 'paste')
  let arrived = Number.NaN
  let last = before.task
  let quietSince = performance.now()
  for (;;) {
    await sleep(100)
    const now = (await page.mainThread()).task
    if (Number.isNaN(arrived)) {
      if (await page.run((words) => window.galleyBench.text().includes(words), end)) arrived = performance.now() - began
      else if (performance.now() - began > 40_000) throw new Error('what was pasted did not arrive in 40 s')
    }
    if (now - last > 0.004) quietSince = performance.now()
    last = now
    if (!Number.isNaN(arrived) && performance.now() - quietSince > 500) break
  }
  const after = await page.mainThread()
  const longest = await page.run(() => Math.max(0, ...window.galleyBench.longTasks))
  return {
    cpu: (after.task - before.task) * 1000,
    longestTask: longest,
    arrived,
    script: (after.script - before.script) * 1000,
    layout: (after.layout + after.style - before.layout - before.style) * 1000
  }
}

/**
 * The wheel, 60 notches of `notch` pixels a second for `seconds`, half of them back; at the middle of the window unless
 * said otherwise. `frame` are the frames of the page's own thread, in which new rows or lines are made; `screen` those
 * that came to the screen, which the compositor scrolls without it.
 */
export async function measureScroll(
  page: Page,
  seconds: number,
  notch = 120,
  at = { x: 700, y: 450 }
): Promise<Record<string, number>> {
  await page.run(() => {
    window.galleyBench.frames.length = 0
    window.galleyBench.longTasks.length = 0
    window.galleyBench.watchFrames(true)
  })
  let busy = Number.NaN
  let wheelLate: readonly number[] = []
  const shown = await framesOnScreen(page, async () => {
    const before = await page.mainThread()
    const began = performance.now()
    wheelLate = await wheel(page, Math.round(seconds * 60), notch, at)
    const spent = (performance.now() - began) / 1000
    busy = ((await page.mainThread()).task - before.task) / spent
  })
  const frames = await page.run(() => {
    window.galleyBench.watchFrames(false)
    return window.galleyBench.frames
  })
  const late = (times: readonly number[]): number =>
    (times.filter((time) => time > 25).length / Math.max(1, times.length)) * 100
  return {
    screenP50: quantile(shown, 0.5),
    screenP95: quantile(shown, 0.95),
    screenLatePercent: late(shown),
    ...summary('frame', frames),
    latePercent: late(frames),
    busyPercent: busy * 100,
    longestTask: await page.run(() => Math.max(0, ...window.galleyBench.longTasks)),
    wheelLateP95: quantile(wheelLate, 0.95)
  }
}

/** Turns the wheel there and back; answers by how many ms each notch left later than it was due. */
async function wheel(
  page: Page,
  turns: number,
  notch: number,
  at: { readonly x: number; readonly y: number }
): Promise<number[]> {
  const began = performance.now()
  const sent: Promise<unknown>[] = []
  const late: number[] = []
  for (let turn = 0; turn < turns; turn++) {
    const due = began + (turn * 1000) / 60
    if (due > performance.now()) await sleep(due - performance.now())
    late.push(performance.now() - due)
    sent.push(
      page.send('Input.dispatchMouseEvent', {
        type: 'mouseWheel',
        ...at,
        deltaX: 0,
        deltaY: turn < turns / 2 ? notch : -notch
      })
    )
  }
  await Promise.all(sent)
  return late
}

type Watched = Pick<MainThread, 'task' | 'script' | 'layout' | 'style'> & { readonly seconds: number }

async function watch(page: Page, during: () => Promise<unknown>): Promise<Watched> {
  const before = await page.mainThread()
  const began = performance.now()
  await during()
  const after = await page.mainThread()
  return {
    task: after.task - before.task,
    script: after.script - before.script,
    layout: after.layout - before.layout,
    style: after.style - before.style,
    seconds: (performance.now() - began) / 1000
  }
}
