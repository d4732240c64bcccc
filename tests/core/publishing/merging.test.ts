import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MergeView } from '../../../src/shared/contract/publishing.ts'
import type { Block } from '../../../src/shared/document/document.ts'
import { emptyImageUse } from '../../../src/shared/document/image-use.ts'
import { blockToText } from '../../../src/shared/document/to-text.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { mergeParts, sideOf, type MergePart, type MergeSide } from '../../../src/shared/story/merge.ts'
import { RevisionsService } from '../../../src/main/core/stories/revisions.ts'
import { FakeGhost } from '../../peers/fake-ghost.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import { CmsRoom } from './cms-room.ts'
import { Newsroom, SECRET, type Desk } from './newsroom.ts'

const TEXTS = [
  'The council voted on the bridge on Monday.',
  'It will open in the spring, the mayor said.',
  'Repairs took eleven years and two contractors.',
  'Ferries go on until the end of the month.'
]

const paragraph = (id: string, text: string): Block => ({ id, type: 'paragraph', runs: [{ text }] })

/** Everything a page may have: a list, a heading, a quotation, a picture, a blank line that no page shows. */
async function wholeBody(desk: Desk): Promise<Block[]> {
  const picture = await desk.picture('in the text')
  return [
    ...TEXTS.map((text, at) => paragraph(`p${at}`, text)),
    paragraph('blank', ''),
    { id: 'head', type: 'heading', level: 2, runs: [{ text: 'What comes next' }] },
    {
      id: 'list',
      type: 'list',
      ordered: false,
      items: [
        { runs: [{ text: 'A ramp for bicycles' }], depth: 0 },
        { runs: [{ text: 'Lights along the rail' }], depth: 0 }
      ]
    },
    { id: 'quote', type: 'quote', runs: [{ text: 'Nobody counted the days.' }] },
    {
      id: 'image',
      type: 'image',
      image: {
        ...emptyImageUse(picture.id),
        caption: 'The pillars at low water',
        credit: 'M. Ortner',
        alt: 'Pillars',
        focalPoint: { x: 0.2, y: 0.8 }
      }
    },
    paragraph('last', 'The toll stays as it is.')
  ]
}

const fields = {
  standfirst: 'After years of repairs.',
  byline: 'By Amal Haddad',
  section: 'Harbour',
  keywords: ['Bridge']
}

async function published(desk: Desk, targetId: string, run: (id: string) => Promise<unknown>): Promise<string> {
  const created = desk.stories.create({
    fields: {
      headline: 'Bridge opens',
      ...fields,
      leadImage: {
        ...emptyImageUse((await desk.picture('lead')).id),
        caption: 'At dawn',
        credit: 'A. Roth',
        alt: 'A bridge'
      }
    },
    body: { version: 1, blocks: await wholeBody(desk) }
  })
  await desk.renditions.prepare(created)
  await run(desk.publish(created.id, targetId).id)
  expect(desk.stories.get(created.id).status).toBe('published')
  return created.id
}

/** Ours is changed and sent: it meets what somebody did there meanwhile. */
async function inConflict(
  desk: Desk,
  storyId: string,
  targetId: string,
  run: (id: string) => Promise<{ readonly id: string; readonly state: string }>
): Promise<string> {
  const { id, state } = await run(desk.publish(storyId, targetId).id)
  expect(state).toBe('conflict')
  return id
}

function write(desk: Desk, storyId: string, blockId: string, text: string): void {
  const { revision } = desk.stories.get(storyId)
  const block = { ...paragraph(blockId, text) }
  desk.stories.patchBody({ id: storyId, baseRevision: revision, changeId: newId() }, [{ op: 'replace', block }])
}

const look = async (desk: Desk, id: string): Promise<MergeView> => {
  const view = await desk.publishing.merging.look(id)
  if (!view) throw new Error('There is nothing to merge with')
  return view
}
const partsOf = ({ base, ours, theirs }: MergeView): MergePart[] => mergeParts(base, ours, theirs)
const said = (parts: readonly MergePart[]) => parts.map((part) => [part.id, sideOf(part, {})])
const textsOf = (desk: Desk, storyId: string) => desk.stories.get(storyId).body.blocks.map(blockToText).filter(Boolean)

