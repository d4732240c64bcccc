import { PAGE_KEY_FRAGMENT } from '../../shared/rpc/page-key.ts'

/** Local storage belongs to one origin, port included; every window of this host finds the key there. */
const PLACE = 'galley.pageKey'

/**
 * The key that shows the loopback host that this is a page of its own. The first window is handed it behind the `#` of
 * its address, and takes it out of there. Never empty: a window without a key offers one that is refused.
 */
export function takePageKey(): string {
  const handed = location.hash.split(PAGE_KEY_FRAGMENT)[1]
  if (handed) {
    localStorage.setItem(PLACE, handed)
    history.replaceState(null, '', location.pathname + location.search)
  }
  return localStorage.getItem(PLACE) ?? 'none'
}
