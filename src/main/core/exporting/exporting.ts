import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename, isAbsolute, resolve } from 'node:path'
import { withPictureUses } from '../../../shared/story/pictures.ts'
import type { Story } from '../../../shared/story/story.ts'
import type { Instant } from '../../../shared/story/instant.ts'
import type { ExportedFile, ExportFormat, ExportOptions, ExitWay } from '../../../shared/contract/exports.ts'
import type { MediaAsset } from '../../../shared/contract/media.ts'
import type { ImageUse, MediaId } from '../../../shared/document/image-use.ts'
import type { DeskSite } from '../../../shared/formats/desk-site.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { inside, safeName } from '../files/safe-name.ts'
import { makeFolders } from '../files/make-folders.ts'
import { fileError, sweepTemporary, syncFolder, writeAtomic } from '../files/write-atomic.ts'
import { filledUses, pictureStem, type FilledUse, type Rendition } from '../media/renditions.ts'
import type { Platform } from '../ports.ts'
import { ExportNames, mediaFolderName, storyStem } from './names.ts'
import { PicturesBeside, PicturesInside, type PicturePlace } from './picture-place.ts'
import { formats as formatOf, type ExportPicture } from './formats.ts'
import type { Jobs } from '../app/jobs.ts'
import { say, type Message } from '../../../shared/words/message.ts'

export interface ExportingOptions {
  /** The newest revision; throws GalleyErrors for a story that is not there or damaged. */
  readonly getStory: (id: string) => Story | Promise<Story>
  /** The earliest hour that a delivery of the story waits for. */
  readonly plannedHour: (id: string) => Instant | null
  /** Throws for a story that must not leave without a reason; logs that it leaves with one. */
  readonly passEmbargo: (story: Story, way: ExitWay, reason: string | undefined) => void
  readonly findMedia: (id: string) => MediaAsset | undefined
  /** A use of a picture as it leaves; `stem` begins its file name. Throws `not_found` or `damaged`. */
  readonly makeRendition: (use: FilledUse, stem: string) => Promise<Rendition>
  readonly settings: () => DeskSite & { readonly exportFolder: string }
  readonly platform: Pick<Platform, 'exportFolder' | 'reveal'>
  readonly jobs: Pick<Jobs, 'run'>
  /** Milliseconds; for the pace of progress reports. */
  readonly now?: () => number
}

export interface ExportRequest {
  readonly ids: readonly string[]
  readonly formats: readonly ExportFormat[]
  readonly folder?: string | undefined
  readonly options: ExportOptions
  /** Why copy under embargo leaves. */
  readonly reason?: string | undefined
  readonly jobId?: string | undefined
}

export interface RenderRequest {
  readonly id: string
  readonly format: ExportFormat
  readonly way: ExitWay
  readonly reason?: string | undefined
}

export interface ExportResult {
  readonly folder: string
  readonly files: ExportedFile[]
  /** Stories that could not be written, or were written without a picture, and why. */
  readonly failed: { readonly storyId: string; readonly why: Message }[]
}

/**
 * Stories on their way at once: while one waits for the disk another is rendered. More would only hold more of them in
 * memory.
 */
const AT_ONCE = 3
/** Progress is reported at most this often, in milliseconds. */
const REPORT_EVERY = 100

/**
 * Stories out of the library into files: whole ones only, under names that are free, one story in memory after another.
 */
export class ExportingService {
  readonly #options: ExportingOptions
  readonly #exportedTo = new Set<string>()

  constructor(options: ExportingOptions) {
    this.#options = options
  }