async function publishMerged(
  desk: Desk,
  view: MergeView,
  id: string,
  choices: Readonly<Record<string, MergeSide>>
): Promise<string> {
  const { etag, revision } = view
  return (await desk.publishing.merging.publish({ id, etag, revision, choices, changeId: newId() })).id
}

describe.each(['wordpress', 'ghost'] as const)('a story changed here and on %s', (kind) => {
  let room: CmsRoom<FakeWordpress> | CmsRoom<FakeGhost>
  let desk: Desk
  let storyId: string

  beforeEach(async () => {
    room = kind === 'wordpress' ? await CmsRoom.open(FakeWordpress) : await CmsRoom.open(FakeGhost)
    desk = room.desk
    storyId = await published(desk, room.targetId, (id) => room.run(id))
  })
  afterEach(() => room.close())

  const run = (id: string) => room.run(id)
  const body = (at = 0): string => {
    const post = room.site.posts[at]
    return (post && 'content' in post ? post.content : post?.lexical) ?? ''
  }
  const edit = (
    change: { title?: string; standfirst?: string; status?: string },
    rewrite: (body: string) => string = (text) => text,
    at = 0
  ): void => {
    const { site } = room
    const { title, standfirst, status } = change
    if (site instanceof FakeWordpress)
      site.edit(site.posts[at]?.id ?? 0, {
        ...(title !== undefined && { title }),
        ...(status !== undefined && { status }),
        ...(standfirst !== undefined && { excerpt: standfirst }),
        content: rewrite(body(at))
      })
    else
      site.edit(site.posts[at]?.id ?? '', {
        ...(title !== undefined && { title }),
        ...(status !== undefined && { status }),
        ...(standfirst !== undefined && { custom_excerpt: standfirst }),
        lexical: rewrite(body(at))
      })
  }
  /** A paragraph as that CMS keeps one. */
  const theirParagraph = (text: string): string =>
    kind === 'wordpress'
      ? `\n<p>${text}</p>`
      : `{"type":"paragraph","version":1,"children":[{"type":"extended-text","version":1,"format":0,"text":"${text}"}]},`
  const insertBefore = (text: string, whole: string, news: string): string => {
    const at =
      kind === 'wordpress'
        ? whole.lastIndexOf('<p', whole.indexOf(text))
        : whole.lastIndexOf('{"type":"paragraph"', whole.indexOf(text))
    return whole.slice(0, at) + news + whole.slice(at)
  }

  it('shows nothing as changed that both came to have, and nothing that only a page has no place for', async () => {
    edit({ title: 'Theirs' }, (text) => text.replace('in the spring', 'in May'))
    write(desk, storyId, 'p1', 'It will open in May, the mayor said.')
    const id = await inConflict(desk, storyId, room.targetId, run)
    expect(said(partsOf(await look(desk, id)))).toEqual([['field:headline', 'theirs']])
  })

  it('proposes what one side alone has changed, and asks where both have', async () => {
    edit({ title: 'Bridge opens at last' }, (text) =>
      insertBefore(
        'The toll stays',
        text.replace('in the spring', 'in May').replace('eleven years', 'twelve years'),
        theirParagraph('A band played until midnight.')
      )
    )
    desk.edit(storyId, { standfirst: 'Eleven years of repairs are over.' })
    write(desk, storyId, 'p0', 'The council voted on the bridge on Tuesday.')
    write(desk, storyId, 'p1', 'It will open in June, the mayor said.')
    const id = await inConflict(desk, storyId, room.targetId, run)
    const view = await look(desk, id)
    expect(view.onlyThere).toEqual([])
    expect(said(partsOf(view))).toEqual([
      ['field:headline', 'theirs'],
      ['field:standfirst', 'mine'],
      ['block:p0', 'mine'],
      ['block:p1', null],
      ['block:p2', 'theirs'],
      [expect.stringMatching(/^block:there-/), 'theirs']
    ])
    await expect(publishMerged(desk, view, id, {})).rejects.toMatchObject({ code: 'refused' })
    expect(desk.item(id).state).toBe('conflict')
    const made = await run(await publishMerged(desk, view, id, { 'block:p1': 'both', 'field:standfirst': 'mine' }))
    expect(made.state).toBe('done')
    expect(textsOf(desk, storyId)).toEqual([
      'The council voted on the bridge on Tuesday.',
      'It will open in June, the mayor said.',
      'It will open in May, the mayor said.',
      'Repairs took twelve years and two contractors.',
      'Ferries go on until the end of the month.',
      'What comes next',
      expect.stringContaining('A ramp for bicycles'),
      'Nobody counted the days.',
      expect.stringContaining('The pillars at low water'),
      'A band played until midnight.',
      'The toll stays as it is.'
    ])
    const story = desk.stories.get(storyId)
    expect(story.status).toBe('published')
    expect(story.fields).toMatchObject({
      headline: 'Bridge opens at last',
      standfirst: 'Eleven years of repairs are over.',
      byline: fields.byline,
      keywords: fields.keywords
    })
    expect(story.body.blocks.find(({ id: one }) => one === 'image')).toMatchObject({
      image: { focalPoint: { x: 0.2, y: 0.8 }, credit: 'M. Ortner' }
    })
    expect(body()).toContain('A band played until midnight.')
    expect(room.site.posts).toHaveLength(1)
  })

  it('keeps ours and theirs as versions, and is taken back by one step of undo', async () => {
    edit({ title: 'Theirs' }, (text) => text.replace('in the spring', 'in May'))
    write(desk, storyId, 'p0', 'Ours stands here.')
    const id = await inConflict(desk, storyId, room.targetId, run)
    const before = desk.stories.get(storyId)
    const made = await publishMerged(desk, await look(desk, id), id, {})
    await run(made)
    const history = new RevisionsService(desk.store, desk.stories)
    const versions = history.list(storyId)
    const version = (reason: string) => {
      const found = versions.find((one) => one.reason === reason)
      return found && history.get(storyId, found.revision)
    }
    // Ours had been approved, and goes on saying so.
    expect(versions.map(({ reason }) => reason).slice(0, 4)).toEqual(['approved', 'merged', 'from-cms', 'approved'])
    expect(version('from-cms')).toMatchObject({ fields: { headline: 'Theirs' } })
    expect(version('from-cms')?.body.blocks.map(blockToText)).toContain('It will open in May, the mayor said.')
    const steps = desk.stories.undoSteps(storyId)
    expect(steps.past.steps).toHaveLength(1)
    const [step] = steps.past.steps
    const { revision } = desk.stories.get(storyId)
    const changed = desk.stories.patchBody({ id: storyId, baseRevision: revision, changeId: newId() }, step?.body ?? [])
    desk.stories.patchFields({ id: storyId, baseRevision: changed.revision, changeId: newId() }, step?.fields ?? {})
    const after = desk.stories.get(storyId)
    expect(after.body).toEqual(before.body)
    expect({ ...after.fields, times: null }).toEqual({ ...before.fields, times: null })
  })

  it('moves the dates that readers see as the delivery that met another would have, or as is chosen', async () => {
    const updated = () => desk.stories.get(storyId).fields.times.lastUpdated?.utc
    const send = (change: 'minor' | 'update') =>
      desk.publishing.approving.publish({
        storyId,
        targetId: room.targetId,
        revision: desk.stories.get(storyId).revision,
        changeId: newId(),
        change
      })
    for (const [was, is, moves] of [
      ['minor', undefined, false],
      ['minor', 'update', true],
      ['update', undefined, true],
      ['update', 'minor', false]
    ] as const) {
      room.clock.advance(600_000)
      edit({ title: `Theirs, ${was} ${is}` })
      desk.edit(storyId, { standfirst: `Ours, ${was} ${is}.` })
      const before = updated()
      const { id } = await run(send(was).id)
      const view = await look(desk, id)
      expect(view.change).toBe(was)
      const { etag, revision } = view
      const input = { id, etag, revision, choices: {}, changeId: newId(), ...(is && { change: is }) }
      expect(await run((await desk.publishing.merging.publish(input)).id)).toMatchObject({ state: 'done' })
      expect(desk.stories.get(storyId).fields.headline).toBe(`Theirs, ${was} ${is}`)
      expect([was, is, updated() !== before]).toEqual([was, is, moves])
    }
  })

  it('goes over the version that was looked at, and over no other', async () => {
    edit({ title: 'Theirs' })
    desk.edit(storyId, { standfirst: 'Ours.' })
    const id = await inConflict(desk, storyId, room.targetId, run)
    const view = await look(desk, id)
    room.clock.advance(60_000)
    edit({ title: 'Theirs again' })
    await expect(publishMerged(desk, view, id, {})).rejects.toMatchObject({ code: 'conflict' })
    expect(desk.stories.get(storyId).fields.headline).toBe('Bridge opens')
    const again = await look(desk, id)
    const queued = await publishMerged(desk, again, id, {})
    expect((await run(queued)).state).toBe('done')
    expect(room.site.posts).toMatchObject([{ title: 'Theirs again' }])
    // The same word given twice is given once.
    expect(desk.item(id).state).toBe('cancelled')
  })

  it('meets another change after the word was given as a conflict of its own', async () => {
    edit({ title: 'Theirs' })
    desk.edit(storyId, { standfirst: 'Ours.' })
    const id = await inConflict(desk, storyId, room.targetId, run)
    const view = await look(desk, id)
    let isDone = false
    room.proxy.onSeen((seen) => {
      // The look before the word is the first; the one before sending comes after it.
      if (isDone || desk.stories.get(storyId).fields.headline !== 'Theirs') return
      if (seen.method !== 'GET' || !seen.path.includes('/posts')) return
      isDone = true
      edit({ title: 'Theirs, in between' })
    })
    room.clock.advance(60_000)
    const queued = await publishMerged(desk, view, id, {})
    expect((await run(queued)).state).toBe('conflict')
    expect(isDone).toBe(true)
    expect(room.site.posts).toMatchObject([{ title: 'Theirs, in between' }])
  })

  it('refuses where the desk’s copy has moved on since both were looked at', async () => {
    edit({ title: 'Theirs' })
    desk.edit(storyId, { standfirst: 'Ours.' })
    const id = await inConflict(desk, storyId, room.targetId, run)
    const view = await look(desk, id)
    write(desk, storyId, 'p0', 'Written meanwhile.')
    await expect(publishMerged(desk, view, id, {})).rejects.toMatchObject({ code: 'conflict' })
    expect(textsOf(desk, storyId)[0]).toBe('Written meanwhile.')
  })

  it('names what it has no place for, and goes on only at a person’s word that it is left out', async () => {
    const foreign =
      '<figure><img src="https://pictures.example.org/theirs.jpg" alt="Their band"></figure><iframe src="https://video.example.org/v/1" onload="alert(1)"></iframe><p onclick="x()">A word of <script>alert(1)</script>theirs</p>'
    edit({}, (text) =>
      insertBefore(
        'The toll stays',
        text,
        kind === 'wordpress'
          ? foreign
          : `{"type":"html","version":1,"html":${JSON.stringify(foreign)}},{"type":"bookmark","version":1,"url":"https://example.org/more"},`
      )
    )
    desk.edit(storyId, { standfirst: 'Ours.' })
    const id = await inConflict(desk, storyId, room.targetId, run)
    const view = await look(desk, id)
    const names = view.onlyThere.map(({ name }) => name)
    expect(names).toContain('Their band')
    expect(names).toContain('iframe: https://video.example.org/v/1')
    if (kind === 'ghost') expect(names).toContain('bookmark: https://example.org/more')
    expect(JSON.stringify(view.theirs)).not.toMatch(/onclick|onload|<script|alert/)
    expect(view.theirs.body.blocks.map(blockToText)).toContain('A word of theirs')
    await expect(publishMerged(desk, view, id, {})).rejects.toMatchObject({ code: 'refused' })
    const left = Object.fromEntries(view.onlyThere.map((one) => [one.id, 'mine' as const]))
    expect((await run(await publishMerged(desk, view, id, left))).state).toBe('done')
    expect(textsOf(desk, storyId)).toContain('A word of theirs')
  })

  it('takes a caption that was changed there, and a paragraph that was taken out', async () => {
    edit({}, (text) =>
      text
        .replace('The pillars at low water', 'The pillars at high water')
        .replace(
          kind === 'wordpress'
            ? /<p[^>]*>Ferries[^<]*<\/p>\n?/
            : /\{"type":"paragraph","version":1,"children":\[\{[^[\]]*Ferries[^[\]]*\}\][^{}]*\},?/,
          ''
        )
    )
    expect(body()).not.toContain('Ferries')
    desk.edit(storyId, { standfirst: 'Ours.' })
    const id = await inConflict(desk, storyId, room.targetId, run)
    const view = await look(desk, id)
    expect(said(partsOf(view))).toEqual([
      ['field:standfirst', 'mine'],
      ['block:p3', 'theirs'],
      ['block:image', 'theirs']
    ])
    await run(await publishMerged(desk, view, id, {}))
    const image = desk.stories.get(storyId).body.blocks.find(({ id: one }) => one === 'image')
    expect(image).toMatchObject({
      image: { caption: 'The pillars at high water', credit: 'M. Ortner', alt: 'Pillars' }
    })
    expect(textsOf(desk, storyId)).not.toContain(TEXTS[3])
  })

  it('keeps what was written here while the version before lay there for its hour, changed by somebody', async () => {
    const at = {
      utc: new Date(room.clock.now() + 3 * 3_600_000).toISOString(),
      zone: 'Europe/Vienna',
      origin: 'typed'
    } as const
    const ahead = desk.stories.create({
      fields: { headline: 'Tram opens' },
      body: { version: 1, blocks: TEXTS.map((text, n) => paragraph(`p${n}`, text)) }
    })
    const schedule = (): string => {
      const { revision } = desk.stories.get(ahead.id)
      const input = { storyId: ahead.id, targetId: room.targetId, revision, changeId: newId(), at }
      return desk.publishing.approving.publish(input).id
    }
    expect((await run(schedule())).state).toBe('handed-over')
    edit({}, (text) => text.replace('in the spring', 'in May'), 1)
    write(desk, ahead.id, 'p0', 'The council voted on the tram on Tuesday.')
    const id = schedule()
    expect((await run(id)).state).toBe('conflict')
    const view = await look(desk, id)
    expect(said(partsOf(view))).toEqual([
      ['block:p0', 'mine'],
      ['block:p1', 'theirs']
    ])
    const merged = await publishMerged(desk, view, id, {})
    expect(await run(merged)).toMatchObject({ state: 'handed-over', handedOver: at.utc })
    // Once more, of the merged one.
    edit({}, (text) => text.replace('eleven years', 'twelve years'), 1)
    write(desk, ahead.id, 'p3', 'Ferries stop today.')
    const next = schedule()
    expect((await run(next)).state).toBe('conflict')
    expect(said(partsOf(await look(desk, next)))).toEqual([
      ['block:p2', 'theirs'],
      ['block:p3', 'mine']
    ])
  })

  it('reads all of a text that was changed there, however long it is', async () => {
    const long = (words: string): string => `${words} `.repeat(1200).trim()
    desk.edit(storyId, {
      byline: `By ${long('Amal Haddad')}`,
      corrections: [{ at: '2026-01-01T00:00:00.000Z', kind: 'correction', text: long('The bridge') }]
    })
    expect((await run(desk.publish(storyId, room.targetId).id)).state).toBe('done')
    const title = long('Their headline')
    edit({ ...(kind === 'wordpress' && { title, standfirst: title }) }, (text) =>
      text.replace('By Amal', 'By Ms Amal').replace('The bridge', 'That bridge')
    )
    desk.edit(storyId, { section: 'City' })
    const id = await inConflict(desk, storyId, room.targetId, run)
    const { theirs } = await look(desk, id)
    expect(theirs.fields.byline).toBe(`By Ms ${long('Amal Haddad')}`)
    expect(theirs.fields.corrections[0]?.text).toBe(long('The bridge').replace('The', 'That'))
    if (kind === 'wordpress') expect([theirs.fields.headline, theirs.fields.standfirst]).toEqual([title, title])
  })

  it('takes nothing for a change there that the CMS had no room for', async () => {
    const keyword = `Bridge ${'and river '.repeat(25)}end`
    desk.edit(storyId, { keywords: [keyword], slug: 'the-bridge-'.repeat(25) + 'end' })
    const first = await run(desk.publish(storyId, room.targetId).id)
    expect(first.state).toBe('done')
    const notes = first.receipt?.differences?.map(({ note }) => note.key)
    expect(notes?.includes('ghost.tagCut') ?? false).toBe(kind === 'ghost')
    edit({ title: 'Theirs' })
    desk.edit(storyId, { standfirst: 'Ours.' })
    const id = await inConflict(desk, storyId, room.targetId, run)
    expect(said(partsOf(await look(desk, id)))).toEqual([
      ['field:headline', 'theirs'],
      ['field:standfirst', 'mine']
    ])
  })

  it('takes no byline and no notice for changed that is as it was sent, of several lines too', async () => {
    desk.edit(storyId, {
      byline: 'By Amal Haddad\nin Beirut',
      corrections: [
        { at: '2026-01-01T00:00:00.000Z', kind: 'correction', text: 'It was Monday.\n\nThe bridge is  new. \n' },
        { at: '2026-01-02T00:00:00.000Z', kind: 'update', text: '• One\n• Two', place: 'top' }
      ]
    })
    expect((await run(desk.publish(storyId, room.targetId).id)).state).toBe('done')
    edit({ title: 'Theirs' })
    desk.edit(storyId, { section: 'City' })
    const id = await inConflict(desk, storyId, room.targetId, run)
    const view = await look(desk, id)
    expect(said(partsOf(view))).toEqual([
      ['field:headline', 'theirs'],
      ['field:section', 'mine']
    ])
  })

  it('says that readers do not see it any more, where somebody took it down there', async () => {
    edit({ status: 'draft' })
    desk.edit(storyId, { standfirst: 'Ours.' })
    const id = await inConflict(desk, storyId, room.targetId, run)
    expect(await desk.publishing.conflicts.remote(id)).toMatchObject({ hidden: true })
    edit({ status: kind === 'wordpress' ? 'publish' : 'published' })
    expect((await desk.publishing.conflicts.remote(id))?.hidden).toBeUndefined()
  })

  it('is told of a byline and a notice that were changed there', async () => {
    edit({}, (text) => text.replace('By Amal Haddad', 'By Amal Haddad and Lea Winter'))
    desk.edit(storyId, { standfirst: 'Ours.' })
    const id = await inConflict(desk, storyId, room.targetId, run)
    const view = await look(desk, id)
    expect(said(partsOf(view))).toEqual([
      ['field:standfirst', 'mine'],
      ['field:byline', 'theirs']
    ])
    expect(view.theirs.fields.byline).toBe('By Amal Haddad and Lea Winter')
  })
})

