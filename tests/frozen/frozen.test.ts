import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { htmlFragment } from '../../src/shared/formats/html-page.ts'
import { storedError, storedMessage } from '../../src/shared/rpc/errors.ts'
import type { Story } from '../../src/shared/story/story.ts'
import { importStory } from '../../src/main/core/intake/story-import.ts'
import { listOpenOutbox, getPayload } from '../../src/main/core/store/outbox.ts'
import { verifyFile } from '../../src/main/core/store/integrity-check.ts'
import { readPage } from '../../src/main/core/store/library-pages.ts'
import { statuses } from '../../src/shared/story/status.ts'
import { expected, frozenFile, frozenText, FrozenLibrary } from './frozen-library.ts'
import { en } from '../../src/shared/words/en/index.ts'
import { sentence } from '../../src/shared/words/language.ts'

interface ExpectedLibrary {
  readonly stories: readonly Story[]
  readonly list: readonly unknown[]
  readonly outbox: readonly {
    readonly problem: unknown
    readonly steps: readonly { readonly outcome: string }[]
  }[]
  readonly targets: readonly { readonly format: string; readonly secret: string }[]
  readonly revisions: Readonly<Record<string, readonly unknown[]>>
}

describe('a library of Galley 0.1.0', () => {
  let library: FrozenLibrary
  const { stories, list, outbox, targets, revisions } = expected('0.1.0', 'library.json') as ExpectedLibrary
  beforeEach(async () => {
    library = await FrozenLibrary.open('0.1.0', 'library')
  })
  afterEach(() => library.close())

  it('opens without a word, and every story is what it was', () => {
    expect(library.opened.notices).toEqual([])
    expect(stories.map(({ id }) => library.stories.get(id))).toEqual(stories)
    const page = library.opened.store.read((db) =>
      readPage(db, { filter: { statuses: [...statuses] }, sort: 'created', descending: false, limit: 100 })
    )
    expect(page.rows).toEqual(list)
    expect(verifyFile(library.opened.store.databaseFile, true)).toMatchObject({ problems: [], stories: stories.length })
  })

  it('keeps its history, each version as it was', () => {
    const ids = stories.map(({ id }) => id)
    // Since then a version can have a name, and says who made it and where.
    const unknown = { name: null, person: null, machine: null }
    expect(Object.fromEntries(ids.map((id) => [id, library.revisions.list(id)]))).toEqual(
      Object.fromEntries(
        Object.entries(revisions).map(([id, list]) => [id, (list as object[]).map((one) => ({ ...one, ...unknown }))])
      )
    )
    const history = ids.flatMap((id) =>
      library.revisions.list(id).map(({ revision }) => library.revisions.get(id, revision))
    )
    expect(history).toEqual(expected('0.1.0', 'history.json'))
  })

  it('keeps its outbox, its targets and what was approved', async () => {
    // Since then deliveries can take a story down, problems and steps are messages by key, and the format is one of the settings
    // of a kind of target.
    expect(library.publishing.queue.list({})).toEqual(
      outbox.map((item) => ({
        ...item,
        purpose: 'publish',
        reason: '',
        current: expect.any(Boolean),
        newsletter: null,
        firedBy: 'desk',
        handedOver: null,
        pictures: expect.objectContaining({ of: expect.any(Number) }),
        problem: item.problem === null ? null : storedError(item.problem),
        steps: item.steps.map((step) => ({ ...step, outcome: storedMessage(step.outcome) }))
      }))
    )
    expect(await library.publishing.targets.list()).toEqual(
      targets.map(({ format, ...target }) => ({
        ...target,
        settings: { format },
        secret: 'none',
        trusted: null,
        paused: isStopped(target) ? 'stopped' : null
      }))
    )
    const payloads = library.opened.store.read((db) =>
      listOpenOutbox(db).map((row) => JSON.parse(getPayload(db, row.seq)) as unknown)
    )
    expect(payloads).toEqual(expected('0.1.0', 'payloads.json'))
  })

  it('keeps the raw page a story came from, and its pictures', async () => {
    const taken = stories.find(({ fields }) => fields.headline.startsWith('Emergency teams'))
    expect(library.stories.source(taken?.id ?? '')).toMatchObject({ name: 'flood.txt' })
    const picture = stories[0]?.fields.leadImage?.mediaId ?? ''
    expect(library.media.get(picture)).toMatchObject({ name: 'harbour.png', width: 24, height: 16 })
    expect((await library.media.read(picture)).byteLength).toBe(110)
  })

  it('has its corrections below the text, where they were, and can have them above', () => {
    const corrected = stories.filter(({ fields }) => fields.corrections.length > 0)
    expect(corrected.length).toBeGreaterThan(0)
    for (const { id, revision, fields } of corrected) {
      const page = htmlFragment(library.stories.get(id), PAGE)
      expect(page.indexOf('<section class="corrections">')).toBeGreaterThan(page.indexOf('<div class="body">'))
      const corrections = fields.corrections.map((one) => ({ ...one, place: 'top' as const, reason: 'A reader wrote' }))
      library.stories.patchFields({ id, baseRevision: revision, changeId: crypto.randomUUID() }, { corrections })
      const changed = library.stories.get(id)
      expect(changed.fields.corrections).toEqual(corrections)
      const above = htmlFragment(changed, PAGE)
      expect(above.indexOf('<section class="corrections">')).toBeLessThan(above.indexOf('<div class="body">'))
      expect(above).not.toContain('A reader wrote')
    }
  })

  it('can be written to: every story takes an edit and is read back with it', () => {
    for (const story of stories) {
      const saved = library.stories.patchFields(
        { id: story.id, baseRevision: story.revision, changeId: crypto.randomUUID() },
        { kicker: 'Edited' }
      )
      expect(library.stories.get(story.id)).toMatchObject({
        revision: saved.revision,
        fields: { ...story.fields, kicker: 'Edited' }
      })
    }
  })
})

