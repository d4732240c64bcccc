import type { Story } from '../../../../shared/story/story.ts'
import { StoryFields } from '../../../../shared/story/fields.ts'
import { withoutReasons } from '../../../../shared/story/corrections.ts'
import { withoutSlots } from '../../../../shared/story/pictures.ts'
import type { MediaAsset } from '../../../../shared/contract/media.ts'
import type { MediaId } from '../../../../shared/document/image-use.ts'
import { picturesOf } from '../../../../shared/document/pictures.ts'
import { knownKeys } from '../../../../shared/document/known-keys.ts'
import { wordsAlone } from '../../../../shared/document/words-alone.ts'
import { bodyToText } from '../../../../shared/document/to-text.ts'
import { GALLEY_STORY_TYPE, readGalleyJson, toGalleyJson } from '../../../../shared/formats/galley-json.ts'
import { NINJS_TYPE, toNinjs } from '../../../../shared/formats/ninjs.ts'
import type { OpenSettings } from '../../../../shared/publishing/targets/open.ts'
import { canonicalJson, sha256 } from './canonical-json.ts'
import type { Intent } from './target.ts'

export interface PayloadOptions {
  readonly format: OpenSettings['format']
  /** The endpoint's base address, where receivers of ninjs find the pictures. */
  readonly url: string
  readonly siteUrl: string
  /** Throws `not_found` for a picture that is not in the library. */
  readonly picture: (id: MediaId) => MediaAsset
}

/**
 * A story as a CMS gets it: everything except the editor's note, the reasons of corrections, empty picture slots, and
 * what only another build knows.
 */
export function payloadOf(story: Story, { format, url, siteUrl, picture }: PayloadOptions): Intent {
  const seen = published(withoutSlots(story))
  const leaving: Story = { ...seen, fields: { ...withoutReasons(seen.fields), editorsNote: '' } }
  const media = mediaOf(story)
  const assets = new Map(media.map((id) => [id, picture(id)]))
  const value: unknown =
    format === 'galley'
      ? JSON.parse(
          toGalleyJson(
            leaving,
            [...assets.values()].map(({ id, type, name, width, height, size }) => ({
              id,
              type,
              name,
              width,
              height,
              size
            }))
          )
        )
      : toNinjs(leaving, {
          site: { siteUrl },
          editorsNote: false,
          picture(use) {
            const asset = use.mediaId === null ? undefined : assets.get(use.mediaId)
            return (
              asset && {
                type: asset.type,
                name: asset.name,
                width: asset.width,
                height: asset.height,
                size: asset.size,
                href: `${url}/media/${asset.id}`
              }
            )
          }
        })
  const text = canonicalJson(value)
  return { contentType: format === 'galley' ? GALLEY_STORY_TYPE : NINJS_TYPE, text, sha256: sha256(text), media }
}

/**
 * The part of a story that people here can see and approve: without fields, keys and blocks of a later build, of which
 * only the words leave. Files that the desk exports have everything.
 */
export function published(story: Story): Story {
  const { version, blocks } = story.body
  return {
    ...story,
    fields: knownKeys(StoryFields, story.fields),
    body: { version, blocks: blocks.map(wordsAlone) }
  }
}

/** A story's pictures in order of appearance, each once; empty slots have none. */
export function mediaOf({ fields, body }: Pick<Story, 'fields' | 'body'>): MediaId[] {
  const uses = [fields.leadImage, ...picturesOf(body)]
  return [...new Set(uses.flatMap((use) => (use?.mediaId ? [use.mediaId] : [])))]
}

/** Headline and plain text of what a CMS has, in either format, for a person to compare. Empty if it cannot be read. */
export function readablePayload(value: unknown): { headline: string; text: string } {
  try {
    const { story } = readGalleyJson(value)
    return {
      headline: story.fields.headline,
      text: [story.fields.standfirst, bodyToText(story.body)].filter(Boolean).join('\n\n')
    }
  } catch {
    return {
      headline: ninjsValue(value, 'headlines', 'main'),
      text: [ninjsValue(value, 'descriptions', 'summary'), ninjsValue(value, 'bodies', 'plain')]
        .filter(Boolean)
        .join('\n\n')
    }
  }
}

/** The value of the entry with that role, or else of the first one. */
function ninjsValue(item: unknown, key: string, role: string): string {
  const list: unknown = typeof item === 'object' && item !== null ? (item as Record<string, unknown>)[key] : undefined
  if (!Array.isArray(list)) return ''
  const entries = list.filter(
    (entry): entry is { role?: unknown; value: string } =>
      typeof entry === 'object' && entry !== null && 'value' in entry && typeof entry.value === 'string'
  )
  return (entries.find((entry) => entry.role === role) ?? entries[0])?.value ?? ''
}
