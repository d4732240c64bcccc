import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

test('a story is written, and is there after a reload and after closing Galley', async ({ desk }) => {
  const story = new StoryPage(desk.page)
  const address = await story.newStory()
  await story.write(story.headline, 'Harbour bridge reopens after nine weeks')
  await story.write(story.standfirst, 'Lorries first, the council says; cars from Monday.')
  await story.write(story.byline, 'By Amal Haddad in Beirut')
  await story.write(story.body, 'The harbour bridge reopened on Monday.')
  await desk.page.keyboard.press('Enter')
  await desk.page.keyboard.press('ControlOrMeta+b')
  await desk.page.keyboard.type('Nobody was hurt.')
  await story.onDisk()
  await expect(story.stories).toHaveCount(1)

  const asWritten = async (page: StoryPage): Promise<void> => {
    await expect(page.headline).toHaveText('Harbour bridge reopens after nine weeks')
    await expect(page.standfirst).toHaveText('Lorries first, the council says; cars from Monday.')
    await expect(page.byline).toHaveText('By Amal Haddad in Beirut')
    await expect(page.body.getByRole('paragraph')).toHaveText([
      'The harbour bridge reopened on Monday.',
      'Nobody was hurt.'
    ])
    await expect(page.body.locator('strong')).toHaveText('Nobody was hurt.')
  }
  await desk.page.reload()
  await asWritten(story)
  await asWritten(new StoryPage(await desk.restart(address)))
})

test('the last words typed before closing are on disk', async ({ desk }) => {
  const story = new StoryPage(desk.page)
  const address = await story.newStory()
  await story.write(story.body, 'Typed and closed at once.')
  await expect(new StoryPage(await desk.restart(address)).body).toHaveText('Typed and closed at once.')
})

test('what was on disk survives being killed', async ({ desk }) => {
  const story = new StoryPage(desk.page)
  const address = await story.newStory()
  await story.write(story.body, 'Acknowledged before the power went.')
  await expect(story.status).toHaveText(/^On disk \d/)
  await expect(new StoryPage(await desk.kill9(address)).body).toHaveText('Acknowledged before the power went.')
})

test('two windows on one story: what is written in one is told to the other', async ({ desk }) => {
  const first = new StoryPage(desk.page)
  const address = await first.newStory()
  await first.write(first.headline, 'Seen from both')
  await first.onDisk()
  const second = new StoryPage(await desk.another(address))
  await expect(second.headline).toHaveText('Seen from both')
  await first.write(first.headline, '')
  await desk.page.keyboard.press('End')
  await desk.page.keyboard.type(' sides')
  await first.onDisk()
  await expect(second.stories.first()).toContainText('Seen from both sides')
})
