/**
 * How a page of the loopback host shows that it is one. The cookie alone does not: a browser sends it to every port of
 * 127.0.0.1, so any other server on this machine that the person visits is handed it. The page key is kept where only
 * pages of one origin, port included, can read it, and comes along with what reads or changes the library.
 */
export const PAGE_KEY_HEADER = 'galley-page-key'

/** Where the address after the door hands the key to the page: behind `#`, which is sent to nobody. */
export const PAGE_KEY_FRAGMENT = 'page-key='

/** A browser lets a page add no header to a WebSocket: the key travels as one of the protocols it offers. */
export const SOCKET_PROTOCOL = 'galley'
export const PAGE_KEY_PROTOCOL = 'galley.page-key.'
