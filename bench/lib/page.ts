import { setTimeout as sleep } from 'node:timers/promises'
import type { Cdp, Params } from './cdp.ts'
import { installProbe } from './probe.ts'

/**
 * Main-thread seconds since the page began, as Chromium accounts for them in CPU time of the thread: a busy machine
 * does not make them longer.
 */
export interface MainThread {
  readonly task: number
  readonly script: number
  readonly layout: number
  readonly style: number
  readonly heap: number
  readonly nodes: number
  readonly listeners: number
  readonly documents: number
}

/** One tab, driven by hand. */
export class Page {
  readonly #cdp: Cdp
  readonly #targetId: string
  readonly #sessionId: string

  private constructor(cdp: Cdp, targetId: string, sessionId: string) {
    this.#cdp = cdp
    this.#targetId = targetId
    this.#sessionId = sessionId
  }

  static async attach(cdp: Cdp, targetId: string, sessionId: string): Promise<Page> {
    const page = new Page(cdp, targetId, sessionId)
    await page.send('Page.enable')
    await page.send('Runtime.enable')
    await page.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.send('Emulation.setFocusEmulationEnabled', { enabled: true })
    await page.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${installProbe.toString()})()` })
    return page
  }

  send(method: string, params: Params = {}): Promise<Record<string, unknown>> {
    return this.#cdp.send(method, params, this.#sessionId)
  }

  on(event: string, listener: (params: Record<string, unknown>) => void): () => void {
    return this.#cdp.on(event, listener, this.#sessionId)
  }

  async goto(url: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const off = this.on('Page.loadEventFired', () => resolve())
    const { errorText } = await this.send('Page.navigate', { url })
    if (errorText) throw new Error(`${url}: ${String(errorText)}`)
    await Promise.race([
      promise,
      sleep(30_000).then(() => {
        throw new Error(`${new URL(url).pathname} did not load in 30 s`)
      })
    ])
    off()
  }

  /** Runs a function of the page's own world; arguments and answer travel as JSON. */
  async run<A extends readonly unknown[], R>(what: (...args: A) => R, ...args: A): Promise<Awaited<R>> {
    const expression = `(${what.toString()})(...${JSON.stringify(args)})`
    const { result, exceptionDetails } = (await this.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true
    })) as { result: { value?: unknown }; exceptionDetails?: { text: string; exception?: { description?: string } } }
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value as Awaited<R>
  }

  /** Asks again every 50 ms until the answer is true. */
  async until(what: string, ask: () => boolean, ms = 30_000): Promise<void> {
    const end = performance.now() + ms
    while (!(await this.run(ask))) {
      if (performance.now() > end) throw new Error(`waited ${ms / 1000} s for ${what}`)
      await sleep(50)
    }
  }

  async mainThread(): Promise<MainThread> {
    const { metrics } = (await this.send('Performance.getMetrics')) as { metrics: { name: string; value: number }[] }
    const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
    return {
      task: of('TaskDuration'),
      script: of('ScriptDuration'),
      layout: of('LayoutDuration'),
      style: of('RecalcStyleDuration'),
      heap: of('JSHeapUsedSize'),
      nodes: of('Nodes'),
      listeners: of('JSEventListeners'),
      documents: of('Documents')
    }
  }

  /** Bytes of live JavaScript objects and what hangs on them, after a full collection. */
  async settledHeap(): Promise<MainThread> {
    await this.collectGarbage()
    return this.mainThread()
  }

  async collectGarbage(): Promise<void> {
    await this.send('HeapProfiler.enable')
    await this.send('HeapProfiler.collectGarbage')
    await sleep(100)
    await this.send('HeapProfiler.collectGarbage')
    await this.send('HeapProfiler.disable')
  }

  async click(x: number, y: number): Promise<void> {
    const at = { x, y, button: 'left', clickCount: 1 }
    await this.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y })
    await this.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at, buttons: 1 })
    await this.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at })
  }

  /** A key with its editing command, as the platform's own binding would send it: Ctrl+V is `paste`. */
  async command(key: string, command: string): Promise<void> {
    const keyCode = key.toUpperCase().charCodeAt(0)
    const press = { key, code: `Key${key.toUpperCase()}`, windowsVirtualKeyCode: keyCode, modifiers: 2 }
    await this.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...press, commands: [command] })
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', ...press })
  }

  /** Ctrl and a letter, for what the page itself makes of it. */
  async shortcut(key: string): Promise<void> {
    const keyCode = key.toUpperCase().charCodeAt(0)
    const press = { key, code: `Key${key.toUpperCase()}`, windowsVirtualKeyCode: keyCode, modifiers: 2 }
    await this.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...press })
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', ...press })
  }

  /** Presses the keys of `text` at an even rate, whether or not the page keeps up, and waits until all were taken. */
  async type(text: string, keysPerSecond: number): Promise<void> {
    const start = performance.now()
    const taken: Promise<unknown>[] = []
    let at = 0
    for (const key of text) {
      const due = start + (at++ * 1000) / keysPerSecond
      if (due > performance.now()) await sleep(due - performance.now())
      const press = {
        key,
        code: key === ' ' ? 'Space' : `Key${key.toUpperCase()}`,
        windowsVirtualKeyCode: key.toUpperCase().charCodeAt(0)
      }
      taken.push(this.send('Input.dispatchKeyEvent', { type: 'keyDown', ...press, text: key, unmodifiedText: key }))
      taken.push(this.send('Input.dispatchKeyEvent', { type: 'keyUp', ...press }))
    }
    await Promise.all(taken)
  }

  async close(): Promise<void> {
    await this.#cdp.send('Target.closeTarget', { targetId: this.#targetId }).catch(() => {})
  }
}
