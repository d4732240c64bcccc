import { newId } from '../../src/shared/lib/id.ts'
import { axeFindings } from './axe.ts'
import { approve, makeStory, withCalls } from './calls.ts'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

// A dialog in four looks and a publication, each to the end.
test.slow()

test('a silent edit of a live story is warned of, and becomes a correction made of what changed', async ({
  desk
}, info) => {
  const page = desk.page
  const { id, targetId } = await withCalls(desk.library, async (call) => {
    const { target } = await call.publishing.startPractice({})
    const story = await makeStory(call, '12 hurt as bridge falls')
    await approve(call, story, target.id)
    await expect.poll(async () => (await call.stories.get({ id: story })).status).toBe('published')
    const { revision } = await call.stories.get({ id: story })
    const fields = { headline: '21 hurt as bridge falls' }
    await call.stories.patchFields({ id: story, baseRevision: revision, changeId: newId(), fields })
    return { id: story, targetId: target.id }
  })
  await page.goto(new URL(`/story/${id}`, page.url()).href)
  await expect(new StoryPage(page).headline).toBeVisible()
  await page
    .getByRole('button', { name: /^(Publish update|Live)$/ })
    .first()
    .click()
  const sheet = page.getByRole('dialog', { name: 'Publish' })
  const warning = sheet.getByRole('status').filter({ hasText: 'no correction tells them' })
  await expect(warning).toContainText('1 passage differs from what readers have')
  await page.screenshot({ path: info.outputPath('silent.png') })
  const make = sheet.getByRole('button', { name: 'Make a correction…' })
  await make.click()

  const dialog = page.getByRole('dialog', { name: 'Make a correction' })
  const about = dialog.getByRole('checkbox', { name: /Headline · a figure/ })
  const notice = dialog.getByLabel('Notice to readers')
  const add = dialog.getByRole('button', { name: 'Add the correction' })
  await expect(about).toBeChecked()
  await expect(notice).toHaveValue(
    'An earlier headline of this story said “12 hurt as bridge falls”. It now says “21 hurt as bridge falls”.'
  )
  await expect(add).toBeDisabled()
  await expect(dialog.getByText('Needed')).toHaveCount(1)

  await test.step('looked at: light, small, dark and right to left', async () => {
    await page.screenshot({ path: info.outputPath('correction.png') })
    expect(await axeFindings(page)).toEqual([])
    await page.setViewportSize({ width: 720, height: 450 })
    await page.screenshot({ path: info.outputPath('correction-small.png') })
    // In a low window the whole dialog scrolls.
    await add.scrollIntoViewIfNeeded()
    await expect(add).toBeInViewport({ ratio: 1 })
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
    await page.screenshot({ path: info.outputPath('correction-dark-rtl.png') })
    await page.evaluate(() => document.documentElement.removeAttribute('dir'))
    await page.emulateMedia({ colorScheme: 'light' })
  })

  await test.step('what was written and not added is not what the button adds the next time', async () => {
    await dialog.getByLabel('Reason').fill('A guess')
    await expect(add).toBeEnabled()
    await expect(dialog.getByText('Needed')).toHaveCount(0)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await make.click()
    await expect(dialog.getByLabel('Reason')).toHaveValue('')
    await expect(add).toBeDisabled()
  })

  await test.step('by key: what it is about, its wording, its place, its reason', async () => {
    await about.focus()
    await page.keyboard.press('Space')
    await expect(notice).toHaveValue('')
    await page.keyboard.press('Space')
    // Whatever is typed or pasted has room.
    await notice.press('ControlOrMeta+a')
    await page.keyboard.insertText('word '.repeat(2000))
    await expect(notice).toHaveValue('word '.repeat(2000))
    await notice.press('ControlOrMeta+z')
    await notice.press('ControlOrMeta+End')
    await notice.pressSequentially(' We regret the error.')
    await dialog.getByText('Above the text').click()
    await dialog.getByLabel('Reason').fill('The hospital called')
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
  })

  await expect(warning).toBeHidden()
  await expect(make).toBeFocused()
  await expect(sheet.getByText('A correction tells readers what changed.')).toBeVisible()
  await expect(sheet.getByRole('radio', { name: 'A correction' })).toBeChecked()
  await page.screenshot({ path: info.outputPath('corrected.png') })
  await sheet.getByRole('button', { name: 'Update on Practice CMS' }).click()
  await expect(sheet.getByRole('button', { name: 'Nothing to update' })).toBeVisible()
  const { url } = await withCalls(desk.library, async (call) => {
    const { fields } = await call.stories.get({ id })
    expect(fields.corrections).toMatchObject([
      {
        kind: 'correction',
        place: 'top',
        reason: 'The hospital called',
        text: expect.stringMatching(/We regret the error\.$/)
      }
    ])
    expect(fields.times.lastUpdated).not.toBeNull()
    const standings = await call.publishing.standings({ storyId: id })
    return { url: standings.find((one) => one.targetId === targetId)?.receipt?.url ?? '' }
  })
  const live = await (await fetch(url)).text()
  expect(live).toContain('We regret the error.')
  expect(live).not.toContain('The hospital called')
  expect(live.indexOf('class="corrections"')).toBeLessThan(live.indexOf('class="body"'))
})
