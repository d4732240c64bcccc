import { makeStory, withCalls } from './calls.ts'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

test('Escape closes what is open, whatever was shown before', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'Keys')
  // A tooltip takes Escape for as long as it is there, and no longer.
  await page.getByRole('button', { name: 'Bold' }).hover()
  await expect(page.getByRole('tooltip')).toBeVisible()
  await story.headline.hover()
  await expect(page.getByRole('tooltip')).toBeHidden()
  for (const [button, title] of [
    ['Publish', 'Publish'],
    ['Export', 'Export']
  ] as const) {
    await page.getByRole('button', { name: button, exact: true }).click()
    const dialog = page.getByRole('dialog', { name: title })
    await expect(dialog).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  }
})

test('Escape with nothing to close leaves the caret where it is', async ({ desk }) => {
  const story = new StoryPage(desk.page)
  await story.newStory()
  await story.write(story.body, 'Still ')
  await desk.page.keyboard.press('Escape')
  await desk.page.keyboard.type('here')
  await expect(story.body).toHaveText('Still here')
})

test('select all takes the whole of a text, and never the desk', async ({ desk }) => {
  const story = new StoryPage(desk.page)
  await story.newStory()
  await story.write(story.body, 'All of this')
  const selected = (): Promise<string> => desk.page.evaluate(() => getSelection()?.toString() ?? '')
  await desk.page.keyboard.press('ControlOrMeta+a')
  expect(await selected()).toBe('All of this')
  await desk.page.getByRole('button', { name: 'Export', exact: true }).focus()
  await desk.page.keyboard.press('ControlOrMeta+a')
  expect(await selected()).not.toContain('Draft')
})

test('the keys that publish do so from wherever the focus is', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'Keys')
  const sheet = page.getByRole('dialog', { name: 'Publish' })
  // One that has the focus by a click: a tab takes it once more in the next frame after a script has given it.
  const tab = page.getByRole('tab', { name: 'Times' })
  await tab.click()
  await expect(tab).toHaveAttribute('aria-selected', 'true')
  for (const begin of [
    () => Promise.resolve(),
    () => page.getByRole('button', { name: 'Export', exact: true }).focus(),
    () => page.getByRole('searchbox').first().focus(),
    async () => {
      const embargo = page.getByRole('region', { name: 'Embargo' })
      await embargo.getByRole('radio', { name: 'Embargoed' }).click({ force: true })
      await embargo.getByRole('spinbutton').last().focus()
    },
    () => story.headline.focus()
  ]) {
    await begin()
    await page.keyboard.press('ControlOrMeta+Shift+Enter')
    await expect(sheet).toBeVisible()
    await expect(sheet).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(sheet).toBeHidden()
  }
})

test('a key works although what another part of the desk needs never comes', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  const address = await story.newStory()
  await page.route(/\/assets\/IntakeSheet-[^/]*\.js$/, () => undefined)
  await page.goto(new URL(address, page.url()).href)
  await expect(story.body).toBeVisible()
  await page.keyboard.press('ControlOrMeta+Shift+Enter')
  await expect(page.getByRole('dialog', { name: 'Publish' })).toBeVisible()
})

test('what is typed into a story goes to its text, whichever button had the focus in the one before', async ({
  desk
}) => {
  const { page } = desk
  const story = new StoryPage(page)
  await withCalls(desk.library, async (call) => {
    for (const headline of ['Bridge', 'Harbour', 'Ferry']) await makeStory(call, headline)
  })
  const choose = async (headline: string): Promise<void> => {
    await page.keyboard.press('ControlOrMeta+p')
    await expect(page.getByRole('dialog', { name: 'Open a story' }).getByRole('combobox')).toBeFocused()
    await page.keyboard.type(headline)
    await page.keyboard.press('Enter')
    await expect(story.headline).toHaveText(headline)
  }
  await choose('Bridge')
  await story.body.click()
  await page.keyboard.press('ControlOrMeta+End')
  await choose('Harbour')
  const publish = page.getByRole('button', { name: 'Publish', exact: true })
  await publish.click()
  await expect(page.getByRole('dialog', { name: 'Publish' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(publish).toBeFocused()
  await choose('Bridge')
  await expect(story.body).toBeFocused()
  await page.keyboard.type(' The mayor')
  await expect(story.body).toHaveText('The council spoke of Bridge. The mayor')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  // Nobody has written in this one: its page has the focus, and no tab.
  const times = page.getByRole('tab', { name: 'Times' })
  await times.click()
  await expect(times).toBeFocused()
  await choose('Ferry')
  await expect(page.locator('.page')).toBeFocused()

  // Someone who goes through the list stays in it.
  await story.stories.filter({ hasText: 'Harbour' }).click()
  await expect(story.headline).toHaveText('Harbour')
  const list = page.getByRole('listbox', { name: 'Stories' })
  for (const key of ['ArrowUp', 'Enter']) await page.keyboard.press(key)
  await expect(story.headline).not.toHaveText('Harbour')
  await expect(list).toBeFocused()
})
