import { WordpressSettings } from '../../../../../shared/publishing/targets/wordpress.ts'
import { wordsAlone } from '../../../../../shared/document/words-alone.ts'
import { blockToHtml } from '../../../../../shared/document/to-html.ts'
import { say } from '../../../../../shared/words/message.ts'
import { canonicalJson, sha256 } from '../canonical-json.ts'
import { nextAuthor } from '../authors.ts'
import { STORY_STEP, type Difference, type Job, type Step, type TargetDriver } from '../target.ts'
import { differences } from './compare.ts'
import { copyThere } from './copy-there.ts'
import { intentOf, postOf, WORDPRESS_TYPE, type WordpressPost } from './intent.ts'
import { DRAFT, mediaKey, SITE, storyKey, termKeys, termOf } from './keys.ts'
import { plainText } from './plain-text.ts'
import { authorFor, NOT_MADE, ourFields, PostContent, theirFields } from './post.ts'
import { requestsOf } from './requests.ts'
import { WordpressClient } from './client.ts'

/**
 * WordPress through its REST API, which does not prevent duplicates: no idempotency keys, no conditional requests. So a
 * post is created as a draft under a slug nobody else would use, which can be looked for after a lost reply, and a
 * single update then sets everything, including address and status. A picture is looked for by the slug it was given
 * when uploaded.
 */
export const wordpressDriver: TargetDriver<WordpressSettings> = {
  settings: WordpressSettings,

  prepare(story, context) {
    if (context.purpose === 'publish') return intentOf(story, context)
    const text = canonicalJson({ withdraw: story.id })
    return { contentType: WORDPRESS_TYPE, text, sha256: sha256(text), media: [] }
  },

  nextStep(job: Job, missing: string | null): Step {
    if (!job.reference(SITE)) return { key: SITE, name: 'site', act: 'find', once: false }
    const story: Step = { key: STORY_STEP, name: 'article', act: 'send', once: true }
    const isKnown = job.reference(storyKey(job.storyId)) !== undefined
    // Something is to be replaced or taken down: if the post cannot be found, none is created.
    const find: Step = { key: DRAFT, name: 'draft', act: 'find', once: true }
    if (job.purpose === 'withdraw') return isKnown || missing === DRAFT ? story : find
    const post = postOf(job)
    for (const id of job.media) {
      const key = mediaKey(id)
      if (missing === key) return { key, name: 'media', act: 'send', once: true }
      if (!job.reference(key)?.fresh) return { key, name: 'media', act: 'find', once: false }
    }
    for (const key of termKeys(post)) {
      if (missing === key) return { key, name: 'terms', act: 'send', once: false }
      if (!job.reference(key)?.fresh) return { key, name: 'terms', act: 'find', once: false }
    }
    const author = nextAuthor(post.authors, job, 1)
    if (author) return author
    if (isKnown) return story
    if (missing !== DRAFT) return find
    return job.base === null ? { ...find, act: 'send' } : story
  },

  same(remote, job) {
    const theirs = PostContent.safeParse(remote.content)
    if (job.purpose === 'withdraw') {
      // A post with a future date will become public by itself.
      const isDown = theirs.success && theirs.data.status !== 'publish' && theirs.data.status !== 'future'
      return isDown ? [] : [{ field: 'status', note: say('wordpress.stillShown'), byServer: false }]
    }
    if (!theirs.success) return [{ field: 'story', note: say('wordpress.noPost'), byServer: false }]
    const post = postOf(job)
    return [
      ...leftOut(post, job),
      ...otherAuthor(post, job, remote.authors),
      ...differences(ourFields(post, job, theirs.data), theirFields(theirs.data))
    ]
  },

  readable(remote) {
    const parsed = PostContent.safeParse(remote.content)
    if (!parsed.success) return { headline: '', text: '' }
    const { title, excerpt, content } = parsed.data
    const paragraphs = content.raw.split(/<\/(?:p|h[1-6]|li|blockquote|figure)>/i).map(plainText)
    return {
      headline: plainText(title.raw),
      text: [plainText(excerpt.raw), ...paragraphs].filter(Boolean).join('\n\n')
    }
  },

  copyThere,
  htmlOf: (block, html) => blockToHtml(wordsAlone(block), html),

  requests: requestsOf,

  connect: (access) => new WordpressClient(access)
}

/** WordPress decides who may be named as author, and that holds nothing up. */
function otherAuthor(post: WordpressPost, job: Job, theirs: readonly string[] = []): Difference[] {
  const author = authorFor(post, job)
  return author === null || theirs.length === 0 || theirs.includes(String(author))
    ? []
    : [{ field: 'byline', note: say('wordpress.authorNotSet'), byServer: true }]
}

/** Categories and tags that this user may not create and nobody else has created. */
function leftOut(post: WordpressPost, job: Job): Difference[] {
  return termKeys(post)
    .filter((key) => job.reference(key)?.remoteId === NOT_MADE)
    .map((key) => {
      const { taxonomy, name } = termOf(key)
      const note = say('wordpress.termNotMade', { name })
      return { field: taxonomy === 'tags' ? 'keywords' : 'section', note, byServer: true }
    })
}
