import { MAX_PICTURE_BYTES, type MediaAsset } from '../../shared/contract/media.ts'
import { GalleyError } from '../../shared/rpc/errors.ts'
import type { Api } from './api.tsx'

const types = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif']
const endings = /\.(jpe?g|png|webp|gif|avif)$/i

export function isPicture(file: { readonly name: string; readonly type: string }): boolean {
  return types.includes(file.type) || (file.type === '' && endings.test(file.name))
}

/**
 * Puts a picture into the library; the same bytes again are the same picture. Throws a GalleyError for what is no
 * picture or is too large.
 */
export async function addPicture(api: Api, file: File): Promise<MediaAsset> {
  if (!isPicture(file)) {
    throw new GalleyError('unsupported', `“${file.name}” is not a picture Galley can use.`, {
      next: 'JPEG, PNG, WebP, GIF and AVIF work.'
    })
  }
  if (file.size > MAX_PICTURE_BYTES) {
    throw new GalleyError('too_large', `“${file.name}” is larger than 40 MB.`, {
      next: 'Save a smaller version of it and try again.'
    })
  }
  return api.call.media.add({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })
}

/** Where the core serves a stored picture; `width` in pixels asks for a smaller one. */
export function pictureUrl(mediaId: string, width?: number): string {
  return `/media/${mediaId}${width ? `?w=${width}` : ''}`
}

/** Choosers that are open: one that nobody holds may be collected before its answer comes, and the files with it. */
const choosers = new Set<HTMLInputElement>()

/** The file chooser of the system; empty when nothing was chosen. */
export function chooseFiles({
  accept,
  multiple = false
}: { readonly accept?: string; readonly multiple?: boolean } = {}): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = multiple
    if (accept) input.accept = accept
    const answer = (): void => {
      choosers.delete(input)
      resolve([...(input.files ?? [])])
    }
    input.addEventListener('change', answer)
    input.addEventListener('cancel', answer)
    choosers.add(input)
    input.click()
  })
}

export const pictureTypes = types.join(',')