describe('a story changed here and on an open endpoint', () => {
  let room: Newsroom
  beforeEach(async () => (room = await Newsroom.open()))
  afterEach(() => room.close())

  it('is merged part by part, with all that only our own form has', async () => {
    const { desk } = room
    const target = await desk.target(room.endpoint, SECRET)
    const run = (id: string) => room.run(id)
    const storyId = await published(desk, target.id, run)
    const stored = room.receiver.shelf.get(storyId)
    if (!stored) throw new Error('Nothing is there')
    const payload = stored.payload.replace('in the spring', 'in May').replace('"urgency":5', '"urgency":2')
    await room.receiver.shelf.put({
      ...stored,
      version: 2,
      etag: '"theirs"',
      payload,
      sha256: 'x',
      idempotencyKey: 'by hand'
    })
    write(desk, storyId, 'p0', 'Ours stands here.')
    const id = await inConflict(desk, storyId, target.id, run)
    const view = await look(desk, id)
    expect(said(partsOf(view))).toEqual([
      ['field:urgency', 'theirs'],
      ['block:p0', 'mine'],
      ['block:p1', 'theirs']
    ])
    expect((await run(await publishMerged(desk, view, id, {}))).state).toBe('done')
    expect(textsOf(desk, storyId).slice(0, 2)).toEqual(['Ours stands here.', 'It will open in May, the mayor said.'])
    expect(desk.stories.get(storyId).fields.urgency).toBe(2)
  })

  it('keeps what never leaves the desk: a place for a picture, and why a correction was made', async () => {
    const { desk } = room
    const target = await desk.target(room.endpoint, SECRET)
    const run = (id: string) => room.run(id)
    const storyId = await published(desk, target.id, run)
    const corrections = [
      { at: '2026-01-01T00:00:00.000Z', kind: 'correction', text: 'It was Monday.', reason: 'A reader called.' }
    ] as const
    const { revision } = desk.stories.get(storyId)
    const block: Block = {
      id: 'slot',
      type: 'image',
      image: { ...emptyImageUse(null), caption: 'The mayor, from the archive' }
    }
    desk.stories.patchBody({ id: storyId, baseRevision: revision, changeId: newId() }, [
      { op: 'insert', after: 'p1', block }
    ])
    desk.edit(storyId, { corrections: [...corrections] })
    expect((await run(desk.publish(storyId, target.id).id)).state).toBe('done')
    const stored = room.receiver.shelf.get(storyId)
    if (!stored) throw new Error('Nothing is there')
    const payload = stored.payload.replace('It was Monday.', 'It was on Monday.')
    await room.receiver.shelf.put({
      ...stored,
      version: 3,
      etag: '"theirs"',
      payload,
      sha256: 'x',
      idempotencyKey: 'by hand'
    })
    write(desk, storyId, 'p0', 'Ours stands here.')
    const id = await inConflict(desk, storyId, target.id, run)
    const view = await look(desk, id)
    expect(said(partsOf(view))).toEqual([
      ['field:corrections', 'theirs'],
      ['block:p0', 'mine']
    ])
    expect(view.theirs.fields.corrections).toEqual([{ ...corrections[0], text: 'It was on Monday.' }])
    expect(view.theirs.body.blocks.map(({ id: one }) => one).slice(0, 4)).toEqual(['p0', 'p1', 'slot', 'p2'])
  })

  it('of ninjs cannot be told apart: both are shown, and none is merged', async () => {
    const { desk } = room
    const target = await desk.target(room.endpoint, SECRET, 'ninjs')
    const storyId = await published(desk, target.id, (id) => room.run(id))
    const stored = room.receiver.shelf.get(storyId)
    if (!stored) throw new Error('Nothing is there')
    const payload = stored.payload.replaceAll('in the spring', 'in May')
    await room.receiver.shelf.put({
      ...stored,
      version: 2,
      etag: '"theirs"',
      payload,
      sha256: 'x',
      idempotencyKey: 'by hand'
    })
    desk.edit(storyId, { standfirst: 'Ours.' })
    const id = await inConflict(desk, storyId, target.id, (one) => room.run(one))
    expect(await desk.publishing.merging.look(id)).toBeNull()
    expect((await desk.publishing.conflicts.remote(id))?.text).toContain('in May')
  })
})
