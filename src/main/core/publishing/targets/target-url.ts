import { isLoopback } from '../../../../shared/publishing/site-address.ts'
import { GalleyError } from '../../../../shared/rpc/errors.ts'
import { say, type Message } from '../../../../shared/words/message.ts'

/**
 * An endpoint's base address as stored: without a trailing slash. Throws `invalid_input` for one that would send
 * stories unencrypted over a network, contains a user name or password, or has a query or fragment.
 */
export function targetUrl(text: string): string {
  const invalid = (said: Message): GalleyError => new GalleyError('invalid_input', said)
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw invalid(say('publishing.notAnAddress'))
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw invalid(say('publishing.notHttps'))
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) throw invalid(say('publishing.clearText'))
  if (url.username !== '' || url.password !== '') throw invalid(say('publishing.secretInAddress'))
  if (url.search !== '' || url.hash !== '') throw invalid(say('publishing.queryInAddress'))
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}
