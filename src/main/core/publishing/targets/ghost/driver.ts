import { wordsAlone } from '../../../../../shared/document/words-alone.ts'
import { GhostSettings } from '../../../../../shared/publishing/targets/ghost.ts'
import { say } from '../../../../../shared/words/message.ts'
import { canonicalJson, sha256 } from '../canonical-json.ts'
import { authorIds, nextAuthor } from '../authors.ts'
import { STORY_STEP, type Difference, type Job, type RemoteCopy, type Step, type TargetDriver } from '../target.ts'
import { GhostClient } from './client.ts'
import { differences, paragraphsOf, parsed } from './compare.ts'
import { copyThere, htmlOfLexical } from './copy-there.ts'
import { requestsOf } from './requests.ts'
import { GHOST_TYPE, intentOf, postOf } from './intent.ts'
import { nodesOf } from './lexical.ts'
import { mediaKey, PostContent, storyKey } from './post.ts'

/** The most people a byline may name. */
const MOST_AUTHORS = 20

/** The draft as which a post begins. */
export const DRAFT = 'draft'

/**
 * Ghost through its Admin API. It has no idempotency keys, so a post is created as a draft with a mark in its slug and
 * in its Lexical JSON (invisible to readers), and a single update then sets everything; the mark in the text stays, so
 * that the post can be found again. Ghost has no media library: a picture is looked for at the address that its name
 * would give it.
 */
export const ghostDriver: TargetDriver<GhostSettings> = {
  settings: GhostSettings,

  prepare(story, context) {
    if (context.purpose === 'publish') return intentOf(story, context)
    const text = canonicalJson({ withdraw: story.id })
    return { contentType: GHOST_TYPE, text, sha256: sha256(text), media: [] }
  },

  nextStep(job: Job, missing: string | null): Step {
    const story: Step = { key: STORY_STEP, name: 'article', act: 'send', once: true }
    const find: Step = { key: DRAFT, name: 'draft', act: 'find', once: true }
    const isKnown = job.reference(storyKey(job.storyId)) !== undefined
    if (job.purpose === 'withdraw') return isKnown || missing === DRAFT ? story : find
    for (const id of job.media) {
      const key = mediaKey(id)
      if (missing === key) return { key, name: 'media', act: 'send', once: true }
      if (!job.reference(key)?.fresh) return { key, name: 'media', act: 'find', once: false }
    }
    const author = nextAuthor(postOf(job).authors, job, MOST_AUTHORS)
    if (author) return author
    if (isKnown) return story
    if (missing !== DRAFT) return find
    // Something is to be replaced: if the post cannot be found, none is created.
    return job.base === null ? { ...find, act: 'send' } : story
  },

  same(remote, job) {
    const theirs = PostContent.safeParse(remote.content)
    if (!theirs.success) return [{ field: 'story', note: say('ghost.noPost'), byServer: false }]
    if (job.purpose === 'publish')
      return [
        ...differences(postOf(job), job, theirs.data),
        ...otherAuthors(job, remote.authors),
        ...mailed(job, remote.newsletter)
      ]
    // A scheduled post will become public; one sent as a newsletter is public too.
    return theirs.data.status === 'draft' ? [] : [{ field: 'status', note: say('ghost.stillShown'), byServer: false }]
  },

  readable(remote) {
    const theirs = PostContent.safeParse(remote.content)
    if (!theirs.success) return { headline: '', text: '' }
    const paragraphs = paragraphsOf(parsed(theirs.data.lexical))
    return {
      headline: theirs.data.title,
      text: [theirs.data.custom_excerpt ?? '', ...paragraphs].filter(Boolean).join('\n\n')
    }
  },

  copyThere,
  htmlOf: (block, html) => htmlOfLexical({ root: { children: nodesOf(wordsAlone(block), html) } }).html,

  requests: requestsOf,

  connect: (access) => new GhostClient(access)
}

/** Ghost replaces a user who has left with the owner; that holds nothing up. */
function otherAuthors(job: Job, theirs?: readonly string[]): Difference[] {
  const ours = authorIds(postOf(job).authors, job)
  return ours.length === 0 || !theirs || ours.every((id) => theirs.includes(id))
    ? []
    : [{ field: 'byline', note: say('ghost.authorNotSet'), byServer: true }]
}

/** Whether the requested newsletter was created; if not, a story that is public still counts as published. */
function mailed(job: Job, newsletter: RemoteCopy['newsletter']): Difference[] {
  if (postOf(job).newsletter === null || newsletter === 'made') return []
  const note = say(newsletter === 'failed' ? 'ghost.newsletterFailed' : 'ghost.newsletterMissing')
  return [{ field: 'newsletter', note, byServer: true }]
}
