import type { Story } from '../../../shared/story/story.ts'
import type { FieldsPatch, WireItem } from '../../../shared/story/fields.ts'
import type { IntakeReview, KnownItem, LineRole } from '../../../shared/contract/intake.ts'
import type { Settings } from '../../../shared/contract/settings.ts'
import { partsOfBlock, type StoredBody } from '../../../shared/document/document.ts'
import type { ImageUse } from '../../../shared/document/image-use.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import type { MadeFrom } from '../store/wire-items.ts'
import { IntakeReader } from './intake-reader.ts'
import type { IntakeInput } from './read-intake.ts'

export interface IntakeServiceOptions {
  readonly clock: Clock
  readonly settings: () => Pick<Settings, 'zone' | 'language' | 'intakeRules'>
  /** Stores a story with the raw page beside it, in one transaction. */
  readonly createStory: (story: IntakeStory, by: string | null) => Story
  /** Updates a story to what was read; what was there is kept as a version. */
  readonly updateStory: (storyId: string, story: Omit<IntakeStory, 'raw'>, by: string | null) => Story
  /** The stories made from that item. */
  readonly madeFrom: (itemId: string, signal: AbortSignal | undefined) => Promise<readonly MadeFrom[]>
  /** The page a story was made from; null if there was none. */
  readonly findRaw: (storyId: string) => RawPage | null
  readonly findOrigin: (storyId: string) => { readonly name: string; readonly size: number } | null
  /** The library's picture that a page of Galley refers to by that name; null if it is not here. */
  readonly pictureHere: (id: string) => string | null
  /** Reads pages off the saving thread. */
  readonly reader?: IntakeReader
}

export interface RawPage {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

export interface IntakeStory {
  readonly fields: FieldsPatch
  readonly body: StoredBody
  readonly raw: RawPage
}

export interface IntakeRequest {
  readonly source: IntakeInput
  readonly zone?: string | undefined
  readonly assignments: Readonly<Record<string, LineRole>>
  /** The story to update to the page; undefined for a new one. */
  readonly into?: string | undefined
}

export interface IntakeService {
  /** Returns a proposal; nothing is stored. Rejects with the GalleyErrors of `readIntake`, or `cancelled`. */
  review(request: IntakeRequest, signal?: AbortSignal): Promise<IntakeReview>
  /** Creates the story shown by the same request's review. */
  accept(request: IntakeRequest, by?: string | null, signal?: AbortSignal): Promise<Story>
  known(wire: WireItem, signal?: AbortSignal): Promise<KnownItem[]>
  /** The name and the size of that page, in bytes. */
  origin(storyId: string): { readonly name: string; readonly size: number } | null
  raw(storyId: string): RawPage | null
  close(): Promise<void>
}

/** Takes in pages without getting in the way of saves: they are read in a worker, and can be cancelled. */
export function createIntakeService(options: IntakeServiceOptions): IntakeService {
  const reader = options.reader ?? new IntakeReader()

  /** A picture that is not here becomes an empty slot with its words. */
  function present(use: ImageUse): ImageUse {
    return use.mediaId === null ? use : { ...use, mediaId: options.pictureHere(use.mediaId) }
  }

  async function read(
    request: IntakeRequest,
    linesToo: boolean,
    signal: AbortSignal | undefined
  ): Promise<IntakeReview> {
    const { zone, language, intakeRules: rules } = options.settings()
    const { source, assignments } = request
    const reading = {
      zone: request.zone ?? zone,
      language,
      rules,
      assignments: { ...assignments },
      now: options.clock.now()
    }
    const review = await reader.read(source, reading, { linesToo, signal })
    const { fields, body } = review
    return {
      ...review,
      fields: fields.leadImage ? { ...fields, leadImage: present(fields.leadImage) } : fields,
      body: { ...body, blocks: body.blocks.map((block) => partsOfBlock(block).withPictures(block, present)) }
    }
  }

  return {
    review: (request, signal) => read(request, true, signal),
    close: () => reader.close(),
    async accept(request, by = null, signal) {
      const { fields, body, format } = await read(request, false, signal)
      // Every window is told, including the caller's, which may have the story open.
      if (request.into !== undefined) return options.updateStory(request.into, { fields, body }, null)
      const { name, type, bytes } = request.source
      const raw = {
        name: name === '' ? 'pasted' : name,
        type: type ?? (format === 'html' ? 'text/html' : 'text/plain'),
        bytes
      }
      return options.createStory({ fields, body, raw }, by)
    },
    async known(wire, signal) {
      const found = await options.madeFrom(wire.id, signal)
      return found.map(({ version, ...story }) => ({ ...story, relation: relationOf(wire.version, version) }))
    },
    origin: (storyId) => options.findOrigin(storyId),
    raw: (storyId) => options.findRaw(storyId)
  }
}

/** Versions are an agency's numbers or a page's times. */
function relationOf(come: string, had: string): KnownItem['relation'] {
  if (come === had) return 'same'
  const both = [come, had].map((version) => (/^\d{1,15}$/.test(version) ? Number(version) : Date.parse(version)))
  const [a = Number.NaN, b = Number.NaN] = both
  if (Number.isNaN(a) || Number.isNaN(b)) return 'other'
  return a === b ? 'same' : a > b ? 'newer' : 'older'
}
