import { isWebAddress } from '../../../shared/lib/web-address.ts'
import type { Settings } from '../../../shared/contract/settings.ts'

type Link = Settings['channels'][number]

/** Has both its words and an address that opens. */
export function isWhole(link: Link): boolean {
  return link.label.trim() !== '' && isWebAddress(link.url)
}
