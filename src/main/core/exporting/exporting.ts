import { createHash } from 'node:crypto'
import { lstat, mkdir, readFile, stat } from 'node:fs/promises'
import { basename, isAbsolute, resolve } from 'node:path'
import type { Story } from '../../../shared/story/story.ts'
import type { Instant } from '../../../shared/story/instant.ts'
import type { ExportedFile, ExportFormat, ExportOptions } from '../../../shared/contract/exports.ts'
import type { MediaAsset } from '../../../shared/contract/media.ts'
import type { DeskSite } from '../../../shared/formats/desk-site.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { inside, safeName } from '../files/safe-name.ts'
import { fileError, sweepTemporary, syncFolder, writeAtomic } from '../files/write-atomic.ts'
import type { Platform } from '../ports.ts'
import { ExportNames, extensions, mediaFolderName, pictureName, storyStem } from './names.ts'
import { mediaOf, renderStory, types, type ExportPicture } from './render.ts'
import type { Jobs } from '../app/jobs.ts'

export interface ExportingOptions {
  /** The newest revision; throws GalleyErrors for a story that is not there or damaged. */
  readonly getStory: (id: string) => Story | Promise<Story>
  /** The earliest hour that a delivery of the story waits for. */
  readonly plannedHour: (id: string) => Instant | null
  readonly findMedia: (id: string) => MediaAsset | undefined
  readonly readMedia: (id: string) => Promise<Uint8Array>
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
  readonly jobId?: string | undefined
}

export interface ExportResult {
  readonly folder: string
  readonly files: ExportedFile[]
  /** Stories that could not be written, or were written without a picture, and why. */
  readonly failed: { readonly storyId: string; readonly message: string }[]
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
    const label = ids.length === 1 ? 'Exporting a story' : `Exporting ${ids.length.toLocaleString('en')} stories`
    return await this.#options.jobs.run(request.jobId, label, signal, async (job) => {
      await prepare(folder)
      const names = await ExportNames.in(folder, request.options.existing)
      const run = { folder, formats, options: request.options, names }
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
          const fail = (message: string): void => {
            ;(failed[index] ??= []).push({ storyId: id, message })
          }
          try {
            files[index] = await this.#writeStory(id, run, fail)
            diskErrors = 0
          } catch (error) {
            fail(sentence(error))
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
        throw new GalleyError(
          'cancelled',
          `The export was stopped after ${written.length} of ${ids.length} stories. What was written is whole and stays.`,
          { detail: { done: written.length, total: ids.length } }
        )
      }
      return { folder, files: written.flat(), failed: failed.flat() }
    })
  }

  /** One story as one text, pictures inside. */
  async render(id: string, format: ExportFormat): Promise<{ name: string; type: string; text: string }> {
    const story = await this.#options.getStory(id)
    const pictures =
      format === 'text' ? new Map<string, ExportPicture>() : await this.#picturesInside(story, () => undefined)
    return {
      name: safeName(storyStem(story.fields), extensions[format]),
      type: types[format],
      text: renderStory(story, format, pictures, {
        site: this.#options.settings(),
        planned: this.#options.plannedHour(id)
      })
    }
  }

  /**
   * Shows the folder of an export. Only the desk's export folder and folders written to since the start; a window
   * cannot have others opened.
   */
  async reveal(folder: string): Promise<void> {
    const path = resolve(folder)
    if (!this.#exportedTo.has(path) && path !== this.#folder(undefined)) {
      throw new GalleyError('refused', 'Only folders that stories were exported to can be shown.', {
        next: 'Export the story again, then show its folder.'
      })
    }
    const there = await stat(path).catch(() => undefined)
    if (!there?.isDirectory())
      throw new GalleyError('not_found', 'The export folder is not there any more.', {
        next: 'Export the story again.'
      })
    await this.#options.platform.reveal(path)
  }

  #folder(asked: string | undefined): string {
    const folder = asked || this.#options.settings().exportFolder || this.#options.platform.exportFolder
    if (!isAbsolute(folder) || folder.includes('\0')) {
      throw new GalleyError('invalid_input', 'The export folder must be named by its whole path.', {
        next: 'Choose a folder, or set one in the settings.'
      })
    }
    return resolve(folder)
  }

  async #writeStory(
    id: string,
    run: { folder: string; formats: readonly ExportFormat[]; options: ExportOptions; names: ExportNames },
    warn: (message: string) => void
  ): Promise<ExportedFile[]> {
    const { folder, formats, options, names } = run
    const story = await this.#options.getStory(id)
    const wantsPictures = formats.some((format) => format !== 'text')
    const beside = wantsPictures && options.images === 'beside' && mediaOf(story).length > 0
    const stem = names.claim(storyStem(story.fields), formats, beside)
    const pictures = !wantsPictures
      ? new Map<string, ExportPicture>()
      : beside
        ? await this.#picturesBeside(story, folder, mediaFolderName(stem), options.existing, warn)
        : await this.#picturesInside(story, warn)
    const desk = { site: this.#options.settings(), planned: this.#options.plannedHour(id) }
    const files: ExportedFile[] = []
    for (const format of formats) {
      const bytes = Buffer.from(renderStory(story, format, pictures, desk))
      // The name is free as far as we know; where somebody else was faster the file gets the next one.
      const path = await writeAtomic(inside(folder, `${stem}.${extensions[format]}`), bytes, {
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

  /** Pictures go first, so that no page names one that is not there yet. */
  async #picturesBeside(
    story: Story,
    folder: string,
    mediaFolder: string,
    existing: ExportOptions['existing'],
    warn: (message: string) => void
  ): Promise<Map<string, ExportPicture>> {
    const pictures = new Map<string, ExportPicture>()
    const path = inside(folder, mediaFolder)
    for (const id of mediaOf(story)) {
      const found = await this.#picture(id, warn)
      if (!found) continue
      const name = pictureName(found.asset)
      if (pictures.size === 0) await makeFolder(path)
      await putPicture(inside(path, name), found.bytes, existing)
      pictures.set(id, { asset: found.asset, file: `${mediaFolder}/${name}` })
    }
    if (pictures.size > 0) await syncFolder(path)
    return pictures
  }

  async #picturesInside(story: Story, warn: (message: string) => void): Promise<Map<string, ExportPicture>> {
    const pictures = new Map<string, ExportPicture>()
    for (const id of mediaOf(story)) {
      const found = await this.#picture(id, warn)
      if (found)
        pictures.set(id, {
          asset: found.asset,
          base64: Buffer.from(found.bytes.buffer, found.bytes.byteOffset, found.bytes.byteLength).toString('base64')
        })
    }
    return pictures
  }

  /**
   * A picture that cannot be read does not hold the story back: the page says it is to come, and the person is told.
   */
  async #picture(
    id: string,
    warn: (message: string) => void
  ): Promise<{ asset: MediaAsset; bytes: Uint8Array } | undefined> {
    const asset = this.#options.findMedia(id)
    if (!asset) {
      warn('Exported without one picture: it is not in this library.')
      return undefined
    }
    try {
      return { asset, bytes: await this.#options.readMedia(id) }
    } catch (error) {
      if (!(error instanceof GalleyError)) throw error
      warn(`Exported without the picture “${asset.name}”: ${error.message}`)
      return undefined
    }
  }
}

async function prepare(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'EEXIST' || code === 'ENOTDIR')
      throw new GalleyError('invalid_input', 'The export folder is a file, not a folder.', {
        next: 'Choose another folder.',
        cause: error
      })
    throw fileError(error)
  }
  await sweepTemporary(folder)
}

