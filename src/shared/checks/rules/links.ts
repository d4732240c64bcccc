import type { BlockLink } from '../../document/blocks/define-block.ts'
import { say, type Message } from '../../words/message.ts'
import type { Hit } from '../finding.ts'

/** Links that lead nowhere, or not where readers are told. */
export function links(found: readonly BlockLink[], text: string): Hit[] {
  let from = 0
  return found.flatMap(({ href, text: words }): Hit[] => {
    const at = text.indexOf(words, from)
    const start = Math.max(0, at)
    if (at >= 0) from = at + words.length
    const said = faultOf(href, words)
    return said ? [{ rule: 'links', start, end: at < 0 ? start : start + words.length, said }] : []
  })
}

function faultOf(href: string, words: string): Message | null {
  const address = href.trim()
  if (words.trim() === '') return say('checks.linkWithoutWords', { address })
  if (/^mailto:/i.test(address))
    return /^mailto:[^\s@]+@[^\s@.]+\.[^\s@]+$/i.test(address.split('?')[0] ?? '')
      ? null
      : say('checks.linkBroken', { address })
  if (/^tel:/i.test(address))
    return /^tel:\+?[\d().\s*#-]{3,}$/i.test(address) ? null : say('checks.linkBroken', { address })
  let url: URL
  try {
    url = new URL(address)
  } catch {
    return say('checks.linkBroken', { address })
  }
  const host = url.hostname.toLowerCase()
  if (/\s/.test(address) || /^https?:\/\/(?:https?|www\.?$|\.)/i.test(`${url.protocol}//${host}`))
    return say('checks.linkBroken', { address })
  if (isPrivate(host)) return say('checks.linkPrivate', { address })
  if (!host.includes('.') || host.endsWith('..')) return say('checks.linkBroken', { address })
  if (/[.,;:!?)\]}"'”’»]$/.test(address) && !isClosed(address)) return say('checks.linkEnds', { address })
  if (
    /\/wp-admin\/|[?&]preview=true\b|\/ghost\/#|\.safelinks\.protection\.outlook\.com$/i.test(
      `${host}${url.pathname}${url.search}${url.hash}`
    ) ||
    host.endsWith('.safelinks.protection.outlook.com')
  )
    return say('checks.linkPrivate', { address })
  const shown = /^(?:https?:\/\/)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?:[/?#]\S*)?$/iu.exec(words.trim())?.[1]
  if (shown && bare(shown) !== bare(host) && !bare(host).endsWith(`.${bare(shown)}`))
    return say('checks.linkElsewhere', { shown: words.trim(), host })
  return null
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^www\./, '')
}

function isPrivate(host: string): boolean {
  return (
    host === 'localhost' ||
    /^(?:127|10|0)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^169\.254\./.test(host) ||
    /\.(?:local|localhost|internal|intranet|lan|test|invalid)$/.test(host) ||
    host.startsWith('[')
  )
}

/** A bracket at the end that was opened inside belongs to the address. */
function isClosed(address: string): boolean {
  return address.endsWith(')') && address.split('(').length === address.split(')').length
}
