import { z } from 'zod'
import { deleteReference, getReference, putReference } from './remote-references.ts'
import type { ReadableDb, WritableDb } from './sql.ts'

/** A newsletter of a CMS, as it was last told. Kept among the references: they go with the server. */
const StoredNewsletter = z.object({ slug: z.string(), name: z.string(), members: z.int().nullable() })
export type StoredNewsletter = z.infer<typeof StoredNewsletter>

const LOCAL = 'newsletters'

/** In the order in which the CMS has them. */
export function listNewsletters(db: ReadableDb, targetId: string): StoredNewsletter[] {
  const { token } = getReference(db, targetId, LOCAL) ?? {}
  return z.array(StoredNewsletter).parse(JSON.parse(token ?? '[]'))
}

/** All there are by now. */
export function putNewsletters(db: WritableDb, targetId: string, newsletters: readonly StoredNewsletter[]): void {
  if (newsletters.length === 0) deleteReference(db, targetId, LOCAL)
  else {
    const kept = newsletters.map(({ slug, name, members }) => ({ slug, name, members }))
    const token = JSON.stringify(kept)
    putReference(db, { targetId, local: LOCAL, remoteId: '', address: null, token, confirmedBy: null })
  }
}
