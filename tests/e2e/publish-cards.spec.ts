import type { Page } from '@playwright/test'
import { newId } from '../../src/shared/lib/id.ts'
import { FakeGhost } from '../peers/fake-ghost.ts'
import { axeFindings } from './axe.ts'
import { approve, hoursFromNow, makeStory, withCalls } from './calls.ts'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

async function openSheet(page: Page) {
  await expect(new StoryPage(page).headline).toBeVisible()
  await page
    .getByRole('button', { name: /^(Publish|Publish update|Live)$/ })
    .first()
    .click()
  const sheet = page.getByRole('dialog', { name: 'Publish' })
  await expect(sheet).toBeVisible()
  return {
    sheet,
    button: sheet.locator('.publish-act').getByRole('button').last(),
    card: (name: string) => sheet.getByRole('group', { name, exact: true })
  }
}

test('a story goes to two sites at their own hours, by one button that says so', async ({ desk }, info) => {
  // In four looks, then published, edited and published again.
  test.slow()
  const ghost = new FakeGhost(() => Date.now())
  await ghost.start()
  const page = desk.page
  try {
    const id = await withCalls(desk.library, async (call) => {
      await call.publishing.startPractice({})
      await call.publishing.saveTarget({ name: 'Magazine', kind: 'ghost', url: ghost.url, secret: ghost.key })
      return makeStory(call, 'Bridge opens')
    })
    await page.goto(new URL(`/story/${id}`, page.url()).href)
    const { sheet, button, card } = await openSheet(page)
    const practice = card('Practice CMS')
    const magazine = card('Magazine')
    await expect(practice.getByRole('checkbox', { name: /Practice CMS/ })).toBeChecked()
    await expect(magazine.getByRole('checkbox', { name: /Magazine/ })).not.toBeChecked()
    await expect(button).toHaveText('Publish to Practice CMS')

    await test.step('ticked by key, each with its own hour, mail, address and requests', async () => {
      await magazine.getByRole('checkbox', { name: /Magazine/ }).focus()
      await page.keyboard.press('Space')
      await expect(button).toHaveText('Publish to 2 sites')
      await magazine.getByText('At an hour').click()
      await expect(button).toHaveText(
        /^Publish now to Practice CMS, schedule for .* on Magazine \(the site publishes it\)$/
      )
      await magazine.getByText('The morning letter').click()
      // A newsletter goes with what this laptop publishes.
      await expect(button).toHaveText(/^Publish now to Practice CMS, schedule for .* on Magazine$/)
      await expect(practice).toContainText('asked for: /bridge-opens')
      await expect(magazine).toContainText('… /bridge-opens')
      await magazine.getByText('What would be sent').click()
      await expect(magazine.locator('.would-be-sent')).toContainText('newsletter=morning')
      await magazine.getByText('What would be sent').click()
    })

    await test.step('looked at: light, small, dark, right to left', async () => {
      await page.screenshot({ path: info.outputPath('cards.png') })
      expect(await axeFindings(page)).toEqual([])
      await page.setViewportSize({ width: 720, height: 450 })
      await expect(button).toBeInViewport({ ratio: 1 })
      await page.screenshot({ path: info.outputPath('cards-small.png') })
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.screenshot({ path: info.outputPath('cards-dark.png') })
      expect(await axeFindings(page)).toEqual([])
      await page.emulateMedia({ colorScheme: 'light' })
      await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
      await page.screenshot({ path: info.outputPath('cards-rtl.png') })
      await page.evaluate(() => document.documentElement.removeAttribute('dir'))
    })

    await button.focus()
    await page.keyboard.press('Enter')
    await expect(practice.getByRole('article', { name: /Live/ })).toBeVisible()
    await expect(magazine.getByRole('article', { name: /Scheduled/ })).toBeVisible()
    await expect(button).toHaveText('Nothing to do: it is live or on its way')
    await expect(button).toBeFocused()
    // Where it is, and since when, is said once in a card.
    await expect(practice.getByRole('button', { name: 'Copy its address' })).toHaveCount(1)
    await expect(practice).not.toContainText('Galley last looked at it')
    await expect(practice).not.toContainText('Sent by')
    await page.screenshot({ path: info.outputPath('cards-gone.png') })

    await test.step('an edit is an update there and takes the place of what waits here, with its mail', async () => {
      const page2 = new StoryPage(page)
      await page.keyboard.press('Escape')
      await page2.headline.click()
      await page.keyboard.press('End')
      await page.keyboard.type(' early')
      const again = await openSheet(page)
      await expect(again.button).toHaveText(/^Update on Practice CMS, schedule for .* on Magazine$/)
      await expect(again.card('Magazine')).toContainText('It goes out by mail too, as the newsletter “morning”')
      await expect(again.card('Magazine').getByRole('checkbox', { name: /The morning letter/ })).toBeChecked()
      await again.button.click()
      await expect(again.button).toHaveText('Nothing to do: it is live or on its way')
      const items = await withCalls(desk.library, (call) => call.publishing.outbox({ storyId: id, open: true }))
      // The update of the other is on its way, or live by now.
      const waiting = items.filter(({ targetName }) => targetName === 'Magazine')
      expect(waiting).toMatchObject([{ newsletter: 'morning', headline: 'Bridge opens early' }])
    })
    expect(sheet).toBeDefined()
  } finally {
    await ghost.stop()
  }
})

