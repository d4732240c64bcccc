import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

test('the host dies while words are typed; when it is back they are all there', async ({ desk }) => {
  const story = new StoryPage(desk.page)
  const address = await story.newStory()
  await story.write(story.body, 'Before. ')
  await story.onDisk()
  const host = await desk.losingHost()
  await desk.page.keyboard.type('While the host was gone. ')
  await expect(story.status).toContainText('NOT SAVED')
  await host.back()
  await desk.page.keyboard.type('After.')
  await expect(story.status).toHaveText(/^On disk \d/)
  await expect(story.body).toHaveText('Before. While the host was gone. After.')
  await expect(new StoryPage(await desk.restart(address)).body).toHaveText('Before. While the host was gone. After.')
})

test('the window is closed in the middle of a sentence; the sentence is on disk', async ({ desk }) => {
  const story = new StoryPage(desk.page)
  const address = await story.newStory()
  await story.write(story.body, 'Typed, and the window shut.')
  await desk.page.close()
  await expect(new StoryPage(await desk.restart(address)).body).toHaveText('Typed, and the window shut.')
})
