import type { Story } from '../../../shared/story/story.ts'
import type { Instant } from '../../../shared/story/instant.ts'
import type { ExportFormat } from '../../../shared/contract/exports.ts'
import type { MediaAsset } from '../../../shared/contract/media.ts'
import type { MediaId } from '../../../shared/document/image-use.ts'
import type { DeskSite } from '../../../shared/formats/desk-site.ts'
import { toGalleyJson } from '../../../shared/formats/galley-json.ts'
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

export const types: Readonly<Record<ExportFormat, string>> = {
  html: 'text/html; charset=utf-8',
  fragment: 'text/html; charset=utf-8',
  json: 'application/json',
  ninjs: 'application/json',
  text: 'text/plain; charset=utf-8'
}

/** What an export says beside the story itself. */
export interface RenderDesk {
  readonly site: DeskSite
  /** The earliest hour that a delivery of the story waits for. */
  readonly planned: Instant | null
}

/** One story in one format. Pictures that are not in the map are said to be to come. */
export function renderStory(
  story: Story,
  format: ExportFormat,
  pictures: ReadonlyMap<string, ExportPicture>,
  { site, planned }: RenderDesk
): string {
  const find = (id: string | null): ExportPicture | undefined => (id === null ? undefined : pictures.get(id))
  switch (format) {
    case 'html':
    case 'fragment': {
      const options = {
        site,
        planned,
        picture(use: { readonly mediaId: string | null }) {
          const picture = find(use.mediaId)
          return (
            picture && {
              src: address(picture),
              width: picture.asset.width,
              height: picture.asset.height,
              name: picture.asset.id
            }
          )
        }
      }
      return format === 'html' ? htmlPage(story, options) : htmlFragment(story, options)
    }
    case 'json': {
      const media = [...pictures.values()].map((picture) => {
        const { id, type, name, width, height, size } = picture.asset
        return {
          id,
          type,
          name,
          width,
          height,
          size,
          original: picture.original,
          ...('file' in picture ? { file: picture.file } : { bytes: picture.base64 })
        }
      })
      return toGalleyJson(story, media)
    }
    case 'ninjs':
      return toNinjsJson(story, {
        site,
        planned,
        picture(use) {
          const picture = find(use.mediaId)
          if (!picture) return undefined
          const { type, name, width, height, size } = picture.asset
          return {
            type,
            name,
            width,
            height,
            size,
            ...('file' in picture ? { src: address(picture) } : { href: address(picture) })
          }
        }
      })
    case 'text':
      return plainText(story, planned)
  }
}

function address(picture: ExportPicture): string {
  if ('base64' in picture) return `data:${picture.asset.type};base64,${picture.base64}`
  return picture.file.split('/').map(encodeURIComponent).join('/')
}
