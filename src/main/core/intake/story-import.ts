import { createHash } from 'node:crypto'
import { withPictureUses } from '../../../shared/story/pictures.ts'
import type { Story } from '../../../shared/story/story.ts'
import { instantAt } from '../../../shared/story/instant.ts'
import { MAX_PICTURE_BYTES } from '../../../shared/contract/media.ts'
import {
  DOCUMENT_VERSION,
  isKnown,
  newBlockId,
  type Block,
  type StoredBody
} from '../../../shared/document/document.ts'
import type { ImageUse, MediaId } from '../../../shared/document/image-use.ts'
import { runsOf, textOfRuns } from '../../../shared/document/runs.ts'
import { GALLEY_STORY_TYPE, looksLikeGalleyJson, readGalleyJson } from '../../../shared/formats/galley-json.ts'
import { looksLikeNinjs, readNinjs, type NinjsImage } from '../../../shared/formats/read-ninjs.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import { newId } from '../../../shared/lib/id.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import type { StoriesService } from '../stories/stories.ts'
import { blocksOfOwnHtml } from './own-blocks.ts'
import { foreignKind } from './foreign-files.ts'
import type { MediaService } from '../media/media.ts'
import { say, type Message } from '../../../shared/words/message.ts'

export interface ImportedPicture {
  /** SHA-256 of the bytes, by which the story refers to it. */
  readonly id: string
  readonly name: string
  readonly bytes: Uint8Array
}

export interface ImportedStory {
  readonly format: 'galley' | 'ninjs'
  /** As exported: from Galley's own JSON equal to the story that was exported, from ninjs a draft. */
  readonly story: Story
  /** Pictures whose bytes were inside the file, to be stored before the story. */
  readonly pictures: readonly ImportedPicture[]
  /** For renditions, the original in the library the story came from, by the rendition's id. */
  readonly originals: ReadonlyMap<MediaId, MediaId>
  /** What could not be taken over unchanged, one sentence each for the person. */
  readonly warnings: readonly Message[]
}

export interface ImportDesk {
  readonly zone: string
  readonly language: string
  /** Milliseconds since 1970. */
  readonly now: number
}

export interface StoryImportOptions {
  readonly stories: Pick<StoriesService, 'create'>
  readonly media: Pick<MediaService, 'add' | 'find'>
  readonly desk: () => { readonly zone: string; readonly language: string }
  readonly clock: Pick<Clock, 'now'>
}

/** Imports story files into the library: pictures first, then the story as a draft with the file kept beside it. */
export class StoryImportService {
  readonly #options: StoryImportOptions

  constructor(options: StoryImportOptions) {
    this.#options = options
  }

  /** A story whose id is in use becomes a copy with a new id; nothing existing is changed. */
  async add(name: string, text: string, by: string | null): Promise<{ id: string; warnings: Message[] }> {
    const { stories, media, desk, clock } = this.#options
    const {
      format,
      story: sent,
      pictures,
      originals,
      warnings: said
    } = importStory(text, { ...desk(), now: clock.now() })
    const warnings = [...said]
    // A rendition that returns to the library it was made in is replaced with its original.
    const home = (mediaId: string | null): MediaId | null => {
      const original = mediaId === null ? undefined : originals.get(mediaId)
      return original !== undefined && media.find(original) ? original : mediaId
    }
    for (const picture of pictures) {
      if (home(picture.id) !== picture.id) continue
      await media.add(picture.name, picture.bytes).catch((error: unknown) => {
        if (!(error instanceof GalleyError)) throw error
        warnings.push(error.said)
      })
    }
    const read = withPictureUses(sent, (use) => ({ ...use, mediaId: home(use.mediaId) }))
    const raw = {
      name,
      type: format === 'galley' ? GALLEY_STORY_TYPE : 'application/json',
      bytes: new TextEncoder().encode(text)
    }
    const story = { fields: read.fields, body: read.body, reason: 'import' as const, raw }
    if (read.status !== 'draft') warnings.push(say('importWarning.startsAsDraft', { status: read.status }))
    try {
      return { id: stories.create({ ...story, id: read.id }, by).id, warnings }
    } catch (error) {
      if (!(error instanceof GalleyError) || error.code !== 'conflict') throw error
      warnings.push(say('importWarning.copyAdded'))
      return { id: stories.create(story, by).id, warnings }
    }
  }
}

/** True for text that `importStory` would accept. */
export function isStoryJson(text: string): boolean {
  if (!/^\uFEFF?\s*\{/.test(text)) return false
  try {
    const json = parse(text)
    return looksLikeGalleyJson(json) || looksLikeNinjs(json)
  } catch {
    return false
  }
}

/**
 * Reads one story from Galley's own JSON or from ninjs. Throws `invalid_input`, `unsupported` or `damaged` in plain
 * words.
 */
export function importStory(text: string, desk: ImportDesk): ImportedStory {
  const json = parse(text)
  if (looksLikeGalleyJson(json)) return importGalley(json)
  if (looksLikeNinjs(json)) return importNinjs(wellFormed(json, text), desk)
  throw new GalleyError('unsupported', say('intake.unknownJson'))
}

function parse(text: string): unknown {
  const foreign = foreignKind(text)
  if (foreign) {
    throw new GalleyError('unsupported', say('intake.foreignStory', { kind: foreign }))
  }
  if (!/^[\s\uFEFF]{0,1000}[{[]/.test(text)) {
    throw new GalleyError('unsupported', say('intake.noJson'))
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new GalleyError('invalid_input', say('intake.brokenJson'), {
      cause: error
    })
  }
}

/** Replaces lone surrogates, which JSON can express and no CMS accepts, with the replacement character. */
function wellFormed(json: unknown, text: string): unknown {
  if (!/\\u[dD][89a-fA-F]/.test(text)) return json
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''), (_, value: unknown) =>
      typeof value === 'string' ? value.toWellFormed() : value
    )
  } catch {
    // Nested too deeply to walk; the parts that are read are not.
    return json
  }
}

