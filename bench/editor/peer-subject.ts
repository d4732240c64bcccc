import type { Chromium } from '../lib/chromium.ts'
import type { Page } from '../lib/page.ts'
import type { PeerName } from './harness.ts'
import type { Opened, Subject } from './subject.ts'

/** A peer on its harness page. */
export function peerSubject(name: PeerName, origin: string): Subject {
  return {
    name,
    expectText: name !== 'harness',
    async open(chromium: Chromium, words: number): Promise<Opened> {
      const context = await chromium.newContext()
      const page = await chromium.newPage(context)
      await page.goto(`${origin}/peer/${name}`)
      await page.until(`${name} to be ready`, () => window.benchReady === true)
      const load = await page.run(loadStory, `${origin}/story/${words}`)
      return {
        page,
        load,
        async close() {
          await page.close()
          await chromium.closeContext(context)
        }
      }
    }
  }
}

/** In the page: from handing over the stored form to the first frame that is followed by one nothing holds up. */
async function loadStory(address: string): Promise<number> {
  const { html, text } = (await (await fetch(address)).json()) as { html: string; text: string }
  const stored = await window.benchPeer.prepare(html, text)
  await window.galleyBench.stableFrame()
  await new Promise((resolve) => setTimeout(resolve, 200))
  const began = performance.now()
  await window.benchPeer.load(stored)
  return (await window.galleyBench.stableFrame()) - began
}

/** Puts HTML on the browser's clipboard from a page that is not measured. */
export async function fillClipboard(chromium: Chromium, origin: string, address: string): Promise<void> {
  await chromium.cdp.send('Browser.grantPermissions', {
    origin,
    permissions: ['clipboardReadWrite', 'clipboardSanitizedWrite']
  })
  const context = await chromium.newContext()
  await chromium.cdp.send('Browser.grantPermissions', {
    origin,
    browserContextId: context,
    permissions: ['clipboardReadWrite', 'clipboardSanitizedWrite']
  })
  const page: Page = await chromium.newPage(context)
  await page.goto(`${origin}/blank`)
  await page.send('Page.bringToFront')
  await page.run(async (from) => {
    const html = await (await fetch(from)).text()
    const text = new DOMParser().parseFromString(html, 'text/html').body.textContent
    await navigator.clipboard.write([
      new ClipboardItem({
        'text/html': new Blob([html], { type: 'text/html' }),
        'text/plain': new Blob([text], { type: 'text/plain' })
      })
    ])
  }, address)
  await page.close()
  await chromium.closeContext(context)
}
