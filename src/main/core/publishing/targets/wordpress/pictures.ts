import { z } from 'zod'
import type { WordpressSettings } from '../../../../../shared/publishing/targets/wordpress.ts'
import type { Access, Answer, Job, Learned } from '../target.ts'
import { pictureMark, type WordpressPicture } from './intent.ts'
import { plainText } from './plain-text.ts'
import { EDIT, notWordpress, troubleOf } from './replies.ts'
import type { WordpressRest } from './rest.ts'

const Media = z.looseObject({
  id: z.int(),
  source_url: z.url({ protocol: /^https?$/ }),
  alt_text: z.string(),
  caption: z.looseObject({ raw: z.string().optional() })
})

/** The picture by its id if known, or else by the slug it was given. A caption that changed since is updated. */
export async function findPicture(
  rest: WordpressRest,
  key: string,
  picture: WordpressPicture,
  { job, owner }: { readonly job: Job; readonly owner: string },
  signal?: AbortSignal
): Promise<Answer> {
  const id = job.reference(key)?.remoteId
  const known = id === undefined ? null : await rest.ask({ method: 'GET', path: `/media/${id}`, query: EDIT, signal })
  if (known && known.kind !== 'ok' && known.kind !== 'nothing-there') return known
  let value = known?.kind === 'ok' ? known.value : undefined
  if (value === undefined) {
    const reply = await rest.ask({
      method: 'GET',
      path: '/media',
      query: { ...EDIT, slug: pictureMark(picture.id, owner) },
      signal
    })
    if (reply.kind !== 'ok') return troubleOf(reply)
    const list = z.array(z.unknown()).safeParse(reply.value)
    if (!list.success) return notWordpress
    if (list.data.length === 0) return { kind: 'absent', serverTime: reply.serverTime }
    value = list.data[0]
  }
  const media = Media.safeParse(value)
  if (!media.success) return notWordpress
  const { alt, caption } = picture
  if (media.data.alt_text !== alt || plainText(media.data.caption.raw ?? '') !== plainText(caption)) {
    const json = { alt_text: alt, caption }
    const reply = await rest.ask({ method: 'POST', path: `/media/${media.data.id}`, json, signal })
    if (reply.kind !== 'ok') return troubleOf(reply)
  }
  return {
    kind: 'present',
    learned: [{ local: key, remoteId: String(media.data.id), address: media.data.source_url, token: null }]
  }
}

/** Uploads a picture under the slug by which it is looked for. */
export async function sendPicture(
  rest: WordpressRest,
  key: string,
  picture: WordpressPicture,
  { owner, pictures }: Pick<Access<WordpressSettings>, 'owner' | 'pictures'>,
  signal?: AbortSignal
): Promise<Answer> {
  const { id, type, fileName: name, alt, caption } = picture
  const query = {
    slug: pictureMark(id, owner),
    title: alt || plainText(caption) || name,
    alt_text: alt,
    caption
  }
  const file = { bytes: await pictures.read(id), type, name }
  const reply = await rest.ask({ method: 'POST', path: '/media', query, file, signal })
  const learned = reply.kind === 'ok' ? learnedPicture(key, reply.value) : null
  return learned ? { kind: 'stored', learned: [learned] } : troubleOf(reply)
}

function learnedPicture(key: string, value: unknown): Learned | null {
  const media = Media.safeParse(value)
  return media.success
    ? { local: key, remoteId: String(media.data.id), address: media.data.source_url, token: null }
    : null
}
