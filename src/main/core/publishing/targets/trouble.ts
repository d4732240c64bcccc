import { say, type Message } from '../../../../shared/words/message.ts'
import type { Trouble } from './target.ts'
import { BAD_PORT, type Exchange } from './bounded-fetch.ts'
import { OTHER_CERTIFICATE } from '../certificates/pinned-fetch.ts'
import { plainMessage } from './plain-message.ts'

/** An exchange that produced a complete reply with a 2xx status, or what went wrong. */
export type Sorted =
  | { readonly kind: 'ok'; readonly status: number; readonly headers: Headers; readonly bytes: Uint8Array }
  /** 404 or 410: there is nothing at that address. What that means depends on the request. */
  | { readonly kind: 'nothing-there'; readonly message: Message; readonly headers: Headers }
  | Trouble

export interface SortOptions {
  /** The target's address, to say where a redirect leads. */
  readonly base: string
  /** Milliseconds UTC. */
  readonly now: number
  /** What a 401 and a 403 mean here, in words for the person. */
  readonly unauthorised: Message
  readonly forbidden: Message
}

const LOST = { silent: 'cms.silent', cut: 'cms.cut', garbled: 'cms.noSecureLine' } as const

/** Sorts an exchange by what it means for a story that must get there exactly once; drivers interpret a 2xx. */
export function sortExchange(exchange: Exchange, options: SortOptions): Sorted {
  switch (exchange.kind) {
    case 'aborted':
      return { kind: 'lost', message: say('cms.stopped') }
    case 'no-connection':
      if (exchange.code === OTHER_CERTIFICATE) return { kind: 'distrusted', message: say('cms.certificateChanged') }
      return { kind: 'unreachable', message: unreachableMessage(exchange.code) }
    case 'lost':
      return {
        kind: 'lost',
        message: say(LOST[exchange.why])
      }
    case 'cut':
      if (exchange.why !== 'too-large') return { kind: 'lost', message: say('cms.brokeOff') }
      return { kind: 'odd', message: say('cms.farTooLong') }
    case 'answer':
      return sortStatus(exchange, options)
  }
}

function sortStatus({ status, headers, bytes }: Extract<Exchange, { kind: 'answer' }>, options: SortOptions): Sorted {
  const reason = plainMessage(headers.get('content-type') ?? '', bytes)
  const withReason = (problem: Message): Message =>
    reason === '' ? problem : say('cms.withReason', { problem, reason })
  if (status >= 200 && status < 300) return { kind: 'ok', status, headers, bytes }
  if (status === 304 || status < 200) return { kind: 'odd', message: say('cms.unknownStatus', { status }) }
  if (status < 400) {
    return {
      kind: 'redirected',
      message: say('cms.redirected', { host: hostOf(headers.get('location'), options.base) })
    }
  }
  switch (status) {
    case 401:
      return { kind: 'unauthorised', message: withReason(options.unauthorised) }
    case 403:
      return { kind: 'unauthorised', message: withReason(options.forbidden) }
    case 404:
    case 410:
      return { kind: 'nothing-there', message: withReason(say('cms.noEndpoint')), headers }
    case 409:
    case 412:
      return { kind: 'changed', message: withReason(say('cms.changed')) }
    case 413:
      return { kind: 'rejected', message: withReason(say('cms.tooLarge')) }
    case 408:
    case 425:
    case 429:
    case 503: {
      const message = withReason(status === 503 ? say('cms.down') : say('cms.asksToWait'))
      return { kind: 'later', waitMs: retryAfter(headers, options.now), message }
    }
    default:
  }
  if (status < 500 || status === 501 || status === 505)
    return { kind: 'rejected', message: withReason(say('cms.refused', { status })) }
  return { kind: 'broken', message: say('cms.ownError', { status }) }
}

/** The parsed body, or undefined if it is not JSON by both type and content. */
export function jsonOf(headers: Headers, bytes: Uint8Array): unknown {
  if (!/[/+]json\b/i.test(headers.get('content-type') ?? '')) return undefined
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown
  } catch {
    return undefined
  }
}

/** The server's clock, milliseconds UTC. */
export function serverTime(headers: Headers): number | null {
  const at = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(at) ? null : at
}

/** Milliseconds from now, given as seconds or an HTTP date (RFC 9110, 10.2.3). A date is read by the sender's clock. */
function retryAfter(headers: Headers, now: number): number | null {
  const value = headers.get('retry-after')?.trim()
  if (!value) return null
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : Math.max(0, at - (serverTime(headers) ?? now))
}

/** Empty if it cannot be determined. */
function hostOf(location: string | null, base: string): string {
  return location !== null && URL.canParse(location, base) ? new URL(location, base).host.slice(0, 200) : ''
}

function unreachableMessage(code: string): Message {
  if (/^(ENOTFOUND|EAI_)/.test(code)) return say('cms.notFound')
  if (/^(ENETUNREACH|ENETDOWN|EADDRNOTAVAIL)$/.test(code)) return say('cms.noNetwork')
  if (code === 'ECONNREFUSED') return say('cms.nobodyThere')
  if (/^(EHOSTUNREACH|EHOSTDOWN)$/.test(code)) return say('cms.noWay')
  if (/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/.test(code)) return say('cms.nothingThere')
  if (/^(EACCES|EPERM)$/.test(code)) return say('cms.notAllowed')
  if (code === BAD_PORT) return say('cms.badPort')
  if (code === 'ERR_PROXY') return say('cms.proxy')
  if (code === 'DEPTH_ZERO_SELF_SIGNED_CERT') return say('cms.certificateSelfSigned')
  if (/SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/.test(code)) return say('cms.certificateUnknownIssuer')
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return say('cms.certificateWrongName')
  if (code === 'CERT_HAS_EXPIRED') return say('cms.certificateExpired')
  if (code === 'CERT_DATE_INVALID') return say('cms.certificateDate')
  if (code === 'CERT_NOT_YET_VALID') return say('cms.certificateNotYet')
  if (/CERT/.test(code)) return say('cms.certificate')
  if (/UNABLE_TO|TLS/.test(code)) return say('cms.noSecureLine')
  return say('cms.cannotReach')
}

/** Trouble with a look before sending: whatever happened, nothing has been sent. */
export function beforeSending(trouble: Trouble): Trouble {
  return trouble.kind === 'lost' || trouble.kind === 'broken'
    ? { kind: 'unreachable', message: trouble.message }
    : trouble
}
