import type { Page } from '@playwright/test'
import type { Block } from '../../src/shared/document/document.ts'
import { newId } from '../../src/shared/lib/id.ts'
import { withCalls } from './calls.ts'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

test.describe.configure({ timeout: 180_000 })
test.use({ spelling: true })

const PARAGRAPHS = 24
const AIM = 12

function paragraph(headline: string, at: number): Block {
  return {
    id: `p${at}`,
    type: 'paragraph',
    runs: [{ text: `Line ${at} of ${headline}: the coucil met and the ferry left.` }]
  }
}

/** The last line of the middle paragraph is clicked and written into at once, without waiting for anything. */
async function writeIntoMiddle(page: Page, story: StoryPage, text: string): Promise<void> {
  const aim = story.body.locator('p').nth(AIM)
  const height = await aim.evaluate((element) => element.clientHeight)
  await aim.click({ position: { x: 8, y: height - 8 } })
  await page.keyboard.press('End')
  await page.keyboard.type(text)
}

test('what is typed stays in one piece, whatever the desk is doing in that moment', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  const ids: Record<string, string> = {}
  await withCalls(desk.library, async (call) => {
    for (const headline of ['Bridge', 'Harbour']) {
      const blocks = Array.from({ length: PARAGRAPHS }, (_, at) => paragraph(headline, at))
      ids[headline] = (await call.stories.create({ fields: { headline }, body: { version: 1, blocks } })).id
    }
  })
  const slow = await page.context().newCDPSession(page)
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 3 })
  const open = async (headline: string): Promise<void> => {
    await story.stories.filter({ hasText: headline }).click()
    await expect(story.headline).toHaveText(headline)
  }
  let written = ''
  const write = async (text: string): Promise<void> => {
    await writeIntoMiddle(page, story, text)
    written += text
    await expect(story.body.locator('p').nth(AIM)).toHaveText(`${textOf('Bridge')}${written}`.trimEnd())
  }

  // The first story of the window: its tools are being loaded.
  await open('Bridge')
  await write(' The story has just been opened.')
  // While the engine starts and its first marks come.
  for (let turn = 0; turn < 6; turn += 1) await write(` Turn ${turn} while the engine starts.`)
  // Back from another story, whose caret was elsewhere.
  await open('Harbour')
  await open('Bridge')
  await write(' Back from another story.')
  // A panel that has just been shown.
  await page.getByRole('tab', { name: /^Checks/ }).click()
  await write(' The checks were just shown.')
  // A search that scrolls to its first hit.
  await page.keyboard.press('ControlOrMeta+f')
  await page.getByRole('search').getByRole('textbox', { name: 'Find', exact: true }).fill('Line 0')
  await write(' The search has just found something.')
  // Somebody else changes a field of the same story, and the desk its settings.
  const other = withCalls(desk.library, async (call) => {
    for (const kicker of ['One', 'Two', 'Three']) {
      const { revision } = await call.stories.get({ id: ids['Bridge'] ?? '' })
      const change = { id: ids['Bridge'] ?? '', baseRevision: revision, changeId: newId(), fields: { kicker } }
      // Refused where something was saved in between.
      await call.stories.patchFields(change).catch(() => null)
      await call.settings.set({ spelling: kicker === 'Two' })
    }
  })
  await write(' Meanwhile others change the kicker and the desk its settings, and words go on and on.')
  await other
  await write(' And it ends here.')

  await story.onDisk()
  await withCalls(desk.library, async (call) => {
    const { body } = await call.stories.get({ id: ids['Bridge'] ?? '' })
    const expected = Array.from({ length: PARAGRAPHS }, (_, at) => paragraph('Bridge', at))
    expected[AIM] = { id: `p${AIM}`, type: 'paragraph', runs: [{ text: `${textOf('Bridge')}${written}` }] }
    expect(body.blocks).toEqual(expected)
  })
})

function textOf(headline: string): string {
  return `Line ${AIM} of ${headline}: the coucil met and the ferry left.`
}
