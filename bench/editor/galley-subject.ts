import { setTimeout as sleep } from 'node:timers/promises'
import type { Settings } from '../../src/shared/contract/settings.ts'
import type { Chromium } from '../lib/chromium.ts'
import { addPicture, openCore } from '../lib/core.ts'
import { startHost, type Host } from '../lib/host.ts'
import type { Page } from '../lib/page.ts'
import { OUT } from '../lib/paths.ts'
import { makeScratch, type Scratch } from '../lib/scratch.ts'
import { toGalleyBody } from '../text/galley-body.ts'
import { makeStory, PICTURES } from '../text/story.ts'
import { makePicture } from './harness.ts'
import type { Opened, Subject } from './subject.ts'

export interface BenchStory {
  readonly id: string
  /** How the first paragraph begins, to know it when it is drawn. */
  readonly start: string
  /** Characters of the whole text. */
  readonly length: number
}

export interface GalleyOptions {
  /** The build that is measured. */
  readonly out?: string
  /** Besides the light theme. */
  readonly settings?: Partial<Settings>
  /** Of every story; empty unless something is to be found there. */
  readonly standfirst?: string
}

/** Words of the story that is pasted into, and of the one the desk is warmed with. */
export const SMALL = 1000

/**
 * The finished desk: the built product in its loopback host, everything on, with a scratch library of the bench's
 * stories.
 */
export class Galley implements Subject {
  readonly name = 'galley'
  readonly expectText = true
  /** Source of a function to run in the desk's page before its own scripts; for the profile. */
  script: string | null = null
  readonly #sizes: readonly number[]
  readonly #seed: number
  readonly #out: string
  readonly #options: GalleyOptions
  readonly #stories = new Map<number, BenchStory[]>()
  #scratch: Scratch | null = null
  #host: Host | null = null
  #chromium: Chromium | null = null
  #context = ''

  constructor(sizes: readonly number[], seed: number, options: GalleyOptions = {}) {
    this.#out = options.out ?? OUT
    this.#options = options
    this.#sizes = sizes
    this.#seed = seed
  }

  /**
   * Makes the stories: two of each size, so that one can be opened from the other, and `fresh` more of 1,000 words to
   * paste into.
   */
  async prepare(fresh: number): Promise<void> {
    const scratch = makeScratch('editor')
    this.#scratch = scratch
    const { core, call, close } = await openCore(scratch.folder, scratch.folder)
    try {
      await call.settings.set({ welcomed: true, theme: 'light', ...this.#options.settings })
      const pictures: string[] = []
      for (let number = 0; number < PICTURES; number++)
        pictures.push(await addPicture({ core, call }, `bench-${number}.png`, await makePicture(number)))
      for (const words of new Set([SMALL, ...this.#sizes])) {
        const made: BenchStory[] = []
        for (let which = 0; which < 2 + (words === SMALL ? fresh : 0); which++) {
          const blocks = makeStory(words, this.#seed + which)
          const { id } = await call.stories.create({
            fields: {
              headline: `Bench story of ${words} words, ${which}`,
              ...(this.#options.standfirst !== undefined && { standfirst: this.#options.standfirst })
            },
            body: toGalleyBody(blocks, pictures)
          })
          const written = blocks.filter((block) => block.kind !== 'picture')
          const texts = written.map((block) => block.pieces.map((piece) => piece.text).join(''))
          const start = texts[written.findIndex((block) => block.kind === 'paragraph')] ?? ''
          made.push({ id, start: start.slice(0, 40), length: texts.join('').length })
        }
        this.#stories.set(words, made)
      }
    } finally {
      await close()
    }
  }

  story(words: number, which = 0): BenchStory {
    const story = this.#stories.get(words)?.[which]
    if (!story) throw new Error(`there is no story of ${words} words`)
    return story
  }

  /** A page with the desk at its list of stories, at rest. */
  async desk(chromium: Chromium): Promise<Page> {
    if (!this.#scratch) throw new Error('the scratch library was not made')
    if (!this.#host || this.#chromium !== chromium) {
      await this.#host?.close()
      this.#host = await startHost(this.#scratch.folder, this.#out)
      this.#chromium = chromium
      this.#context = await chromium.newContext()
      await chromium.cdp.send('Browser.grantPermissions', {
        origin: this.#host.origin,
        browserContextId: this.#context,
        permissions: ['clipboardReadWrite', 'clipboardSanitizedWrite']
      })
      const first = await chromium.newPage(this.#context)
      await first.goto(this.#host.enter)
      await sleep(500)
      await first.close()
    }
    const page = await chromium.newPage(this.#context)
    if (this.script) await page.send('Page.addScriptToEvaluateOnNewDocument', { source: this.script })
    await page.goto(`${this.#host.origin}/`)
    await page.until('the list of stories', () => document.body.innerText.includes('Bench story of'))
    await page.run(() => window.galleyBench.stableFrame())
    return page
  }

  async open(chromium: Chromium, words: number, which = 0): Promise<Opened> {
    const page = await this.desk(chromium)
    // The desk has been in use: what it loads for its first story is there.
    const other = this.story(SMALL, 1)
    await page.run(openStory, other.id, other.start)
    await leaveStory(page)
    await sleep(400)
    const story = this.story(words, which)
    const load = await page.run(openStory, story.id, story.start)
    await this.waitForAll(page, story)
    return { page, load, close: () => this.put(page) }
  }

  /** Back to the list, so that the story is settled, then away. */
  async put(page: Page): Promise<void> {
    await leaveStory(page).catch(() => {})
    await sleep(300)
    await page.close()
  }

  async waitForAll(page: Page, story: BenchStory): Promise<void> {
    const end = performance.now() + 30_000
    while (!(await page.run((length) => window.galleyBench.text().length >= length, story.length * 0.98))) {
      if (performance.now() > end) throw new Error('the whole text was not there in 30 s')
      await sleep(50)
    }
  }

  async close(): Promise<void> {
    await this.#host?.close()
    this.#host = null
    this.#scratch?.remove()
  }
}

/**
 * In the page: the way the desk's own router goes, timed to the first stable frame that shows the story's beginning.
 */
export async function openStory(id: string, start: string): Promise<number> {
  const began = performance.now()
  history.pushState(null, '', `/story/${id}`)
  dispatchEvent(new PopStateEvent('popstate'))
  for (;;) {
    await window.galleyBench.frameEnd()
    const root = window.galleyBench.editable()
    const shown =
      root && [...root.querySelectorAll('p')].slice(0, 5).some((paragraph) => paragraph.textContent.startsWith(start))
    if (shown) break
    if (performance.now() - began > 30_000) throw new Error('the story was not shown in 30 s')
  }
  return (await window.galleyBench.stableFrame()) - began
}

async function leaveStory(page: Page): Promise<void> {
  await page.run(() => {
    history.pushState(null, '', '/')
    dispatchEvent(new PopStateEvent('popstate'))
  })
  await page.until('the list of stories', () => document.body.innerText.includes('Bench story of'))
}
