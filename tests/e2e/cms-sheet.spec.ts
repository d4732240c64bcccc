import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { FakeWordpress } from '../peers/fake-wordpress.ts'
import { approve, makeStory, withCalls } from './calls.ts'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

async function openSheet(page: Page) {
  await expect(new StoryPage(page).headline).toBeVisible()
  await page
    .getByRole('button', { name: /^(Publish|Live)$/ })
    .first()
    .click()
  const sheet = page.getByRole('dialog', { name: 'Publish' })
  await expect(sheet).toBeVisible()
  return sheet
}

test('the sheet says before an update that a colleague writes in WordPress', async ({ desk }, info) => {
  const site = new FakeWordpress(() => Date.now())
  await site.start()
  const page = desk.page
  try {
    const id = await withCalls(desk.library, async (call) => {
      const settings = { user: site.user }
      const input = { name: 'The site', kind: 'wordpress', url: site.url, settings, secret: site.password } as const
      const target = await call.publishing.saveTarget(input)
      const story = await makeStory(call, 'Bridge opens')
      const item = await approve(call, story, target.id)
      await expect.poll(async () => (await call.publishing.item({ id: item })).state, { timeout: 20_000 }).toBe('done')
      return story
    })
    // The times of WordPress have whole seconds.
    site.now = () => Date.now() + 2_000
    site.writesIn(site.posts[0]?.id ?? 0, 2)
    await page.goto(new URL(`/story/${id}`, page.url()).href)
    const sheet = await openSheet(page)
    await expect(sheet.getByText(/Ana Kos has changes in WordPress that are not saved yet/)).toBeVisible()
    await page.screenshot({ path: info.outputPath('at-work.png') })
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  } finally {
    await site.stop()
  }
})
