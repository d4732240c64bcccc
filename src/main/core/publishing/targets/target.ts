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
 * A kind of CMS. A driver turns an approved story into an intent that never changes, and says, from the intent and from
 * what the server has told so far, which request comes next. It keeps nothing: what the server made (ids, addresses,
 * change tokens) is in the references, and when a request may be sent at all is decided by the outbox machine, which
 * knows no kind.
 */
export interface TargetDriver<Settings> {
  readonly settings: z.ZodType<Settings>
  /**
   * The story as it will be on the CMS. Throws `not_found` for a picture that is missing here, `refused` for what the
   * CMS cannot take.
   */
  prepare(story: Story, context: PrepareContext<Settings>): Intent
  /**
   * The next step towards the intent; null when all of it has been sent. `missing` is the key of a step that was looked
   * for just now and is not there.
   */
  nextStep(job: Job, missing: string | null): Step | null
  /** What of the intent the CMS does not show as approved, field by field. Empty: it is all there. */
  same(remote: RemoteCopy, job: Job): readonly Difference[]
  /** Headline and plain text of what the CMS holds, for a person to compare. Empty where it cannot be told. */
  readable(remote: RemoteCopy): { readonly headline: string; readonly text: string }
  /**
   * The copy as the CMS shows it, for a merge with ours; null where it cannot be told. `base`: the version that was last
   * seen there.
   */
  copyThere(remote: RemoteCopy, base: Story, job: Job): CopyThere | null
  /** One block as this kind of CMS would be read to show it; `picture` gives the address of each. */
  htmlOf(block: Block, html: HtmlOptions): string
  /**
   * The requests that would change something there, in their order, for a person to look at: by what is known at this
   * moment, without asking anybody. `url`: the base address of the target.
   */
  requests(job: Job, url: string): readonly PlannedRequest[]
  connect(access: Access<Settings>): TargetClient
}

/**
 * One CMS, spoken to. No method throws for what the other side or the network does; they throw GalleyErrors for what is
 * ours.
 */
export interface TargetClient {
  /** Does what a step says. A `find` gives `present` or `absent`, a `send` gives `stored`. */
  perform(step: Step, job: Job, signal?: AbortSignal): Promise<Answer>
  /**
   * What is to become public by itself becomes the draft again that it was made as; left out where the kind cannot
   * fire. `stored`; `changed` where it is public already, or is no version of ours.
   */
  recall?(job: Job, signal?: AbortSignal): Promise<Answer>
  /** What is there of the story: `found` or `absent`. A CMS whose hour has passed may be reminded of it. */
  probe(job: Job, signal?: AbortSignal): Promise<Answer>
  /** What the CMS's clock says, in milliseconds UTC; null where it does not say or cannot be asked. */
  time(signal?: AbortSignal): Promise<number | null>
  /** What a publication can go out as by mail. Left out where the kind has no newsletters. */
  newsletters?(
    signal?: AbortSignal
  ): Promise<{ readonly kind: 'newsletters'; readonly newsletters: readonly Newsletter[] } | Trouble>
  /** Whom a post there can name as its author. Left out where the kind has no authors. */
  people?(signal?: AbortSignal): Promise<{ readonly kind: 'people'; readonly people: readonly Person[] } | Trouble>
  /** Who has words of a post there that are not saved yet. Left out where the kind does not tell. */
  atWork?(remoteId: string, signal?: AbortSignal): Promise<AtWork | null>
  /**
   * What of ours lies there that no post has. Left out where the kind makes nothing that can be left over: where things
   * are named by whoever sends them.
   */
  leftovers?(made: Made, signal?: AbortSignal): Promise<Left>
  /**
   * Takes one of them away, after a look whether it is still what was found: `stored`, also where it had gone already;
   * `changed` where it stays.
   */
  discard?(leftover: Leftover, signal?: AbortSignal): Promise<Answer>
  /** Who is there, asked with the secret; changes nothing. */
  about(signal?: AbortSignal): Promise<{ readonly ok: boolean; readonly message: Message }>
}

/** A newsletter that a publication can go out as. */
export interface Newsletter {
  readonly slug: string
  readonly name: string
  /** How many get it; null where the CMS does not say. */
  readonly members: number | null
}

