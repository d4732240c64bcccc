import { join } from 'node:path'
import { memorySecrets } from '../../src/main/core/ports.ts'
import { Receiver } from '../../src/main/practice-cms/receiver.ts'
import { systemClock } from '../../src/shared/lib/clock.ts'
import { Desk } from '../core/publishing/newsroom.ts'
import { FaultProxy, type Seen } from '../support/fault-proxy.ts'
import { axeFindings } from './axe.ts'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

test('a story that is public although it was taken back can be left, and is live then', async ({ desk }, info) => {
  let behind = 30 * 60_000
  const clock = { now: () => Date.now() - behind, after: systemClock.after }
  const receiver = await Receiver.start({ folder: join(desk.exports, '../cms'), secret: null, clock })
  const proxy = new FaultProxy(receiver.url)
  await proxy.start()
  const { page } = desk
  try {
    // Half an hour ago: sent, the answer lost, and taken back; the CMS carries it out once the desk is closed.
    const { back } = await desk.losingHost()
    const before = new Desk(desk.library, clock, memorySecrets())
    const target = await before.target(`${proxy.url}/api`, null)
    const id = await before.story('Bridge opens')
    let kept: Seen | null = null
    proxy.failNext('cut before', (seen) => {
      if (seen.method === 'PUT') kept = seen
      return seen.method === 'PUT'
    })
    await before.publishing.start()
    const { id: item } = before.publish(id, target.id)
    await before.publishing.quiet()
    await before.publishing.queue.cancel(item)
    await before.publishing.quiet()
    expect(before.item(item).state).toBe('cancelled')
    await before.close()
    expect(kept).not.toBeNull()
    if (kept) await carryOut(kept, receiver.url)
    behind = 0
    await back()

    await page.goto(new URL(`/story/${id}`, page.url()).href)
    await expect(new StoryPage(page).headline).toBeVisible()
    await page
      .getByRole('button', { name: /^(Publish|Live)$/ })
      .first()
      .click()
    const sheet = page.getByRole('dialog', { name: 'Publish' })
    const card = sheet.getByRole('article', { name: 'City desk CMS: Public anyway' })
    await expect(card).toContainText('It was taken back, but it is public anyway')
    await expect(card.getByRole('button', { name: 'Take back' })).toHaveCount(0)
    await page.screenshot({ path: info.outputPath('public-all-the-same.png') })
    expect(await axeFindings(page)).toEqual([])
    await card.getByRole('button', { name: 'Leave it as it is' }).press('Enter')
    await expect(sheet.getByRole('article', { name: 'City desk CMS: Live' })).toBeVisible()
    await expect(sheet.getByRole('button', { name: 'Nothing to update' })).toBeVisible()
    await page.screenshot({ path: info.outputPath('left.png') })
  } finally {
    await proxy.stop()
    await receiver.stop()
  }
})

async function carryOut({ method, path, headers, body }: Seen, url: string): Promise<void> {
  const own = ['host', 'connection', 'content-length', 'transfer-encoding']
  const sent = Object.entries(headers).filter(([name]) => !own.includes(name))
  await fetch(new URL(path, url), {
    method,
    headers: sent.map(([name, value]) => [name, String(value)]),
    body: new Uint8Array(body)
  })
}
