import { newId } from '../../src/shared/lib/id.ts'
import { FakeWordpress } from '../peers/fake-wordpress.ts'
import { axeFindings } from './axe.ts'
import { addWordpress, approve, arrived, makeStory, withCalls } from './calls.ts'
import { expect, test } from './desk.ts'
import { expectReach } from './reach.ts'
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
      const target = await addWordpress(call, site)
      const story = await makeStory(call, 'Bridge opens')
      const first = await approve(call, story, target.id)
      await arrived(call, first)
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
    await expect(card).toContainText('Look at what is there, then go on anyway or take this back.')
    // Nothing leaves before somebody has looked: there is nothing to choose about it.
    for (const choice of ['When', 'This update is', 'Sent by', 'What would be sent'])
      await expect(sheet.getByText(choice, { exact: true })).toHaveCount(0)
    const look = card.getByRole('button', { name: 'Show what is there' })
    await look.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'What the CMS holds now' })
    const part = (name: string) => dialog.getByRole('region', { name, exact: true })
    await expect(part('Headline').locator('ins')).toHaveText(' at last')
    await expect(part('Paragraph 1').locator('del')).toHaveText(['spoke', 'of'])
    await expect(part('Paragraph 1').locator('ins')).toHaveText(['argued', 'about'])
    await expect(part('Standfirst').locator('ins')).toHaveText(['the', 'bridge'])

    await page.keyboard.press('Escape')
    await expect(look).toBeFocused()
    await expect(dialog).toHaveCount(0)
    // What was live before is not what readers have: it is not compared with the desk as if it were.
    await expect(sheet.getByText('It has changed there since').first()).toBeVisible()
    await expect(sheet.getByRole('button', { name: 'What changes' })).toHaveCount(0)
    site.edit(site.posts[0]?.id ?? 0, { status: 'draft' })
    await page.keyboard.press('Enter')
    await expect(dialog).toContainText('Somebody took this story down on the CMS')
    await expect(part('Headline').locator('ins')).toHaveText(' at last')
    await page.screenshot({ path: info.outputPath('taken-down.png') })
    await dialog.getByRole('button', { name: 'Replace it with ours' }).click()
    const live = sheet.getByRole('article', { name: 'The site: Live' })
    await expect(live).toBeVisible({ timeout: 20_000 })
    await expect(live).toBeFocused()
    expect(site.posts).toMatchObject([{ title: 'Bridge opens', excerpt: 'All about the bridge.', status: 'publish' }])
  } finally {
    await site.stop()
  }
})

const TEXTS = [
  'The council spoke of the bridge on Monday.',
  'It will open in the spring, the mayor said.',
  'Repairs took eleven years and two contractors.',
  'Ferries go on until the end of the month.',
  'The toll stays as it is.'
]
const EMBED = '<iframe src="https://video.example.org/v/1" onload="alert(1)"></iframe>'

