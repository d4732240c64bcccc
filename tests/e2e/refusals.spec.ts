import { newId } from '../../src/shared/lib/id.ts'
import { axeFindings } from './axe.ts'
import { makeStory, withCalls } from './calls.ts'
import { expect, test } from './desk.ts'
import { drop } from './drop.ts'
import { StoryPage } from './story-page.ts'

test('what is refused is said in the dialog it was asked for in, and goes with the next try', async ({
  desk
}, info) => {
  const { page } = desk
  const notices = page.getByRole('region', { name: 'Notices' })
  const id = await withCalls(desk.library, (call) => makeStory(call, 'Ferry fares'))
  await page.goto(new URL(`/story/${id}`, page.url()).href)
  const sheet = page.getByRole('dialog', { name: 'Publish' })
  await expect(new StoryPage(page).headline).toBeVisible()
  await page
    .getByRole('button', { name: /^Publish$/ })
    .first()
    .click()

  await test.step('in a dialog, which the sheet of a story leads to where there is no CMS yet', async () => {
    await sheet.getByRole('button', { name: 'Add a CMS…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add a CMS' })
    await dialog.getByRole('button', { name: /Kind of CMS/ }).click()
    await page.getByRole('option', { name: 'Open endpoint' }).click()
    const name = dialog.getByRole('textbox', { name: 'Name', exact: true })
    await name.fill('The site '.repeat(100))
    await dialog.getByRole('textbox', { name: 'Address of the endpoint' }).fill('https://example.org')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByRole('alert')).toBeVisible()
    // Once: not behind the dialog as well.
    await expect(notices.getByRole('alert')).toHaveCount(0)
    await page.screenshot({ path: info.outputPath('dialog.png') })
    expect(await axeFindings(page)).toEqual([])
    // It goes as soon as the cause is mended; a button pressed meanwhile stays under the press.
    await name.fill('The site')
    await expect(dialog.getByRole('alert')).toHaveCount(0)
    await name.fill('The site '.repeat(100))
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByRole('alert')).toBeVisible()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog).toHaveCount(0)
    await expect(page.getByRole('alert')).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Add a CMS…' })).toBeFocused()
  })

  await test.step('and is not said again where somebody goes from there', async () => {
    await page.getByRole('button', { name: 'Add a CMS…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add a CMS' })
    await dialog.getByRole('button', { name: /Kind of CMS/ }).click()
    await page.getByRole('option', { name: 'Open endpoint' }).click()
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('The site '.repeat(100))
    await dialog.getByRole('textbox', { name: 'Address of the endpoint' }).fill('https://example.org')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByRole('alert')).toBeVisible()
    await page.mouse.click(4, 4)
    await expect(dialog).toHaveCount(0)
    // What is handed on comes with the next turn, and is drawn with the next frame.
    await page.evaluate(() => new Promise((passed) => setTimeout(() => requestAnimationFrame(passed))))
    await expect(page.getByRole('alert')).toHaveCount(0)
  })

  await test.step('and the sheet, which was gone from, does not come back over a story', async () => {
    await page.goBack()
    await expect(new StoryPage(page).headline).toHaveText('Ferry fares')
    await expect(sheet).toHaveCount(0)
  })
})

test('what a test of a CMS came to is said beside it, and nowhere else', async ({ desk }, info) => {
  const { page } = desk
  await withCalls(desk.library, async (call) => {
    for (const name of ['City site', 'Magazine'])
      await call.publishing.saveTarget({ name, kind: 'open', url: 'http://127.0.0.1:9/api' })
  })
  await page.goto(new URL('/settings', page.url()).href)
  const row = page.getByRole('listitem').filter({ hasText: 'Magazine' })
  await row.getByRole('button', { name: 'Test' }).click()
  await expect(row.getByRole('alert')).toBeInViewport({ ratio: 1 })
  await expect(page.getByRole('alert')).toHaveCount(1)
  await page.screenshot({ path: info.outputPath('test.png') })
  // It is being put right.
  await row.getByRole('button', { name: 'Edit', exact: true }).click()
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('that the clipboard takes nothing is said in the dialog that offers a copy, not behind it', async ({ desk }) => {
  const { page } = desk
  const story = new StoryPage(page)
  await story.newStory()
  await story.write(story.headline, 'Ferry')
  await story.onDisk()
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  const dialog = page.getByRole('alertdialog')
  await withCalls(desk.library, async (call) => {
    // Both change the headline before either knows of the other: which is first is the machine's to say.
    await expect(async () => {
      const { revision } = await call.stories.get({ id })
      await page.keyboard.type('s')
      const fields = { headline: 'Boat' }
      await call.stories.patchFields({ id, baseRevision: revision, changeId: newId(), fields })
      await expect(dialog).toBeVisible({ timeout: 2_000 })
    }).toPass()
  })
  // As where a policy of the house keeps pages from the clipboard.
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))
  })
  await dialog.getByRole('button', { name: /^Copy/ }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Notices' }).getByRole('alert')).toHaveCount(0)
})

