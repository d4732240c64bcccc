import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contract, type Contract } from '../../../src/shared/contract/contract.ts'
import { createClient } from '../../../src/shared/rpc/client.ts'
import type { Client } from '../../../src/shared/rpc/define.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { freshCore } from '../../support/host-cores.ts'

const HEAD = 'Council votes to close harbour bridge for a year'
const WORDS =
  'The council voted seven to two on Tuesday to close the harbour bridge, after engineers found cracks in a quarter of its cable anchors, officials said.'
const address = 'https://post.example/2026/11/bridge'

function page(words: string, modified: string, embargo = ''): { name: string; bytes: Uint8Array } {
  const html = `<html><head><link rel="canonical" href="${address}"><meta property="article:modified_time" content="${modified}"></head>
<body><article><h1>${HEAD}</h1><p>By Amal Haddad</p>${embargo}<p>${words}</p><p>Later. ${WORDS}</p></article></body></html>`
  return { name: 'page.html', bytes: new TextEncoder().encode(html) }
}

describe('the item a story was made from', () => {
  let room: Awaited<ReturnType<typeof freshCore>>
  let call: Client<Contract>
  beforeEach(async () => {
    room = await freshCore()
    let id = 0
    ;({ call } = createClient(contract, {
      request: ({ call: name, input }) =>
        room.core.dispatch(
          { id: id++, call: name, input },
          { connectionId: 'test', signal: new AbortController().signal }
        ),
      onPush: () => () => undefined
    }))
  })
  afterEach(() => room.end())

  it('stays with it, and a page taken in again is known: the same, newer or older', async () => {
    const first = page(WORDS, '2026-11-20T10:00:00Z')
    const { id, fields } = await call.intake.accept({ source: first })
    expect(fields.wire).toEqual({ id: address, version: '2026-11-20T10:00:00Z' })
    const known = async (version: string) =>
      (await call.intake.known({ wire: { id: address, version } })).map((one) => one.relation)
    expect(await known('2026-11-20T10:00:00Z')).toEqual(['same'])
    expect(await known('2026-11-20T14:00:00+04:00')).toEqual(['same'])
    expect(await known('2026-11-20T11:00:00Z')).toEqual(['newer'])
    expect(await known('2026-11-19T11:00:00Z')).toEqual(['older'])
    expect(await known('')).toEqual(['other'])
    expect(await call.intake.known({ wire: { id: `${address}/2`, version: '' } })).toEqual([])
    // Words of a story that look like it are no item.
    await call.stories.create({ fields: { editorsNote: `"wire":{"id":"${address}"` } })
    expect(await call.intake.known({ wire: { id: address, version: '' } })).toMatchObject([
      { storyId: id, headline: HEAD }
    ])
  })

  it('of an agency is its id and version, in ninjs and Galley JSON, out and back', async () => {
    const item = {
      standard: { name: 'ninjs', version: '3.1' },
      uri: 'tag:wire.example,2026:bridge',
      version: '4',
      type: 'text',
      headlines: [{ role: 'main', value: HEAD }],
      bodies: [{ role: 'main', contentType: 'text/html', value: `<p>${WORDS}</p>` }]
    }
    const { id } = await call.exports.importJson({ name: 'item.json', text: JSON.stringify(item) })
    const wire = { id: item.uri, version: '4' }
    expect((await call.stories.get({ id })).fields.wire).toEqual(wire)
    expect(await call.intake.known({ wire: { ...wire, version: '12' } })).toMatchObject([
      { storyId: id, relation: 'newer' }
    ])
    for (const format of ['ninjs', 'json'] as const) {
      const { text } = await call.exports.render({ id, format })
      const again = await call.exports.importJson({ name: `${format}.json`, text })
      expect((await call.stories.get({ id: again.id })).fields.wire, format).toEqual(wire)
    }
  })

  it('brings its story up to a newer one: what the desk wrote beside it stays, and the version before is kept', async () => {
    const { id, revision } = await call.intake.accept({ source: page(WORDS, '2026-11-20T10:00:00Z') })
    await call.stories.patchFields({
      id,
      baseRevision: revision,
      changeId: newId(),
      fields: { slug: 'bridge', editorsNote: 'Ask the mayor', headlineSeo: 'Bridge closes' }
    })
    const newer = page(`${WORDS} And a ferry runs.`, '2026-11-20T12:00:00Z', '<p>Embargo: 9 January 2027 18:00 GMT</p>')
    const updated = await call.intake.accept({ source: newer, into: id })
    expect(updated).toMatchObject({
      id,
      fields: {
        slug: 'bridge',
        editorsNote: 'Ask the mayor',
        headlineSeo: 'Bridge closes',
        wire: { version: '2026-11-20T12:00:00Z' },
        times: { embargo: { utc: '2027-01-09T18:00:00.000Z' } }
      }
    })
    expect(JSON.stringify(updated.body)).toContain('And a ferry runs.')
    const versions = await call.revisions.list({ storyId: id })
    const before = await Promise.all(
      versions.map(({ revision: one }) => call.revisions.get({ storyId: id, revision: one }))
    )
    expect(before.some(({ fields, body }) => fields.slug === 'bridge' && !JSON.stringify(body).includes('ferry'))).toBe(
      true
    )
    expect(await call.intake.known({ wire: { id: address, version: '' } })).toHaveLength(1)
  })

  it('a story that is not there is not brought up to anything', async () => {
    await expect(
      call.intake.accept({ source: page(WORDS, '2026-11-20T10:00:00Z'), into: newId() })
    ).rejects.toMatchObject({ code: 'not_found' })
  })
})
