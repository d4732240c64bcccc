import { withCalls } from './calls.ts'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

test('finds in every field and the body, replaces, and takes all of it back at once', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'Hadad speaks')
  await story.write(story.byline, 'By Amal Hadad')
  await story.write(story.body, 'Mrs Hadad, née Haddad, said. Hádad it was')
  await page.keyboard.press('Enter')
  await page.keyboard.type('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')

  await page.keyboard.press('ControlOrMeta+h')
  const bar = page.getByRole('search', { name: 'Find in the story' })
  const find = bar.getByRole('textbox', { name: 'Find' })
  await expect(find).toBeFocused()
  const count = bar.getByRole('status')
  await page.keyboard.type('hadad')
  // From the caret on, and round the end.
  await expect(count).toHaveText('1 of 4')
  await page.keyboard.press('Enter')
  await page.keyboard.press('F3')
  await expect(count).toHaveText('3 of 4')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.press('Shift+F3')
  await page.keyboard.press('Shift+F3')
  await expect(count).toHaveText('4 of 4')
  expect(
    await page.evaluate(() =>
      [...CSS.highlights].filter(([name]) => name.startsWith('galley-found')).map(([name, { size }]) => [name, size])
    )
  ).toEqual([
    ['galley-found', 3],
    ['galley-found-now', 1]
  ])

  await bar.getByRole('button', { name: 'Match accents and letter forms' }).click()
  await expect(count).toHaveText('1 of 3')
  await find.press('Tab')
  await expect(bar.getByRole('textbox', { name: 'Replace with' })).toBeFocused()
  await page.keyboard.type('Haddad')
  for (const key of ['Tab', 'Tab', 'Enter']) await page.keyboard.press(key)
  await expect(count).toHaveText('3 replaced')
  await expect(story.headline).toHaveText('Haddad speaks')
  await expect(story.byline).toHaveText('By Amal Haddad')
  await expect(story.body).toContainText('Mrs Haddad, née Haddad, said. Hádad it was')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(story.headline).toHaveText('Hadad speaks')
  await expect(story.byline).toHaveText('By Amal Hadad')
  await expect(story.body).toContainText('Mrs Hadad, née Haddad, said. Hádad it was')
  await page.keyboard.press('ControlOrMeta+Shift+z')
  await expect(story.headline).toHaveText('Haddad speaks')
  await expect(story.body).toContainText('Mrs Haddad, née')

  // An expression that would go on for hours is ended, and the next is looked for as ever.
  await bar.getByRole('button', { name: 'Regular expression' }).click()
  await find.fill('(a+)+b')
  await expect(count).toHaveText('Took too long')
  await find.fill('Had+ad(?= speaks)|née (H\\w+)')
  await expect(count).toHaveText('1 of 2')
  await page.keyboard.press('Enter')
  await expect(count).toHaveText('2 of 2')
  await page.keyboard.press('Escape')
  await expect(bar).toBeHidden()
  await expect
    .poll(() =>
      page.evaluate(() => [
        [...CSS.highlights.keys()].filter((name) => name.startsWith('galley-found')).length,
        String(getSelection())
      ])
    )
    .toEqual([0, 'née Haddad'])
  await page.keyboard.type('now')
  await expect(story.body).toContainText('Mrs Haddad, now, said.')
  // In the details, which are brought up.
  const social = page.getByRole('textbox', { name: 'Social headline' })
  await social.fill('A zebra at large')
  await page.keyboard.press('ControlOrMeta+Alt+i')
  await expect(social).toBeHidden()
  await page.keyboard.press('ControlOrMeta+f')
  await bar.getByRole('button', { name: 'Regular expression' }).click()
  await find.fill('zebra')
  await expect(bar.getByText('This one is in: Social headline')).toBeVisible()
  await expect(social).toBeVisible()
  await find.press('Escape')
  await expect(social).toBeFocused()
  await page.keyboard.type('lion')
  await expect(social).toHaveValue('A lion at large')
  await story.onDisk()
})

test('a story the library’s search found opens at the words', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'Ferry')
  await story.write(story.body, 'First')
  for (let n = 0; n < 40; n++) await page.keyboard.press('Enter')
  await page.keyboard.type('The harbour master')
  await story.onDisk()
  await story.newStory()
  await story.write(story.headline, 'Another')
  await story.onDisk()
  await page.getByRole('searchbox', { name: 'Search stories' }).fill('master harbour')
  await expect(story.stories).toHaveCount(1)
  await story.stories.first().click()
  const bar = page.getByRole('search', { name: 'Find in the story' })
  await expect(bar.getByRole('status')).toHaveText('1 of 1')
  await expect(bar.getByRole('textbox', { name: 'Find' })).toHaveValue('harbour')
  await expect(story.body.getByText('The harbour master')).toBeInViewport()
  await bar.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Menu', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Find in the story' }).click()
  await expect(page.getByRole('menu')).toHaveCount(0)
  const find = bar.getByRole('textbox', { name: 'Find' })
  await expect(find).toBeFocused()
  await page.keyboard.type('Ferry', { delay: 40 })
  await expect(find).toHaveValue('Ferry')
})

test('whoever writes on far from the present hit is not led away to it', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await withCalls(desk.library, (call) =>
    call.stories.create({
      fields: { headline: 'Ferry timetable' },
      body: {
        version: 1,
        blocks: Array.from({ length: 60 }, (_, at) => ({
          id: `p${at}`,
          type: 'paragraph' as const,
          runs: [{ text: `Paragraph ${at}: the ferry leaves at noon.` }]
        }))
      }
    })
  )
  await story.stories.first().click()
  await expect(story.body).toContainText('Paragraph 59')
  await page.keyboard.press('ControlOrMeta+f')
  const bar = page.getByRole('search', { name: 'Find in the story' })
  await bar.getByRole('textbox', { name: 'Find' }).fill('ferry')
  await expect(bar.getByRole('status')).toHaveText('1 of 61')
  const last = story.body.getByText('Paragraph 59')
  await last.click()
  await page.keyboard.press('End')
  await page.keyboard.type(' So does the other ferry.')
  await expect(bar.getByRole('status')).toHaveText('1 of 62')
  await story.onDisk()
  await expect(last).toBeInViewport()
  // Asked for, it is shown.
  await bar.getByRole('button', { name: 'Next' }).click()
  await expect(bar.getByRole('status')).toHaveText('2 of 62')
  await expect(story.body.getByText('Paragraph 0:')).toBeInViewport()
})