/** A folder of that name that is a link would take the pictures out of the chosen folder. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true })
  } catch (error) {
    throw fileError(error)
  }
  if ((await lstat(path)).isSymbolicLink())
    throw new GalleyError('refused', 'The folder for the pictures is a link to another place.', {
      next: 'Remove the link, or export to another folder.'
    })
}

/** Its name holds its digest, so a file of that name is the same picture, unless somebody put another there. */
async function putPicture(path: string, bytes: Uint8Array, existing: ExportOptions['existing']): Promise<void> {
  try {
    await writeAtomic(path, bytes, { existing: existing === 'replace' ? 'replace' : 'fail', syncFolder: false })
  } catch (error) {
    if (!(error instanceof GalleyError) || error.code !== 'conflict') throw error
    if (!Buffer.from(bytes).equals(await readFile(path))) throw error
  }
}

function endsTheRun(error: unknown): boolean {
  return error instanceof GalleyError && (error.code === 'storage_full' || error.code === 'read_only')
}

function cutShort(error: unknown, done: number, total: number): unknown {
  if (!(error instanceof GalleyError) || total === 1) return error
  return new GalleyError(error.code, `${error.message} ${done} of ${total} stories were exported before that.`, {
    ...(error.next && { next: error.next }),
    detail: { done, total },
    cause: error
  })
}

function sentence(error: unknown): string {
  return error instanceof GalleyError
    ? error.message
    : 'Something went wrong inside Galley while exporting this story. The story itself is safe.'
}
