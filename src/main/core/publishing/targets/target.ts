import type { Message } from '../../../../shared/words/message.ts'
import type { z } from 'zod'
import type { Story } from '../../../../shared/story/story.ts'
import type { MediaAsset } from '../../../../shared/contract/media.ts'
import type { OnlyThere } from '../../../../shared/contract/publishing.ts'
import type { Block } from '../../../../shared/document/document.ts'
import type { HtmlOptions } from '../../../../shared/document/to-html.ts'
import type { FieldsPatch } from '../../../../shared/story/fields.ts'
import type { MediaId } from '../../../../shared/document/image-use.ts'
import type { Clock } from '../../../../shared/lib/clock.ts'
import type { WireError } from '../../../../shared/rpc/errors.ts'
import type { Limits } from './bounded-fetch.ts'

/**
 * A kind of CMS. A driver turns an approved story into an intent that never changes, and determines the next request
 * from the intent and from what the server has said so far. It keeps no state: what the server created (ids, addresses,
 * change tokens) is in the references, and whether a request may be sent at all is decided by the outbox machine, which
 * knows no kind.
 */
export interface TargetDriver<Settings> {
  readonly settings: z.ZodType<Settings>
  /**
   * The story as it should be on the CMS. Throws `not_found` for a picture missing here, and `refused` for what the CMS
   * cannot take.
   */
  prepare(story: Story, context: PrepareContext<Settings>): Intent
  /**
   * The next step towards the intent; null once everything has been sent. `missing` is the key of a step that was just
   * looked for and is not there.
   */
  nextStep(job: Job, missing: string | null): Step | null
  /** The fields of the intent that the CMS does not show as approved. Empty: everything is there. */
  same(remote: RemoteCopy, job: Job): readonly Difference[]
  /** Headline and plain text of what the CMS has, for a person to compare. Empty if it cannot be read. */
  readable(remote: RemoteCopy): { readonly headline: string; readonly text: string }
  /**
   * The copy as the CMS shows it, to be merged with ours; null if it cannot be read. `base`: the version last seen
   * there; `sent`: the text of the intent it was sent by, null if that is not known.
   */
  copyThere(remote: RemoteCopy, base: Story, job: Job, sent: string | null): CopyThere | null
  /** One block as this kind of CMS shows it, in the form it is read back; `picture` returns each picture's address. */
  htmlOf(block: Block, html: HtmlOptions): string
  /**
   * The requests that would change something there, in order, for a person to look at: from what is known now, without
   * contacting anybody. `url`: the target's base address.
   */
  requests(job: Job, url: string): readonly PlannedRequest[]
  connect(access: Access<Settings>): TargetClient
}

/**
 * Talks to one CMS. No method throws for what the other side or the network does; they throw GalleyErrors for faults of
 * our own.
 */
export interface TargetClient {
  /** Carries out a step. A `find` returns `present` or `absent`, a `send` returns `stored`. */
  perform(step: Step, job: Job, signal?: AbortSignal): Promise<Answer>
  /**
   * Turns what is scheduled to become public back into the draft it was created as; missing if the kind cannot publish
   * by itself. Returns `stored`, or `changed` if it is public already or is not a version of ours.
   */
  recall?(job: Job, signal?: AbortSignal): Promise<Answer>
  /** What is there of the story: `found` or `absent`. A CMS whose hour has passed may be nudged. */
  probe(job: Job, signal?: AbortSignal): Promise<Answer>
  /** The CMS's clock, in milliseconds UTC; null if it does not say or cannot be reached. */
  time(signal?: AbortSignal): Promise<number | null>
  /** The newsletters a publication can be sent as. Missing if the kind has none. */
  newsletters?(
    signal?: AbortSignal
  ): Promise<{ readonly kind: 'newsletters'; readonly newsletters: readonly Newsletter[] } | Trouble>
  /** Who can be named as a post's author. Missing if the kind has no authors. */
  people?(signal?: AbortSignal): Promise<{ readonly kind: 'people'; readonly people: readonly Person[] } | Trouble>
  /** Who has unsaved text in a post there. Missing if the kind does not tell. */
  atWork?(remoteId: string, signal?: AbortSignal): Promise<AtWork | null>
  /**
   * Things of ours there that no post uses. Missing if the kind creates nothing that can be left over, because the
   * sender names everything.
   */
  leftovers?(made: Made, signal?: AbortSignal): Promise<Left>
  /**
   * Removes one of them, after checking that it is still what was found. Returns `stored`, also if it was gone already,
   * or `changed` if it stays.
   */
  discard?(leftover: Leftover, signal?: AbortSignal): Promise<Answer>
  /** Who is there, asked with the secret; changes nothing. */
  about(signal?: AbortSignal): Promise<{ readonly ok: boolean; readonly message: Message }>
}

/** A newsletter that a publication can be sent as. */
export interface Newsletter {
  readonly slug: string
  readonly name: string
  /** How many people get it; null if the CMS does not say. */
  readonly members: number | null
}

/** A user there who can be named as an author. */
export interface Person {
  readonly id: string
  readonly name: string
}

