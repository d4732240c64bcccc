import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import { payloadOf } from '../../../src/main/core/publishing/targets/payload.ts'
import { htmlFragment } from '../../../src/shared/formats/html-page.ts'
import { toNinjsJson } from '../../../src/shared/formats/ninjs.ts'
import { plainText } from '../../../src/shared/formats/plain-text.ts'
import { correctionsText, readCorrections } from '../../../src/shared/formats/read-corrections.ts'
import type { Correction } from '../../../src/shared/story/fields.ts'
import type { Story } from '../../../src/shared/story/story.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { Desk, temporaryFolder } from './newsroom.ts'

const above: Correction = {
  at: '2026-03-14T12:00:00.000Z',
  text: 'It stands above.',
  kind: 'correction',
  place: 'top',
  reason: 'The desk alone knows why'
}
const below: Correction = { at: '2026-03-14T13:00:00.000Z', text: 'It stands below.', kind: 'clarification' }
const body = 'The council voted on Bridge opens.'

let folder: string
let desk: Desk
let storyId: string
let story: Story

beforeEach(async () => {
  folder = temporaryFolder()
  desk = new Desk(join(folder, 'library'), new ManualClock(), memorySecrets())
  storyId = await desk.story('Bridge opens', { corrections: [below, above], byline: 'By Ana Kos' })
  story = desk.stories.get(storyId)
})
afterEach(async () => {
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

/** In the order they are read, and without the reason. */
function expectInPlace(text: string): void {
  const places = [above.text, body, below.text].map((part) => text.indexOf(part))
  expect(places).not.toContain(-1)
  expect(places).toEqual(places.toSorted((one, other) => one - other))
  expect(text).not.toContain(above.reason)
}

describe('a correction above the text and one below it', () => {
  const site = { deskName: '', siteUrl: '', relatedTitle: '', channels: [], related: [] }
  const nothing = { site, picture: () => undefined }

  it('stand there on a page and in plain text', () => {
    const page = htmlFragment(story, nothing)
    expect(page).not.toContain(above.reason)
    // What the page tells machines, so that it can be taken in again, stands in its first tag.
    expectInPlace(page.replace(/^<article[^>]*>/, ''))
    expectInPlace(plainText(story))
  })

  it.each(['wordpress', 'ghost'] as const)('stand there on %s', async (kind) => {
    const settings = kind === 'wordpress' ? { user: 'desk' } : {}
    const input = {
      name: 'Site',
      kind,
      url: 'http://127.0.0.1:9',
      settings,
      secret: `${'a'.repeat(24)}:${'b'.repeat(64)}`
    }
    const { id: targetId } = await desk.publishing.saveTarget(input)
    const requests = await desk.publishing.approving.requests({ storyId, targetId })
    const name = kind === 'wordpress' ? 'content' : 'lexical'
    const sent = requests.flatMap(({ fields }) => fields.filter((field) => field.name === name)).at(-1)
    expectInPlace(sent?.value ?? '')
  })

  it('come back from a ninjs item as they were, but for the reason', () => {
    const item = toNinjsJson(story, nothing)
    expect(item).not.toContain(above.reason)
    const { reason: _reason, ...told } = above
    expect(readCorrections(correctionsText([below, above], 'en'), 'en')).toEqual([below, told])
    expect(readCorrections(correctionsText([above], 'ar'), 'ar')).toEqual([told])
  })

  it.each(['galley', 'ninjs'] as const)('go to an open endpoint as %s without the reason', (format) => {
    const { text } = payloadOf(story, {
      format,
      url: 'https://cms.example/api',
      siteUrl: '',
      picture: () => {
        throw new Error('There is no picture')
      }
    })
    expect(text).toContain(above.text)
    expect(text).not.toContain(above.reason)
  })

  it('are the same copy whatever the reason', async () => {
    const { id: targetId } = await desk.target('http://127.0.0.1:9/api')
    desk.publishing.pausing.pause(targetId)
    const { id } = desk.publish(storyId, targetId)
    desk.edit(storyId, { corrections: [below, { ...above, reason: 'Another' }] })
    expect(desk.item(id)).toMatchObject({ behind: false, current: true })
    desk.edit(storyId, { corrections: [below, { ...above, text: 'It stands high.' }] })
    expect(desk.item(id)).toMatchObject({ behind: true, current: false })
  })
})
