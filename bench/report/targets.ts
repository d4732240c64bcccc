import { sizeName } from '../lib/options.ts'
import type { Measurement } from '../lib/results.ts'
import { round, type Selection } from './select.ts'

export interface Target {
  readonly name: string
  readonly wanted: string
  readonly measured: string
  readonly verdict: string
}

/** The promises about speed beside what was measured; those a run did not touch are left out. */
export function targets(selection: Selection): Target[] {
  const found: Target[] = []
  const below = (name: string, wanted: number, measured: number, unit = '×'): void => {
    if (Number.isNaN(measured)) return
    const met = measured <= wanted
    found.push({
      name,
      wanted: `≤ ${wanted}${unit}`,
      measured: `${round(measured)}${unit}`,
      verdict: met ? 'met' : `missed by ${Math.round((measured / wanted - 1) * 100)}%`
    })
  }

  editor(selection, below, found)
  const desk = (task: string, subject: string, value: string, size?: number): number =>
    selection.median({ bench: 'desk', task, subject, ...(size !== undefined && { size }) }, value)
  for (const size of selection.sizes({ bench: 'desk', task: 'type' })) {
    below(
      `CPU per key at ${sizeName(size)} words with every tool on, against the same desk without`,
      1.15,
      desk('type', 'on', 'cpu', size) / desk('type', 'off', 'cpu', size)
    )
    below(
      `key to paint p95 at ${sizeName(size)} words with every tool on`,
      16.7,
      desk('type', 'on', 'paintP95', size),
      ' ms'
    )
  }
  below('first marks of 1k words, the worker up', 300, desk('first marks', 'worker up', 'ms'), ' ms')
  below('first marks of 1k words, cold', 3000, desk('first marks', 'cold', 'ms'), ' ms')
  below(
    'key to paint p95 while the longest story is read in the background',
    16.7,
    desk('type while the story is read', 'on', 'paintP95'),
    ' ms'
  )
  below(
    'the same, in bursts between which it is read on',
    16.7,
    desk('type in bursts while the story is read', 'on', 'paintP95'),
    ' ms'
  )
  const store = (task: string, subject: string, value: string, size?: number): number =>
    selection.median({ bench: 'store', task, subject, ...(size !== undefined && { size }) }, value)
  for (const size of selection.sizes({ bench: 'store', task: 'autosave commit' })) {
    below(
      `autosave commit at ${sizeName(size)} words, p50, against a bare FULL commit`,
      1.3,
      store('autosave commit', 'galley', 'p50', size) / store('autosave commit', 'bare', 'p50', size)
    )
  }
  below(
    'history of a month of daily work on 2,000 words',
    1,
    store('history of a month of work', 'galley', 'historyBytes') / 1e6,
    ' MB'
  )
  for (const sort of ['changed', 'created', 'headline', 'words']) {
    // One line for each sort: the filter that does worst.
    const worst = selection
      .tasks('store')
      .filter((name) => name.startsWith(`page: ${sort},`))
      .map((task) => ({ task, ratio: store(task, 'galley', 'p95') / store(task, 'bare', 'p95') }))
      .toSorted((a, b) => b.ratio - a.ratio)[0]
    if (worst) below(`list ${worst.task} (the worst filter), p95, against the bare query`, 1.5, worst.ratio)
  }
  for (const task of selection.tasks('store').filter((name) => name.startsWith('search: '))) {
    below(`${task}, p95, against raw FTS5`, 1.5, store(task, 'galley', 'p95') / store(task, 'bare', 'p95'))
  }
  below(
    'a save while a long search runs, p95, against a save in quiet',
    1.5,
    store('save beside a search', 'searching', 'p95') / store('save beside a search', 'quiet', 'p95')
  )
  for (const task of selection.tasks('cms')) {
    const cms = (subject: string, value: string): number => selection.median({ bench: 'cms', task, subject }, value)
    below(`a ${task}, p95`, 50, cms('galley', 'p95'), ' ms')
    below(
      `${task}, against a bare script that makes the same requests and checks`,
      1.5,
      cms('galley', 'ms') / cms('bare', 'ms')
    )
  }
  for (const task of selection.tasks('beside')) {
    const beside = (subject: string, value: string): number =>
      selection.median({ bench: 'beside', task, subject }, value)
    below(`a ${task}, p95`, 50, beside('galley', 'p95'), ' ms')
    below(`a ${task}, the slowest`, 200, beside('galley', 'max'), ' ms')
    below(`a ${task}, p95, against a bare commit beside the same`, 1.5, beside('galley', 'p95') / beside('bare', 'p95'))
  }
  const starts = { bench: 'start', task: 'loopback host' }
  const startSizes = selection.sizes(starts)
  const big = startSizes.at(-1)
  if (big !== undefined && big > 0) {
    below(
      `cold start to a usable list of ${sizeName(big)} stories, against an empty library`,
      1.2,
      selection.median({ ...starts, size: big }, 'list') / selection.median({ ...starts, size: 0 }, 'list')
    )
  }
  for (const size of selection.sizes({ bench: 'start', task: 'stand-in for Electron' })) {
    const shown = (subject: string): number =>
      selection.median({ bench: 'start', task: 'stand-in for Electron', subject, size }, 'list')
    below(
      `cold start of the packed app to ${size === 0 ? 'an empty library' : `a list of ${sizeName(size)} stories`}, against the app as built`,
      1.1,
      shown('packed') / shown('as built')
    )
  }
  const scroll = (subject: string, value: string): number =>
    selection.median({ bench: 'start', task: 'scroll the list', subject }, value)
  below('scroll through the whole list, frame on the screen, p95', 17.5, scroll('galley', 'screenP95'), ' ms')
  below('scroll through the whole list, frame of the page’s own thread, p95', 17.5, scroll('galley', 'frameP95'), ' ms')
  below('the same, against a bare list', 1.1, scroll('galley', 'frameP95') / scroll('bare list', 'frameP95'))
  const rate =
    selection.median({ bench: 'export', task: 'rate', subject: 'galley' }, 'storiesPerSecond') /
    selection.median({ bench: 'export', task: 'rate', subject: 'bare' }, 'storiesPerSecond')
  if (!Number.isNaN(rate)) {
    found.push({
      name: 'export of stories to HTML and JSON, rate against JSON.stringify and atomic write',
      wanted: '≥ 0.5×',
      measured: `${round(rate)}×`,
      verdict: rate >= 0.5 ? 'met' : `missed by ${Math.round((1 - rate / 0.5) * 100)}%`
    })
  }
  return found
}

