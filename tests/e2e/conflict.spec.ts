import AxeBuilder from '@axe-core/playwright'
import { newId } from '../../src/shared/lib/id.ts'
import { FakeWordpress } from '../peers/fake-wordpress.ts'
import { approve, makeStory, withCalls } from './calls.ts'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

test('what somebody changed on the CMS is shown word by word beside ours before ours goes over it', async ({
  desk
}, info) => {
  // Published, changed there, looked at four times and published again.
  test.slow()
  const site = new FakeWordpress(() => Date.now())
  await site.start()
  const page = desk.page
  try {
    const id = await withCalls(desk.library, async (call) => {
      const settings = { user: site.user }
      const input = { name: 'The site', kind: 'wordpress', url: site.url, settings, secret: site.password } as const
      const target = await call.publishing.saveTarget(input)
      const story = await makeStory(call, 'Bridge opens')
      const first = await approve(call, story, target.id)
      await expect.poll(async () => (await call.publishing.item({ id: first })).state, { timeout: 20_000 }).toBe('done')
      const { id: post = 0, content = '' } = site.posts[0] ?? {}
      site.edit(post, { title: 'Bridge opens at last', content: content.replace('spoke of', 'argued about') })
      const { revision } = await call.stories.get({ id: story })
      const fields = { standfirst: 'All about the bridge.' }
      await call.stories.patchFields({ id: story, baseRevision: revision, changeId: newId(), fields })
      await approve(call, story, target.id)
      return story
    })
    await page.goto(new URL(`/story/${id}`, page.url()).href)
    await expect(new StoryPage(page).headline).toBeVisible()
    await page
      .getByRole('button', { name: /^(Publish|Publish update|Live)$/ })
      .first()
      .click()
    const sheet = page.getByRole('dialog', { name: 'Publish' })
    const card = sheet.getByRole('article', { name: 'The site: Changed on the CMS' })
    await expect(card).toBeVisible({ timeout: 20_000 })
    await expect(card).toContainText('Look at what is there, then go on all the same or take this back.')
    const look = card.getByRole('button', { name: 'Show what is there' })
    await look.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'What the CMS holds now' })
    await expect(dialog.locator('.compare-fields del')).toHaveText('at last')
    const inBody = async (mark: 'del' | 'ins') =>
      (await dialog.locator(`.compare-body ${mark}`).allTextContents()).join(' ')
    expect([await inBody('del'), await inBody('ins')]).toEqual(['Bridge opens argued about', 'the bridge spoke of'])

    await test.step('looked at: light, small and dark, right to left', async () => {
      await page.screenshot({ path: info.outputPath('conflict.png') })
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
      await page.setViewportSize({ width: 720, height: 450 })
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.screenshot({ path: info.outputPath('conflict-small-dark.png') })
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
      await page.screenshot({ path: info.outputPath('conflict-dark-rtl.png') })
      await page.evaluate(() => document.documentElement.removeAttribute('dir'))
    })

    await page.keyboard.press('Escape')
    await expect(look).toBeFocused()
    await page.keyboard.press('Enter')
    await dialog.getByRole('button', { name: 'Put ours over it' }).click()
    await expect(sheet.getByRole('article', { name: 'The site: Live' })).toBeVisible({ timeout: 20_000 })
    expect(site.posts).toMatchObject([{ title: 'Bridge opens', excerpt: 'All about the bridge.' }])
  } finally {
    await site.stop()
  }
})
