import { z } from 'zod'
import { Instant } from '../story/instant.ts'
import { Story } from '../story/story.ts'
import { WireError } from '../rpc/errors.ts'
import { read, write } from '../rpc/define.ts'
import { Message } from '../words/message.ts'
import { TargetKind } from '../publishing/targets/index.ts'
import { Certificate, Fingerprint } from '../publishing/certificate.ts'
import { Done, Nothing, StoryId, TargetId, Utc } from './common.ts'
import { FiredBy, OutboxItem, Standing } from './outbox.ts'

export const TargetSettings = z.record(z.string().max(100), z.json())
export type TargetSettings = z.infer<typeof TargetSettings>

/** A CMS this desk publishes to. Its secret is kept in the host's keychain, never here. */
export const Target = z.object({
  id: TargetId,
  name: z.string().min(1).max(200),
  kind: TargetKind,
  /** Base address; https, or http on this machine only. */
  url: z.url({ protocol: /^https?$/ }).max(2000),
  /** As described for its kind in shared/publishing/targets. */
  settings: TargetSettings,
  /** Whether a secret is available for it: stored in the system's keychain, for this run only, or not at all. */
  secret: z.enum(['stored', 'this-run', 'none']),
  /**
   * Nothing new leaves for it: a person paused it, or it refused a delivery for a reason that applies to all (a wrong
   * secret).
   */
  paused: z.enum(['by-hand', 'stopped']).nullable(),
  /**
   * The one certificate a person trusts there, whatever this machine thinks of it; any other is refused. Null: this
   * machine decides.
   */
  trusted: Fingerprint.nullable()
})
export type Target = z.infer<typeof Target>

/** Something a fault left on a CMS: an empty draft with Galley's mark, a picture without a story, a second copy. */
export const Orphan = z.object({
  /** Identifies it in `removeOrphans`. */
  id: z.string().max(100),
  kind: z.enum(['draft', 'picture']),
  /** Title or file name there. */
  name: z.string(),
  address: z.string().nullable(),
  /** The story it was made for. */
  storyId: StoryId,
  headline: z.string(),
  /** Why it would not be removed: it cannot be told whether something there uses it. */
  kept: Message.nullable()
})
export type Orphan = z.infer<typeof Orphan>

/**
 * Something in a story that exists only on the CMS and that this build cannot represent; it is lost there when another
 * version replaces it.
 */
export const OnlyThere = z.object({
  /** Its key among the choices of a merge; `mine` leaves it out. */
  id: z.string().max(100),
  kind: z.enum(['picture', 'embed', 'tags', 'sections']),
  /** What describes it: a caption, an address, a number. */
  name: z.string().max(300)
})
export type OnlyThere = z.infer<typeof OnlyThere>

/** What an update means to its readers: which visible dates change, and whether they are told. */
const Change = z.enum(['update', 'minor', 'correction'])

const MergeCopy = Story.pick({ fields: true, body: true })

/** The two versions of a story in conflict, and the one both came from. */
export const MergeView = z.object({
  /** The etag of the version there that was looked at. */
  etag: z.string(),
  /** The revision of the desk's copy. */
  revision: z.int(),
  base: MergeCopy,
  ours: MergeCopy,
  theirs: MergeCopy,
  onlyThere: z.array(OnlyThere),
  /** What the delivery in conflict was to be to its readers; null if they have nothing of the story there yet. */
  change: Change.nullable()
})
export type MergeView = z.infer<typeof MergeView>

/** A delivery requested for one target. */
const DeliveryRequest = z.object({
  targetId: TargetId,
  changeId: z.uuid(),
  at: Instant.nullable().optional(),
  firedBy: FiredBy.optional(),
  change: Change.optional(),
  newsletter: z.string().min(1).max(200).nullable().optional()
})

