import type { MediaAsset } from '../../../shared/contract/media.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import type { TargetKind } from '../../../shared/publishing/targets/index.ts'
import type { Story } from '../../../shared/story/story.ts'
import type { Events } from '../events.ts'
import type { SecretStore, StartPractice } from '../ports.ts'
import type { Store } from '../store/store.ts'
import type { StoriesService } from '../stories/stories.ts'
import type { Limits } from './targets/bounded-fetch.ts'
import type { Driver } from './targets/driver.ts'

export interface PublishingOptions {
  readonly store: Store
  readonly stories: StoriesService
  readonly media: {
    /** The picture as a rendition. */
    get(id: string): MediaAsset
    read(id: string): Promise<Uint8Array>
    /** Makes the renditions that will leave in place of a story's pictures. */
    prepare(story: Story): Promise<void>
    /** The prepared story as it leaves: each picture is a rendition. */
    leaving(story: Story): Story
  }
  /** Throws `refused` for a story that does not meet the desk's requirements. */
  readonly requireChecked: (story: Story) => void
  readonly clock: Clock
  readonly events: Events
  readonly secrets: SecretStore
  readonly desk: () => { readonly zone: string; readonly siteUrl: string }
  readonly log?: (line: string) => void
  readonly fetch: typeof globalThis.fetch
  readonly startPractice?: StartPractice | undefined
  /** The kinds of CMS; tests replace them. */
  readonly drivers?: Readonly<Record<TargetKind, Driver>>
  readonly limits?: Limits
  /** From 0 up to 1; for the jitter of waits. */
  readonly random?: () => number
  /** Called between any two steps of sending and approving; tests kill the process there. */
  readonly onStep?: (point: string) => void | Promise<void>
}
