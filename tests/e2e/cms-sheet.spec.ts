import { createServer } from 'node:http'
import type { Page } from '@playwright/test'
import { newId } from '../../src/shared/lib/id.ts'
import { FakeGhost } from '../peers/fake-ghost.ts'
import { FakeWordpress } from '../peers/fake-wordpress.ts'
import { freePort } from '../support/host-process.ts'
import { axeFindings } from './axe.ts'
import { addWordpress, approve, arrived, makeStory, withCalls } from './calls.ts'
import { expect, test } from './desk.ts'
import { StoryPage } from './story-page.ts'

async function openSheet(page: Page) {
  await expect(new StoryPage(page).headline).toBeVisible()
  await page
    .getByRole('button', { name: /^(Publish|Live)$/ })
    .first()
    .click()
  const sheet = page.getByRole('dialog', { name: 'Publish' })
  await expect(sheet).toBeVisible()
  return sheet
}

test('the sheet says before an update that a colleague writes in WordPress', async ({ desk }, info) => {
  const site = new FakeWordpress(() => Date.now())
  await site.start()
  const page = desk.page
  try {
    const id = await withCalls(desk.library, async (call) => {
      const target = await addWordpress(call, site)
      const story = await makeStory(call, 'Bridge opens')
      const item = await approve(call, story, target.id)
      await arrived(call, item)
      return story
    })
    // The times of WordPress have whole seconds.
    site.now = () => Date.now() + 2_000
    site.writesIn(site.posts[0]?.id ?? 0, 2)
    await page.goto(new URL(`/story/${id}`, page.url()).href)
    const sheet = await openSheet(page)
    await expect(sheet.getByText(/Ana Kos has changes in WordPress that are not saved yet/)).toBeVisible()
    await page.screenshot({ path: info.outputPath('at-work.png') })
    expect(await axeFindings(page)).toEqual([])
  } finally {
    await site.stop()
  }
})

