import { groupedFingerprint } from '../../src/shared/publishing/certificate.ts'
import { FakeWordpress } from '../peers/fake-wordpress.ts'
import { makeCertificate } from '../support/certificates.ts'
import { TlsFront } from '../support/tls-front.ts'
import { axeFindings } from './axe.ts'
import { approve, arrived, makeStory, withCalls } from './calls.ts'
import { expect, test } from './desk.ts'

test('a certificate that nobody knows is looked at, trusted for one CMS, exchanged and looked at again', async ({
  desk
}, info) => {
  const site = new FakeWordpress(() => Date.now())
  await site.start()
  const first = makeCertificate({ organisation: 'City Desk', names: ['cms.city-desk.example'] })
  const second = makeCertificate({ organisation: 'Somebody else' })
  const front = await TlsFront.start(site.url, first)
  site.home = front.url
  const page = desk.page
  try {
    await page.goto(new URL('/settings', page.url()).href)
    await page.getByRole('button', { name: 'Add a CMS…' }).click()
    const adding = page.getByRole('dialog', { name: 'Add a CMS' })
    const shown = adding.getByRole('region', { name: 'Certificate' })
    await test.step('what is there is asked, by keys: the certificate is in the way', async () => {
      await adding.getByRole('textbox', { name: 'Address' }).fill(front.url)
      await adding.getByRole('button', { name: 'Find out what it is' }).press('Enter')
      await expect(shown.getByRole('alert')).toContainText('nobody else vouches for it')
      await expect(shown.getByRole('alert')).toContainText('It is for another address')
      await expect(shown).toContainText('cms.city-desk.example')
      await expect(shown).toContainText('City Desk')
      await expect(shown).toContainText(groupedFingerprint(first.fingerprint))
      await shown.getByRole('button', { name: 'Copy the fingerprint' }).click()
      await expect(page.getByText('The fingerprint is on the clipboard.')).toBeVisible()
      await page.screenshot({ path: info.outputPath('in-the-way.png') })
      expect([...front.told.values()]).toEqual([])
    })

    await test.step('it is trusted: the kind is found, and the CMS is added', async () => {
      await shown.getByRole('button', { name: 'Trust this certificate for this CMS' }).press('Enter')
      await expect(adding).toContainText('This is a WordPress site.')
      await expect(shown).toContainText('You trust this one certificate')
      await page.screenshot({ path: info.outputPath('trusted.png') })
      await adding.getByRole('textbox', { name: 'User name' }).fill(site.user)
      await adding.getByLabel('Application password').fill(site.password)
      await adding.getByRole('button', { name: 'Save' }).click()
      await expect(adding).toHaveCount(0)
    })
    const row = page.getByRole('listitem').filter({ hasText: front.url })
    await row.getByRole('button', { name: 'Test' }).click()
    await expect(page.getByText('WordPress replies and knows')).toBeVisible()

    front.show(second)
    await test.step('another one: the outbox stops, and leads to it', async () => {
      const id = await withCalls(desk.library, async (call) => {
        const [target] = await call.publishing.targets({})
        const queued = await approve(call, await makeStory(call, 'Bridge opens'), target?.id ?? '')
        await expect.poll(async () => (await call.publishing.item({ id: queued })).state).toBe('paused')
        return queued
      })
      await page.goto(new URL('/outbox', page.url()).href)
      const card = page.getByRole('article')
      await expect(card).toContainText('The CMS shows another certificate than the one you trusted')
      await page.screenshot({ path: info.outputPath('stopped.png') })
      await card.getByRole('button', { name: 'Look at the certificate' }).press('Enter')
      const dialog = page.getByRole('dialog', { name: 'The certificate of News' })
      await expect(dialog.getByRole('alert')).toContainText('another certificate than the one you trusted')
      await expect(dialog).toContainText('Somebody else')
      await expect(dialog).toContainText(groupedFingerprint(second.fingerprint))
      expect(front.told.get(second)).toBeUndefined()
      await page.setViewportSize({ width: 800, height: 600 })
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
      // A dialog that is still fading in has no contrast yet.
      await expect.poll(() => axeFindings(page)).toEqual([])
      await page.screenshot({ path: info.outputPath('exchanged-small-dark.png') })
      await dialog.getByRole('button', { name: 'Trust this certificate for this CMS' }).press('Enter')
      await expect(dialog).toContainText('You trust this one certificate')
      await page.screenshot({ path: info.outputPath('exchanged-trusted.png') })
      await withCalls(desk.library, async (call) => {
        await arrived(call, id)
      })
      expect(site.posts.filter(({ status }) => status === 'publish')).toHaveLength(1)
      await dialog.getByRole('button', { name: 'Stop trusting it' }).press('Enter')
      await expect(dialog.getByRole('alert')).toContainText('nobody else vouches for it')
      await page.keyboard.press('Escape')
      await expect(dialog).toHaveCount(0)
    })
  } finally {
    await front.stop()
    await site.stop()
  }
})