test('what was changed here and on the CMS is merged part by part by keyboard, published over what was looked at, and undone in one', async ({
  desk
}, info) => {
  test.slow()
  const site = new FakeWordpress(() => Date.now())
  await site.start()
  const page = desk.page
  try {
    const id = await withCalls(desk.library, async (call) => {
      const target = await addWordpress(call, site)
      const fields = { headline: 'Bridge opens', standfirst: 'All about it.', section: 'City' }
      const blocks = TEXTS.map((text, at) => ({ id: `p${at}`, type: 'paragraph' as const, runs: [{ text }] }))
      const { id: story } = await call.stories.create({ fields, body: { version: 1, blocks } })
      const first = await approve(call, story, target.id)
      await arrived(call, first)
      const { id: post = 0, content = '' } = site.posts[0] ?? {}
      const changed = content
        .replace('in the spring', 'in May')
        .replace('eleven', 'twelve')
        .replace('<p>The toll', `${EMBED}<p>A line of the web desk.</p><p>The toll`)
      site.edit(post, { title: 'Bridge opens at last', content: changed })
      const { revision } = await call.stories.get({ id: story })
      const block = { id: 'p1', type: 'paragraph' as const, runs: [{ text: 'It will open in June, the mayor said.' }] }
      await call.stories.patchBody({
        id: story,
        baseRevision: revision,
        changeId: newId(),
        patch: [{ op: 'replace', block }]
      })
      await approve(call, story, target.id)
      return story
    })
    await page.goto(new URL(`/story/${id}`, page.url()).href)
    const story = new StoryPage(page)
    await expect(story.headline).toBeVisible()
    // From the paragraph that the merge replaces.
    await story.body.click()
    await page.keyboard.press('ControlOrMeta+Shift+Enter')
    const sheet = page.getByRole('dialog', { name: 'Publish' })
    const card = sheet.getByRole('article', { name: 'The site: Changed on the CMS' })
    await expect(card).toBeVisible({ timeout: 20_000 })
    const again = sheet.getByRole('button', { name: 'Look at what is on The site first' })
    await expect(again).toHaveAttribute('aria-disabled', 'true')
    await expect(page.getByText('Live, changed').first()).toBeAttached()
    await card.getByRole('button', { name: 'Show what is there' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'What the CMS holds now' })
    const send = dialog.getByRole('button', { name: 'Publish what is chosen' })
    await expect(dialog.getByRole('status')).toHaveText('2 parts still to be chosen')
    await expect(send).toBeDisabled()
    await expect(dialog.getByRole('region', { name: 'Only on the CMS' })).toContainText(
      'Something embedded: iframe: https://video.example.org/v/1'
    )

    // The site put it in: nobody took it out here.
    const added = dialog.getByRole('region', { name: /^Paragraph/ }).filter({ hasText: 'A line of the web desk.' })
    await expect(added).toContainText('not there')
    await expect(added).not.toContainText('taken out')

    await test.step('looked at: light, small and dark, right to left', async () => {
      await page.screenshot({ path: info.outputPath('merge.png') })
      expect(await axeFindings(page)).toEqual([])
      await page.setViewportSize({ width: 720, height: 450 })
      await page.emulateMedia({ colorScheme: 'dark' })
      await expectReach(page, 'merge small dark')
      expect(await axeFindings(page)).toEqual([])
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
      await page.screenshot({ path: info.outputPath('merge-dark-rtl.png') })
      await page.evaluate(() => document.documentElement.removeAttribute('dir'))
      await page.emulateMedia({ colorScheme: 'light' })
    })

    const tabTo = async (matches: () => Promise<boolean>): Promise<void> => {
      for (let n = 0; n < 40 && !(await matches()); n += 1) await page.keyboard.press('Tab')
      expect(await matches()).toBe(true)
    }
    const isFocused = (name: string) => () =>
      page.evaluate((label) => document.activeElement?.getAttribute('aria-label')?.startsWith(label) ?? false, name)
    const isIn = (name: string) => () =>
      page.evaluate((label) => document.activeElement?.closest('section')?.getAttribute('aria-label') === label, name)
    await tabTo(isFocused('Leave it out'))
    await page.keyboard.press('Space')
    await expect(dialog.getByRole('status')).toHaveText('1 part still to be chosen')
    await tabTo(isIn('Paragraph 2'))
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Space')
    await expect(dialog.getByRole('status')).toHaveText('Every part is chosen.')
    await page.screenshot({ path: info.outputPath('merge-chosen.png') })
    await tabTo(() => send.evaluate((button) => button === document.activeElement))
    await page.keyboard.press('Enter')
    await expect(sheet.getByRole('article', { name: 'The site: Live' })).toBeVisible({ timeout: 20_000 })
    await expect.poll(() => sheet.evaluate((one) => one.contains(document.activeElement))).toBe(true)
    const inOrder = /in June[\s\S]*in May[\s\S]*twelve years/
    // The card of what was live before says so too.
    await expect.poll(() => site.posts[0]?.content, { timeout: 20_000 }).toMatch(inOrder)
    expect(site.posts).toHaveLength(1)
    expect(site.posts[0]?.title).toBe('Bridge opens at last')
    expect(site.posts[0]?.content).not.toContain('iframe')

    await page.keyboard.press('Escape')
    await expect(sheet).toHaveCount(0)
    await expect(story.headline).toHaveText('Bridge opens at last')
    // What had the focus went when the story took over what was chosen.
    await expect.poll(() => page.evaluate(() => document.activeElement !== document.body)).toBe(true)
    await story.body.click()
    await page.keyboard.press('ControlOrMeta+z')
    await expect(story.headline).toHaveText('Bridge opens')
    await expect(story.body).toContainText('eleven years')
    await expect(story.body).not.toContainText('in May')
  } finally {
    await site.stop()
  }
})
