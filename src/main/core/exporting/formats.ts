import type { Story } from '../../../shared/story/story.ts'
import type { Instant } from '../../../shared/story/instant.ts'
import type { ExportFormat } from '../../../shared/contract/exports.ts'
import type { MediaAsset } from '../../../shared/contract/media.ts'
import type { MediaId } from '../../../shared/document/image-use.ts'
import type { DeskSite } from '../../../shared/formats/desk-site.ts'
import { toGalleyJson, type GalleyMedia } from '../../../shared/formats/galley-json.ts'
import { htmlFragment, htmlPage } from '../../../shared/formats/html-page.ts'
import { toNinjsJson } from '../../../shared/formats/ninjs.ts'
import { plainText } from '../../../shared/formats/plain-text.ts'

/** A picture where it lies: a file beside the page, or bytes to go inside it. */
export type PlacedPicture = { readonly asset: MediaAsset } & ({ readonly file: string } | { readonly base64: string })

/** A picture as one export sees it. */
export type ExportPicture = PlacedPicture & {
  /** The picture of this library that it was made from. */
  readonly original: MediaId
}

/** What an export says beside the story itself. */
export interface RenderDesk {
  readonly site: DeskSite
  /** The earliest hour that a delivery of the story waits for. */
  readonly planned: Instant | null
}

/** What a writer gets beside the story: its pictures where they lie, and the desk. */
interface Context extends RenderDesk {
  readonly pictures: ReadonlyMap<string, ExportPicture>
}

/** One format that stories are exported in. */
export interface Format {
  /** The end of a file's name, without its first dot. */
  readonly ending: string
  /** The media type of the text. */
  readonly type: string
  /** The whole text of one story. Pictures that are not among those of the context are said to be to come. */
  readonly write: (story: Story, context: Context) => string
}

/**
 * Every format, by the name the contract has for it. A new one is a name in the contract's list and an entry here; the
 * compiler names this place and the words that miss.
 */
export const formats: Readonly<Record<ExportFormat, Format>> = {
  html: {
    ending: 'html',
    type: 'text/html; charset=utf-8',
    write: (story, context) => htmlPage(story, asHtml(context))
  },
  fragment: {
    ending: 'fragment.html',
    type: 'text/html; charset=utf-8',
    write: (story, context) => htmlFragment(story, asHtml(context))
  },
  json: {
    ending: 'galley.json',
    type: 'application/json',
    write: (story, { pictures }) => toGalleyJson(story, [...pictures.values()].map(inGalleyJson))
  },
  ninjs: {
    ending: 'ninjs.json',
    type: 'application/json',
    write: (story, { site, planned, pictures }) =>
      toNinjsJson(story, {
        site,
        planned,
        picture(use) {
          const picture = use.mediaId === null ? undefined : pictures.get(use.mediaId)
          if (!picture) return undefined
          const { type, name, width, height, size } = picture.asset
          const at = 'file' in picture ? { src: address(picture) } : { href: address(picture) }
          return { type, name, width, height, size, ...at }
        }
      })
  },
  text: {
    ending: 'txt',
    type: 'text/plain; charset=utf-8',
    write: (story, { planned }) => plainText(story, planned)
  }
}

function asHtml({ site, planned, pictures }: Context): Parameters<typeof htmlPage>[1] {
  return {
    site,
    planned,
    picture(use) {
      const picture = use.mediaId === null ? undefined : pictures.get(use.mediaId)
      if (!picture) return undefined
      const { width, height, id } = picture.asset
      return { src: address(picture), width, height, name: id }
    }
  }
}

function inGalleyJson(picture: ExportPicture): GalleyMedia {
  const { id, type, name, width, height, size } = picture.asset
  const bytes = 'file' in picture ? { file: picture.file } : { bytes: picture.base64 }
  return { id, type, name, width, height, size, original: picture.original, ...bytes }
}

function address(picture: ExportPicture): string {
  if ('base64' in picture) return `data:${picture.asset.type};base64,${picture.base64}`
  return picture.file.split('/').map(encodeURIComponent).join('/')
}