/** Somebody who is writing, or was, in the CMS itself. */
export interface AtWork {
  /** Null: the CMS does not say who. */
  readonly name: string | null
  /** When the CMS last saved what they wrote, milliseconds UTC. */
  readonly at: number
}

/** What this library created on a CMS for stories that have nothing under way there. */
export interface Made {
  readonly stories: readonly {
    readonly id: string
    /** The headlines under which it was sent. */
    readonly headlines: readonly string[]
    /**
     * If its story was deleted here, the change token of what was last seen of it there; otherwise, or if that is
     * unknown, null.
     */
    readonly lastSeen: string | null
  }[]
  readonly pictures: readonly {
    readonly id: MediaId
    /** The copy that posts use, if known. */
    readonly remoteId: string | null
    /** A published post uses it, or is about to. */
    readonly used: boolean
    readonly storyId: string
  }[]
}
export interface Leftover {
  readonly kind: 'draft' | 'picture'
  /** The local thing it was made from: `story:<uuid>`, `media:<sha256>`. */
  readonly local: string
  readonly remoteId: string
  readonly name: string
  readonly address: string | null
  readonly storyId: string
  /** A draft with text of ours: it is removed as long as it is still this version. */
  readonly token?: string
  /** Why it is not removed although it appears to be left over; null: it is removed. */
  readonly kept: Message | null
}
export type Left = { readonly kind: 'left'; readonly leftovers: readonly Leftover[] } | Trouble

export interface PrepareContext<Settings> {
  readonly settings: Settings
  /** The target's base address. */
  readonly url: string
  /** Address of the newsroom's own site; may be empty. */
  readonly siteUrl: string
  /** Throws `not_found` for a picture that is not in the library. */
  readonly picture: (id: MediaId) => MediaAsset
  readonly purpose: Purpose
  /** The newsletter's slug on the CMS, if a person ticked that this very delivery is sent as one. */
  readonly newsletter?: string | undefined
}

export interface Access<Settings> {
  readonly settings: Settings
  readonly url: string
  /**
   * Distinguishes things that two libraries would otherwise name the same: letters and digits, unique to this target.
   */
  readonly owner: string
  /** Null: there is none. */
  readonly secret: string | null
  readonly fetch: typeof globalThis.fetch
  readonly clock: Clock
  readonly limits: Limits
  readonly pictures: Pictures
}

/** Pictures as they leave this desk. */
export interface Pictures {
  get(id: MediaId): MediaAsset
  /** Throws `not_found` or `damaged`. */
  read(id: MediaId): Promise<Uint8Array>
}

/** A request as it would be made, without anything secret. */
export interface PlannedRequest {
  readonly method: 'POST' | 'PUT'
  readonly address: string
  /** Only sent if what it creates is not found there. */
  readonly ifMissing: boolean
  readonly fields: readonly PlannedField[]
}
export interface PlannedField {
  /** As the CMS calls it. */
  readonly name: string
  readonly value: string
  /** These are names: only those that a user there has are sent. */
  readonly byName?: true
}

/** A story's copy as a CMS shows it, as far as the CMS can store it. */
export interface CopyThere {
  /** The fields that differ from the base. */
  readonly fields: FieldsPatch
  /**
   * HTML is untrusted input; blocks are our own form. `sent`: the HTML that was sent of the base, maybe by an earlier
   * build; null if that is not known.
   */
  readonly body: { readonly html: string; readonly sent: string | null } | { readonly blocks: readonly Block[] }
  /** The byline and the corrections are lines of the body. */
  readonly hasLines: boolean
  /** The picture at the head of the story; missing if this kind has it among the fields. Null: none. */
  readonly lead?: LeadThere | null
  readonly onlyThere: readonly OnlyThere[]
}

/** By its id or its address there, as in the picture's reference. */
export interface LeadThere {
  readonly remoteId?: string
  readonly address?: string
  /** Its texts, if they belong to the post. */
  readonly words?: { readonly alt: string; readonly caption: string }
}

/** Whether to put a story on the CMS or to take it down. */
export type Purpose = 'publish' | 'withdraw'

/** What was approved, fixed as bytes. Only its driver reads it. */
export interface Intent {
  readonly contentType: string
  /** Canonical JSON. */
  readonly text: string
  /** SHA-256 over its UTF-8 bytes, hex. */
  readonly sha256: string
  /** The pictures it needs, each once, in the order they are sent. */
  readonly media: readonly MediaId[]
}

/** A delivery as its driver sees it. */
export interface Job {
  readonly storyId: string
  /** The same for every try of one decision to publish. */
  readonly idempotencyKey: string
  readonly purpose: Purpose
  readonly contentType: string
  /** SHA-256 of the intent's text, hex. */
  readonly sha256: string
  readonly media: readonly MediaId[]
  /** The intent's text. Throws `damaged` if it is not what was approved. */
  text(): string
  /** The change token of the version it replaces; null for a story that is new there. */
  readonly base: string | null
  /**
   * The hour at which the CMS should publish it by itself, as milliseconds UTC in whole seconds, some minutes ahead;
   * null: public at once.
   */
  readonly hour: number | null
  /** The CMS may have it scheduled, so that not being public yet is no difference. */
  readonly mayWaitThere: boolean
  /** What the server created from a local thing, if known. */
  reference(local: string): Reference | undefined
  /** Whether the server is known to have created this from another story of this library. */
  isKnown(remoteId: string): boolean
}

