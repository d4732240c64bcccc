import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

test('what is packed takes a page in, shows and searches stories, exports and publishes', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  const app = desk.app
  if (!app) throw new Error('a packed app is an app')
  expect(await app.evaluate(({ app: electronApp }) => electronApp.isPackaged)).toBe(true)
  const choose = (id: string): Promise<void> =>
    app.evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id)

  // Shipped files, the database, and pictures through the picture worker.
  await choose('sample')
  await expect(story.stories).toHaveCount(1)
  const lead = page.locator('img[src*="/media/"]').first()
  await expect.poll(() => lead.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)

  // The intake worker.
  const file = join(desk.library, '..', 'page.txt')
  writeFileSync(file, 'A ferry came in late\n\nThe ferry came in three hours late on Monday, the port said.\n')
  await app.evaluate((electron, path) => {
    const { dialog } = electron as unknown as { dialog: { standInAnswer(...answers: unknown[]): void } }
    dialog.standInAnswer({ canceled: false, filePaths: [path] })
  }, file)
  await choose('open-file')
  await page.getByRole('dialog').getByRole('button', { name: 'Make the story' }).click()
  await expect(story.headline).toHaveText('A ferry came in late')
  await expect(story.stories).toHaveCount(2)

  // The reader worker.
  const search = page.getByRole('searchbox', { name: 'Search stories' })
  await search.fill('three hours late')
  await expect(story.stories).toHaveCount(1)
  await search.fill('')

  // Renditions, and the way out.
  const asked = (call: string, input: object): Promise<unknown> =>
    page.evaluate(
      async ([name, given]) =>
        window.galley?.request({ id: Math.floor(Math.random() * 1e9), call: name, input: given }),
      [call, input] as const
    )
  const listed = (await asked('library.page', {
    filter: {},
    sort: 'headline',
    descending: false,
    limit: 10
  })) as { output: { rows: { id: string; headline: string; leadMediaId?: string | null }[] } }
  const ids = listed.output.rows.map(({ id }) => id)
  expect(await asked('exports.write', { ids, formats: ['html'], folder: desk.exports })).toMatchObject({
    ok: true,
    output: { failed: [] }
  })
  const pages = readdirSync(desk.exports, { recursive: true }).map(String)
  expect(pages.filter((name) => name.endsWith('.html'))).toHaveLength(2)
  expect(pages.filter((name) => /\.jpe?g$/.test(name)).length).toBeGreaterThan(0)
  expect(readFileSync(join(desk.exports, pages.find((name) => /ferry.*\.html$/.test(name)) ?? ''), 'utf8')).toContain(
    'three hours late'
  )

  // The outbox, the practice CMS, and the way through the host's network.
  await choose('publish')
  const sheet = page.getByRole('dialog', { name: 'Publish' })
  await sheet.getByRole('button', { name: 'Start the practice CMS' }).click()
  await sheet.getByRole('button', { name: /^Publish to/ }).click()
  await page.getByRole('button', { name: 'Publish anyway' }).click()
  await expect(sheet.getByRole('article', { name: /Live/ })).toBeVisible()
  await expect(sheet.getByText(/exactly what was approved/)).toBeVisible()
})