test('that the clipboard does not take the address of a link is said, and the link stays', async ({ desk }) => {
  const { page } = desk
  await withCalls(desk.library, (call) =>
    call.stories.create({
      fields: { headline: 'Bridge' },
      body: {
        version: 1,
        blocks: [{ id: 'a', type: 'paragraph', runs: [{ text: 'bridge', link: { href: 'https://example.org/old' } }] }]
      }
    })
  )
  await page.getByRole('option', { name: /Bridge/ }).click()
  const { body } = new StoryPage(page)
  // As where a policy of the house keeps pages from the clipboard.
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))
  })
  await body.locator('a').click()
  await page.getByRole('group', { name: 'Link', exact: true }).getByRole('button', { name: 'Copy the address' }).click()
  await expect(page.getByText('The address could not be copied.')).toHaveCount(1)
  await expect(page.getByText('The address could not be copied.')).toBeVisible()
  await expect(body).toBeFocused()
  await expect(body.locator('a')).toHaveAttribute('href', 'https://example.org/old')
})

test('what of a drop does not come in is said, and keeps nothing else out', async ({ desk }) => {
  const { page } = desk
  await test.step('a picture without a story to go to', async () => {
    await drop(page, 'boat.png', 'image/png', 'not looked at')
    await expect(page.getByText('Open a story first; then drop the picture on it.')).toBeVisible()
  })
  await test.step('words that were dragged from somewhere are no file', async () => {
    await page.evaluate(() => {
      const data = new DataTransfer()
      data.items.add(new File([], 'Folder'))
      // A folder nobody can look into carries the type of a file, and no file.
      Object.defineProperty(data, 'files', { value: [] })
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
    })
    await expect(page.getByText('Only files can be dropped here.')).toBeVisible()
  })
  await test.step('a file that cannot be read, beside one that can', async () => {
    // As of a file that is somebody else's, or was moved away meanwhile.
    await page.evaluate(() => {
      const { arrayBuffer } = Blob.prototype
      Blob.prototype.arrayBuffer = function (this: Blob) {
        const isGone = this instanceof File && this.name === 'gone.txt'
        return isGone ? Promise.reject(new DOMException('', 'NotReadableError')) : arrayBuffer.call(this)
      }
      const data = new DataTransfer()
      data.items.add(new File(['x'], 'gone.txt', { type: 'text/plain' }))
      data.items.add(new File(['A bridge closes\n\nThe harbour bridge closed, officials said.'], 'bridge.txt'))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
    })
    const review = page.getByRole('dialog', { name: /Review/ })
    await expect(review).toBeVisible()
    const said = page.getByRole('alert').filter({ hasText: '“gone.txt” could not be read and was not added.' })
    await expect(said).toBeVisible()
    // Nothing lies over it: no corner of it belongs to the dialog.
    await expect
      .poll(() =>
        said.evaluate((toast) => {
          const { left, right, top, bottom } = toast.getBoundingClientRect()
          const corners = [left + 12, right - 12].flatMap((x) => [top + 4, bottom - 4].map((y) => [x, y] as const))
          return corners.every(([x, y]) => toast.contains(document.elementFromPoint(x, y)))
        })
      )
      .toBe(true)
    // And it covers nothing of the dialog, however low the window is.
    for (const size of [
      { width: 720, height: 450 },
      { width: 1440, height: 900 }
    ]) {
      await page.setViewportSize(size)
      await expect
        .poll(async () => {
          const [notice, dialog] = [await said.boundingBox(), await review.boundingBox()]
          return notice !== null && dialog !== null && notice.y >= dialog.y + dialog.height
        })
        .toBe(true)
    }
    await said.getByRole('button', { name: 'Dismiss' }).click()
    await expect(said).toHaveCount(0)
    await expect(review).toBeVisible()
  })
})
