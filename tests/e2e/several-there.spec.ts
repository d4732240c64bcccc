import { FakeWordpress } from '../peers/fake-wordpress.ts'
import { addWordpress, hoursFromNow, makeStory, withCalls } from './calls.ts'
import { newId } from '../../src/shared/lib/id.ts'
import { expect, test } from './desk.ts'

test('publishing several says where the site gets it now and publishes it at its hour', async ({ desk }) => {
  const site = new FakeWordpress(() => Date.now())
  await site.start()
  const page = desk.page
  try {
    await withCalls(desk.library, async (call) => {
      await addWordpress(call, site)
      const id = await makeStory(call, 'Bridge opens')
      await makeStory(call, 'Ferry fares')
      const { revision, fields } = await call.stories.get({ id })
      const times = { ...fields.times, planned: hoursFromNow(5) }
      await call.stories.patchFields({ id, baseRevision: revision, changeId: newId(), fields: { times } })
    })
    const rows = page.getByRole('listbox', { name: 'Stories' })
    await rows.getByRole('option', { name: /Bridge opens/ }).click()
    await rows.getByRole('option', { name: /Ferry fares/ }).click({ modifiers: ['ControlOrMeta'] })
    await page.getByRole('toolbar', { name: 'Chosen stories' }).getByRole('button', { name: 'Publish…' }).click()
    const sheet = page.getByRole('dialog', { name: 'Publish 2 stories' })
    const line = (headline: string) => sheet.getByRole('listitem').filter({ hasText: headline })
    await expect(line('Bridge opens')).toContainText('the site gets it now and publishes it')
    await expect(line('Ferry fares')).not.toContainText('the site gets it now')
    await sheet.getByRole('button', { name: 'Publish 2 stories' }).click()
    await expect(line('Bridge opens')).toContainText('Sent to the site, which publishes it')
  } finally {
    await site.stop()
  }
})
