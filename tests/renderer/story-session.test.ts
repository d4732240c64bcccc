import { beforeEach, describe, expect, test } from 'vitest'
import { closeSession, flushAll, openSession } from '../../src/renderer/features/story/open-sessions.ts'
import { StorySession } from '../../src/renderer/features/story/story-session.ts'
import { GalleyError } from '../../src/shared/rpc/errors.ts'
import { FakeCore, summaryOf } from './fake-core.ts'
import { ManualClock } from './manual-clock.ts'
import { say } from '../../src/shared/words/message.ts'

const id = '01a20b6f-310d-729b-90b2-027cdec5a17b'
const paragraph = (name: string, text: string) => ({ id: name, type: 'paragraph' as const, runs: [{ text }] })
const body = { version: 1 as const, blocks: [paragraph('p1', 'One.'), paragraph('p2', 'Two.')] }

let core: FakeCore
let clock: ManualClock
let session: StorySession

beforeEach(() => {
  core = new FakeCore()
  clock = new ManualClock()
  session = new StorySession(core.api(), core.put(id, { headline: 'Bridge' }, body), clock)
})

const stored = () => core.stories.get(id)

describe('typing', () => {
  test('reaches the core as patches of what changed, on the running revision', async () => {
    session.setFields({ headline: 'Bridge closes' })
    session.patchBody([{ op: 'replace', block: paragraph('p2', 'Two, changed.') }])
    await clock.advance(150)
    expect(stored()).toMatchObject({
      revision: 3,
      fields: { headline: 'Bridge closes' },
      body: { blocks: [paragraph('p1', 'One.'), paragraph('p2', 'Two, changed.')] }
    })
    expect(core.calls).toEqual(['stories.patchFields', 'stories.patchBody'])
    expect(session.save.get()).toMatchObject({ state: 'idle', problem: null })
  })

  test('of what is there already sends nothing', async () => {
    session.setFields({ headline: 'Bridge' })
    session.patchBody([])
    await clock.advance(1000)
    expect(core.calls).toEqual([])
  })

  test('takes the approval away, as the core says', async () => {
    session.setStatus('approved')
    await clock.advance(150)
    session.setFields({ kicker: 'City' })
    await clock.advance(150)
    expect(session.status.get()).toBe('ready')
  })

  test('can be copied out at any moment, whatever the core does', async () => {
    core.failures.set(
      'stories.patchBody',
      Array.from({ length: 9 }, () => new GalleyError('storage_full', say('galley.bug')))
    )
    session.setFields({ standfirst: 'In short.' })
    session.patchBody([{ op: 'insert', after: 'p2', block: paragraph('p3', 'Three.') }])
    await clock.advance(400)
    expect(session.save.get()).toMatchObject({ state: 'failed', problem: { code: 'storage_full' } })
    expect(session.plainText()).toBe('Bridge\n\nIn short.\n\nOne.\n\nTwo.\n\nThree.')
  })

  test('is said to be unsaved while the line is down, and is saved when it is back', async () => {
    core.failures.set('stories.patchFields', [new GalleyError('unreachable', say('galley.bug'))])
    core.link.set('reconnecting')
    session.setFields({ headline: 'Typed offline' })
    expect(session.save.get().state).toBe('offline')
    await clock.advance(200)
    core.link.set('connected')
    await clock.advance(50)
    expect(stored()?.fields.headline).toBe('Typed offline')
    expect(session.save.get().state).toBe('idle')
  })
})

