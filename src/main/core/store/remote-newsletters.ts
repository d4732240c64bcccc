import { z } from 'zod'
import { deleteReference, getReference, putReference } from './remote-references.ts'
import type { ReadableDb, WritableDb } from './sql.ts'

/** A newsletter of a CMS as last reported. Stored among the references, which are deleted with the server. */
const StoredNewsletter = z.object({ slug: z.string(), name: z.string(), members: z.int().nullable() })
export type StoredNewsletter = z.infer<typeof StoredNewsletter>

const LOCAL = 'newsletters'

/** In the order the CMS lists them. */
export function listNewsletters(db: ReadableDb, targetId: string): StoredNewsletter[] {
  const { token } = getReference(db, targetId, LOCAL) ?? {}
  return z.array(StoredNewsletter).parse(JSON.parse(token ?? '[]'))
}

/** Replaces all that were stored before. */
export function putNewsletters(db: WritableDb, targetId: string, newsletters: readonly StoredNewsletter[]): void {
  if (newsletters.length === 0) deleteReference(db, targetId, LOCAL)
  else {
    const kept = newsletters.map(({ slug, name, members }) => ({ slug, name, members }))
    const token = JSON.stringify(kept)
    putReference(db, { targetId, local: LOCAL, remoteId: '', address: null, token, confirmedBy: null })
  }
}
