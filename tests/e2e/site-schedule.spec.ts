import { FakeWordpress } from '../peers/fake-wordpress.ts'
import { axeFindings } from './axe.ts'
import { addWordpress, makeStory, withCalls } from './calls.ts'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

test('the site publishes a story at its hour, or this laptop does; taken back, the site shows nothing', async ({
  desk
}, info) => {
  // Looked at four times, and without a line.
  test.slow()
  const site = new FakeWordpress(() => Date.now())
  await site.start()
  const page = desk.page
  try {
    const id = await withCalls(desk.library, async (call) => {
      await addWordpress(call, site)
      return makeStory(call, 'Bridge opens')
    })
    await page.goto(new URL(`/story/${id}`, page.url()).href)
    await expect(new StoryPage(page).headline).toBeVisible()
    await page
      .getByRole('button', { name: /^Publish$/ })
      .first()
      .click()
    const sheet = page.getByRole('dialog', { name: 'Publish' })
    const button = sheet.locator('.publish-act').getByRole('button').last()
    const fires = sheet.getByRole('radiogroup', { name: 'Who publishes it' })
    await expect(fires).toBeHidden()
    await sheet.getByText('At an hour').click()

    await test.step('it is said who publishes it, and can be chosen by key', async () => {
      await expect(button).toHaveText(/^Schedule for .* on The site \(the site publishes it; you can close the lid\)$/)
      await expect(sheet).toContainText('It is sent now, and the site publishes it at its hour: you can close the lid.')
      await fires.getByRole('radio', { name: 'The site' }).focus()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Space')
      await expect(fires.getByRole('radio', { name: 'This laptop' })).toBeChecked()
      await expect(button).toHaveText(/^Schedule for .* on The site$/)
      await expect(sheet).toContainText('Galley has to be running then')
      await fires.getByText('The site').click()
      await sheet.getByText('What would be sent').click()
      await expect(sheet.locator('.would-be-sent')).toContainText('future')
      await sheet.getByText('What would be sent').click()
    })
    await test.step('looked at: light, small, dark, right to left', async () => {
      await expect(sheet).toContainText('the site publishes it at its hour.')
      await fires.scrollIntoViewIfNeeded()
      await page.screenshot({ path: info.outputPath('choice.png') })
      expect(await axeFindings(page)).toEqual([])
      await page.setViewportSize({ width: 720, height: 450 })
      await expect(button).toBeInViewport({ ratio: 1 })
      await page.screenshot({ path: info.outputPath('choice-small.png') })
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.screenshot({ path: info.outputPath('choice-dark.png') })
      await page.emulateMedia({ colorScheme: 'light' })
      await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
      await page.screenshot({ path: info.outputPath('choice-rtl.png') })
      await page.evaluate(() => document.documentElement.removeAttribute('dir'))
    })

    await button.focus()
    await page.keyboard.press('Enter')
    const card = sheet.getByRole('article', { name: 'The site: Scheduled on the site' })
    await expect(card).toBeVisible({ timeout: 20_000 })
    await expect(card).toContainText(/The site publishes it by itself in \d.*UTC/)
    await expect(card).toContainText('This laptop may be closed.')
    await expect(button).toBeFocused()
    expect(site.posts).toMatchObject([{ status: 'future', title: 'Bridge opens' }])
    await card.scrollIntoViewIfNeeded()
    await page.screenshot({ path: info.outputPath('on-the-site.png') })
    expect(await axeFindings(page)).toEqual([])

    await test.step('without a line, taking it back says what the site does all the same', async () => {
      await site.stop()
      await card.getByRole('button', { name: 'Take back' }).click()
      const waits = sheet.getByRole('article', { name: /The site: Waiting/ })
      await expect(waits).toContainText(/Unless it is told otherwise, the site still publishes what it has at/, {
        timeout: 20_000
      })
      await expect(waits).toContainText('It is taken back by itself as soon as the site can be told.')
      await waits.scrollIntoViewIfNeeded()
      await page.screenshot({ path: info.outputPath('no-line.png') })
      expect(await axeFindings(page)).toEqual([])
    })
    expect(site.posts).toMatchObject([{ status: 'future' }])
  } finally {
    await site.stop()
  }
})

test('while it is open which of two hours is meant, nothing is scheduled', async ({ desk }, info) => {
  const page = desk.page
  const id = await withCalls(desk.library, async (call) => {
    await call.settings.set({ zone: 'America/New_York' })
    await call.publishing.startPractice({})
    return makeStory(call, 'Bridge opens')
  })
  await page.goto(new URL(`/story/${id}`, page.url()).href)
  await expect(new StoryPage(page).headline).toBeVisible()
  await page
    .getByRole('button', { name: /^Publish$/ })
    .first()
    .click()
  const sheet = page.getByRole('dialog', { name: 'Publish' })
  const button = sheet.locator('.publish-act').getByRole('button').last()
  await sheet.getByText('At an hour').click()
  await sheet.getByRole('spinbutton', { name: /day/i }).first().click()
  await page.keyboard.type('07112027')
  await sheet.getByRole('spinbutton', { name: /hour/i }).first().click()
  await page.keyboard.type('0130')
  await expect(button).toHaveText('Choose which hour you mean')
  await expect(button).toHaveAttribute('aria-disabled', 'true')
  await page.screenshot({ path: info.outputPath('two-hours.png') })
  await sheet.getByRole('button', { name: '7 Nov 2027, 01:30 GMT-5' }).focus()
  await page.keyboard.press('Enter')
  await expect(button).toHaveText('Schedule for 7 Nov 2027, 01:30 GMT-5 on Practice CMS')
  // The button that was pressed is gone; the keys go on in the field.
  await expect(sheet.getByRole('spinbutton', { name: /hour/i }).first()).toBeFocused()
})