describe('a change from elsewhere', () => {
  test('comes onto the screen, and so does the next that is told of while it is read', async () => {
    core.changeElsewhere(id, () => ({
      fields: { ...core.stories.get(id)?.fields, headline: 'Bridge closes' } as never
    }))
    // As the core tells of a merge and of its approval.
    const read = core.handlers['stories.undoHeights']
    core.handlers['stories.undoHeights'] = (input) => {
      core.handlers['stories.undoHeights'] = read ?? (() => null)
      core.changeElsewhere(id, () => ({ body: { version: 1, blocks: [paragraph('p1', 'One, later.')] } }))
      return read?.(input) ?? null
    }
    for (let turn = 0; turn < 5; turn += 1) await clock.advance(10)
    expect(session.revision.get()).toBe(3)
    expect(session.body().blocks).toEqual([paragraph('p1', 'One, later.')])
    expect(session.fields.get().headline).toBe('Bridge closes')
  })

  test('comes onto the screen when nothing here is unsaved', async () => {
    core.changeElsewhere(id, () => ({ body: { version: 1, blocks: [paragraph('p1', 'Other.')] } }))
    await clock.advance(0)
    expect(session.onScreen.get()).toEqual({ generation: 1, body: { version: 1, blocks: [paragraph('p1', 'Other.')] } })
    session.setFields({ headline: 'On' })
    await clock.advance(150)
    expect(stored()?.fields.headline).toBe('On')
  })

  test('of fields alone leaves the editor of the body as it is', async () => {
    core.changeElsewhere(id, (story) => ({ fields: { ...story.fields, kicker: 'City' } }))
    await clock.advance(0)
    expect(session.fields.get().kicker).toBe('City')
    expect(session.onScreen.get().generation).toBe(0)
  })

  test('of our own, told before its answer is there, is not fetched again', async () => {
    const patch = core.handlers['stories.patchFields']
    core.handlers['stories.patchFields'] = (input) => {
      const answer = patch?.(input)
      const story = stored()
      if (story) core.emit('storyChanged', { summary: summaryOf(story), by: 'this window' })
      return answer
    }
    session.setFields({ headline: 'Ours' })
    await clock.advance(500)
    expect(core.calls).toEqual(['stories.patchFields'])
  })

  test('by another part of this window, such as the trash, is taken up', async () => {
    core.changeElsewhere(id, () => ({ status: 'trashed' }), 'this window')
    await clock.advance(0)
    expect(session.status.get()).toBe('trashed')
    expect(session.revision.get()).toBe(2)
  })

  test('that touches nothing we touched is joined with ours without a question', async () => {
    session.setFields({ headline: 'Ours' })
    core.changeElsewhere(id, (story) => ({ status: 'published', fields: { ...story.fields, section: 'World' } }), null)
    await clock.advance(150)
    expect(session.conflict.get()).toBeNull()
    expect(stored()?.fields).toMatchObject({ headline: 'Ours', section: 'World' })
    expect(session.fields.get()).toMatchObject({ headline: 'Ours', section: 'World' })
  })

  test('of the same field is a conflict; nothing is overwritten and nothing is lost', async () => {
    session.setFields({ headline: 'Ours' })
    core.changeElsewhere(id, (story) => ({ fields: { ...story.fields, headline: 'Theirs' } }))
    await clock.advance(5000)
    expect(session.conflict.get()?.fields.headline).toBe('Theirs')
    expect(session.save.get().state).toBe('conflict')
    expect(stored()?.fields.headline).toBe('Theirs')
    session.setFields({ headline: 'Ours, and more' })
    await clock.advance(5000)
    expect(stored()?.fields.headline).toBe('Theirs')
    expect(session.plainText()).toContain('Ours, and more')
  })

  test.each(['load', 'fork'] as const)('after a conflict both versions are kept: %s', async (way) => {
    session.patchBody([{ op: 'replace', block: paragraph('p1', 'Ours.') }])
    core.changeElsewhere(id, () => ({ body: { version: 1, blocks: [paragraph('p1', 'Theirs.')] } }))
    await clock.advance(200)
    expect(session.conflict.get()).not.toBeNull()
    const name = (headline: string) => `${headline} (mine)`
    if (way === 'load') await session.loadNewer(name)
    else await session.saveAsNew(name)
    const kept = [...core.stories.values()].find((story) => story.id !== id)
    expect(kept).toMatchObject({
      fields: { headline: 'Bridge (mine)' },
      body: { blocks: [paragraph('p1', 'Ours.'), paragraph('p2', 'Two.')] }
    })
    expect(stored()?.body.blocks).toEqual([paragraph('p1', 'Theirs.')])
    expect(session.onScreen.get().body.blocks).toEqual([paragraph('p1', 'Theirs.')])
    expect(session.conflict.get()).toBeNull()
    session.patchBody([{ op: 'replace', block: paragraph('p1', 'Theirs, gone on.') }])
    await clock.advance(200)
    expect(stored()?.body.blocks).toEqual([paragraph('p1', 'Theirs, gone on.')])
  })
})

describe('leaving a story', () => {
  test('saves what waits at once, then lets the core fold it', async () => {
    const api = core.api()
    const open = await openSession(api, id, new AbortController().signal)
    open.setFields({ headline: 'Last words' })
    expect(await closeSession(api, open)).toBe(true)
    expect(stored()?.fields.headline).toBe('Last words')
    expect(core.calls.at(-1)).toBe('stories.settle')
  })

  test('that cannot be saved keeps its session, and opening it again finds the words', async () => {
    const api = core.api()
    const open = await openSession(api, id, new AbortController().signal)
    core.failures.set('stories.patchFields', [new GalleyError('storage_full', say('galley.bug'))])
    open.setFields({ headline: 'Not on disk yet' })
    expect(await closeSession(api, open)).toBe(false)
    const again = await openSession(api, id, new AbortController().signal)
    expect(again).toBe(open)
    expect(again.fields.get().headline).toBe('Not on disk yet')
    await flushAll()
    expect(stored()?.fields.headline).toBe('Not on disk yet')
    expect(await closeSession(api, again)).toBe(true)
  })
})
