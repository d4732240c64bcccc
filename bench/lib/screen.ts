import type { Page } from './page.ts'

interface FrameEvent {
  readonly name: string
  readonly pid: number
  readonly ts: number
  readonly args: { readonly frameSeqId?: number }
}

/**
 * Times between the frames the page brought to the screen meanwhile, ms, counted in ticks of the display as
 * `requestAnimationFrame` counts them. The compositor scrolls without the page's own thread, so what is seen can be
 * smooth where the page's own frames are late, and the other way round.
 */
export async function framesOnScreen(page: Page, during: () => Promise<unknown>): Promise<number[]> {
  const events: FrameEvent[] = []
  const done = Promise.withResolvers<void>()
  const off = [
    page.on('Tracing.dataCollected', ({ value }) => {
      events.push(...(value as FrameEvent[]))
    }),
    page.on('Tracing.tracingComplete', () => done.resolve())
  ]
  // The one category of DevTools' own row of frames: some two thousand events a second, the same for all.
  await page.send('Tracing.start', {
    traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline.frame'] },
    transferMode: 'ReportEvents'
  })
  try {
    await during()
  } finally {
    await page.send('Tracing.end')
    await done.promise
    for (const stop of off) stop()
  }
  // Other windows are still; the page that is scrolled is the one that draws.
  const drawn = events.filter(({ name }) => name === 'DrawFrame')
  const pid = mode(drawn.map((event) => event.pid))
  const ticks = new Map(
    events
      .filter((event) => event.name === 'BeginFrame' && event.pid === pid)
      .map(({ args, ts }) => [args.frameSeqId, ts / 1000])
  )
  const shown = [...new Set(drawn.filter((event) => event.pid === pid).map(({ args }) => args.frameSeqId))]
    .map((frame) => ticks.get(frame))
    .filter((tick) => tick !== undefined)
    .toSorted((a, b) => a - b)
  return shown.slice(1).map((tick, at) => tick - (shown[at] ?? Number.NaN))
}

function mode(numbers: readonly number[]): number | undefined {
  const counts = new Map<number, number>()
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0]
}
