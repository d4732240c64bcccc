import { emptyFields, StoryFields, type Correction } from '../../../../../shared/story/fields.ts'
import type { Story } from '../../../../../shared/story/story.ts'
import { say } from '../../../../../shared/words/message.ts'
import { OpenSettings } from '../../../../../shared/publishing/targets/open.ts'
import { wholeAgain } from '../../../../../shared/document/words-alone.ts'
import { blockToHtml } from '../../../../../shared/document/to-html.ts'
import { readGalleyJson } from '../../../../../shared/formats/galley-json.ts'
import { withOwnKeys } from '../../../../../shared/document/known-keys.ts'
import { sameJson } from '../../../../../shared/lib/same-json.ts'
import { withoutReasons } from '../../../../../shared/story/corrections.ts'
import { withoutSlots } from '../../../../../shared/story/pictures.ts'
import { payloadOf, published, readablePayload } from '../payload.ts'
import { canonicalJson, sha256 } from '../canonical-json.ts'
import {
  STORY_STEP,
  type CopyThere,
  type Difference,
  type Job,
  type RemoteCopy,
  type Step,
  type TargetDriver
} from '../target.ts'
import { OpenEndpoint } from './open-endpoint.ts'

/**
 * The open endpoint of docs/open-endpoint.openapi.yaml. It stores what it is sent, so what is read back must be an
 * equal JSON value. Pictures are named by their bytes and the story by its id, so that sending either twice does no
 * harm.
 */
export const openDriver: TargetDriver<OpenSettings> = {
  settings: OpenSettings,

  prepare(story, { settings, url, siteUrl, picture, purpose }) {
    return payloadOf(purpose === 'withdraw' ? withdrawn(story) : story, {
      format: settings.format,
      url,
      siteUrl,
      picture
    })
  },

  nextStep(job: Job, missing: string | null): Step | null {
    for (const id of job.media) {
      const key = mediaKey(id)
      if (missing === key) return { key, name: 'media', act: 'send', once: false }
      if (!job.reference(key)?.fresh) return { key, name: 'media', act: 'find', once: false }
    }
    return { key: STORY_STEP, name: 'article', act: 'send', once: true }
  },

  same(remote: RemoteCopy, job: Job): readonly Difference[] {
    return sha256(canonicalJson(remote.content)) === job.sha256
      ? []
      : differingFields(JSON.parse(job.text()), remote.content)
  },

  readable: (remote) => readablePayload(remote.content),

  copyThere,
  htmlOf: blockToHtml,

  requests: (job, url) => [
    ...job.media
      .filter((id) => !job.reference(mediaKey(id)))
      .map((id) => ({ method: 'PUT' as const, address: `${url}/media/${id}`, ifMissing: true, fields: [] })),
    {
      method: 'PUT',
      address: `${url}/articles/${job.storyId}`,
      ifMissing: false,
      fields: [
        { name: 'content-type', value: job.contentType },
        { name: 'body', value: job.text() }
      ]
    }
  ],

  connect: (access) => new OpenEndpoint(access)
}

/**
 * What remains of a withdrawn story: which one it is, and that it is withdrawn. Text and pictures are not sent again,
 * so that a receiver that ignores the status still shows nothing.
 */
function withdrawn(story: Story): Story {
  const { headline, slugline, slug, section, keywords, language, direction, times } = story.fields
  const kept = { headline, slugline, slug, section, keywords, language, direction, times }
  return {
    ...story,
    status: 'killed',
    fields: { ...emptyFields(times.created, language), ...kept },
    body: { version: 1, blocks: [] }
  }
}

/**
 * A story in our own form is there as it was sent. A ninjs item is a rendering, from which somebody's changes cannot be
 * told. `sent`: what was sent of the base, which may have been by an earlier build that knew less of it; null: what this
 * build would send counts.
 */
function copyThere(remote: RemoteCopy, base: Story, _job: Job, sent: string | null = null): CopyThere | null {
  const there = readable(remote.content)
  if (!there) return null
  const left = (sent === null ? null : readable(JSON.parse(sent))) ?? asSent(base)
  const own: Readonly<Record<string, unknown>> = base.fields
  const { times: _times, editorsNote: _note, ...fields } = there.fields
  const changed = Object.entries(fields)
    .filter(([name, value]) => !sameJson(value, left.fields[name]))
    .map(([name, value]) => [
      name,
      withOwnKeys(
        shapeOfFields[name],
        own[name],
        name === 'corrections' ? withReasons(fields.corrections, base) : value
      )
    ])
  const before = new Map(left.body.blocks.map((block) => [block.id, block]))
  const whole = new Map(base.body.blocks.map((block) => [block.id, block]))
  const blocks = there.body.blocks.map((block) => {
    const [wasSent, ownBlock] = [before.get(block.id), whole.get(block.id)]
    return wasSent && ownBlock ? wholeAgain(ownBlock, block, wasSent) : block
  })
  return { fields: Object.fromEntries(changed), body: { blocks }, hasLines: false, onlyThere: [] }
}

const shapeOfFields: Readonly<Record<string, unknown>> = StoryFields.shape

/** The base as this build sends it. */
function asSent(base: Story): Story {
  const seen = published(withoutSlots(base))
  return { ...seen, fields: withoutReasons(seen.fields) }
}

/** The reasons of corrections never left the desk, and are kept even if the wording was changed there. */
function withReasons(there: readonly Correction[], { fields }: Story): Correction[] {
  return there.map((one) => {
    const own = fields.corrections.find(({ at, place }) => at === one.at && place === one.place)
    return own?.reason === undefined ? one : { ...one, reason: own.reason }
  })
}

function readable(content: unknown): Story | null {
  try {
    return readGalleyJson(content).story
  } catch {
    return null
  }
}

export function mediaKey(id: string): string {
  return `media:${id}`
}

/** The fields in which two values differ, as deep as a story's fields go. */
function differingFields(ours: unknown, theirs: unknown, path: readonly string[] = []): Difference[] {
  if (canonicalJson(ours ?? null) === canonicalJson(theirs ?? null)) return []
  if (path.length < 3 && isRecord(ours) && isRecord(theirs)) {
    return [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].flatMap((key) =>
      differingFields(ours[key], theirs[key], [...path, key])
    )
  }
  const field = path.join('.')
  return [
    {
      field,
      note: field === '' ? say('cms.showsOther') : say('cms.showsAnother', { field: path.at(-1) ?? '' }),
      byServer: false
    }
  ]
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
