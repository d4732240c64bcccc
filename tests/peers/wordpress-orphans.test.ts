import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { afterAll, describe, expect, it } from 'vitest'
import { memorySecrets } from '../../src/main/core/ports.ts'
import { systemClock } from '../../src/shared/lib/clock.ts'
import { Desk } from '../core/publishing/newsroom.ts'
import { FaultProxy } from '../support/fault-proxy.ts'
import { Unavailable } from './wordpress/obtain.ts'
import { RealWordpress, type Role } from './wordpress/site.ts'

let proxy: FaultProxy | null = null
const site = await RealWordpress.start(async (url) => {
  proxy = new FaultProxy(url)
  await proxy.start()
  return proxy.url
}).catch((error: unknown) => {
  if (error instanceof Unavailable) return error.message
  throw error
})

if (typeof site === 'string' || !proxy) it.skip(`real WordPress: ${String(site)}`, () => undefined)
else describeSite(site, proxy)

function describeSite(real: RealWordpress, way: FaultProxy): void {
  describe(`what a fault leaves on real WordPress ${real.version}`, { timeout: 60_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'galley-orphans-'))
    afterAll(async () => {
      await way.stop()
      await real.stop()
      rmSync(folder, { recursive: true, force: true })
    })

    const Thing = z.looseObject({ id: z.int() })
    const write = async (path: string, json: object): Promise<number> =>
      Thing.parse(await real.rest(path, { method: 'POST', json })).id

    /** A publication that is called off after its picture and its draft were made. */
    async function calledOff(role: Role): Promise<{ desk: Desk; targetId: string; picture: number }> {
      const desk = new Desk(join(folder, `${role} ${Math.random()}`), systemClock, memorySecrets(), {
        limits: { maxBytes: 4 * 1024 * 1024, idleMs: 20_000, totalMs: 40_000 }
      })
      await desk.publishing.start()
      const { id: targetId } = await desk.publishing.saveTarget({
        name: 'The site',
        kind: 'wordpress',
        url: way.url,
        settings: { user: role },
        secret: real.password(role)
      })
      way.failNext('422', ({ method, path }) => method === 'POST' && /\/posts\/\d+/.test(path))
      const { id } = desk.publish(await desk.story('Bridge opens', {}, true), targetId)
      await desk.publishing.quiet()
      expect(desk.item(id).state).toBe('refused')
      await desk.publishing.queue.cancel(id)
      const [newest] = z.array(Thing).parse(await real.rest('/media?per_page=1'))
      return { desk, targetId, picture: newest?.id ?? 0 }
    }

    it('is told from what a page shows, in every state', async () => {
      const { desk, targetId, picture } = await calledOff('editor')
      const found = async () =>
        (await desk.publishing.orphans.list(targetId)).map(({ kind, kept }) => [kind, kept?.key])
      const draft = ['draft', undefined]
      // An editor does not see the page of the privacy policy until it is public.
      expect(await found()).toEqual([draft, ['picture', 'wordpress.useUnknown']])
      const pages = z.array(Thing).parse(await real.rest('/pages?status=draft'))
      for (const { id } of pages) await write(`/pages/${id}`, { status: 'publish' })
      expect(await found()).toEqual([draft, ['picture', undefined]])
      const page = await write('/pages', { title: 'About', status: 'draft', featured_media: picture })
      expect(await found()).toEqual([draft])
      await write(`/pages/${page}`, { featured_media: 0, content: `<p class="wp-image-${picture}">.</p>` })
      expect(await found()).toEqual([draft])
      // In the trash it would come back with the page.
      await real.rest(`/pages/${page}`, { method: 'DELETE' })
      expect(await found()).toEqual([draft])
      await real.rest(`/pages/${page}?force=true`, { method: 'DELETE' })
      for (const { id } of pages) await write(`/pages/${id}`, { featured_media: picture })
      expect(await found()).toEqual([draft])
      for (const { id } of pages) await write(`/pages/${id}`, { featured_media: 0 })
      const orphans = await desk.publishing.orphans.list(targetId)
      const { removed, left } = await desk.publishing.orphans.remove(
        targetId,
        orphans.map(({ id }) => id)
      )
      expect([removed.length, left]).toEqual([2, []])
      expect(await found()).toEqual([])
      await desk.close()
    })

    it('is kept, and said, where an author does not see everything', async () => {
      const { desk, targetId } = await calledOff('author')
      const orphans = await desk.publishing.orphans.list(targetId)
      expect(orphans.map(({ kind, kept }) => [kind, kept?.key])).toEqual([
        ['draft', undefined],
        ['picture', 'wordpress.useUnknown']
      ])
      await desk.close()
    })
  })
}
