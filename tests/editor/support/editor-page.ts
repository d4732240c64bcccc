import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { expect, type Browser, type Page } from '@playwright/test'
import { StoredBody, type Block } from '../../../src/shared/document/document.ts'
import type { BodyPatch } from '../../../src/shared/document/patch.ts'
import type { BlockChoice } from '../../../src/renderer/editor/blocks/editor-blocks.ts'
import type { CaretPlace } from '../harness/caret-place.ts'
import type { Harness } from '../harness/main.tsx'
import { harnessOut } from './build-harness.ts'

declare global {
  interface Window {
    harness: Harness
    /** The clock the editor's undo history reads. */
    testNow: number
    clipboardText: Record<string, string>
    /** There while a paste is held in the middle. */
    goOn: () => void
  }
}

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }
const ORIGIN = 'http://editor.test'

/** The editor's page as a writer uses it. */
export class EditorPage {
  readonly page: Page

  private constructor(page: Page) {
    this.page = page
  }

  static async open(browser: Browser): Promise<EditorPage> {
    const page = await browser.newPage({ viewport: { width: 800, height: 700 } })
    await page.route(`${ORIGIN}/**`, async (route) => {
      const { pathname } = new URL(route.request().url())
      const file = pathname === '/' ? 'index.html' : pathname.slice(1)
      try {
        await route.fulfill({
          body: await readFile(join(harnessOut, file)),
          contentType: types[extname(file)] ?? 'application/octet-stream'
        })
      } catch {
        await route.fulfill({ status: 404, body: '' })
      }
    })
    await page.addInitScript(() => {
      window.testNow = 1_000_000
      window.clipboardText = {}
      Date.now = () => window.testNow
    })
    await page.goto(`${ORIGIN}/`)
    return new EditorPage(page)
  }

  async load(body: StoredBody, chunkSize: number | null | undefined, editable = true): Promise<void> {
    await this.page.evaluate(
      ([body, chunkSize, editable]) => {
        window.harness.open(body, chunkSize, editable)
      },
      [body, chunkSize, editable] as const
    )
  }

  get root() {
    return this.page.getByRole('textbox', { name: 'Body' })
  }

  focus(where: 'start' | 'end' = 'start'): Promise<void> {
    return this.page.evaluate((where) => {
      window.harness.handle.focus(where)
    }, where)
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key)
    await this.settle()
  }

  /** A key at the pace of a very fast hand: the browser tells of a selection it moved a task later. */
  settle(): Promise<void> {
    return this.page.evaluate(
      () =>
        new Promise((resolve) => {
          requestAnimationFrame(() => setTimeout(resolve))
        })
    )
  }

  /** Writes as an input method does: what is tried first, and then the word; an empty one calls it off. */
  async compose(tries: readonly string[], word: string, between?: () => Promise<void>): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page)
    for (const text of [...tries, ...(word === '' ? [''] : [])]) {
      await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
      await between?.()
    }
    if (word !== '') await session.send('Input.insertText', { text: word })
    await session.detach()
    await this.settle()
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text)
  }

  /** Lets enough time pass that what comes next is an undo step of its own. */
  pause(): Promise<void> {
    return this.page.evaluate(() => {
      window.testNow += 5000
    })
  }

  setBlockType(choice: BlockChoice): Promise<void> {
    return this.page.evaluate((choice) => {
      window.harness.handle.setBlockType(choice)
    }, choice)
  }

  /** Copies or cuts into a clipboard of the page's own, so that pages beside each other do not share one. */
  async copy(how: 'copy' | 'cut'): Promise<Record<string, string>> {
    return this.page.evaluate((how) => {
      const data = new DataTransfer()
      document
        .querySelector('.article-body')
        ?.dispatchEvent(new ClipboardEvent(how, { clipboardData: data, bubbles: true, cancelable: true }))
      window.clipboardText = Object.fromEntries(data.types.map((type) => [type, data.getData(type)]))
      return window.clipboardText
    }, how)
  }

  async paste(content?: Readonly<Record<string, string>>): Promise<void> {
    await this.page.evaluate((content) => {
      const data = new DataTransfer()
      for (const [type, text] of Object.entries(content ?? window.clipboardText)) data.setData(type, text)
      const target = document.activeElement ?? document.querySelector('.article-body')
      target?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    }, content)
    await this.page.waitForFunction(
      () => window.harness.progress().at(-1) === null || window.harness.progress().length === 0
    )
  }

  /**
   * Pastes and stops in the middle, some blocks being in and some not, until `goOn`: the page's clock runs so fast that
   * every slice is a short one, and what comes between two slices is kept waiting.
   */
  async pasteHalf(content: Readonly<Record<string, string>>): Promise<void> {
    await this.page.evaluate(async (content) => {
      const { setTimeout: later } = window
      const now = performance.now.bind(performance)
      const held: (() => void)[] = []
      let ahead = 0
      performance.now = () => now() + (ahead += 50)
      window.setTimeout = ((callback: () => void, ms?: number) =>
        ms === 0 ? held.push(callback) : later(callback, ms)) as typeof window.setTimeout
      window.goOn = () => {
        delete (performance as Partial<Performance>).now
        window.setTimeout = later
        for (const callback of held) callback()
      }
      const data = new DataTransfer()
      for (const [type, text] of Object.entries(content)) data.setData(type, text)
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
      )
      while ((window.harness.progress().at(-1)?.done ?? 0) < 200) {
        for (const callback of held.splice(0)) callback()
        await new Promise((resolve) => later(resolve, 1))
      }
    }, content)
  }

  /** Ends `pasteHalf`: the rest comes in, or, having been called off, does not. */
  async goOn(): Promise<void> {
    await this.page.evaluate(() => {
      window.goOn()
    })
    await this.page.waitForFunction(() => window.harness.progress().at(-1) === null)
  }

  body(): Promise<StoredBody> {
    return this.page.evaluate(() => window.harness.body())
  }

  caret(): Promise<CaretPlace> {
    return this.page.evaluate(() => window.harness.caret())
  }

  setCaret(place: CaretPlace): Promise<void> {
    return this.page.evaluate((place) => window.harness.setCaret(place), place)
  }

  patches(): Promise<BodyPatch[]> {
    return this.page.evaluate(() => window.harness.patches())
  }

  chunks(): Promise<number[]> {
    return this.page.evaluate(() => window.harness.chunks())
  }

  /**
   * No error, a body that fits the format, and patches that make it out of the body that was opened. Answers the body.
   */
  async check(): Promise<StoredBody> {
    const { body, patched, errors } = await this.page.evaluate(() => {
      const body = window.harness.body()
      let patched: unknown
      try {
        patched = window.harness.patched()
      } catch (error) {
        patched = String(error)
      }
      return { body, patched, errors: window.harness.errors() }
    })
    expect(errors).toEqual([])
    expect(patched).toEqual(body)
    expect(StoredBody.safeParse(body).error).toBeUndefined()
    return body
  }
}

export function withoutIds(body: StoredBody): Omit<Block, 'id'>[] {
  return body.blocks.map(({ id: _id, ...block }) => block)
}
