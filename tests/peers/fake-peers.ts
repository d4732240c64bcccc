import { FakeGhost } from './fake-ghost.ts'
import { FakeWordpress } from './fake-wordpress.ts'
import type { Peer, PeerPost } from './peer.ts'

/** A fake asked as a real one is. `home` as of the real ones. */
export async function fakePeer(kind: 'WordPress' | 'Ghost', home: (url: string) => Promise<string>): Promise<Peer> {
  const site = kind === 'WordPress' ? new FakeWordpress(() => Date.now()) : new FakeGhost(() => Date.now())
  await site.start()
  site.home = await home(site.url)
  const posts = site instanceof FakeWordpress ? () => wordpressPosts(site) : () => ghostPosts(site)
  const pictures = (): string[] =>
    site instanceof FakeWordpress ? site.media.map((one) => one.file) : [...site.images.keys()]
  return {
    name: `${kind} (a fake)`,
    url: site.url,
    target: (url) =>
      site instanceof FakeWordpress
        ? { name: 'The site', kind: 'wordpress', url, settings: { user: site.user }, secret: site.password }
        : { name: 'The site', kind: 'ghost', url, settings: {}, secret: site.key },
    posts: async (words) => posts().filter(({ title }) => title.includes(words)),
    pictures: async () => pictures(),
    counts: async () => ({ posts: site.posts.length, pictures: pictures().length }),
    stop: () => site.stop()
  }
}

function ghostPosts({ posts }: FakeGhost): PeerPost[] {
  return posts.map(({ title, slug, status, published_at: date, updated_at: token }) => ({
    title,
    slug,
    token,
    isPublic: status === 'published' || status === 'scheduled',
    publishesAt: status === 'scheduled' ? Date.parse(date ?? '') : null,
    url: '',
    pictures: []
  }))
}

function wordpressPosts({ posts }: FakeWordpress): PeerPost[] {
  return posts.map(({ title, slug, status, date_gmt: date, modified_gmt: token }) => ({
    title,
    slug,
    token,
    isPublic: status === 'publish' || status === 'future',
    publishesAt: status === 'future' ? Date.parse(`${date ?? ''}Z`) : null,
    url: '',
    pictures: []
  }))
}