/**
 * A person has decided that the post at the same address is another story, and that this one is to be created as a new
 * post.
 */
export function asNewKey(storyId: string): string {
  return `as-new:${storyId}`
}

/** What the server created from a local thing: `story`, `media:<sha256>`, `term:tag:Harbour`. */
export interface Learned {
  readonly local: string
  readonly remoteId: string
  /** Its web address, if known. */
  readonly address: string | null
  /** Changes there whenever it changes; compared only for equality. */
  readonly token: string | null
}

export interface Reference extends Learned {
  /** Learned or confirmed for this very delivery, not an earlier one. */
  readonly fresh: boolean
}

/** The key of the step after which the CMS shows the story as approved; the last step of every driver. */
export const STORY_STEP = 'story'

export interface Step {
  /** The local thing it is about, which is also the key of its reference. */
  readonly key: string
  /** Its name in the journal. */
  readonly name: StepName
  /** `find` only looks; `send` changes something there. */
  readonly act: 'find' | 'send'
  /**
   * A `send` that must not simply be repeated: if its outcome is unknown, it is looked for before anything else
   * happens.
   */
  readonly once: boolean
}
export type StepName = 'site' | 'media' | 'terms' | 'authors' | 'draft' | 'article'

/** What a CMS has of a story. */
export interface RemoteCopy {
  readonly token: string
  /** Ours, and unfinished: a draft that the next steps complete. */
  readonly unfinished: boolean
  /** Where readers find it. */
  readonly url: string | null
  /** Not public yet: when the CMS will publish it by itself, milliseconds UTC. Missing if it will not. */
  readonly publishesAt?: number
  /**
   * When it became public according to the CMS, milliseconds UTC. Missing if it is not public, or the CMS does not say.
   */
  readonly publishedAt?: number
  /**
   * Ids of the authors the CMS names, if it says so. Not part of the content: a post in which only they were changed is
   * the same version.
   */
  readonly authors?: readonly string[]
  /** The state of the newsletter that was to be sent; missing if the CMS has none. */
  readonly newsletter?: 'none' | 'made' | 'failed'
  /** Its fields as a JSON value; two copies with the same content are the same version. */
  readonly content: unknown
  readonly learned: readonly Learned[]
}

export interface Difference {
  /** In a story's terms: headline, slug, body, picture. */
  readonly field: string
  readonly note: Message
  /** The CMS did that by itself (made a slug unique, cleaned HTML): mentioned in the receipt, and no reason to stop. */
  readonly byServer: boolean
}

/** What a CMS replied, sorted by what it means for a story that must get there exactly once. */
export type Answer =
  /** The story is there. The server's time in milliseconds UTC. */
  | { readonly kind: 'found'; readonly remote: RemoteCopy; readonly serverTime: number | null }
  | { readonly kind: 'absent'; readonly serverTime: number | null }
  /** What a step looked for is there. */
  | { readonly kind: 'present'; readonly learned: readonly Learned[] }
  /** Accepted. */
  | { readonly kind: 'stored'; readonly learned: readonly Learned[] }
  | Trouble

/** Everything but a plain yes or no. */
export type Trouble =
  /** 409, 412, or a change token other than the one to be replaced: somebody else changed it. */
  | { readonly kind: 'changed'; readonly message: Message }
  /** Nothing was sent: Galley has no way to talk to the target. The message says what is to be done. */
  | { readonly kind: 'no-client'; readonly message: Message }
  /** 401, 403. */
  | { readonly kind: 'unauthorised'; readonly message: Message }
  /** Any 3xx: never followed, never counted as stored. */
  | { readonly kind: 'redirected'; readonly message: Message }
  /** Understood and refused: 400, 413, 422 and other 4xx. */
  | { readonly kind: 'rejected'; readonly message: Message }
  /** 429, 503. `waitMs` if it said how long. */
  | { readonly kind: 'later'; readonly waitMs: number | null; readonly message: Message }
  /** Other 5xx: it may have been stored anyway. */
  | { readonly kind: 'broken'; readonly message: Message }
  /** Its certificate is not the one a person trusted for this target: nothing was sent. */
  | { readonly kind: 'distrusted'; readonly message: Message }
  /** No connection was made: certainly not sent. */
  | { readonly kind: 'unreachable'; readonly message: Message }
  /** Cut or timed out on the way: perhaps sent. */
  | { readonly kind: 'lost'; readonly message: Message }
  /** Not a reply of this kind of CMS: a sign-in page, half a JSON text, far too many bytes. */
  | { readonly kind: 'odd'; readonly message: Message }
  /** Our fault, not the CMS's: a picture of the story cannot be read from the library. */
  | { readonly kind: 'unreadable'; readonly problem: WireError }