describe('a library of Galley 0.1.0 whose process was killed', () => {
  it('has every saved word of the journal, and the item that was on its way', async () => {
    const library = await FrozenLibrary.open('0.1.0', 'killed')
    try {
      expect(library.opened.notices).toEqual([])
      const stories = expected('0.1.0', 'killed.json') as Readonly<Record<string, Story>>
      for (const [id, story] of Object.entries(stories)) expect(library.stories.get(id)).toEqual(story)
      expect(library.publishing.queue.list({})).toMatchObject([
        { headline: 'On its way when killed', state: 'sending', receipt: null }
      ])
      library.stories.settleAll()
      for (const [id, story] of Object.entries(stories)) expect(library.stories.get(id)).toEqual(story)
    } finally {
      await library.close()
    }
  })
})

describe('exports of Galley 0.1.0', () => {
  const desk = { zone: 'Asia/Dubai', language: 'en', now: Date.UTC(2026, 10, 21, 9) }
  const names = readdirSync(frozenFile('0.1.0', 'exports'))

  it.each(names)('%s is read from Galley’s own JSON and from ninjs', (name) => {
    const read = ['galley.json', 'ninjs.json'].map((file) => {
      const { story, pictures, warnings } = importStory(frozenText('0.1.0', 'exports', name, file), desk)
      const said = warnings.map((warning) => sentence(en, warning))
      // What has no id in the file gets a new one with each reading.
      const blocks =
        file === 'galley.json' ? story.body.blocks : story.body.blocks.map((block) => ({ ...block, id: 'new' }))
      return { ...story, body: { ...story.body, blocks }, pictures: pictures.map(({ id }) => id), warnings: said }
    })
    expect(read).toEqual((expected('0.1.0', 'imports.json') as Record<string, unknown>)[name])
  })
})

const PAGE = {
  site: { deskName: '', siteUrl: '', relatedTitle: '', channels: [], related: [] },
  picture: () => undefined
}

/** Its receiver refused every signature. */
function isStopped(target: object): boolean {
  return 'name' in target && target.name === 'Wrong secret'
}