/** A user there who can be named as an author. */
export interface Person {
  readonly id: string
  readonly name: string
}

/** Somebody who writes, or wrote, in the CMS itself. */
export interface AtWork {
  /** Null: the CMS does not say who. */
  readonly name: string | null
  /** When the CMS last kept what they wrote, milliseconds UTC. */
  readonly at: number
}

/** What this library had made on a CMS, of stories for which nothing is on its way there. */
export interface Made {
  readonly stories: readonly {
    readonly id: string
    /** It was sent under these. */
    readonly headlines: readonly string[]
    /** Its story was deleted here: the change token of what was last seen of it there. Null: it was not, or none is known. */
    readonly lastSeen: string | null
  }[]
  readonly pictures: readonly {
    readonly id: MediaId
    /** The copy that posts have, where it is known. */
    readonly remoteId: string | null
    /** A post that was published has it, or is about to. */
    readonly used: boolean
    readonly storyId: string
  }[]
}
export interface Leftover {
  readonly kind: 'draft' | 'picture'
  /** What of ours it was made of: `story:<uuid>`, `media:<sha256>`. */
  readonly local: string
  readonly remoteId: string
  readonly name: string
  readonly address: string | null
  readonly storyId: string
  /** A draft with words of ours: it goes as long as it is this version. */
  readonly token?: string
  /** Why it is not taken away, although it seems to be left over; null: it is. */
  readonly kept: Message | null
}
export type Left = { readonly kind: 'left'; readonly leftovers: readonly Leftover[] } | Trouble

export interface PrepareContext<Settings> {
  readonly settings: Settings
  /** Base address of the target. */
  readonly url: string
  /** Address of the newsroom's own site; may be empty. */
  readonly siteUrl: string
  /** Throws `not_found` for a picture that is not in the library. */
  readonly picture: (id: MediaId) => MediaAsset
  readonly purpose: Purpose
  /** Its name on the CMS; a person ticked that this very delivery goes out as it. */
  readonly newsletter?: string | undefined
}

export interface Access<Settings> {
  readonly settings: Settings
  readonly url: string
  /** Told into what is made there where two libraries would give it the same name: letters and figures, this target's own. */
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

/** A request as it would be made, without what is secret. */
export interface PlannedRequest {
  readonly method: 'POST' | 'PUT'
  readonly address: string
  /** Only where what it makes is not found there. */
  readonly ifMissing: boolean
  readonly fields: readonly PlannedField[]
}
export interface PlannedField {
  /** As the CMS calls it. */
  readonly name: string
  readonly value: string
  /** Names: only of those whom somebody there is called. */
  readonly byName?: true
}

/** What a CMS shows of a story's copy, as far as it has places for it. */
export interface CopyThere {
  /** The fields that say something else than the base does. */
  readonly fields: FieldsPatch
  /** HTML is foreign input; blocks are our own form. */
  readonly body: { readonly html: string } | { readonly blocks: readonly Block[] }
  /** The line of the byline and the corrections stand in the body. */
  readonly hasLines: boolean
  /** The picture at the head of the story; left out where this kind tells it among the fields. Null: none. */
  readonly lead?: LeadThere | null
  readonly onlyThere: readonly OnlyThere[]
}

/** By its id or its address there, as the reference of a picture has it. */
export interface LeadThere {
  readonly remoteId?: string
  readonly address?: string
  /** What is said of it, where that belongs to the post. */
  readonly words?: { readonly alt: string; readonly caption: string }
}

/** To put a story on the CMS, or to take it down. */
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
  /** The intent's text. Throws `damaged` when it is not what was approved. */
  text(): string
  /** The change token of the version it replaces; null for a story that is new there. */
  readonly base: string | null
  /**
   * The hour at which the CMS is to make it public by itself, in whole seconds as milliseconds UTC, and some minutes
   * ahead; null: public at once.
   */
  readonly hour: number | null
  /** The CMS may have it for an hour of its own: that it is not public yet is then no difference. */
  readonly mayWaitThere: boolean
  /** What the server made of a local thing, as far as it is known. */
  reference(local: string): Reference | undefined
  /** The server made this of another story of this library, as far as it is known. */
  isKnown(remoteId: string): boolean
}

