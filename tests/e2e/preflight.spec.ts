import type { Page } from '@playwright/test'
import { axeFindings } from './axe.ts'
import { expect, test } from './desk.ts'
import { approve, makeStory, withCalls } from './calls.ts'
import { StoryPage } from './story-page.ts'
import { newId } from '../../src/shared/lib/id.ts'

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

test('the sheet says what leaves, and does not offer to schedule the same again', async ({ desk }, info) => {
  const page = desk.page
  const id = await withCalls(desk.library, async (call) => {
    await call.publishing.startPractice({})
    return makeStory(call, 'Council opens the bridge')
  })
  await page.goto(new URL(`/story/${id}`, page.url()).href)
  const sheet = await openSheet(page)
  const leaves = sheet.getByRole('region', { name: 'What leaves' })
  await expect(leaves).toContainText('No lead picture')
  // The CMS tells the address when the story is there: none is shown as if it were known.
  await expect(leaves).toContainText(/given by \S+ when it is published; asked for: \/council-opens-the-bridge/)
  await leaves.getByText('Search result and share card').click()
  await expect(leaves.getByRole('group', { name: 'Search result' })).toContainText('Council opens the bridge')

  await sheet.getByText('At an hour').click()
  const button = sheet.locator('.publish-act').getByRole('button').last()
  await expect(button).toHaveText(/^Schedule for /)
  await button.click()
  await expect(button).toHaveText(/^Scheduled for .* on Practice CMS$/)
  await expect(button).toHaveAttribute('aria-disabled', 'true')
  await button.click({ force: true })
  await expect(sheet.getByRole('article', { name: /Scheduled/ })).toHaveCount(1)
  expect(await withCalls(desk.library, (call) => call.publishing.outbox({ storyId: id }))).toHaveLength(1)
  await page.screenshot({ path: info.outputPath('scheduled.png') })

  await test.step('another choice is an offer again', async () => {
    await sheet.getByRole('radio', { name: 'Now', exact: true }).check({ force: true })
    await expect(button).toHaveText('Publish to Practice CMS')
  })
})

test('a live story is withdrawn in the window, is shown as withdrawn, and comes back', async ({ desk }, info) => {
  const page = desk.page
  const id = await withCalls(desk.library, async (call) => {
    const { target } = await call.publishing.startPractice({})
    const story = await makeStory(call, 'Taken down')
    await approve(call, story, target.id)
    return story
  })
  await page.goto(new URL(`/story/${id}`, page.url()).href)
  const sheet = await openSheet(page)
  await expect(sheet.getByRole('article', { name: /Live/ })).toBeVisible()
  await expect(sheet.getByRole('button', { name: 'Nothing to update' })).toBeVisible()
  // Where it is, is said once.
  await expect(sheet.getByRole('button', { name: 'Copy its address' })).toHaveCount(1)
  await sheet.getByRole('button', { name: 'Withdraw…' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Withdraw this story?' })
  await expect(dialog.getByRole('button', { name: 'Withdraw from Practice CMS' })).toBeDisabled()
  await expect(dialog.getByText('Needed')).toBeVisible()
  await dialog.getByLabel('Reason').fill('It named the wrong person')
  await page.screenshot({ path: info.outputPath('withdraw.png') })
  await page.setViewportSize({ width: 800, height: 600 })
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await page.screenshot({ path: info.outputPath('withdraw-small-dark.png') })
  expect(await axeFindings(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Withdraw from Practice CMS' }).click()
  await expect(sheet.getByRole('article', { name: /Withdrawn/ })).toContainText('It named the wrong person')
  // It is gone from there: what was said of it on its way goes too, and sooner than it would by itself.
  await expect(page.getByText(/^Being withdrawn/)).toHaveCount(0, { timeout: 3000 })
  await page.screenshot({ path: info.outputPath('withdrawn.png') })
  await page.setViewportSize({ width: 1360, height: 860 })
  expect(await withCalls(desk.library, (call) => call.stories.summary({ id }))).toMatchObject({ status: 'killed' })

  // What was taken down goes nowhere before somebody has made it a draft.
  const publish = sheet.getByRole('button', { name: 'Publish to Practice CMS' })
  await expect(publish).toBeDisabled()
  await sheet.getByRole('button', { name: 'Make it a draft' }).click()
  await expect(publish).toBeEnabled()
  await expect(publish).toBeFocused()
  await publish.click()
  await expect(sheet.getByRole('article', { name: /Live/ })).toBeVisible()
  expect(await withCalls(desk.library, (call) => call.publishing.standings({ storyId: id }))).toMatchObject([
    { state: 'live' }
  ])
})

test('of several, what would be refused is said to be held before anything leaves', async ({ desk }) => {
  const { page } = desk
  await withCalls(desk.library, async (call) => {
    const { target } = await call.publishing.startPractice({})
    const taken = await makeStory(call, 'Taken down')
    await approve(call, taken, target.id)
    await expect.poll(async () => (await call.stories.get({ id: taken })).status).toBe('published')
    await call.publishing.withdraw({ storyId: taken, targetIds: [target.id], reason: 'Wrong', changeId: newId() })
    await expect.poll(async () => (await call.stories.get({ id: taken })).status).toBe('killed')
    const empty = { headline: 'No words yet', standfirst: 'Soon.', section: 'City' }
    await call.stories.create({ fields: empty, body: { version: 1, blocks: [] } })
    await makeStory(call, 'Whole')
  })
  await page.getByRole('option', { name: /Whole/ }).click()
  await page.getByRole('listbox', { name: 'Stories' }).press('ControlOrMeta+a')
  await page.getByRole('toolbar', { name: 'Chosen stories' }).getByRole('button', { name: 'Publish…' }).click()
  const sheet = page.getByRole('dialog', { name: 'Publish 3 stories' })
  const line = (headline: string) => sheet.getByRole('listitem').filter({ hasText: headline })
  await expect(line('Taken down')).toContainText('This story was withdrawn.')
  await expect(line('No words yet')).toContainText('A story needs a body before it is published.')
  await expect(line('Whole')).toContainText('Ready')
  await expect(sheet.getByRole('button', { name: /^Publish (1|one) story$/ })).toBeVisible()
})
