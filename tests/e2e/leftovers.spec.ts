import { FakeGhost } from '../peers/fake-ghost.ts'
import { FakeWordpress } from '../peers/fake-wordpress.ts'
import { FaultProxy } from '../support/fault-proxy.ts'
import { axeFindings } from './axe.ts'
import { addWordpress, approve, arrived, makeStory, withCalls } from './calls.ts'
import { expect, test } from './desk.ts'

test('what a fault left on WordPress is listed in the settings and removed, one and all', async ({ desk }, info) => {
  const site = new FakeWordpress(() => Date.now())
  await site.start()
  const proxy = new FaultProxy(site.url)
  await proxy.start()
  site.home = proxy.url
  const page = desk.page
  try {
    await withCalls(desk.library, async (call) => {
      await addWordpress(call, site, proxy.url)
    })
    await page.goto(new URL('/settings', page.url()).href)
    const row = page.getByRole('listitem').filter({ hasText: 'The site' })
    await test.step('nothing was left', async () => {
      await row.getByRole('button', { name: 'Look for leftovers' }).click()
      const dialog = page.getByRole('dialog', { name: 'Leftovers on The site' })
      await expect(dialog).toContainText('Nothing was left behind')
      await page.screenshot({ path: info.outputPath('none.png') })
      await dialog.getByText('Close', { exact: true }).click()
    })

    await withCalls(desk.library, async (call) => {
      const [target] = await call.publishing.targets({})
      for (const headline of ['Bridge opens', 'Ferry stops', 'Harbour floods']) {
        proxy.failNext('delivered twice', ({ method, path }) => method === 'POST' && /\/posts\?/.test(path))
        const id = await approve(call, await makeStory(call, headline), target?.id ?? '')
        await arrived(call, id)
      }
    })
    const drafts = (): number => site.posts.filter(({ status }) => status === 'draft').length
    expect(drafts()).toBe(3)
    await row.getByRole('button', { name: 'Look for leftovers' }).click()
    const dialog = page.getByRole('dialog', { name: 'Leftovers on The site' })
    const list = dialog.getByRole('list', { name: 'Leftovers' })
    await expect(list.getByRole('listitem')).toHaveCount(3)
    await expect(list).toContainText('Empty draft, made for “Ferry stops”')
    await page.screenshot({ path: info.outputPath('leftovers.png') })
    await page.setViewportSize({ width: 800, height: 600 })
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    // A dialog that is still fading in has no contrast yet, and a look takes seconds on a busy machine.
    await expect.poll(() => axeFindings(page), { timeout: 30_000 }).toEqual([])
    await page.screenshot({ path: info.outputPath('leftovers-small-dark.png') })

    await list.getByRole('button', { name: 'Remove Ferry stops' }).click()
    await expect(list.getByRole('listitem')).toHaveCount(2)
    expect(drafts()).toBe(2)
    // Somebody writes into one of them meanwhile: it is theirs now, and stays.
    const taken = site.posts.find(({ status, title }) => status === 'draft' && title === 'Harbour floods')
    site.edit(taken?.id ?? 0, { content: '<p>Mine.</p>' })
    await dialog.getByRole('button', { name: 'Remove all 2' }).click()
    await expect(list).toHaveCount(0)
    await expect(dialog).toContainText('No leftovers any more')
    await expect(dialog).toContainText('2 things removed')
    await expect(dialog).toContainText('1 is no leftover any more, and was left alone')
    await page.screenshot({ path: info.outputPath('gone.png') })
    expect(drafts()).toBe(1)
    expect(site.posts.filter(({ status }) => status === 'publish')).toHaveLength(3)
  } finally {
    await proxy.stop()
    await site.stop()
  }
})

test('a CMS that cannot be asked is said, and asked again', async ({ desk }) => {
  const ghost = new FakeGhost(() => Date.now())
  await ghost.start()
  const proxy = new FaultProxy(ghost.url)
  await proxy.start()
  const page = desk.page
  try {
    await withCalls(desk.library, async (call) => {
      await call.publishing.saveTarget({ name: 'The blog', kind: 'ghost', url: proxy.url, secret: ghost.key })
      const [target] = await call.publishing.targets({})
      const id = await approve(call, await makeStory(call, 'Bridge opens'), target?.id ?? '')
      await arrived(call, id)
    })
    proxy.failNext('503 with seconds', ({ path }) => path.includes('/posts/'))
    await page.goto(new URL('/settings', page.url()).href)
    await page.getByRole('button', { name: 'Look for leftovers' }).click()
    const dialog = page.getByRole('dialog', { name: 'Leftovers on The blog' })
    await expect(dialog.getByRole('alert')).toBeVisible()
    await expect(dialog).not.toContainText('Nothing was left behind')
    await dialog.getByRole('button', { name: 'Try again' }).click()
    await expect(dialog).toContainText('Nothing was left behind')
    await expect(dialog).toContainText('Ghost keeps no list of its pictures')
  } finally {
    await proxy.stop()
    await ghost.stop()
  }
})
