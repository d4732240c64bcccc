import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { EditorPage, withoutIds } from './support/editor-page.ts'
import { gesture, perform, startBody } from './support/gestures.ts'

const runs = Number(process.env['GESTURE_RUNS'] ?? 25)
/**
 * Fixed, so that a run says something about the change at hand; search with other seeds by `GESTURE_SEED` and more by
 * `GESTURE_RUNS`.
 */
const seed = Number(process.env['GESTURE_SEED'] ?? 55)

test('any gestures give the same document with and without chunks, and the patches are that document', async ({
  browser
}) => {
  test.setTimeout(60_000 + runs * 20_000)
  console.log(`gestures: ${runs} runs, seed ${seed}`)
  const [chunked, plain] = await Promise.all([EditorPage.open(browser), EditorPage.open(browser)])
  await fc.assert(
    fc.asyncProperty(startBody, fc.array(gesture, { minLength: 1, maxLength: 30 }), async (body, gestures) => {
      await Promise.all([chunked.load(body, 3), plain.load(body, null)])
      await Promise.all([chunked.focus(), plain.focus()])
      for (const made of gestures) {
        const meeting = meetingOf(chunked, plain)
        await Promise.all([perform(chunked, made, meeting), perform(plain, made, meeting)])
      }
      await Promise.all([chunked.type('¶'), plain.type('¶')])
      const [left, right] = await Promise.all([chunked.check(), plain.check()])
      for (const size of await chunked.chunks()) expect(size).toBeLessThanOrEqual(6)
      expect(withoutIds(left)).toEqual(withoutIds(right))
      // What is on the screen is what a fresh start would draw.
      const drawn = await chunked.page.evaluate(() => window.harness.drawn())
      await chunked.load(left, 3)
      expect(drawn).toEqual(await chunked.page.evaluate(() => window.harness.drawn()))
    }),
    { numRuns: runs, seed, endOnFailure: process.env['GESTURE_SHRINK'] === undefined }
  )
})

/**
 * Brings the carets together after a move by line: the line must be the same, the column is the browser's to choose.
 */
function meetingOf(chunked: EditorPage, plain: EditorPage): () => Promise<void> {
  let waiting: (() => void) | undefined
  return async () => {
    if (!waiting)
      return new Promise((resolve) => {
        waiting = resolve
      })
    const done = waiting
    waiting = undefined
    const [left, right] = await Promise.all([chunked.caret(), plain.caret()])
    expect(left?.anchor.leaf).toBe(right?.anchor.leaf)
    expect(left?.focus.leaf).toBe(right?.focus.leaf)
    if (right) await Promise.all([chunked.setCaret(right), plain.setCaret(right)])
    done()
  }
}
