import { z } from 'zod'
import { markOf } from '../../../src/main/core/publishing/targets/wordpress/intent.ts'
import { RemotePost, tokenOf } from '../../../src/main/core/publishing/targets/wordpress/post.ts'
import type { Peer } from '../peer.ts'
import { RealWordpress } from './site.ts'

const Media = z.object({ id: z.int(), source_url: z.string(), slug: z.string() })
const STATES = ['publish', 'future', 'draft', 'pending', 'private', 'trash']
const EVERY = `context=edit&per_page=100&${STATES.map((state) => `status[]=${state}`).join('&')}`

/** Throws `Unavailable`. `home` as in `RealWordpress.start`. */
export async function wordpressPeer(home: (url: string) => Promise<string>): Promise<Peer> {
  const site = await RealWordpress.start(home)
  const all = async <Item>(path: string, item: z.ZodType<Item>): Promise<Item[]> => {
    const found: Item[] = []
    for (let page = 1; ; page += 1) {
      // A page behind the last is an error to WordPress, and the last may be full.
      const reply = await site.rest(`${path}&page=${page}`).catch((error: unknown) => {
        if (page > 1 && String(error).includes('rest_post_invalid_page_number')) return []
        throw error
      })
      const items = z.array(item).parse(reply)
      found.push(...items)
      if (items.length < 100) return found
    }
  }
  const media = () => all('/media?context=edit&per_page=100', Media)
  return {
    name: `WordPress ${site.version}`,
    url: site.url,
    target: (url) => ({
      name: 'The site',
      kind: 'wordpress',
      url,
      settings: { user: 'editor' },
      secret: site.password('editor')
    }),
    async posts(words) {
      const library = await media()
      const posts = await all(`/posts?${EVERY}&search=${encodeURIComponent(words)}`, RemotePost)
      return posts
        .filter(({ title }) => title.raw.includes(words))
        .map((post) => {
          const featured = library.find(({ id }) => id === post.featured_media)?.source_url
          const inside = [...post.content.raw.matchAll(/<img[^>]* src="([^"]+)"/g)].map(([, src = '']) => src)
          return {
            title: post.title.raw,
            slug: post.slug,
            isPublic: post.status === 'publish' || post.status === 'future',
            publishesAt: post.status === 'future' ? Date.parse(`${post.date_gmt ?? ''}Z`) : null,
            url: post.link,
            pictures: [...(featured === undefined ? [] : [featured]), ...inside],
            token: tokenOf(post)
          }
        })
    },
    pictures: async (ids) =>
      (await media())
        .filter(({ slug }) => ids.some((id) => slug.startsWith(markOf(id))))
        .map(({ source_url: address }) => address),
    async counts() {
      return { posts: (await all(`/posts?${EVERY}`, RemotePost)).length, pictures: (await media()).length }
    },
    stop: () => site.stop()
  }
}