export const publishing = {
  targets: read(Nothing, z.array(Target)),
  /**
   * Adds a target (without an id) or changes one. `settings` absent: unchanged, or the defaults of its kind. `secret`
   * absent: unchanged; null: forget it. `trusted` absent: unchanged, unless the address leads to another server; null:
   * forget it.
   */
  saveTarget: write(
    z.object({
      id: TargetId.optional(),
      name: Target.shape.name,
      kind: Target.shape.kind,
      url: Target.shape.url,
      settings: TargetSettings.optional(),
      secret: z.string().max(10_000).nullable().optional(),
      trusted: Fingerprint.nullable().optional()
    }),
    Target
  ),
  /**
   * Detects the kind of CMS at an address from what it tells anybody; null with the reason if it is none of the known
   * ones. `trusted`: the certificate a person trusts there. `certificate`: the one that prevents a connection.
   */
  detectTarget: read(
    z.object({ url: Target.shape.url, trusted: Fingerprint.optional() }),
    z.object({
      kind: TargetKind.nullable(),
      /** What the site calls itself. */
      name: z.string().nullable(),
      message: Message,
      certificate: Certificate.nullable()
    })
  ),
  removeTarget: write(z.object({ id: TargetId }), Done),
  /**
   * Asks the endpoint who it is, using the secret; nothing is published. `certificate`: the one that prevents a
   * connection.
   */
  testTarget: read(
    z.object({ id: TargetId }),
    z.object({ ok: z.boolean(), message: Message, certificate: Certificate.nullable() })
  ),
  /**
   * Approves the given revision and queues it: snapshot and outbox row in one transaction. The same changeId again
   * queues nothing new.
   * `at`: when this delivery is to leave; null: now. Absent: when the story was to run, or else the future hour an
   * approval already waits for (that target's, or, if the story is not live on that target, the first of the others).
   * An embargo holds in any case. An hour that has passed is `refused` with detail {passed}, unless `at` is null: then
   * it is meant.
   * `firedBy`: who makes it public at its hour; absent: this machine if that was chosen for the version it replaces,
   * otherwise the CMS if it can. The CMS can if its kind does, nothing of the story was published there before, no
   * newsletter goes with it, and its hour is at least five minutes ahead; asking for it where it never can is
   * `refused`.
   * `newsletter`: the slug of the CMS's newsletter as which a first publication is also sent; null: none. Absent: that
   * of the waiting first publication it replaces, else none.
   * `change`: what an update of a live story means to its readers. A minor fix changes no date; an update is stamped
   * with the present time, or with the "last updated" set by hand since; so is a correction, which is `refused` if the
   * story has no notice that is not already live there.
   */
  publish: write(DeliveryRequest.extend({ storyId: StoryId, revision: z.int() }), OutboxItem),
  /**
   * Like `publish`, for several targets that get the very same revision, in the order given. A refusal for one does not
   * hold back the others: its entry says why. Throws only if the story itself cannot be published; then nothing has
   * happened.
   */
  publishTogether: write(
    z.object({
      storyId: StoryId,
      revision: z.int(),
      deliveries: z.array(DeliveryRequest).min(1).max(100)
    }),
    z.array(z.object({ targetId: TargetId, item: OutboxItem.nullable(), problem: WireError.nullable() }))
  ),
  /** Where the story is live, was withdrawn, or may have arrived; targets that were removed are left out. */
  standings: read(z.object({ storyId: StoryId }), z.array(Standing)),
  /**
   * Who has unsaved text of the story open in the CMS itself, as far as the CMS tells; `name` is null if it does not
   * say who. Asks the CMS; null if nobody has, or if that cannot be told.
   */
  atWork: read(
    z.object({ storyId: StoryId, targetId: TargetId }),
    z.object({ name: z.string().nullable(), at: Utc }).nullable()
  ),
  /**
   * Takes the story down from each of the targets, through the outbox: one item each, in the order given. What waits
   * there unsent is cancelled. The same changeId again queues nothing new. `refused` if the story neither is there nor
   * may be.
   */
  withdraw: write(
    z.object({
      storyId: StoryId,
      targetIds: z.array(TargetId).min(1).max(100),
      reason: z.string().trim().min(1).max(2000),
      changeId: z.uuid()
    }),
    z.array(OutboxItem)
  ),
  /** Lets an approved version go although the desk's copy has changed; must be repeated after the next edit. */
  keep: write(z.object({ id: z.uuid() }), OutboxItem),
  /**
   * How far this machine's clock is ahead of a CMS's, in milliseconds; null if the CMS does not say, or says something
   * impossible.
   */
  clock: read(z.object({ targetId: TargetId }), z.object({ ahead: z.number().nullable() })),
  /**
   * Newest first; at most 500. `brief`: every open item, however many, and the last 200 that have ended, all without
   * their steps.
   */
  outbox: read(
    z.object({ storyId: StoryId.optional(), open: z.boolean().optional(), brief: z.boolean().optional() }),
    z.array(OutboxItem)
  ),
  /**
   * Stories whose embargo has not ended, the next to end first; at most 500. Trashed and withdrawn ones are left out.
   * Whether anything waits for that moment is in the outbox.
   */
  embargoes: read(Nothing, z.array(z.object({ storyId: StoryId, headline: z.string(), until: Utc }))),
  /** One item, with its steps. */
  item: read(z.object({ id: z.uuid() }), OutboxItem),
  /**
   * Holds everything that has not begun to leave, for one target or for all, until it is resumed, even across a
   * restart. What is under way is finished.
   */
  pause: write(z.object({ targetId: TargetId.optional() }), Done),
  /** Lets the items of one target, or all, continue, whatever had stopped them. */
  resume: write(z.object({ targetId: TargetId.optional() }), Done),
  /** Tries again now; for `paused`, `refused` and `conflict` items, after the person has dealt with the reason. */
  retry: write(z.object({ id: z.uuid() }), OutboxItem),
  /**
   * Cancels what has not been sent. An item whose outcome is unknown is looked up first, and then returned as it is.
   */
  cancel: write(z.object({ id: z.uuid() }), OutboxItem),
  /** For a `conflict`: replaces what is there with ours (sent with the new ETag), after the person was shown both. */
  overwrite: write(z.object({ id: z.uuid(), etag: z.string().max(1000) }), OutboxItem),
  /**
   * For a `conflict`: what the CMS shows, the desk's copy, and the version both came from, to be merged part by part
   * (`shared/story/merge.ts`). Asks the CMS; null if it has nothing, if no common version is known, or if what it has
   * cannot be read as copy.
   */
  merge: read(z.object({ id: z.uuid() }), MergeView.nullable()),
  /**
   * For a `conflict`: makes the story what was chosen, with ours and what the CMS shows kept as versions first, and
   * publishes it over what was looked at. `choices`: by the part's id; a part that only one side changed may be left
   * out. `refused` if no choice was made for a part both changed, or for something only the CMS has; `conflict` if the
   * desk's copy or the CMS's has changed since it was looked at. In either case nothing has happened. `change` absent:
   * what the delivery in conflict was to be.
   */
  publishMerged: write(
    z.object({
      id: z.uuid(),
      etag: z.string().max(1000),
      revision: z.int(),
      choices: z.record(z.string().max(200), z.enum(['mine', 'theirs', 'both'])),
      change: Change.optional(),
      changeId: z.uuid()
    }),
    OutboxItem
  ),
  /** For a `conflict` with another story: leaves that as it is, and publishes ours as a new one. */
  publishAsNew: write(z.object({ id: z.uuid() }), OutboxItem),
  /** What the CMS has now for a story in conflict. */
  remote: read(
    z.object({ id: z.uuid() }),
    z
      .object({
        etag: z.string(),
        headline: z.string(),
        text: z.string(),
        /** It may be another story that only has the same address and title: `publishAsNew` is possible. */
        mayBeAnother: z.literal(true).optional(),
        /** Readers could see the story there and no longer can: somebody took it down on the CMS. */
        hidden: z.literal(true).optional()
      })
      .nullable()
  ),
  /**
   * What faults left on a CMS, of stories with nothing under way. Asks the CMS; `unreachable` or `refused` if it does
   * not tell. Ghost does not list its pictures.
   */
  orphans: read(z.object({ targetId: TargetId }), z.array(Orphan)),
  /** Removes those that are still orphans; posts go to the trash if there is one. */
  removeOrphans: write(
    z.object({ targetId: TargetId, ids: z.array(Orphan.shape.id).min(1).max(1000) }),
    z.object({
      removed: z.array(Orphan),
      /** Still there, with the reason. */
      left: z.array(z.object({ orphan: Orphan, message: Message }))
    })
  ),
  /**
   * What publishing the story now would send: the requests that change something there, in order and without secrets,
   * from what is known of the CMS. Contacts nobody. `ifMissing`: only sent if what it creates is not found there; `at`
   * and `firedBy` as for `publish`; `byName`: only those whose name a user there has; `more`: how many characters of
   * the value are left out.
   */
  requests: read(
    z.object({
      storyId: StoryId,
      targetId: TargetId,
      at: Instant.nullable().optional(),
      firedBy: FiredBy.optional(),
      newsletter: z.string().min(1).max(200).optional()
    }),
    z.array(
      z.object({
        method: z.enum(['POST', 'PUT']),
        address: z.string(),
        ifMissing: z.boolean(),
        fields: z.array(
          z.object({
            name: z.string(),
            value: z.string(),
            byName: z.literal(true).optional(),
            more: z.int().optional()
          })
        )
      })
    )
  ),
  /**
   * The newsletters a first publication there can be sent as, with the number of recipients; empty if the CMS has none.
   * Asks the CMS; if it does not reply, those last known, with the reason in `problem`.
   */
  newsletters: read(
    z.object({ targetId: TargetId }),
    z.object({
      newsletters: z.array(z.object({ slug: z.string(), name: z.string(), members: z.int().nullable() })),
      problem: Message.nullable()
    })
  ),
  /**
   * Who can be named as an author of posts there, by name. Asks the CMS; if it does not reply, those last known, with
   * the reason in `problem`. Empty if this kind of CMS has no authors.
   */
  people: read(
    z.object({ targetId: TargetId }),
    z.object({
      people: z.array(z.object({ id: z.string(), name: z.string() })),
      problem: Message.nullable()
    })
  ),
  /** The practice CMS of this library: a small real server on this machine. */
  practice: read(Nothing, z.object({ running: z.boolean(), url: z.string().nullable(), target: Target.nullable() })),
  startPractice: write(Nothing, z.object({ url: z.string(), target: Target })),
  stopPractice: write(Nothing, Done)
} as const