/** A person has said that what is there under the same address is another story: this one is to be made anew. */
export function asNewKey(storyId: string): string {
  return `as-new:${storyId}`
}

/** What the server made of a local thing: `story`, `media:<sha256>`, `term:tag:Harbour`. */
export interface Learned {
  readonly local: string
  readonly remoteId: string
  /** Where it is on the web, where that is known. */
  readonly address: string | null
  /** Changes there when it changes; compared for equality only. */
  readonly token: string | null
}

export interface Reference extends Learned {
  /** Learned or confirmed for this very delivery, not for an earlier one. */
  readonly fresh: boolean
}

/** The key of the step after which the CMS shows the story as approved: of every driver the last one. */
export const STORY_STEP = 'story'

export interface Step {
  /** The local thing it is about; that of its reference, too. */
  readonly key: string
  /** Its name in the journal. */
  readonly name: StepName
  /** `find` looks and changes nothing; `send` changes something there. */
  readonly act: 'find' | 'send'
  /**
   * A `send` that must not be repeated blindly: when its outcome is unknown it is looked for before anything else
   * happens.
   */
  readonly once: boolean
}
export type StepName = 'site' | 'media' | 'terms' | 'authors' | 'draft' | 'article'

/** What a CMS holds of a story. */
export interface RemoteCopy {
  readonly token: string
  /** Ours and not finished: a draft that the next steps complete. */
  readonly unfinished: boolean
  /** Where readers find it. */
  readonly url: string | null
  /** Not public yet: when the CMS makes it so by itself, milliseconds UTC. Left out where it does not. */
  readonly publishesAt?: number
  /** Public since, by the CMS's own word, milliseconds UTC. Left out where it is not, or the CMS does not say. */
  readonly publishedAt?: number
  /**
   * Ids of whom the CMS names as its authors, where it says so; no part of the content: a post of which they alone were
   * changed there is the same version.
   */
  readonly authors?: readonly string[]
  /** What became of the newsletter that was to be made of it; left out where the CMS has none. */
  readonly newsletter?: 'none' | 'made' | 'failed'
  /** Its fields as a JSON value; two copies with the same content are the same version. */
  readonly content: unknown
  readonly learned: readonly Learned[]
}

export interface Difference {
  /** In words of the story: headline, slug, body, picture. */
  readonly field: string
  readonly note: Message
  /** The CMS did that by itself (made a slug unique, cleaned HTML): told in the receipt, and no reason to stop. */
  readonly byServer: boolean
}

/**
 * What a CMS said, sorted by what it means for a story that must get there exactly once.
 */
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
  /** 409, 412, or another change token than the one it was to replace: somebody else changed it. */
  | { readonly kind: 'changed'; readonly message: Message }
  /** 401, 403. */
  | { readonly kind: 'unauthorised'; readonly message: Message }
  /** Any 3xx: never followed, never counted as stored. */
  | { readonly kind: 'redirected'; readonly message: Message }
  /** Understood and refused: 400, 413, 422 and other 4xx. */
  | { readonly kind: 'rejected'; readonly message: Message }
  /** 429, 503. `waitMs` where it said how long. */
  | { readonly kind: 'later'; readonly waitMs: number | null; readonly message: Message }
  /** Other 5xx: it may have been stored all the same. */
  | { readonly kind: 'broken'; readonly message: Message }
  /** Its certificate is another one than a person trusted for this target: nothing was sent. */
  | { readonly kind: 'distrusted'; readonly message: Message }
  /** No connection was made: certainly not sent. */
  | { readonly kind: 'unreachable'; readonly message: Message }
  /** Cut or timed out on the way: maybe sent. */
  | { readonly kind: 'lost'; readonly message: Message }
  /** An answer that is none of this kind of CMS: a sign-in page, half a JSON, far too many bytes. */
  | { readonly kind: 'odd'; readonly message: Message }
  /** Ours, not the CMS's: a picture of the story cannot be read from the library. */
  | { readonly kind: 'unreadable'; readonly problem: WireError }