  /**
   * Writes every story in every format. A story that fails is listed and the rest go on; a full or unwritable disk, and
   * cancelling, stop the run and leave what was written whole. Throws `storage_full`, `read_only`, `storage_failed`,
   * `cancelled`, `invalid_input`.
   */
  async write(request: ExportRequest, signal: AbortSignal): Promise<ExportResult> {
    const folder = this.#folder(request.folder)
    const ids = [...new Set(request.ids)]
    const formats = [...new Set(request.formats)]
    const label = say('exporting.job', { count: ids.length })
    return await this.#options.jobs.run(request.jobId, label, signal, async (job) => {
      await prepare(folder)
      const names = await ExportNames.in(folder, request.options.existing)
      const run = { folder, formats, options: request.options, names, reason: request.reason }
      const files: ExportedFile[][] = []
      const failed: ExportResult['failed'][] = []
      const { now = Date.now } = this.#options
      let reported = now()
      let next = 0
      let done = 0
      let stopped: unknown
      let diskErrors = 0
      job.progress(0, ids.length)

      const work = async (): Promise<void> => {
        while (stopped === undefined && !job.signal.aborted) {
          const index = next++
          const id = ids[index]
          if (id === undefined) return
          const fail = (why: Message): void => {
            ;(failed[index] ??= []).push({ storyId: id, why })
          }
          try {
            files[index] = await this.#writeStory(id, run, fail)
            diskErrors = 0
          } catch (error) {
            fail(reasonOf(error))
            if (error instanceof GalleyError && error.code === 'storage_failed') diskErrors += 1
            if (endsTheRun(error) || diskErrors >= 3) stopped ??= error
          }
          done += 1
          if (now() - reported >= REPORT_EVERY) {
            reported = now()
            job.progress(done, ids.length)
          }
        }
      }
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, ids.length) }, work))
      const written = files.filter(Boolean)
      if (written.length > 0) {
        this.#exportedTo.add(folder)
        await syncFolder(folder)
      }
      job.progress(done, ids.length)
      if (stopped !== undefined) throw cutShort(stopped, written.length, ids.length)
      if (job.signal.aborted) {
        throw new GalleyError('cancelled', say('exporting.stopped', { done: written.length, total: ids.length }), {
          detail: { done: written.length, total: ids.length }
        })
      }
      return { folder, files: written.flat(), failed: failed.flat() }
    })
  }

  /** Throws GalleyErrors for a story that is not there or damaged. */
  async story(id: string): Promise<Story> {
    return this.#options.getStory(id)
  }

  /** One story as one text, pictures inside. */
  async render({
    id,
    format,
    way,
    reason
  }: RenderRequest): Promise<{ readonly name: string; readonly type: string; readonly text: string }> {
    const story = await this.#options.getStory(id)
    this.#options.passEmbargo(story, way, reason)
    const leaving =
      format === 'text'
        ? { story, pictures: NO_PICTURES }
        : await this.#leaving(story, new PicturesInside(), () => undefined)
    return {
      name: safeName(storyStem(story.fields), formatOf[format].ending),
      type: formatOf[format].type,
      text: formatOf[format].write(leaving.story, {
        pictures: leaving.pictures,
        site: this.#options.settings(),
        planned: this.#options.plannedHour(id)
      })
    }
  }

  /**
   * The story's page for the eyes of the desk: nothing of it leaves, so nobody is asked about an embargo. Null when there
   * is no such story.
   */
  async preview(id: string): Promise<string | null> {
    const story = await this.story(id).catch((error: unknown) => {
      if (error instanceof GalleyError && error.code === 'not_found') return null
      throw error
    })
    if (!story) return null
    const leaving = await this.#leaving(story, new PicturesInside(), () => undefined)
    // Once readers have it, it is no draft and under no embargo.
    const { times, ...fields } = leaving.story.fields
    const live: Story = {
      ...leaving.story,
      status: 'published',
      fields: { ...fields, times: { ...times, embargo: null } }
    }
    return formatOf.html.write(live, { pictures: leaving.pictures, site: this.#options.settings(), planned: null })
  }

  /**
   * Shows the folder of an export. Only the desk's export folder and folders written to since the start; a window
   * cannot have others opened.
   */
  async reveal(folder: string): Promise<void> {
    const path = resolve(folder)
    if (!this.#exportedTo.has(path) && path !== this.#folder(undefined)) {
      throw new GalleyError('refused', say('exporting.notAnExportFolder'))
    }
    const there = await stat(path).catch(() => undefined)
    if (!there?.isDirectory()) throw new GalleyError('not_found', say('exporting.folderGone'))
    await this.#options.platform.reveal(path)
  }

  #folder(asked: string | undefined): string {
    const folder = asked || this.#options.settings().exportFolder || this.#options.platform.exportFolder
    if (!isAbsolute(folder) || folder.includes('\0')) {
      throw new GalleyError('invalid_input', say('exporting.wholePath'))
    }
    return resolve(folder)
  }

  async #writeStory(
    id: string,
    run: Pick<ExportRequest, 'formats' | 'options' | 'reason'> & {
      readonly folder: string
      readonly names: ExportNames
    },
    warn: (why: Message) => void
  ): Promise<ExportedFile[]> {
    const { folder, formats, options, names, reason } = run
    const story = await this.#options.getStory(id)
    this.#options.passEmbargo(story, 'export', reason)
    const wantsPictures = formats.some((format) => format !== 'text')
    const beside = wantsPictures && options.images === 'beside' && filledUses(story).length > 0
    const stem = names.claim(storyStem(story.fields), formats, beside)
    const place = beside
      ? new PicturesBeside(folder, mediaFolderName(stem), options.existing)
      : wantsPictures
        ? new PicturesInside()
        : null
    const leaving = place ? await this.#leaving(story, place, warn) : { story, pictures: NO_PICTURES }
    const desk = { site: this.#options.settings(), planned: this.#options.plannedHour(id) }
    const files: ExportedFile[] = []
    for (const format of formats) {
      const bytes = Buffer.from(formatOf[format].write(leaving.story, { ...desk, pictures: leaving.pictures }))
      // The name is free as far as we know; where somebody else was faster the file gets the next one.
      const path = await writeAtomic(inside(folder, `${stem}.${formatOf[format].ending}`), bytes, {
        existing: options.existing,
        syncFolder: false
      })
      files.push({
        storyId: id,
        name: basename(path),
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex')
      })
    }
    return files
  }

  /**
   * The story with each picture replaced by what may leave, and where that is. A picture that cannot be read does not
   * hold the story back: the page says it is to come, and the person is told.
   */
  async #leaving(
    story: Story,
    place: PicturePlace,
    warn: (why: Message) => void
  ): Promise<{ story: Story; pictures: ReadonlyMap<string, ExportPicture> }> {
    const pictures = new Map<string, ExportPicture>()
    const made = new Map<ImageUse, MediaId>()
    const missing = new Set<MediaId>()
    for (const use of filledUses(story)) {
      if (missing.has(use.mediaId)) continue
      try {
        const rendition = await this.#options.makeRendition(use, pictureStem(story))
        const { id } = rendition.asset
        made.set(use, id)
        if (!pictures.has(id)) pictures.set(id, { ...(await place.put(rendition)), original: use.mediaId })
      } catch (error) {
        if (!(error instanceof GalleyError) || !['not_found', 'damaged'].includes(error.code)) throw error
        missing.add(use.mediaId)
        const asset = this.#options.findMedia(use.mediaId)
        warn(
          asset
            ? say('exporting.pictureLeftOut', { name: asset.name, problem: error.said })
            : say('exporting.pictureUnknown')
        )
      }
    }
    await place.finish()
    return { story: withPictureUses(story, (use) => ({ ...use, mediaId: made.get(use) ?? use.mediaId })), pictures }
  }
}

const NO_PICTURES: ReadonlyMap<string, ExportPicture> = new Map()

async function prepare(folder: string): Promise<void> {
  try {
    await makeFolders(folder)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'EEXIST' || code === 'ENOTDIR')
      throw new GalleyError('invalid_input', say('exporting.folderIsAFile'), {
        cause: error
      })
    throw fileError(error)
  }
  await sweepTemporary(folder)
}

function endsTheRun(error: unknown): boolean {
  return error instanceof GalleyError && (error.code === 'storage_full' || error.code === 'read_only')
}

function cutShort(error: unknown, done: number, total: number): unknown {
  if (!(error instanceof GalleyError) || total === 1) return error
  return new GalleyError(error.code, say('exporting.cutShort', { problem: error.said, done, total }), {
    detail: { done, total },
    cause: error
  })
}

function reasonOf(error: unknown): Message {
  return error instanceof GalleyError ? error.said : say('exporting.bug')
}
