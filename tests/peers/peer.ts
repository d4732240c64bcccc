import type { TargetInput } from '../../src/main/core/publishing/targets/targets.ts'

/** A real CMS, asked past our own drivers. */
export interface Peer {
  /** `WordPress 6.1.9` */
  readonly name: string
  readonly url: string
  /** Through whatever is before it at `url`. */
  target(url: string): TargetInput
  /** Every post that is there in any state, the trash too, whose title has the words. */
  posts(words: string): Promise<readonly PeerPost[]>
  /** The addresses of every copy of these pictures of ours, by what we call them. */
  pictures(ids: readonly string[]): Promise<readonly string[]>
  /** How many of each there are on the whole site. */
  counts(): Promise<{ readonly posts: number; readonly pictures: number }>
  stop(): Promise<void>
}

export interface PeerPost {
  readonly title: string
  readonly slug: string
  /** Now, or by itself at its hour. */
  readonly isPublic: boolean
  /** When the CMS makes it public by itself, milliseconds UTC; null: it is public, or stays where it is. */
  readonly publishesAt: number | null
  /** Where readers find it. */
  readonly url: string
  /** The addresses of its pictures, featured first. */
  readonly pictures: readonly string[]
  /** Changes with every edit, as the driver keeps it. */
  readonly token: string
}
