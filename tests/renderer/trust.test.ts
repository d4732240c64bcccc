import { describe, expect, it } from 'vitest'
import { trustAt, trustedAt, trustToSave } from '../../src/renderer/features/publishing/trust.ts'
import { siteAddress } from '../../src/shared/publishing/site-address.ts'

const ONE = 'a'.repeat(64)
const OTHER = 'b'.repeat(64)

describe('a certificate that is trusted while a CMS is added', () => {
  it('is trusted at that server however its address is typed, and at no other', () => {
    const trust = trustAt(siteAddress('cms.example.org/wp-admin'), ONE)
    for (const typed of ['cms.example.org', 'https://cms.example.org', 'https://CMS.example.org:443/blog'])
      expect(trustedAt(trust, siteAddress(typed)), typed).toBe(ONE)
    for (const typed of ['other.example.org', 'cms.example.org:8443', 'http://cms.example.org', ''])
      expect(trustedAt(trust, siteAddress(typed)), typed).toBeNull()
  })

  it('is none where there is no address yet', () => {
    expect(trustedAt(trustAt(siteAddress('cms'), ONE), siteAddress('blog'))).toBeNull()
  })

  it('is said on saving where it is not as it was, at another server too', () => {
    const target = { url: 'https://cms.example.org', trusted: ONE }
    expect(trustToSave(target, 'https://cms.example.org/blog', ONE)).toEqual({})
    expect(trustToSave(target, 'https://cms.example.org', null)).toEqual({ trusted: null })
    expect(trustToSave(target, 'https://cms.example.org', OTHER)).toEqual({ trusted: OTHER })
    // The same certificate at another address of the house: there the core has none.
    expect(trustToSave(target, 'https://blog.example.org', ONE)).toEqual({ trusted: ONE })
    expect(trustToSave(target, 'https://blog.example.org', null)).toEqual({})
    expect(trustToSave(null, 'https://cms.example.org', ONE)).toEqual({ trusted: ONE })
  })
})
