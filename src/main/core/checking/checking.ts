import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MediaAsset } from '../../../shared/contract/media.ts'
import { checkStory, type CheckMemory } from '../../../shared/checks/check-story.ts'
import type { Finding } from '../../../shared/checks/finding.ts'
import { readProfile, type CheckProfile } from '../../../shared/checks/profile.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import type { Story } from '../../../shared/story/story.ts'
import { say, type Message } from '../../../shared/words/message.ts'

export interface CheckingOptions {
  /** The folder of files the product ships. */
  readonly resources: string
  /** The desk's own profile, as it is stored; null where it has none. */
  readonly own: () => unknown
  readonly findMedia: (id: string) => MediaAsset | undefined
}

export interface ProfileInUse {
  readonly profile: CheckProfile
  readonly isOwn: boolean
  /** Why the desk's own is not used. */
  readonly problem: Message | null
}

/** Most sentences a refusal names; the rest is in the panel. */
const MOST_NAMED = 5

/** What a desk asks of a story before it goes out. */
export class CheckingService {
  readonly #options: CheckingOptions
  #shipped: CheckProfile | null = null
  /** What an approval asks twice, before its pictures are made ready and after, is read once. */
  readonly #memory: CheckMemory = new WeakMap()

  constructor(options: CheckingOptions) {
    this.#options = options
  }

  profile(): ProfileInUse {
    const own = this.#options.own()
    if (own === null) return { profile: this.#galleys(), isOwn: false, problem: null }
    const read = readProfile(own)
    return read.problem === undefined
      ? { profile: read.profile, isOwn: true, problem: null }
      : { profile: this.#galleys(), isOwn: false, problem: read.problem }
  }

  check(story: Story): Finding[] {
    const { profile } = this.profile()
    return checkStory({ story, profile, widthOf: (id) => this.#options.findMedia(id)?.width, memory: this.#memory })
  }

  /** Throws `refused`, naming what the desk requires and the story has not. */
  require(story: Story): void {
    const required = this.check(story).filter(({ level }) => level === 'required')
    if (required.length === 0) return
    throw new GalleyError(
      'refused',
      say('checks.stopsPublishing', { findings: required.slice(0, MOST_NAMED).map(({ said }) => said) }),
      { detail: { required: required.length } }
    )
  }

  #galleys(): CheckProfile {
    if (this.#shipped === null) {
      const read = readProfile(JSON.parse(readFileSync(join(this.#options.resources, 'checks/profile.json'), 'utf8')))
      if (read.problem !== undefined) throw new Error('the profile of checks that Galley ships cannot be read')
      this.#shipped = read.profile
    }
    return this.#shipped
  }
}
