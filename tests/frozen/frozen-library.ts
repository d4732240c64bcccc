import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Events } from '../../src/main/core/events.ts'
import { memorySecrets } from '../../src/main/core/ports.ts'
import { StoriesService } from '../../src/main/core/stories/stories.ts'
import { MediaService } from '../../src/main/core/media/media.ts'
import { RenditionsService } from '../../src/main/core/media/renditions.ts'
import { PublishingService } from '../../src/main/core/publishing/publishing.ts'
import { RevisionsService } from '../../src/main/core/stories/revisions.ts'
import { openLibrary, type OpenedLibrary } from '../../src/main/core/store/open-library.ts'
import { ManualClock } from '../support/manual-clock.ts'

/** The release whose files a test opens. */
export type FrozenRelease = '0.1.0'

export function frozenFile(release: FrozenRelease, ...path: string[]): string {
  return join(import.meta.dirname, release, ...path)
}

export function frozenText(release: FrozenRelease, ...path: string[]): string {
  return readFileSync(frozenFile(release, ...path), 'utf8')
}

export function expected(release: FrozenRelease, name: string): unknown {
  return JSON.parse(frozenText(release, 'expected', name))
}

/** A copy of a frozen library, opened by this build. Nothing of it is sent: publishing is not started. */
export class FrozenLibrary {
  readonly opened: OpenedLibrary
  readonly stories: StoriesService
  readonly revisions: RevisionsService
  readonly media: MediaService
  readonly publishing: PublishingService
  readonly #folder: string

  private constructor(folder: string, opened: OpenedLibrary, clock: ManualClock) {
    const { store } = opened
    const events = new Events(() => undefined)
    const desk = () => ({ zone: 'Asia/Dubai', language: 'en', siteUrl: '' })
    this.#folder = folder
    this.opened = opened
    this.stories = new StoriesService({ store, clock, events, desk })
    this.revisions = new RevisionsService(store, this.stories)
    this.media = new MediaService(store, clock)
    this.publishing = new PublishingService({
      store,
      stories: this.stories,
      requireChecked: () => undefined,
      media: new RenditionsService({ store, media: this.media, clock }),
      clock,
      events,
      secrets: memorySecrets(),
      fetch: globalThis.fetch,
      desk
    })
  }

  static async open(release: FrozenRelease, name: 'library' | 'killed'): Promise<FrozenLibrary> {
    const folder = mkdtempSync(join(tmpdir(), 'galley-frozen-'))
    cpSync(frozenFile(release, name), folder, { recursive: true })
    for (const file of readdirSync(folder).filter((one) => one.endsWith('.gz'))) {
      writeFileSync(join(folder, file.slice(0, -3)), gunzipSync(readFileSync(join(folder, file))))
      rmSync(join(folder, file))
    }
    const clock = new ManualClock(Date.UTC(2026, 10, 21, 9))
    return new FrozenLibrary(folder, await openLibrary(folder, clock.now()), clock)
  }

  async close(): Promise<void> {
    await this.publishing.close()
    await this.media.close()
    this.opened.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
