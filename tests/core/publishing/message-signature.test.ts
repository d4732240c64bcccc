import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  contentDigest,
  signatureFault,
  signMessage,
  type Message,
  type SigningKey
} from '../../../src/main/core/publishing/targets/open/message-signature.ts'

const NOW = Date.UTC(2026, 2, 14, 9, 26, 53)
const key: SigningKey = { id: 'city-desk', secret: 'correct horse' }

function message(more: { method?: string; target?: string; headers?: Record<string, string> } = {}): Message {
  const headers: Record<string, string | undefined> = more.headers ?? {}
  return { method: more.method ?? 'PUT', target: more.target ?? '/galley/articles/1', header: (name) => headers[name] }
}

function signed(headers: Record<string, string>, by: SigningKey = key, at = NOW): Record<string, string> {
  return { ...headers, ...signMessage(by, message({ headers }), Math.floor(at / 1000)) }
}

describe('HTTP message signatures', () => {
  it('is RFC 9421’s own example of hmac-sha256 (B.2.5)', () => {
    const secret = Buffer.from(
      'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==',
      'base64'
    )
    const headers: Record<string, string> = {
      date: 'Tue, 20 Apr 2021 02:07:55 GMT',
      'content-type': 'application/json'
    }
    const request: Message = {
      method: 'POST',
      target: '/foo?param=Value&Pet=dog',
      authority: 'example.com',
      header: (name) => headers[name]
    }
    const fields = signMessage({ id: 'test-shared-secret', secret }, request, 1618884473, [
      'date',
      '@authority',
      'content-type'
    ])
    expect(fields).toEqual({
      'signature-input': 'sig=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
      signature: 'sig=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:'
    })
  })

  it('covers what a request does: its address, body, type, key and conditions', () => {
    const headers = {
      'content-digest': contentDigest('{}'),
      'content-type': 'application/json',
      'idempotency-key': 'k',
      'if-match': '"7"'
    }
    // A receiver in another language can hold itself against this.
    expect(signMessage(key, message({ target: '/galley/articles/1?x=1', headers }), 1773480413)).toMatchInlineSnapshot(`
      {
        "signature": "sig=:dTjBIwLjO4AidxeznYJWVxlCq/wZgIlCIGdj7kviXQI=:",
        "signature-input": "sig=("@method" "@path" "@query" "content-digest" "content-type" "idempotency-key" "if-match");created=1773480413;keyid="city-desk"",
      }
    `)
  })

  it('fits its own request at its own time and no other', () => {
    const headers = {
      'content-digest': contentDigest('{}'),
      'content-type': 'text/plain',
      'idempotency-key': 'k',
      'if-none-match': '*'
    }
    const whole = signed(headers)
    const fault = (more: Parameters<typeof message>[0], keys = [key], now = NOW): unknown =>
      signatureFault(keys, message({ headers: whole, ...more }), now)
    expect(fault({})).toBeNull()
    expect(fault({ method: 'GET' })).toBe('wrong')
    expect(fault({ target: '/galley/articles/2' })).toBe('wrong')
    expect(fault({ target: '/galley/articles/1?x' })).toBe('wrong')
    for (const name of Object.keys(headers)) {
      expect(fault({ headers: { ...whole, [name]: 'x' } }), name).toBe('wrong')
      const without: Record<string, string> = { ...whole }
      delete without[name]
      expect(fault({ headers: without }), `without ${name}`).toBe('wrong')
    }
    expect(fault({ headers: { ...whole, 'if-match': '"7"' } }), 'a condition put in on the way').toBe('uncovered')
    expect(fault({}, [key], NOW + 301_000)).toBe('clock')
    expect(fault({}, [key], NOW - 302_000)).toBe('clock')
    expect(fault({}, [{ id: 'other-desk', secret: 'correct horse' }])).toBe('key')
    expect(fault({}, [{ id: 'city-desk', secret: 'another' }])).toBe('wrong')
    for (const name of ['signature', 'signature-input'])
      expect(fault({ headers: { ...whole, [name]: '' } })).toBe('missing')
    expect(fault({ headers: { ...whole, signature: 'sig=:AAAA:' } })).toBe('wrong')
  })

  it('two desks, and a key that is being changed, are known by the names of their keys', () => {
    const keys = [key, { id: 'night-desk', secret: 'battery' }, { id: 'city-desk-2', secret: 'staple' }]
    for (const one of keys) expect(signatureFault(keys, message({ headers: signed({}, one) }), NOW)).toBeNull()
  })

  it('reads the parameters in any order and takes them as they stand', () => {
    const secret = key.secret
    const { signature } = signMessage(key, message(), 1773480413)
    const input = 'sig=("@method" "@path" "@query");created=1773480413;keyid="city-desk"'
    expect(signatureFault([key], message({ headers: { 'signature-input': input, signature } }), NOW)).toBeNull()
    const turned = input.replace(';created=1773480413;keyid="city-desk"', ';keyid="city-desk";created=1773480413')
    expect(
      signatureFault([{ id: 'city-desk', secret }], message({ headers: { 'signature-input': turned, signature } }), NOW)
    ).toBe('wrong')
  })

  it('never throws and never accepts, whatever it is sent', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.string({ maxLength: 200 }), (input, signature) => {
        const headers = { 'signature-input': input, signature }
        expect(signatureFault([key], message({ headers }), NOW)).not.toBeNull()
      })
    )
  })
})
