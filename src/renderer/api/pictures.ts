import { MAX_PICTURE_BYTES, type MediaAsset } from '../../shared/contract/media.ts'
import { GalleyError } from '../../shared/rpc/errors.ts'
import type { Strings } from '../strings/strings.ts'
import { toast } from '../ui/Toast.tsx'
import type { Api } from './api.tsx'
import { uploadFile } from './uploads.ts'
import { say } from '../../shared/words/message.ts'

const types = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif', 'image/heic', 'image/heif']
const endings = /\.(jpe?g|png|webp|gif|avif|heic|heif)$/i

/** A picture that is not in the library after so many ms is announced. */
const LONG_MS = 1000
/** A notice that goes when its picture is there, and not before. */
const STAYS = 10 * 60_000

export function isPicture(file: { readonly name: string; readonly type: string }): boolean {
  return types.includes(file.type) || (file.type === '' && endings.test(file.name))
}

/**
 * Puts a picture into the library; the same bytes again are the same picture. Says so when it takes long, and when a part
 * of the picture is damaged. Throws a GalleyError for what is no picture or is too large.
 */
export async function addPicture(api: Api, file: File, words: Strings['media']): Promise<MediaAsset> {
  const { name } = file
  if (!isPicture(file)) throw new GalleyError('unsupported', say('media.isNoPicture', { name }))
  if (file.size > MAX_PICTURE_BYTES) throw new GalleyError('too_large', say('media.isTooLarge', { name }))
  let dismiss = (): void => undefined
  const timer = setTimeout(() => {
    dismiss = toast({ text: words.addingNamed(name), stay: STAYS })
  }, LONG_MS)
  try {
    const { isDamaged, leavesAsStill, ...asset } = await api.call.media.add({
      name,
      upload: await uploadFile(api, file)
    })
    if (isDamaged) toast({ tone: 'danger', text: words.damaged(name) })
    if (leavesAsStill) toast({ text: words.leavesAsStill(name) })
    return asset
  } finally {
    clearTimeout(timer)
    dismiss()
  }
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
