import type { Page } from '@playwright/test'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

/** An engine that starts on a busy machine takes its time. */
const COLD = { timeout: 60_000 }

/** The words that are underlined, as the page has them. */
function marked(page: Page, kind: 'spelling' | 'grammar' = 'spelling'): Promise<string[]> {
  return page.evaluate(
    (name) => [...((CSS.highlights.get(name) as Iterable<Range> | undefined) ?? [])].map(String),
    `galley-${kind}`
  )
}

test.describe.configure({ timeout: 180_000 })

test('what is misspelt is underlined in every field, without a change to the page', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'Bridge over the canall opens ')
  await story.write(story.body, 'The the coucil said so on Monday. A second sentense here.')
  await expect.poll(() => marked(page), COLD).toEqual(['canall', 'coucil', 'sentense'])
  expect(await marked(page, 'grammar')).toEqual(['The the'])
  // The page is as it was, and the browser's own checker leaves it alone.
  await expect(story.body.locator('p')).toHaveText('The the coucil said so on Monday. A second sentense here.')
  expect(await story.body.evaluate((element) => [(element as HTMLElement).spellcheck, element.innerHTML])).toEqual([
    false,
    expect.not.stringMatching(/<mark|galley/)
  ])
  // A word is looked at when it is done.
  await page.keyboard.type(' And anothr')
  await expect.poll(() => marked(page)).toEqual(['canall', 'coucil', 'sentense'])
  await page.keyboard.type(' one.')
  await expect.poll(() => marked(page)).toEqual(['canall', 'coucil', 'sentense', 'anothr'])
})
