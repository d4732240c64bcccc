import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { findBrowser, quietSwitches } from '../../scripts/lib/browsers.mjs'
import { connectToRunning } from '../../src/main/hosts/local/client.ts'
import { contract } from '../../src/shared/contract/contract.ts'
import { createClient } from '../../src/shared/rpc/client.ts'
import { endProcess, startHostProcess } from '../support/host-process.ts'

export interface KilledRun {
  /** ms of typing before the kill. */
  readonly killedAfter: number
  /** Keys pressed before the kill. */
  readonly keys: number
  /** Keys that are not in the story afterwards. */
  readonly keysLost: number
  /** ms between the first key that is lost and the kill; 0 when none is. */
  readonly lost: number
  /** Saves the page had been told are on disk, and how many of those are not. */
  readonly acknowledged: number
  readonly acknowledgedLost: number
  /** What is there is not what was typed, in order, from the start. */
  readonly corrupt: boolean
  /** ms from starting the host again to its address. */
  readonly reopened: number
}

export interface KillSummary {
  readonly runs: readonly KilledRun[]
  readonly lossP50: number
  readonly lossP95: number
  readonly lossMax: number
  readonly acknowledgedLost: number
  readonly corrupt: number
  readonly reopenMax: number
}

/** ms between two keys: twelve a second. */
const KEY_PAUSE = 83
const SHORTEST = 700
const LONGEST = 4500

/**
 * Types into the real desk without a pause and kills host and browser at once with SIGKILL at random instants, one
 * story a run, all in one library (or `atOnce` of them). Each time the library is opened again and what is there is compared with every key
 * and the moment it was pressed.
 */
