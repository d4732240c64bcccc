import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './desk.ts'
import { drop } from './drop.ts'
import { StoryPage } from './story-page.ts'

/** A saved page in the layout of a news site, furniture and all; invented. */
const page = `Ferry service to Port Ellery doubled for the summer

The harbour board will run a boat every six minutes from June, and says the fare stays what it is

By AFP

  • Follow us on
  • google-news
  • whatsapp
  • telegram

Top Stories

Passengers board the early ferry at Quay Street in Port Ellery on Tuesday. AFP
Passengers board the early ferry at Quay Street in Port Ellery on Tuesday. AFP

Published: Tue 12 May 2026, 4:48 PM

Last updated: Tue 12 May 2026, 4:52 PM

The harbour board on Tuesday said it would double the ferry service to Port Ellery for the summer.

"Nobody should wait longer than six minutes," said Ida Brandt, who runs the service.

The bridge has been closed since March after cracks were found in its anchors.

Traders on the east bank had asked for more boats for months.


More news from World`

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

test('a saved page is dropped, reviewed, edited, exported, published offline, and is live exactly once', async ({
  desk
}) => {
  const window = desk.page
  const story = new StoryPage(window)

  await test.step('drop and review', async () => {
    await drop(window, 'ferry.txt', 'text/plain', page)
    const sheet = window.getByRole('dialog', { name: /Review: ferry\.txt/ })
    await expect(sheet).toBeVisible()
    await expect(sheet.getByRole('status')).toContainText('none lost')
    await expect(
      sheet.getByRole('heading', { name: 'Ferry service to Port Ellery doubled for the summer' })
    ).toBeVisible()
    await sheet.getByRole('button', { name: 'Make the story' }).click()
    await expect(sheet).toBeHidden()
  })

  await test.step('every field is where it belongs', async () => {
    await expect(story.headline).toHaveText('Ferry service to Port Ellery doubled for the summer')
    await expect(story.standfirst).toHaveText(
      'The harbour board will run a boat every six minutes from June, and says the fare stays what it is'
    )
    await expect(story.byline).toHaveText('By AFP')
    await expect(story.caption).toHaveText('Passengers board the early ferry at Quay Street in Port Ellery on Tuesday.')
    await expect(story.credit).toHaveText('AFP')
    await expect(story.body.getByRole('paragraph')).toHaveCount(4)
    await expect(window.getByText('whatsapp')).toHaveCount(0)
  })

  await test.step('edit', async () => {
    await story.headline.click()
    await window.keyboard.press('End')
    await window.keyboard.type(', fares kept')
    await story.body.click()
    await window.keyboard.press('ControlOrMeta+End')
    await window.keyboard.press('Enter')
    await window.keyboard.type('The board meets again in June.')
    await expect(story.body.getByRole('paragraph').last()).toHaveText('The board meets again in June.')
    await story.onDisk()
  })

  await test.step('export', async () => {
    await window.keyboard.press('ControlOrMeta+Shift+E')
    const dialog = window.getByRole('dialog', { name: 'Export' })
    await dialog.getByText('ninjs 3.1').click()
    await dialog.getByRole('button', { name: 'Write files' }).click()
    await expect(dialog.getByText('3 files written')).toBeVisible()
    await dialog.getByRole('button', { name: 'Done' }).click()
    const files = readdirSync(desk.exports).toSorted()
    expect(files.map((name) => name.replace(/^.*?(\.[a-z.]+)$/, '$1'))).toEqual([
      '.galley.json',
      '.html',
      '.ninjs.json'
    ])
    const html = readFileSync(join(desk.exports, files.find((name) => name.endsWith('.html')) ?? ''), 'utf8')
    expect(html).toContain('fares kept')
    expect(html).toContain('The board meets again in June.')
    expect(html).not.toContain('whatsapp')
  })

  await test.step('publish to the practice CMS', async () => {
    await window.getByRole('button', { name: 'Publish', exact: true }).click()
    const sheet = window.getByRole('dialog', { name: 'Publish' })
    await sheet.getByRole('button', { name: 'Start the practice CMS' }).click()
    await sheet.getByRole('button', { name: /^Publish to/ }).click()
    // The page named a lead picture that nobody has put in.
    await expect(window.getByRole('dialog', { name: 'Before it goes out' })).toContainText('A picture is still to come')
    await window.getByRole('button', { name: 'Publish anyway' }).click()
    await expect(sheet.getByRole('article', { name: /Live/ })).toBeVisible()
    await expect(sheet.getByText(/exactly what was approved/)).toBeVisible()
    await window.keyboard.press('Escape')
    expect(ledger(desk.library)).toHaveLength(1)
  })

  await test.step('an edit goes out as an update of the same story', async () => {
    await story.standfirst.click()
    await window.keyboard.press('End')
    await window.keyboard.type('.')
    await story.onDisk()
    await window.getByRole('button', { name: 'Publish update' }).click()
    const sheet = window.getByRole('dialog', { name: 'Publish' })
    await sheet.getByRole('button', { name: /^Update on/ }).click()
    await window.getByRole('button', { name: 'Publish anyway' }).click()
    await expect(sheet.getByText('1 earlier delivery')).toBeVisible()
    await expect(sheet.getByRole('article', { name: /Live/ })).toHaveCount(1)
    const puts = ledger(desk.library)
    expect(puts).toHaveLength(2)
    expect(new Set(puts.map((put) => put.id)).size).toBe(1)
  })
})

test('pages that are no story get a plain answer and nothing is stored', async ({ desk }) => {
  const window = desk.page
  await drop(window, 'photo.bin', 'application/octet-stream', '\u0000\u0001\u0002PK\u0003\u0004 not text at all \u0000')
  const sheet = window.getByRole('dialog', { name: /Review/ })
  await expect(sheet.getByText('This cannot be taken in')).toBeVisible()
  await sheet.getByRole('contentinfo').or(sheet).getByRole('button', { name: 'Close' }).first().click()
  await drop(window, 'empty.txt', 'text/plain', '   \n \n')
  await expect(sheet).toBeVisible()
  await expect(sheet.getByText('This cannot be taken in')).toBeVisible()
  await window.keyboard.press('Escape')
  await expect(new StoryPage(window).stories).toHaveCount(0)
})

/** What the practice CMS has accepted, a line for each. */
function ledger(library: string): { readonly id: string; readonly idempotencyKey: string }[] {
  return readFileSync(join(library, 'practice-cms', 'ledger.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { id: string; idempotencyKey: string })
}
