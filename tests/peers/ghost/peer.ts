import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { markOf } from '../../../src/main/core/publishing/targets/ghost/intent.ts'
import { RemotePost, tokenOf } from '../../../src/main/core/publishing/targets/ghost/post.ts'
import { adminKeyOf, adminToken } from '../../../src/main/core/publishing/targets/ghost/token.ts'
import type { Peer } from '../peer.ts'
import type { GhostMajor } from './obtain.ts'
import { RealGhost } from './site.ts'

const Page = z.object({
  posts: z.array(RemotePost),
  meta: z.object({ pagination: z.object({ next: z.int().nullable() }) })
})

/** Throws `Unavailable`. `home` as in `RealGhost.start`. */
export async function ghostPeer(home: (url: string) => Promise<string>, major: GhostMajor = 6): Promise<Peer> {
  let front = ''
  const site = await RealGhost.start(async (url) => (front = await home(url)), major)
  const key = adminKeyOf(site.key)
  if (!key) throw new Error('Ghost gave no key that is one')
  const page = async (filter: string, number: number): Promise<z.infer<typeof Page>> => {
    // Ghost 6 lists no more than a hundred at a time, whatever it is asked for.
    const place = { limit: '100', page: String(number), order: 'id asc' }
    const query = new URLSearchParams({ formats: 'lexical', ...place, ...(filter !== '' && { filter }) })
    const response = await fetch(`${site.url}/ghost/api/admin/posts/?${query.toString()}`, {
      headers: { authorization: `Ghost ${adminToken(key, Date.now())}`, 'accept-version': 'v5.0' }
    })
    return Page.parse(await response.json())
  }
  const posts = async (filter: string): Promise<RemotePost[]> => {
    const found: RemotePost[] = []
    for (let next: number | null = 1; next !== null;) {
      const { posts: listed, meta } = await page(filter, next)
      found.push(...listed)
      next = meta.pagination.next
    }
    return found
  }
  /** Ghost keeps no list of them; what was uploaded stays beside what it made of it as `…_o`. */
  const pictures = async (): Promise<string[]> => {
    const folder = join(site.folder, 'content/images')
    const files = await readdir(folder, { recursive: true }).catch(() => [])
    return files
      .filter(
        (file) => /\/galley-[^/]*\.png$/.test(`/${file}`) && !file.endsWith('_o.png') && !file.startsWith('size/')
      )
      .map((file) => `${front}/content/images/${file}`)
  }
  return {
    name: `Ghost ${site.version}`,
    url: site.url,
    target: (url) => ({ name: 'The site', kind: 'ghost', url, settings: {}, secret: site.key }),
    posts: async (words) =>
      (await posts(`title:~'${words}'`)).map((post) => ({
        title: post.title,
        slug: post.slug,
        isPublic: post.status === 'published' || post.status === 'scheduled' || post.status === 'sent',
        publishesAt: post.status === 'scheduled' ? Date.parse(post.published_at ?? '') : null,
        url: post.url,
        pictures: [
          ...(post.feature_image === null ? [] : [post.feature_image]),
          ...[...(post.lexical ?? '').matchAll(/"src":"([^"]+)"/g)].map(([, src = '']) => src)
        ],
        token: tokenOf(post)
      })),
    pictures: async (ids) =>
      (await pictures()).filter((address) => ids.some((id) => address.includes(`/${markOf(id)}`))),
    async counts() {
      // What Ghost brings of its own counts too.
      return { posts: (await posts('')).length, pictures: (await pictures()).length }
    },
    stop: () => site.stop()
  }
}
