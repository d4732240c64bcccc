import { makeStory, withCalls } from './calls.ts'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

interface Fiber {
  readonly flags: number
  readonly type: unknown
  readonly child: Fiber | null
  readonly sibling: Fiber | null
  readonly alternate: Fiber | null
}

declare global {
  interface Window {
    drawnComponents: number
  }
}

/** Runs in the page before React, which tells it of each commit: counts the components that were drawn. */
function countDrawn(): void {
  window.drawnComponents = 0
  const PERFORMED_WORK = 1
  const walk = (next: Fiber, before: Fiber | null): void => {
    const isComponent = typeof next.type === 'function' || (typeof next.type === 'object' && next.type !== null)
    if (isComponent && (before === null || (next.flags & PERFORMED_WORK) !== 0)) window.drawnComponents += 1
    if (before !== null && next.child === before.child) return
    for (let child = next.child; child !== null; child = child.sibling) walk(child, child.alternate)
  }
  Object.defineProperty(window, '__REACT_DEVTOOLS_GLOBAL_HOOK__', {
    value: {
      supportsFiber: true,
      inject: () => 1,
      onCommitFiberRoot: (_id: number, root: { readonly current: Fiber }) => walk(root.current, root.current.alternate),
      onPostCommitFiberRoot: () => undefined,
      onCommitFiberUnmount: () => undefined,
      checkDCE: () => undefined
    }
  })
}

/** Components drawn until a short story is there: 1,586, where the story before was drawn once more 2,338. */
const MOST = 1900

test('opening another story draws what is of that story, and the frame around it stays', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await withCalls(desk.library, async (call) => {
    await makeStory(call, 'Bridge')
    await makeStory(call, 'Harbour')
  })
  await page.addInitScript({ content: `(${countDrawn.toString()})()` })
  await page.reload()
  const open = async (headline: string): Promise<void> => {
    await story.stories.filter({ hasText: headline }).click()
    await expect(story.headline).toHaveText(headline)
  }
  const drawn = (): Promise<number> => page.evaluate(() => window.drawnComponents)
  // What is loaded for the first story is there.
  for (const headline of ['Bridge', 'Harbour', 'Bridge']) await open(headline)
  await expect(story.body).toHaveText('The council spoke of Bridge.')

  // Something of the story before, in each part of the frame.
  await story.write(story.body, 'New. ')
  await page.getByRole('button', { name: / Status$/ }).click()
  await page.getByRole('option', { name: 'Ready', exact: true }).click()
  await page.getByRole('textbox', { name: 'Add a related story' }).fill('har')
  await story.onDisk()
  const bold = await page.getByRole('button', { name: 'Bold', exact: true }).elementHandle()
  const tab = await page.getByRole('tab', { name: 'History' }).elementHandle()

  const before = await drawn()
  await open('Harbour')
  expect((await drawn()) - before).toBeLessThan(MOST)
  expect(await bold?.evaluate((element) => element.isConnected)).toBe(true)
  expect(await tab?.evaluate((element) => element.isConnected)).toBe(true)

  await expect(page.getByRole('button', { name: / Status$/ })).toContainText('Draft')
  await expect(page.getByRole('textbox', { name: 'Add a related story' })).toHaveValue('')
  // The buttons that stayed work on the story that is there.
  await story.body.click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.getByRole('button', { name: 'Bold', exact: true }).click()
  await expect(story.body.locator('strong')).toHaveText('The council spoke of Harbour.')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(story.body.locator('strong')).toHaveCount(0)
  await page.keyboard.press('ControlOrMeta+z')
  await expect(story.body).toHaveText('The council spoke of Harbour.')
  await open('Bridge')
  await expect(story.body).toHaveText(/New\. /)
  await expect(story.body.locator('strong')).toHaveCount(0)
  await expect(page.getByRole('button', { name: / Status$/ })).toContainText('Ready')
})
