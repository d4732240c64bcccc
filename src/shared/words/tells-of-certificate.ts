import { Message } from './message.ts'

/** A CMS was not spoken to because of its certificate: it is worth a look. */
export function tellsOfCertificate(message: Message | null): boolean {
  if (message === null) return false
  if (message.key.startsWith('cms.certificate')) return true
  const inner = Message.safeParse(message.params?.['said'])
  return inner.success && tellsOfCertificate(inner.data)
}
