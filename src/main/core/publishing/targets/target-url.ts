import { GalleyError } from '../../../../shared/rpc/errors.ts'

/**
 * The base address of an endpoint as it is stored: no trailing slash. Throws `invalid_input` for one that would send
 * stories in clear over a network, carries a name or password, or has a query or fragment.
 */
export function targetUrl(text: string): string {
  const invalid = (message: string, next?: string): GalleyError =>
    new GalleyError('invalid_input', message, next === undefined ? {} : { next })
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw invalid('That is not a web address.', 'Give the address of the endpoint: https://cms.example.org/galley')
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw invalid('The address of a CMS starts with https://')
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    throw invalid(
      'A CMS on another machine needs an https address, so that nobody on the way reads or changes a story.'
    )
  if (url.username !== '' || url.password !== '')
    throw invalid(
      'The address may not hold a name or password.',
      'Put the secret into its own field; it is kept in the keychain.'
    )
  if (url.search !== '' || url.hash !== '') throw invalid('The address of a CMS ends with its path, without ? and #.')
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host)
}
