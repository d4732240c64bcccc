import { axeFindings } from './axe.ts'
import { expect, test } from './desk.ts'
import { hoursFromNow, makeStory, withCalls } from './calls.ts'
import { newId } from '../../src/shared/lib/id.ts'

test('copy under embargo is exported, copied and printed for a typed reason alone, and the story keeps it', async ({
  desk
}, info) => {
  const page = desk.page
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '')
  })
  const id = await withCalls(desk.library, async (call) => {
    const storyId = await makeStory(call, 'Bridge opens')
    const { revision, fields } = await call.stories.get({ id: storyId })
    await call.stories.patchFields({
      id: storyId,
      baseRevision: revision,
      changeId: newId(),
      fields: { times: { ...fields.times, embargo: hoursFromNow(5) } }
    })
    return storyId
  })
  await page.getByRole('option', { name: /Bridge opens/ }).click()
  await expect(page.getByRole('textbox', { name: 'Headline', exact: true })).toHaveText('Bridge opens')
  const command = async (name: string): Promise<void> => {
    await page.keyboard.press('ControlOrMeta+k')
    await page.keyboard.type(name)
    await page.getByRole('option', { name }).click()
  }
  const exits = () => withCalls(desk.library, (call) => call.exports.exits({ id }))
  const asked = page.getByRole('dialog', { name: 'Under embargo' })

  await test.step('printed', async () => {
    await command('Print a proof')
    await expect(asked.getByRole('button', { name: 'Print' })).toBeDisabled()
    expect(await axeFindings(page)).toEqual([])
    await page.screenshot({ path: info.outputPath('asked.png') })
    await asked.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.locator('body')).not.toHaveAttribute('data-printed')
    await command('Print a proof')
    await expect(asked).toContainText('Your name is not in the settings, so only the time is kept with it.')
    await asked.getByLabel('Why does it leave?').press('Escape')
    await expect(asked).toBeHidden()
    await expect(page.locator('body')).not.toHaveAttribute('data-printed')
    await withCalls(desk.library, (call) => call.settings.set({ person: 'Ida Brandt' }))
    await command('Print a proof')
    await expect(asked).toContainText('Kept with the story, with your name (Ida Brandt) and the time.')
    await asked.getByLabel('Why does it leave?').fill('Read on paper by the lawyer')
    await asked.getByRole('button', { name: 'Print' }).click()
    await expect(page.locator('body')).toHaveAttribute('data-printed')
  })

  await test.step('copied', async () => {
    await command('Copy the story as plain text')
    await asked.getByLabel('Why does it leave?').fill('For the partner paper')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('Not to be published before')
  })

  await test.step('exported', async () => {
    await page.keyboard.press('ControlOrMeta+Shift+e')
    const dialog = page.getByRole('dialog', { name: 'Export' })
    await expect(dialog.getByRole('button', { name: 'Write files' })).toBeDisabled()
    await dialog.getByLabel('Under embargo: why does it leave?').fill('Pages are set tonight')
    await page.screenshot({ path: info.outputPath('export.png') })
    await dialog.getByRole('button', { name: 'Write files' }).click()
    await expect(dialog.getByRole('button', { name: 'Done' })).toBeVisible()
    await dialog.getByRole('button', { name: 'Done' }).click()
  })

  expect((await exits()).map(({ way, reason }) => [way, reason])).toEqual([
    ['export', 'Pages are set tonight'],
    ['copy', 'For the partner paper'],
    ['print', 'Read on paper by the lawyer']
  ])
  await page.getByRole('tab', { name: 'Times' }).click()
  await expect(page.getByRole('region', { name: 'Embargo' })).toContainText('For the partner paper')

  await test.step('lifted', async () => {
    const embargo = page.getByRole('region', { name: 'Embargo' })
    const until = () =>
      withCalls(desk.library, async (call) => (await call.stories.get({ id })).fields.times.embargo?.utc ?? null)
    const before = await until()
    await embargo.getByRole('radio', { name: 'None' }).click({ force: true })
    await expect(embargo).toContainText('The embargo still holds until')
    await expect(embargo.getByRole('button', { name: 'Lift the embargo' })).toBeDisabled()
    expect(await axeFindings(page)).toEqual([])
    await embargo.getByRole('button', { name: 'Keep the embargo' }).click()
    await expect(embargo.getByRole('radio', { name: 'Embargoed' })).toBeChecked()
    await embargo.getByRole('radio', { name: 'None' }).click({ force: true })
    await embargo.getByLabel('Why is it lifted?').fill('The ministry has published it')
    await page.screenshot({ path: info.outputPath('times.png') })
    expect(await until()).toBe(before)
    await embargo.getByRole('button', { name: 'Lift the embargo' }).click()
    await expect(embargo).toContainText('Embargo lifted')
    await expect.poll(until).toBeNull()
    expect((await exits())[0]).toMatchObject({ way: 'lift', reason: 'The ministry has published it' })
  })
})
