import type { Page, WebSocketRoute } from '@playwright/test'
import { makeStory, withCalls } from './calls.ts'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

/** Lets the window ask for everything but for the body of one story, until `release`. */
async function holdBack(page: Page, storyId: string): Promise<{ release(): void }> {
  const held: (() => void)[] = []
  let isOver = false
  const isAsked = (message: string | Buffer): boolean =>
    String(message).includes('"stories.get"') && String(message).includes(storyId)
  await page.routeWebSocket(/.*/, (socket: WebSocketRoute) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => {
      if (!isOver && isAsked(message)) held.push(() => server.send(message))
      else server.send(message)
    })
  })
  await page.reload()
  return {
    release() {
      isOver = true
      for (const send of held.splice(0)) send()
    }
  }
}

test('while the next story is being opened, what is typed into the one in sight is kept, and keys wait for the next', async ({
  desk
}) => {
  const { page } = desk
  const [first, next] = await withCalls(desk.library, async (call) => [
    await makeStory(call, 'Bridge closes'),
    await makeStory(call, 'Ferry sails')
  ])
  const story = new StoryPage(page)
  const line = await holdBack(page, next ?? '')
  await story.stories.filter({ hasText: 'Bridge closes' }).click()
  await expect(story.headline).toHaveText('Bridge closes')
  await story.stories.filter({ hasText: 'Ferry sails' }).click()
  await expect(page).toHaveURL(new RegExp(`${next}$`))
  await story.body.click()
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type(' Late words.')
  const stored = (): Promise<string> =>
    withCalls(desk.library, async (call) => JSON.stringify((await call.stories.get({ id: first ?? '' })).body))
  await expect.poll(stored).toContain('Late words.')
  await page.keyboard.type(' The last.')
  await page.keyboard.press('ControlOrMeta+f')
  const bar = page.getByRole('search', { name: 'Find in the story' })
  line.release()
  await expect(story.headline).toHaveText('Ferry sails')
  await expect(bar.getByRole('textbox', { name: 'Find' })).toBeFocused()
  await page.keyboard.type('ferry')
  await expect(bar.getByRole('status')).toHaveText(/^\d of \d$/)
  await expect.poll(stored).toContain('Late words. The last.')
})