test('the settings say whom bylines are on the CMS, and a choice is kept', async ({ desk }, info) => {
  const site = new FakeWordpress(() => Date.now())
  site.people.push({ id: 3, name: 'The desk of the city', slug: 'city' })
  await site.start()
  const page = desk.page
  try {
    const id = await withCalls(desk.library, async (call) => {
      const target = await addWordpress(call, site)
      const story = await makeStory(call, 'Bridge opens')
      const { revision } = await call.stories.get({ id: story })
      const fields = { byline: 'By Ana Kos and Lea Sun' }
      await call.stories.patchFields({ id: story, baseRevision: revision, changeId: newId(), fields })
      return { story, target: target.id }
    })
    await page.goto(new URL('/settings', page.url()).href)
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Edit this CMS' })
    await dialog.getByText('Authors: by their names').click()
    await expect(dialog.getByRole('button', { name: /Ana Kos/ })).toContainText('By name: Ana Kos')
    const lea = dialog.getByRole('button', { name: /Lea Sun/ })
    await expect(lea).toContainText('no match there')
    await lea.click()
    await page.getByRole('option', { name: 'The desk of the city' }).click()
    await dialog.getByRole('button', { name: /Ana Kos/ }).click()
    await page.getByRole('option', { name: 'Galley’s account', exact: true }).click()
    await expect(dialog.getByText('Authors: 2 chosen')).toBeVisible()
    await page.screenshot({ path: info.outputPath('authors.png') })
    expect(await axeFindings(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()
    await withCalls(desk.library, async (call) => {
      const item = await approve(call, id.story, id.target)
      await arrived(call, item)
    })
    expect(site.posts[0]?.author).toBe(3)
  } finally {
    await site.stop()
  }
})

test('a newsletter goes out where it is ticked for a first publication, and is not offered again', async ({
  desk
}, info) => {
  const ghost = new FakeGhost(() => Date.now())
  await ghost.start()
  const page = desk.page
  try {
    const [first, second] = await withCalls(desk.library, async (call) => {
      await call.publishing.saveTarget({ name: 'The blog', kind: 'ghost', url: ghost.url, secret: ghost.key })
      return [await makeStory(call, 'Bridge opens'), await makeStory(call, 'Ferry stops')]
    })
    await page.goto(new URL(`/story/${first}`, page.url()).href)
    let sheet = await openSheet(page)
    const letters = sheet.getByRole('group', { name: 'By mail' })
    const newsroom = letters.getByRole('checkbox', { name: /the newsletter “Newsroom” too/ })
    const morning = letters.getByRole('checkbox', { name: /The morning letter/ })
    await expect(letters).toContainText('To 1,234 members, once')
    await expect(newsroom).not.toBeChecked()
    await letters.getByText('the newsletter “Newsroom” too').click()
    await letters.getByText('The morning letter').click()
    await expect(newsroom).not.toBeChecked()
    await expect(morning).toBeChecked()
    await page.screenshot({ path: info.outputPath('newsletter.png') })
    await test.step('what would be sent is shown, without the key', async () => {
      await sheet.getByText('What would be sent').click()
      const requests = sheet.locator('.would-be-sent')
      await expect(requests.getByRole('listitem')).toHaveCount(2)
      await expect(requests).toContainText(
        `PUT ${ghost.url}/ghost/api/admin/posts/ID/?formats=lexical&newsletter=morning`
      )
      await expect(requests).toContainText('Bridge opens')
      await expect(requests).not.toContainText(ghost.key.slice(-20))
      await requests.scrollIntoViewIfNeeded()
      await page.screenshot({ path: info.outputPath('would-be-sent.png') })
    })
    expect(await axeFindings(page)).toEqual([])
    await sheet.getByRole('button', { name: 'Publish to The blog' }).click()
    await expect(sheet.getByRole('article', { name: /Live/ })).toBeVisible({ timeout: 20_000 })
    expect(ghost.mailed).toEqual(['morning'])
    await expect(letters).toBeHidden()

    await page.goto(new URL(`/story/${second}`, page.url()).href)
    sheet = await openSheet(page)
    await expect(sheet.getByRole('group', { name: 'By mail' })).toBeVisible()
    await sheet.getByRole('button', { name: 'Publish to The blog' }).click()
    await expect(sheet.getByRole('article', { name: /Live/ })).toBeVisible({ timeout: 20_000 })
    expect(ghost.mailed).toEqual(['morning'])
  } finally {
    await ghost.stop()
  }
})

test('what is said of an address goes with it, and a slow one holds nobody up who has corrected it', async ({
  desk
}, info) => {
  const site = new FakeWordpress(() => Date.now())
  const ghost = new FakeGhost(() => Date.now())
  await Promise.all([site.start(), ghost.start()])
  // Takes a request, and passes it on when it is let.
  let letOn = (): void => undefined
  const isLet = new Promise<void>((resolve) => {
    letOn = resolve
  })
  const slow = createServer((request, response) => {
    void isLet.then(async () => {
      const answer = await fetch(new URL(request.url ?? '/', site.url))
      response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
    })
  })
  const port = await freePort()
  await new Promise<void>((resolve) => {
    slow.listen(port, '127.0.0.1', resolve)
  })
  const page = desk.page
  try {
    await page.goto(new URL('/settings', page.url()).href)
    await page.getByRole('button', { name: 'Add a CMS…' }).click()
    const adding = page.getByRole('dialog', { name: 'Add a CMS' })
    const address = adding.getByRole('textbox', { name: /^Address/ })
    await expect(address).toBeFocused()
    const find = adding.getByRole('button', { name: 'Find out what it is' })
    await address.fill(`http://127.0.0.1:${await freePort()}`)
    await address.press('Enter')
    await expect(adding).toContainText('Nothing responds at this address')
    // A slip has no name, and nothing can be saved under it.
    await expect(adding.getByRole('textbox', { name: 'Name', exact: true })).toHaveCount(0)
    await expect(adding.getByRole('button', { name: 'Save' })).toBeDisabled()

    await address.fill(`http://127.0.0.1:${port}`)
    await expect(adding).not.toContainText('Nothing responds at this address')
    await find.click()
    await expect(find).toHaveAttribute('data-pending', 'true')

    await address.fill(site.url)
    await find.click()
    await expect(adding).toContainText('This is a WordPress site.')
    await address.fill(`http://127.0.0.1:${port}`)
    await expect(adding).not.toContainText('This is a WordPress site.')

    // A name that is typed while somebody waits stays.
    const name = adding.getByRole('textbox', { name: 'Name', exact: true })
    await name.fill('')
    await find.click()
    await expect(find).toHaveAttribute('data-pending', 'true')
    await name.fill('City Desk')
    letOn()
    await expect(adding).toContainText('This is a WordPress site.')
    await expect(name).toHaveValue('City Desk')

    // Emptied, it is the site's own again; Enter saves, and what was added is tested at once.
    await name.fill('')
    await address.fill(site.url)
    await address.press('Enter')
    await expect(name).toHaveValue('News')
    // The name of a site goes with its address.
    await address.fill(ghost.url)
    await address.press('Enter')
    await expect(adding).toContainText('This is a Ghost site.')
    await expect(name).toHaveValue('Newsroom')
    await address.fill(site.url)
    await address.press('Enter')
    await expect(name).toHaveValue('News')
    await adding.getByRole('textbox', { name: 'User name' }).fill(site.user)
    await adding.getByLabel('Application password').fill('wrong')
    // Once, however often it is pressed.
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await expect(adding).toBeHidden()
    const row = page.getByRole('listitem').filter({ hasText: site.url })
    await expect(row).toContainText('News')
    expect(await withCalls(desk.library, (call) => call.publishing.targets({}))).toHaveLength(1)
    await expect(row.locator('.g-notice')).toContainText('password')
    await page.screenshot({ path: info.outputPath('added.png') })
  } finally {
    slow.closeAllConnections()
    slow.close()
    await Promise.all([site.stop(), ghost.stop()])
  }
})
