import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Story } from '../../src/shared/story/story.ts'
import {
  galleyStoryJsonSchema,
  readGalleyJson,
  toGalleyJson,
  type GalleyMedia
} from '../../src/shared/formats/galley-json.ts'
import { htmlFragment, htmlPage } from '../../src/shared/formats/html-page.ts'
import { toNinjsJson } from '../../src/shared/formats/ninjs.ts'
import { plainText } from '../../src/shared/formats/plain-text.ts'

const folder = import.meta.dirname
const root = join(folder, '../..')

export const goldenSite = {
  deskName: 'The Port Ellery Post',
  siteUrl: 'https://post.example/',
  relatedTitle: '',
  channels: [
    { label: 'Google News', url: 'https://news.google.com/' },
    { label: 'Telegram', url: 'https://t.me/example' }
  ],
  related: [{ label: 'Ferry strike averted', url: 'https://post.example/ferry' }]
}

/** The stored stories of every version there has been; never edited, only added to. */
export function goldenStories(): { name: string; text: string; story: Story; media: readonly GalleyMedia[] }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.story.json'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8')
      const { story, media } = readGalleyJson(JSON.parse(text))
      return { name: file.replace('.story.json', ''), text, story: story, media }
    })
}

/** What each golden story must come out as: path from the top of the project → text. */
export function goldenFiles(): Map<string, string> {
  const files = new Map<string, string>([
    ['docs/formats/galley-story.schema.json', `${JSON.stringify(galleyStoryJsonSchema(), null, 2)}\n`]
  ])
  for (const { name, story, media } of goldenStories()) {
    const find = (id: string | null): GalleyMedia | undefined => media.find((one) => one.id === id)
    const source = (one: GalleyMedia): string => (one.file ?? '').split('/').map(encodeURIComponent).join('/')
    const options = {
      site: goldenSite,
      picture(use: { readonly mediaId: string | null }) {
        const one = find(use.mediaId)
        return one && { src: source(one), width: one.width, height: one.height }
      }
    }
    const put = (ending: string, text: string): void => {
      files.set(`tests/golden/${name}.${ending}`, text)
    }
    put('html', htmlPage(story, options))
    put('fragment.html', htmlFragment(story, options))
    put('txt', plainText(story))
    put('galley.json', toGalleyJson(story, media))
    put(
      'ninjs.json',
      toNinjsJson(story, {
        site: goldenSite,
        picture(use) {
          const one = find(use.mediaId)
          return one && { ...one, src: source(one) }
        }
      })
    )
  }
  return files
}

export function pathOf(file: string): string {
  return join(root, file)
}
