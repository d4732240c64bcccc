import { axeFindings } from './axe.ts'
import { expect, test } from './desk.ts'
import { newId } from '../../src/shared/lib/id.ts'
import { approve, hoursFromNow, makeStory, withCalls } from './calls.ts'
import { StoryPage } from './story-page.ts'

test('the outbox is in sight, lists what waits by state and by day, and is paused and resumed', async ({
  desk
}, info) => {
  const page = desk.page
  const door = page.getByRole('button', { name: /^Outbox/ }).first()
  await expect(door).toHaveAccessibleName('Outbox')
  await door.click()
  await expect(page.getByText('Nothing on its way')).toBeVisible()

  const targetId = await withCalls(desk.library, async (call) => {
    const { target } = await call.publishing.startPractice({})
    await approve(call, await makeStory(call, 'Bridge opens'), target.id, 2.2)
    await approve(call, await makeStory(call, 'Harbour vote'), target.id, 50)
    await approve(call, await makeStory(call, 'Ferry fares'), target.id)
    return target.id
  })
  const list = page.getByRole('listbox', { name: 'Deliveries' })
  await expect(list.getByRole('option')).toHaveCount(3)
  await expect(list).toContainText('Waiting for its hour2')
  await expect(list).toContainText('Recently done1')
  await expect(door).toHaveAccessibleName('Outbox, 2 deliveries not finished')
  await expect(list.getByRole('option', { name: 'Bridge opens' })).toContainText(/in 2 hrs \d+ mins?.*GMT-\d.*UTC/)

  await test.step('by keyboard', async () => {
    await list.focus()
    await page.keyboard.press('End')
    await expect(list.getByRole('option', { selected: true })).toContainText('Ferry fares')
    const detail = page.getByRole('region', { name: 'This delivery' })
    await expect(detail).toContainText('it is exactly what was approved')
    await detail.getByText('What happened, step by step').click()
    await expect(detail.getByRole('listitem').first()).toBeVisible()
    await list.focus()
    await page.keyboard.press('Home')
    await expect(list.getByRole('option', { selected: true })).toContainText('Bridge opens')
  })

  await test.step('what is planned, by day and hour', async () => {
    await page.getByText('Planned', { exact: true }).click()
    await expect(list.getByRole('option')).toHaveCount(2)
    await expect(list.getByRole('option').first()).toContainText(/Bridge opens.*in 2 hrs.*This laptop sends it/)
    await page.getByText('State', { exact: true }).click()
  })

  await test.step('paused and resumed', async () => {
    await page.getByRole('button', { name: 'Pause all' }).click()
    await expect(list).toContainText('Paused by you2')
    await expect(page.getByRole('status').filter({ hasText: 'nothing leaves until you resume it' })).toBeVisible()
    await withCalls(desk.library, async (call) => approve(call, await makeStory(call, 'Held back'), targetId))
    await expect(list).toContainText('Paused by you3')
    expect(await axeFindings(page)).toEqual([])
    await page.screenshot({ path: info.outputPath('paused.png') })
    await page.getByRole('button', { name: 'Resume Practice CMS' }).first().click()
    await expect(list).toContainText('Waiting for its hour2')
    await expect(list).toContainText('Recently done2')
  })

  await test.step('take back, and open the story', async () => {
    await list.getByRole('option', { name: 'Harbour vote' }).click()
    await page.getByRole('button', { name: 'Take back' }).click()
    await expect(list).toContainText('Waiting for its hour1')
    await list.getByRole('option', { name: 'Bridge opens' }).click()
    await list.press('Enter')
    await expect(new StoryPage(page).headline).toHaveText('Bridge opens')
  })
})

test('what is planned is listed by the day of the desk, with the embargoes still to come, and opens the story', async ({
  desk
}, info) => {
  const page = desk.page
  await page
    .getByRole('button', { name: /^Outbox/ })
    .first()
    .click()
  await page.getByText('Planned', { exact: true }).click()
  await expect(page.getByText('Nothing is planned')).toBeVisible()
  const held = await withCalls(desk.library, async (call) => {
    const { target } = await call.publishing.startPractice({})
    const site = await call.publishing.saveTarget({ name: 'City site', kind: 'open', url: 'http://127.0.0.1:9/api' })
    const bridge = await makeStory(call, 'Bridge opens')
    await approve(call, bridge, target.id, 90)
    await approve(call, bridge, site.id, 30)
    await approve(call, await makeStory(call, 'Goes at once'), site.id)
    const story = await makeStory(call, 'Budget speech')
    const { revision, fields } = await call.stories.get({ id: story })
    const times = { ...fields.times, embargo: hoursFromNow(60) }
    await call.stories.patchFields({ id: story, baseRevision: revision, changeId: newId(), fields: { times } })
    return story
  })
  const list = page.getByRole('listbox', { name: 'Deliveries' })
  const options = list.getByRole('option')
  await expect(options).toHaveCount(3)
  await expect(options.nth(0)).toContainText(/Bridge opens.*City site.*in 1 day/)
  await expect(options.nth(1)).toContainText(/Budget speech.*Embargo ends.*in 2 days.*nothing is queued/)
  await expect(options.nth(2)).toContainText(/Bridge opens.*Practice CMS.*in 3 days/)
  await expect(list.locator('.outbox-heading')).toHaveCount(3)
  await test.step('looked at: light, small, dark', async () => {
    await options.nth(1).click()
    await expect(page.getByRole('region', { name: 'This embargo' })).toContainText('An embargo sends nothing by itself')
    await page.screenshot({ path: info.outputPath('planned.png') })
    expect(await axeFindings(page)).toEqual([])
    await page.setViewportSize({ width: 720, height: 450 })
    await page.screenshot({ path: info.outputPath('planned-small.png') })
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
    await page.screenshot({ path: info.outputPath('planned-dark-rtl.png') })
    await page.evaluate(() => document.documentElement.removeAttribute('dir'))
  })
  await test.step('by keyboard', async () => {
    await list.focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowDown')
    await expect(list.getByRole('option', { selected: true })).toContainText('Budget speech')
    await page.keyboard.press('Enter')
    await expect(new StoryPage(page).headline).toHaveText('Budget speech')
    expect(page.url()).toContain(held)
  })
})