test('what one site refuses stands in its card; the others go', async ({ desk }, info) => {
  const page = desk.page
  const id = await withCalls(desk.library, async (call) => {
    const { target } = await call.publishing.startPractice({})
    const site = await call.publishing.saveTarget({ name: 'City site', kind: 'open', url: 'http://127.0.0.1:9/api' })
    const story = await makeStory(call, 'Ferry fares')
    // Its hour passes while it waits for the network.
    await approve(call, story, site.id, 1)
    expect(target.name).toBe('Practice CMS')
    return story
  })
  await page.goto(new URL(`/story/${id}`, page.url()).href)
  const { button, card, sheet } = await openSheet(page)
  const site = card('City site')
  await expect(site.getByRole('checkbox', { name: /City site/ })).toBeChecked()
  await card('Practice CMS')
    .getByRole('checkbox', { name: /Practice CMS/ })
    .focus()
  await page.keyboard.press('Space')
  // What waits elsewhere is offered as the hour of the other, too; now is said in so many words.
  await card('Practice CMS').getByText('Now', { exact: true }).click()
  await site.getByRole('spinbutton', { name: /year/i }).first().focus()
  await page.keyboard.type('2020')
  await button.click()
  const asked = page.getByRole('alertdialog', { name: 'That hour has passed' })
  await expect(asked).toContainText('on City site')
  await asked.getByRole('button', { name: 'Cancel' }).click()
  await expect(site.getByRole('alert')).toContainText(/hour/i)
  await expect(site.getByRole('alert')).toBeInViewport()
  await expect(card('Practice CMS').getByRole('article', { name: /Live/ })).toBeVisible()
  await page.screenshot({ path: info.outputPath('refused.png') })
  await site.getByRole('checkbox', { name: /City site/ }).focus()
  await page.keyboard.press('Space')
  await expect(sheet.getByRole('alert')).toHaveCount(0)
  await expect(button).toHaveText('Nothing to update')
})

test('an update is not put off by what waits for another site', async ({ desk }) => {
  const page = desk.page
  const id = await withCalls(desk.library, async (call) => {
    const { target } = await call.publishing.startPractice({})
    const site = await call.publishing.saveTarget({ name: 'City site', kind: 'open', url: 'http://127.0.0.1:9/api' })
    const story = await makeStory(call, 'Harbour vote')
    await approve(call, story, target.id)
    await expect.poll(async () => (await call.stories.get({ id: story })).status).toBe('published')
    const { revision } = await call.stories.get({ id: story })
    const at = hoursFromNow(30)
    await call.publishing.publish({ storyId: story, targetId: site.id, revision, changeId: newId(), at })
    const next = await call.stories.get({ id: story })
    const fields = { headline: 'Harbour vote postponed' }
    await call.stories.patchFields({ id: story, baseRevision: next.revision, changeId: newId(), fields })
    return story
  })
  await page.goto(new URL(`/story/${id}`, page.url()).href)
  const { button, card } = await openSheet(page)
  await expect(button).toHaveText(/^Update on Practice CMS, schedule for .* on City site$/)
  const city = card('City site').getByRole('checkbox', { name: /City site/ })
  await city.focus()
  await page.keyboard.press('Space')
  await expect(button).toHaveText('Update on Practice CMS')
  await button.click()
  await expect(card('Practice CMS')).toContainText('Live, nothing to update')
})
