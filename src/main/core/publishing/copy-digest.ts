import { withoutReasons } from '../../../shared/story/corrections.ts'
import type { Story } from '../../../shared/story/story.ts'
import { canonicalJson, sha256 } from './targets/canonical-json.ts'

/**
 * A digest of what readers get: without the desk's notes and reasons, and without the times and address set by
 * publishing.
 */
export function copyDigest({ fields, body }: Pick<Story, 'fields' | 'body'>): string {
  const { times: _times, editorsNote: _note, slug: _slug, ...copy } = fields
  return sha256(canonicalJson({ fields: withoutReasons(copy), body }))
}