function importGalley(json: unknown): ImportedStory {
  const { story, media } = readGalleyJson(json)
  const warnings: Message[] = []
  const pictures: ImportedPicture[] = []
  const beside: string[] = []
  const originals = new Map<MediaId, MediaId>()
  for (const one of media) {
    if (one.original !== undefined) originals.set(one.id, one.original)
    if (one.bytes === undefined) {
      beside.push(one.name || one.id)
      continue
    }
    const picture = pictureOf(one.name, one.bytes)
    if (picture?.id === one.id) pictures.push(picture)
    else warnings.push(say('importWarning.pictureDamaged', { name: one.name }))
  }
  if (beside.length > 0)
    warnings.push(say('importWarning.picturesBeside', { count: beside.length, names: beside.slice(0, 5) }))
  return { format: 'galley', story, pictures, originals, warnings }
}

function importNinjs(json: unknown, desk: ImportDesk): ImportedStory {
  const reading = readNinjs(json, { ...desk, now: instantAt(desk.now, desk.zone, 'import') })
  const warnings = [...reading.warnings]
  const pictures: ImportedPicture[] = []
  let elsewhere = 0
  const images = reading.images.map((image): NinjsImage => {
    const picture =
      image.data === undefined ? undefined : pictureOf(image.name, image.data.slice(image.data.indexOf(',') + 1))
    if (picture) pictures.push(picture)
    else if (image.use.mediaId === null) elsewhere += 1
    return picture ? { ...image, use: { ...image.use, mediaId: picture.id } } : image
  })
  if (elsewhere > 0) warnings.push(say('importWarning.picturesElsewhere', { count: elsewhere }))
  const leadImage = images.find((image) => image.lead)?.use ?? null
  const body = 'html' in reading.body ? readHtmlBody(reading.body.html) : paragraphs(reading.body.text)
  return {
    format: 'ninjs',
    story: {
      id: reading.id ?? newId(desk.now),
      revision: 0,
      status: 'draft',
      fields: { ...reading.fields, leadImage },
      body: withImages(
        body,
        images.filter((image) => !image.lead).map((image) => image.use)
      ),
      changedAt: new Date(desk.now).toISOString()
    },
    pictures,
    originals: new Map(),
    warnings
  }
}

function readHtmlBody(html: string): StoredBody {
  return { version: DOCUMENT_VERSION, blocks: blocksOfOwnHtml(html) }
}

/** Blank lines separate paragraphs; in a text without any, each line is a paragraph. */
function paragraphs(text: string): StoredBody {
  const clean = text.replace(/\r\n?/g, '\n').trim()
  const parts = /\n[ \t]*\n/.test(clean) ? clean.split(/\n(?:[ \t]*\n)+/) : clean.split('\n')
  const blocks = parts
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part): Block => ({ id: newBlockId(), type: 'paragraph', runs: runsOf(part) }))
  return { version: DOCUMENT_VERSION, blocks }
}

/**
 * Matches the pictures listed beside a body with the slots in it: by caption, or else in order if the numbers agree. A
 * picture without a slot is added at the end, so that no caption is lost.
 */
function withImages(body: StoredBody, uses: readonly ImageUse[]): StoredBody {
  const slots = body.blocks.flatMap((block) => (isKnown(block) && block.type === 'image' ? [block] : []))
  const placed = new Map<string, ImageUse>()
  const left: ImageUse[] = []
  for (const [index, use] of uses.entries()) {
    const free = slots.filter((slot) => !placed.has(slot.id))
    const captioned = use.caption === '' ? undefined : free.find((slot) => slot.image.caption === use.caption)
    const inOrder = slots.length === uses.length ? slots[index] : undefined
    const slot = captioned ?? (inOrder && !placed.has(inOrder.id) ? inOrder : undefined)
    if (slot) placed.set(slot.id, use)
    else left.push(use)
  }
  const text =
    left.length > 0
      ? body.blocks
          .map((block) => ('runs' in block && Array.isArray(block.runs) ? textOfRuns(block.runs) : ''))
          .join('\n')
      : ''
  return {
    ...body,
    blocks: [
      ...body.blocks.map((block): Block => {
        const use = placed.get(block.id)
        if (!use) return block
        const inBody = block['image'] as ImageUse
        return {
          ...block,
          image: {
            ...use,
            caption: use.caption || inBody.caption,
            credit: use.credit || inBody.credit,
            alt: use.alt || inBody.alt
          }
        } as Block
      }),
      ...left
        .filter((use) => use.mediaId !== null || !(use.caption !== '' && text.includes(use.caption)))
        .map((image): Block => ({ id: newBlockId(), type: 'image', image }))
    ]
  }
}

function pictureOf(name: string, base64: string): ImportedPicture | undefined {
  if (base64.length > MAX_PICTURE_BYTES * 1.4) return undefined
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'))
  return bytes.length === 0 ? undefined : { id: createHash('sha256').update(bytes).digest('hex'), name, bytes }
}