test('the outbox is looked at: light, dark, small, right to left', async ({ desk }, info) => {
  const page = desk.page
  await withCalls(desk.library, async (call) => {
    const { target } = await call.publishing.startPractice({})
    for (const [n, headline] of [
      'Council opens the new bridge to the harbour after two years of work',
      'Ferry fares stay what they are',
      'Weather: storm warning for the coast',
      'Vote on the market hall'
    ].entries())
      await approve(call, await makeStory(call, headline), target.id, 2 + n * 9)
    await approve(call, await makeStory(call, 'What is live already'), target.id)
    await call.publishing.saveTarget({ name: 'City site', kind: 'open', url: 'http://127.0.0.1:9/api', secret: 'x' })
    const [, site] = await call.publishing.targets({})
    if (site) await approve(call, await makeStory(call, 'Waits for the network'), site.id)
  })
  await page
    .getByRole('button', { name: /^Outbox/ })
    .first()
    .click()
  const list = page.getByRole('listbox', { name: 'Deliveries' })
  await expect(list).toContainText('Recently done1')
  const looks = [
    { name: 'light', size: { width: 1440, height: 900 }, scheme: 'light' },
    { name: 'dark', size: { width: 1440, height: 900 }, scheme: 'dark' },
    { name: 'small', size: { width: 800, height: 600 }, scheme: 'light' }
  ] as const
  for (const { name, size, scheme } of looks) {
    await page.setViewportSize(size)
    await page.emulateMedia({ colorScheme: scheme })
    await expect(list.getByRole('option').first()).toBeVisible()
    await page.screenshot({ path: info.outputPath(`${name}.png`) })
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
  await page.screenshot({ path: info.outputPath('rtl.png') })
})

test('of several published together, what is scheduled keeps its hour, until now is said; the notice names the CMS that is paused', async ({
  desk
}, info) => {
  const page = desk.page
  const [planned, plain] = await withCalls(desk.library, async (call) => {
    const { target } = await call.publishing.startPractice({})
    const ids = [await makeStory(call, 'Bridge opens'), await makeStory(call, 'Ferry fares')]
    await approve(call, ids[0] ?? '', target.id, 50)
    await call.publishing.saveTarget({ name: 'Blog', kind: 'open', url: 'http://127.0.0.1:9/' })
    await call.publishing.pause({ targetId: target.id })
    return ids
  })
  const rows = page.getByRole('listbox', { name: 'Stories' })
  await rows.getByRole('option', { name: /Bridge opens/ }).click()
  await rows.getByRole('option', { name: /Ferry fares/ }).click({ modifiers: ['ControlOrMeta'] })
  await page.getByRole('toolbar', { name: 'Chosen stories' }).getByRole('button', { name: 'Publish…' }).click()
  const sheet = page.getByRole('dialog', { name: 'Publish 2 stories' })
  const line = (headline: string) => sheet.getByRole('listitem').filter({ hasText: headline })
  await expect(line('Bridge opens')).toContainText(/Ready.*leaves /)
  await expect(line('Ferry fares')).not.toContainText('leaves')
  await sheet.getByText('Now', { exact: true }).click()
  await expect(line('Bridge opens')).not.toContainText('leaves')
  await sheet.getByText('Each at its hour', { exact: true }).click()
  await page.screenshot({ path: info.outputPath('several.png') })
  await sheet.getByRole('button', { name: 'Publish 2 stories' }).click()
  await expect(line('Bridge opens')).toContainText('Paused · Planned for')
  await expect(line('Ferry fares')).toContainText('Paused')
  const items = await withCalls(desk.library, (call) => call.publishing.outbox({ open: true }))
  expect(items.map(({ storyId, planned: hour }) => [storyId, hour !== null]).toSorted()).toEqual(
    [
      [planned, true],
      [plain, false]
    ].toSorted()
  )
  await sheet.getByRole('button', { name: 'Close' }).click()
  await page
    .getByRole('button', { name: /^Outbox/ })
    .first()
    .click()
  await expect(page.getByText('Paused for Practice CMS: nothing leaves for it')).toBeVisible()
  await expect(page.getByText('2 deliveries not finished').first()).toBeVisible()
  await page.screenshot({ path: info.outputPath('paused-one.png') })
})
