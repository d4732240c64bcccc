/**
 * What the bench puts into every page it measures, the product's and the peers' alike, before any script of the page.
 */
export interface Probe {
  /** Milliseconds from a key's own timestamp to the end of the main thread's work on the frame that follows it. */
  keyToPaint: number[]
  /** Durations of main-thread tasks of 50 ms and more. */
  longTasks: number[]
  /** Times between frames while `watchFrames` is on. */
  frames: number[]
  watchFrames(on: boolean): void
  /** Resolves with performance.now() at the end of the main thread's work on the next frame. */
  frameEnd(): Promise<number>
  /** Resolves with the end of the first frame that is followed by one that nothing holds up. */
  stableFrame(): Promise<number>
  /** The element with the most text that can be typed into. */
  editable(): HTMLElement | null
  /** All that is written in it. */
  text(): string
  /** Brings the middle paragraph into view and answers a point inside its text. */
  middle(): Promise<{ x: number; y: number }>
}

declare global {
  interface Window {
    galleyBench: Probe
  }
}

/** Runs in the page, handed over as source text: it may use nothing from outside itself. */
export function installProbe(): void {
  if (window.top !== window) return
  const channel = new MessageChannel()
  let afterFrame: (() => void)[] = []
  channel.port1.onmessage = () => {
    const due = afterFrame
    afterFrame = []
    for (const callback of due) callback()
  }

  // A message posted from requestAnimationFrame is taken once the frame's style, layout and paint have been done.
  function onFrameEnd(callback: () => void): void {
    requestAnimationFrame(() => {
      afterFrame.push(callback)
      channel.port2.postMessage(null)
    })
  }

  let watcher = 0
  function watch(mine: number, lastFrame: number): void {
    requestAnimationFrame((now) => {
      if (mine !== watcher) return
      if (lastFrame > 0) probe.frames.push(now - lastFrame)
      watch(mine, now)
    })
  }

  const probe: Probe = {
    keyToPaint: [],
    longTasks: [],
    frames: [],
    watchFrames(on) {
      watcher += 1
      if (on) watch(watcher, 0)
    },
    frameEnd: () => new Promise((resolve) => onFrameEnd(() => resolve(performance.now()))),
    async stableFrame() {
      let last = await probe.frameEnd()
      for (;;) {
        const next = await probe.frameEnd()
        if (next - last < 25) return last
        last = next
      }
    },
    editable() {
      let best: HTMLElement | null = null
      let most = -1
      for (const candidate of document.querySelectorAll<HTMLElement>(
        'textarea, [contenteditable="true"], [contenteditable=""], [contenteditable="plaintext-only"]'
      )) {
        const length = candidate instanceof HTMLTextAreaElement ? candidate.value.length : candidate.textContent.length
        if (length > most) {
          best = candidate
          most = length
        }
      }
      return best
    },
    text() {
      const root = probe.editable()
      return root instanceof HTMLTextAreaElement ? root.value : (root?.textContent ?? '')
    },
    async middle() {
      const root = probe.editable()
      if (!root) throw new Error('there is nothing to type into')
      if (root instanceof HTMLTextAreaElement) {
        root.focus()
        const at = root.value.indexOf(' ', root.value.length >> 1)
        root.setSelectionRange(at, at)
        // Chromium scrolls to the caret of a textarea that gets the focus anew.
        root.blur()
        root.focus()
        await probe.frameEnd()
        return { x: -1, y: -1 }
      }
      const paragraphs = [...root.querySelectorAll<HTMLElement>('p')].filter(
        (paragraph) => paragraph.textContent.length > 120
      )
      const paragraph = paragraphs[paragraphs.length >> 1]
      if (!paragraph) throw new Error('there is no paragraph to type into')
      let top = Number.NaN
      // Heights above may still be estimates: look again until the paragraph stays where it was put.
      for (let turn = 0; turn < 20; turn++) {
        paragraph.scrollIntoView({ block: 'center', behavior: 'instant' })
        await probe.frameEnd()
        const now = paragraph.getBoundingClientRect().top
        if (Math.abs(now - top) < 1) break
        top = now
      }
      const box = paragraph.getBoundingClientRect()
      return { x: Math.round(box.left + Math.min(box.width, 600) / 2), y: Math.round(box.top + box.height / 2) }
    }
  }
  window.galleyBench = probe

  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key.length !== 1 || event.ctrlKey) return
      const pressed = event.timeStamp
      onFrameEnd(() => probe.keyToPaint.push(performance.now() - pressed))
    },
    { capture: true, passive: true }
  )

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) probe.longTasks.push(entry.duration)
  }).observe({ type: 'longtask', buffered: true })
}
