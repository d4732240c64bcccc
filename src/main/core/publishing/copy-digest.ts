import { withoutReasons } from '../../../shared/story/corrections.ts'
import type { Story } from '../../../shared/story/story.ts'
import { canonicalJson, sha256 } from './targets/canonical-json.ts'

/** A digest of what readers get: not the desk's notes and reasons, nor the times and address that publishing itself sets. */
export function copyDigest({ fields, body }: Pick<Story, 'fields' | 'body'>): string {
  const { times: _times, editorsNote: _note, slug: _slug, ...copy } = fields
  return sha256(canonicalJson({ fields: withoutReasons(copy), body }))
}