export async function killWhileTyping({
  runs,
  seed,
  atOnce = 1,
  told = () => undefined
}: {
  runs: number
  seed: number
  /** Libraries that are killed side by side; each pair of host and browser takes a processor. */
  atOnce?: number
  told?: (run: KilledRun, n: number) => void
}): Promise<KillSummary> {
  const folder = mkdtempSync(join(tmpdir(), 'galley-kill-'))
  const random = seeded(seed)
  const done: KilledRun[] = []
  try {
    let begun = 0
    const work = async (_: unknown, lane: number): Promise<void> => {
      while (begun < runs) {
        begun += 1
        const after = SHORTEST + random() * (LONGEST - SHORTEST)
        const run = await oneRun(join(folder, `Library ${lane}`), join(folder, 'Exports'), after)
        done.push(run)
        told(run, done.length)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  const losses = done.map((run) => run.lost).toSorted((a, b) => a - b)
  const at = (share: number): number => losses[Math.min(losses.length - 1, Math.ceil(share * losses.length) - 1)] ?? 0
  return {
    runs: done,
    lossP50: at(0.5),
    lossP95: at(0.95),
    lossMax: at(1),
    acknowledgedLost: done.reduce((sum, run) => sum + run.acknowledgedLost, 0),
    corrupt: done.filter((run) => run.corrupt).length,
    reopenMax: Math.max(0, ...done.map((run) => run.reopened))
  }
}

async function oneRun(library: string, exports: string, killAfter: number): Promise<KilledRun> {
  const host = await startHostProcess(library, exports)
  const executablePath = process.env['GALLEY_TEST_CHROMIUM'] ?? findBrowser()
  const server = await chromium.launchServer({ ...(executablePath && { executablePath }), args: [...quietSwitches] })
  const browser = await chromium.connect(server.wsEndpoint())
  const page = await browser.newPage()
  const saves = watchSaves(page)
  await page.goto(host.address)
  await page.getByRole('button', { name: 'New story', exact: true }).click()
  const body = page.getByRole('textbox', { name: 'Body', exact: true })
  await body.click()
  const storyId = new URL(page.url()).pathname.split('/').at(-1) ?? ''

  const pressed: { key: string; at: number }[] = []
  const began = performance.now()
  let killed = 0
  const kill = new Promise<void>((resolve) => {
    setTimeout(() => {
      killed = performance.now()
      host.child.kill('SIGKILL')
      const browserPid = server.process().pid
      if (browserPid !== undefined) process.kill(browserPid, 'SIGKILL')
      resolve()
    }, killAfter)
  })
  for (const key of endlessCopy()) {
    const at = performance.now()
    if (killed !== 0) break
    const typed = await page.keyboard.press(key).then(
      () => true,
      () => false
    )
    if (!typed || killed !== 0) break
    pressed.push({ key: key === 'Space' ? ' ' : key === 'Enter' ? '\n' : key, at })
    await new Promise((resolve) => {
      setTimeout(resolve, Math.max(0, KEY_PAUSE - (performance.now() - at)))
    })
  }
  await kill
  await endProcess(host.child, 'SIGKILL')
  await browser.close().catch(() => undefined)
  await server.close().catch(() => undefined)

  const reopening = performance.now()
  const again = await startHostProcess(library, exports)
  const reopened = performance.now() - reopening
  const blocks = await readBlocks(library, storyId)
  await endProcess(again.child, 'SIGTERM')

  const typed = pressed.map(({ key }) => key).join('')
  const stored = blocks.map(({ text }) => text).join('\n')
  // A paragraph just begun may not be there yet, and an empty story has one empty paragraph.
  const kept = typed.startsWith(stored) ? stored.length : commonStart(typed, stored)
  const firstLost = pressed[kept]
  return {
    killedAfter: killed - began,
    keys: pressed.length,
    keysLost: pressed.length - kept,
    lost: firstLost ? killed - firstLost.at : 0,
    acknowledged: saves.acknowledged.length,
    acknowledgedLost: saves.acknowledged.filter((save) =>
      save.some(({ id, text }) => !(blocks.find((block) => block.id === id)?.text ?? '').startsWith(text))
    ).length,
    corrupt: !typed.startsWith(stored) && !stored.startsWith(typed),
    reopened
  }
}

/** What went over the page's socket: which texts the host has said are on disk. */
function watchSaves(page: Page): { readonly acknowledged: readonly (readonly { id: string; text: string }[])[] } {
  const asked = new Map<number, { id: string; text: string }[]>()
  const acknowledged: { id: string; text: string }[][] = []
  interface Frame {
    id?: number
    ok?: boolean
    call?: string
    input?: { patch?: { op: string; block?: { id: string; runs?: { text: string }[] } }[] }
  }
  const parse = (payload: string | Buffer): Frame => JSON.parse(String(payload)) as Frame
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      const { id, call, input } = parse(payload)
      if (id === undefined || call !== 'stories.patchBody') return
      asked.set(
        id,
        (input?.patch ?? []).flatMap(({ block }) =>
          block ? [{ id: block.id, text: (block.runs ?? []).map((run) => run.text).join('') }] : []
        )
      )
    })
    socket.on('framereceived', ({ payload }) => {
      const { id, ok } = parse(payload)
      const save = id === undefined ? undefined : asked.get(id)
      if (save && ok) acknowledged.push(save)
    })
  })
  return { acknowledged }
}

async function readBlocks(library: string, id: string): Promise<{ id: string; text: string }[]> {
  const transport = await connectToRunning(library)
  if (!transport) throw new Error('The host that was started again does not answer')
  try {
    const { body } = await createClient(contract, transport).call.stories.get({ id })
    return body.blocks.map((block) => ({
      id: block.id,
      text: 'runs' in block ? (block.runs as { text: string }[]).map((run) => run.text).join('') : ''
    }))
  } finally {
    transport.close()
  }
}

/** Words that are all different, so that a missing or doubled one shows; a new paragraph every ten. */
function* endlessCopy(): Generator<string> {
  for (let n = 1; ; n++) {
    for (const digit of `w${n}`) yield digit
    yield n % 10 === 0 ? 'Enter' : 'Space'
  }
}

function commonStart(a: string, b: string): number {
  let at = 0
  while (at < a.length && a[at] === b[at]) at += 1
  return at
}

/** mulberry32: the same instants for the same seed. */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