function editor(
  selection: Selection,
  below: (name: string, wanted: number, measured: number, unit?: string) => void,
  found: Target[]
): void {
  const type = { bench: 'editor', task: 'type' }
  const sizes = selection.sizes({ ...type, subject: 'galley' })
  const cpu = (subject: string, size: number): number => selection.median({ ...type, subject, size }, 'cpu')
  const longest = sizes.at(-1)
  const shortest = sizes[0]
  if (longest === undefined || shortest === undefined) return
  below(
    `CPU per key at ${sizeName(longest)} words, against a bare contenteditable`,
    0.4,
    cpu('galley', longest) / cpu('contenteditable', longest)
  )
  if (shortest !== longest)
    below(
      `CPU per key at ${sizeName(longest)} words, against itself at ${sizeName(shortest)}`,
      1.3,
      cpu('galley', longest) / cpu('galley', shortest)
    )
  for (const size of sizes.filter((words) => words >= 10_000)) {
    const peers = selection
      .subjects({ ...type, size })
      .filter((subject) => subject !== 'galley' && subject !== 'harness')
    const best = peers.toSorted((a, b) => cpu(a, size) - cpu(b, size))[0]
    if (best === undefined) continue
    const ratio = cpu('galley', size) / cpu(best, size)
    found.push({
      name: `CPU per key at ${sizeName(size)} words, less than every peer`,
      wanted: `< 1× ${best}`,
      measured: `${round(ratio)}×`,
      verdict:
        ratio < 1
          ? 'met'
          : `missed by ${Math.round((ratio - 1) * 100)}%; ${peers.filter((peer) => cpu(peer, size) <= cpu('galley', size)).join(', ')} cost less`
    })
  }
  for (const size of sizes)
    below(
      `key to paint p95 at ${sizeName(size)} words`,
      16.7,
      selection.median({ ...type, subject: 'galley', size }, 'paintP95'),
      ' ms'
    )
  const load = (subject: string): number =>
    selection.median({ bench: 'editor', task: 'load', subject, size: longest }, 'ms')
  below(
    `opening ${sizeName(longest)} words to the first editable screen, against bare Lexical`,
    1.5,
    load('galley') / load('lexical')
  )
  const switched = selection.find({ bench: 'editor', task: 'switch' })
  const [first, middle, last] = switched
  if (first && middle && last) {
    const level = (what: string, value: string, from: Measurement): void =>
      below(
        `${what} after ${last.values['turn'] ?? 0} switches, against after ${from.values['turn'] ?? 0}`,
        1.05,
        (last.values[value] ?? Number.NaN) / (from.values[value] ?? Number.NaN)
      )
    level('the page’s own objects', 'ownBytes', first)
    // Until then V8 is still compiling what runs again and again; its machine code is part of the heap and belongs to
    // no story.
    level('the whole heap', 'heapBytes', middle)
    level('nodes', 'nodes', first)
    level('listeners', 'listeners', first)
  }
  const paste = (subject: string, value: string): number =>
    selection.median({ bench: 'editor', task: 'paste', subject }, value)
  below('paste of 500 kB, main-thread time against TipTap', 1, paste('galley', 'cpu') / paste('tiptap', 'cpu'))
  below('paste of 500 kB, longest task', 200, paste('galley', 'longestTask'), ' ms')
}
